package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"
)

// door stands between Telegram and the replicas of the bot, as a load balancer
// would: it hands each webhook request to one of them in turn. It can cut an answer
// off, and it can spoil things on purpose, to show that the trial notices.
type door struct {
	server *http.Server
	addr   string
	client *http.Client

	mu       sync.Mutex
	replicas []string // their addresses
	turn     int
	cut      map[int64]func() // by chat: called instead of passing an answer on
	spoil    spoiler
}

// delivery is one webhook request.
type delivery struct {
	header http.Header
	body   []byte
	id     int64
	chat   int64
	press  string // what the button carries
}

// outcome is the bot's answer to it.
type outcome struct {
	status int
	header http.Header
	body   []byte
}

// spoiler does something wrong with a delivery. pass hands a delivery to the bot.
// It reports false where it leaves this one alone.
type spoiler func(d delivery, pass func(delivery) (outcome, bool)) (outcome, bool)

func newDoor(r *rig) *door {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		r.Fatalf("listen for Telegram: %v", err)
	}
	d := &door{
		addr: l.Addr().String(), cut: map[int64]func(){},
		client: &http.Client{Timeout: time.Minute, Transport: &http.Transport{MaxIdleConnsPerHost: 100}},
	}
	d.server = &http.Server{Handler: d, ReadHeaderTimeout: 10 * time.Second}
	var running sync.WaitGroup
	running.Go(func() { _ = d.server.Serve(l) })
	r.Cleanup(func() {
		_ = d.server.Close()
		running.Wait()
		d.client.CloseIdleConnections()
	})
	return d
}

// cutAnswer calls do instead of passing on the next 200 about a chat.
func (d *door) cutAnswer(chat int64, do func()) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.cut[chat] = do
}

// sabotage lets s see each delivery first.
func (d *door) sabotage(s spoiler) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.spoil = s
}

// ServeHTTP takes a webhook request.
func (d *door) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(w, "cut off", http.StatusBadRequest)
		return
	}
	in := readDelivery(r.Header, body)
	d.mu.Lock()
	spoil := d.spoil
	d.mu.Unlock()
	var out outcome
	done := false
	if spoil != nil {
		out, done = spoil(in, d.pass)
	}
	if !done {
		out, done = d.pass(in)
	}
	if !done {
		http.Error(w, "no replica answers", http.StatusBadGateway)
		return
	}
	if do := d.springs(in.chat, out.status); do != nil {
		do()
		panic(http.ErrAbortHandler) // cuts the connection
	}
	for name, values := range out.header {
		if name != "Date" && name != "Content-Length" {
			w.Header()[name] = values
		}
	}
	w.WriteHeader(out.status)
	_, _ = w.Write(out.body)
}

func (d *door) springs(chat int64, status int) func() {
	if status != http.StatusOK {
		return nil
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	do := d.cut[chat]
	delete(d.cut, chat)
	return do
}

// pass hands a delivery to the next replica, or to another where that one takes no
// connections.
func (d *door) pass(in delivery) (outcome, bool) {
	d.mu.Lock()
	replicas := slices.Clone(d.replicas)
	d.turn++
	turn := d.turn
	d.mu.Unlock()
	for i := range replicas {
		req, err := http.NewRequest(http.MethodPost, "http://"+replicas[(turn+i)%len(replicas)]+hookPath, bytes.NewReader(in.body))
		if err != nil {
			return outcome{}, false
		}
		req.Header = in.header.Clone()
		resp, err := d.client.Do(req)
		var refused *net.OpError
		if errors.As(err, &refused) && refused.Op == "dial" {
			continue
		}
		if err != nil {
			return outcome{}, false
		}
		body, err := io.ReadAll(resp.Body)
		_ = resp.Body.Close()
		return outcome{resp.StatusCode, resp.Header, body}, err == nil
	}
	return outcome{}, false
}

func readDelivery(h http.Header, body []byte) delivery {
	var u struct {
		ID      int64 `json:"update_id"`
		Message struct {
			Chat struct {
				ID int64 `json:"id"`
			} `json:"chat"`
		} `json:"message"`
		Press struct {
			Data string `json:"data"`
			From struct {
				ID int64 `json:"id"`
			} `json:"from"`
		} `json:"callback_query"`
	}
	_ = json.Unmarshal(body, &u) // our own fake Telegram made it
	d := delivery{header: h, body: body, id: u.ID, chat: u.Message.Chat.ID, press: u.Press.Data}
	if d.press != "" {
		d.chat = u.Press.From.ID // a private chat has the person's id
	}
	return d
}
