package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"pathwaybot/guide"
)

const hookSecret = "a-secret-of-the-webhook"

// bounded is the service with both channels, its servers not yet listening.
func bounded(t *testing.T) *service {
	t.Helper()
	g, err := guide.Load(guide.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	s := &service{guide: g, now: time.Now, log: slog.New(slog.DiscardHandler), config: config{
		web: true, token: "1:x", apiURL: "http://127.0.0.1:1", webhookURL: &url.URL{Scheme: "https", Host: "example.org", Path: "/hook"},
		webhookSecret: hookSecret, idleCover: 15 * time.Minute, idleClean: 45 * time.Minute,
	}}
	if err := s.build(); err != nil {
		t.Fatal(err)
	}
	return s
}

// listening serves as cmd/bot does, until the test ends.
func listening(t *testing.T, s *service, h http.Handler, most bounds) (addr string) {
	t.Helper()
	addr = freeAddr(t)
	ctx, cancel := context.WithCancel(context.Background())
	group, ctx := errgroup.WithContext(ctx)
	if err := s.listen(ctx, group, addr, h, most); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cancel()
		if err := group.Wait(); err != nil {
			t.Error(err)
		}
	})
	return addr
}

// client is somebody who behaves badly.
type client struct {
	*net.TCPConn
	t *testing.T
}

// dial connects. The deadline is there only so that the test ends where nothing cuts
// the connection: what is looked at is that it was cut, and never when.
func dial(t *testing.T, addr string) client {
	t.Helper()
	c, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	if err := c.SetDeadline(time.Now().Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	return client{c.(*net.TCPConn), t}
}

// gone waits until the server has cut the connection, and returns what it said first.
func (c client) gone(what string) string {
	c.t.Helper()
	said, err := io.ReadAll(c)
	if errors.Is(err, os.ErrDeadlineExceeded) {
		c.t.Fatalf("%s: the server does not cut the connection", what)
	}
	return string(said)
}

// say writes, and reports whether the other side still takes it.
func (c client) say(s string) bool {
	_, err := io.WriteString(c, s)
	if errors.Is(err, os.ErrDeadlineExceeded) {
		c.t.Error("the server neither reads nor cuts the connection")
	}
	return err == nil
}

// slowly writes one byte after another until the connection is cut. The ticks make it
// slow; nothing waits for them.
func (c client) slowly(s string) {
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for n := 0; c.say(s[n%len(s):][:1]); n++ {
		<-tick.C
	}
}

// get asks for a page on this connection and returns the status, 0 where there is none.
func (c client) get(path string) int {
	if !c.say("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n") {
		return 0
	}
	resp, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		return 0
	}
	defer func() { _ = resp.Body.Close() }()
	if _, err := io.Copy(io.Discard, resp.Body); err != nil {
		return 0
	}
	return resp.StatusCode
}

// The bounds that people meet must be there at all.
func TestBoundsAreSet(t *testing.T) {
	for name, b := range map[string]bounds{"LISTEN": publicBounds(), "ADMIN_LISTEN": adminBounds()} {
		if b.header <= 0 || b.request < b.header || b.answer <= 0 || b.rest <= 0 || b.headerBytes <= 0 || b.connections <= 0 {
			t.Errorf("%s: something has no bound: %+v", name, b)
		}
	}
	if b := publicBounds(); b.rest < time.Minute || b.connections < 100 || b.headerBytes < 8<<10 {
		t.Errorf("%+v is too little for Telegram, which keeps 40 connections for 60 seconds, and for browsers", b)
	}
}

// TestSlowClientsAreCut: each bound of time and size ends a connection on its own. The
// other bounds are an hour meanwhile.
func TestSlowClientsAreCut(t *testing.T) {
	const soon = 100 * time.Millisecond
	hour := bounds{header: time.Hour, request: time.Hour, answer: time.Hour, rest: time.Hour, headerBytes: 16 << 10, connections: 10}
	post := "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
	hook := "POST /hook HTTP/1.1\r\nHost: x\r\nX-Telegram-Bot-Api-Secret-Token: " + hookSecret + "\r\n"
	s := bounded(t)
	for _, tt := range []struct {
		name   string
		bound  func(*bounds)
		do     func(client)
		answer string // what the server says before it cuts
		where  string // "" for both servers
	}{
		{"nothing is ever sent", func(b *bounds) { b.header = soon }, func(client) {}, "", ""},
		{"a header one byte at a time", func(b *bounds) { b.header = soon }, func(c client) { c.slowly("GET / HTTP/1.1\r\nX: " + strings.Repeat("x", 1<<16)) }, "", ""},
		{"half a header", func(b *bounds) { b.header = soon }, func(c client) { c.say("GET / HTTP/1.1\r\nHost") }, "", ""},
		{"rest without end", func(b *bounds) { b.rest = soon }, func(c client) { c.say("GET /none HTTP/1.1\r\nHost: x\r\n\r\n") }, "HTTP/1.1 404", ""},
		{"a form one byte at a time", func(b *bounds) { b.request = soon }, func(c client) {
			c.say(post + "Content-Length: 4000\r\n\r\n")
			c.slowly("press=x")
		}, "", "public"},
		{"a form that never comes", func(b *bounds) { b.request = soon }, func(c client) { c.say(post + "Content-Length: 4000\r\n\r\n") }, "HTTP/1.1 303", "public"},
		{"an update that stops", func(b *bounds) { b.request = soon }, func(c client) { c.say(hook + "Content-Length: 4000\r\n\r\n{") }, "HTTP/1.1 400", "public"},
		{"chunks that stop", func(b *bounds) { b.request = soon }, func(c client) { c.say(hook + "Transfer-Encoding: chunked\r\n\r\n5\r\n{") }, "HTTP/1.1 400", "public"},
		{"a body where none belongs", func(b *bounds) { b.request = soon }, func(c client) {
			c.say("GET /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: 4000\r\n\r\n")
		}, "HTTP/1.1 200", "admin"},
		{"a header that is too large", func(*bounds) {}, func(c client) {
			c.say("GET / HTTP/1.1\r\nHost: x\r\nX: " + strings.Repeat("x", 32<<10) + "\r\n\r\n")
		}, "HTTP/1.1 431", ""},
		{"a first line that is too large", func(*bounds) {}, func(c client) {
			c.say("GET /" + strings.Repeat("x", 32<<10) + " HTTP/1.1\r\nHost: x\r\n\r\n")
		}, "HTTP/1.1 431", ""},
		{"a header without end", func(*bounds) {}, func(c client) {
			for c.say("GET / HTTP/1.1\r\nHost: x\r\n"); c.say(strings.Repeat("X: x\r\n", 100)); {
			}
		}, "", ""},
		{"a form without end", func(*bounds) {}, func(c client) {
			for c.say(post + "Transfer-Encoding: chunked\r\n\r\n"); c.say("1000\r\n" + strings.Repeat("a=1&", 1<<10) + "\r\n"); {
			}
		}, "", "public"},
		{"an update without end", func(*bounds) {}, func(c client) {
			for c.say(hook + "Transfer-Encoding: chunked\r\n\r\n"); c.say("1000\r\n" + strings.Repeat("[[[[", 1<<10) + "\r\n"); {
			}
		}, "", "public"},
		{"a body without end and without the secret", func(*bounds) {}, func(c client) {
			for c.say("POST /hook HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"); c.say("1000\r\n" + strings.Repeat("x", 1<<12) + "\r\n"); {
			}
		}, "", "public"},
	} {
		for where, h := range map[string]http.Handler{"public": s.public(), "admin": s.admin()} {
			if tt.where != "" && tt.where != where {
				continue
			}
			t.Run(where+"/"+tt.name, func(t *testing.T) {
				most := hour
				tt.bound(&most)
				c := dial(t, listening(t, s, h, most))
				tt.do(c)
				if said := c.gone(tt.name); !strings.HasPrefix(said, tt.answer) {
					t.Errorf("the answer is %.60q, want %q", said, tt.answer)
				}
			})
		}
	}
}

// TestUnreadAnswersAreCut: somebody who asks and asks and never reads an answer is cut,
// which shows in the only place being free again: the end of a connection does not
// always reach who does not read.
func TestUnreadAnswersAreCut(t *testing.T) {
	s := bounded(t)
	for where, h := range map[string]http.Handler{"public": s.public(), "admin": s.admin()} {
		t.Run(where, func(t *testing.T) {
			addr := listening(t, s, h, bounds{header: time.Hour, request: time.Hour, answer: 100 * time.Millisecond, rest: time.Hour, headerBytes: 16 << 10, connections: 1})
			c := dial(t, addr)
			if err := errors.Join(c.SetReadBuffer(1<<10), c.SetWriteDeadline(time.Now().Add(time.Second))); err != nil {
				t.Fatal(err)
			}
			for full := false; !full; { // until the server, which cannot write, no longer reads
				_, err := io.WriteString(c, strings.Repeat("GET /pictures/help.png HTTP/1.1\r\nHost: x\r\n\r\nGET /metrics HTTP/1.1\r\nHost: x\r\n\r\n", 20))
				full = err != nil
			}
			if got := dial(t, addr).get("/none"); got != http.StatusNotFound {
				t.Errorf("the next one gets %d, want 404: the place is still taken", got)
			}
		})
	}
}

// TestConnectionsAreBounded: connections that are silent, or rest after a request,
// keep nobody out: one of them goes for the next to come in.
func TestConnectionsAreBounded(t *testing.T) {
	const most = 4
	s := bounded(t)
	for name, first := range map[string]func(client){
		"silent":  func(client) {},
		"resting": func(c client) { c.get("/") },
	} {
		t.Run(name, func(t *testing.T) {
			addr := listening(t, s, s.public(), bounds{header: time.Hour, request: time.Hour, answer: time.Hour, rest: time.Hour, headerBytes: 16 << 10, connections: most})
			var all []client
			for range most {
				c := dial(t, addr)
				first(c)
				all = append(all, c)
			}
			next := dial(t, addr)
			if got := next.get("/"); got != http.StatusOK {
				t.Errorf("with all places taken somebody new gets %d, want 200", got)
			}
			gone := 0
			for _, c := range append(all, next) {
				if c.get("/") != http.StatusOK {
					gone++
					c.gone(name)
				}
			}
			if gone != 1 {
				t.Errorf("%d connections went for one to come in, want 1", gone)
			}
		})
	}
}

// TestFloodOfConnections: many more than there are places for, and the next one is
// served all the same.
func TestFloodOfConnections(t *testing.T) {
	s := bounded(t)
	addr := listening(t, s, s.public(), bounds{header: time.Hour, request: time.Hour, answer: time.Hour, rest: time.Hour, headerBytes: 16 << 10, connections: 8})
	for range 200 {
		dial(t, addr)
	}
	if got := dial(t, addr).get("/"); got != http.StatusOK {
		t.Errorf("behind 200 silent connections: %d, want 200", got)
	}
}

// TestBegunRequestsHoldTheirPlace: who has begun a request keeps the place until a
// bound of time ends it; then the next one is served, and no place is lost.
func TestBegunRequestsHoldTheirPlace(t *testing.T) {
	s := bounded(t)
	addr := listening(t, s, s.public(), bounds{header: 100 * time.Millisecond, request: time.Hour, answer: time.Hour, rest: time.Hour, headerBytes: 16 << 10, connections: 4})
	for range 3 {
		var slow []client
		for range 20 {
			c := dial(t, addr)
			c.say("G")
			slow = append(slow, c)
		}
		if got := dial(t, addr).get("/"); got != http.StatusOK {
			t.Errorf("behind slow headers: %d, want 200", got)
		}
		for _, c := range slow {
			c.gone("a slow header")
		}
	}
}

// TestStopWithAFullDoor: a stop does not wait for who stands at the door.
func TestStopWithAFullDoor(t *testing.T) {
	held, release := make(chan struct{}), make(chan struct{})
	h := http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		close(held)
		<-release
	})
	s := &service{}
	addr := freeAddr(t)
	ctx, cancel := context.WithCancel(context.Background())
	group, ctx := errgroup.WithContext(ctx)
	if err := s.listen(ctx, group, addr, h, bounds{header: time.Hour, headerBytes: 1 << 10, connections: 1}); err != nil {
		t.Fatal(err)
	}
	c := dial(t, addr)
	c.say("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
	<-held
	outside := dial(t, addr)
	cancel()
	outside.gone("who stood at the door")
	close(release)
	if err := group.Wait(); err != nil {
		t.Errorf("stop: %v", err)
	}
}

// TestLargeRequestsAreAnswered: what is too large gets its whole answer, although it
// was still being sent. Telegram would repeat an update whose answer was lost.
func TestLargeRequestsAreAnswered(t *testing.T) {
	s := bounded(t)
	addr := listening(t, s, s.public(), publicBounds())
	for _, tt := range []struct {
		name, path, kind, body string
		secret                 string
		want                   int
	}{
		{"an update over the limit", "/hook", "application/json", `{"x":"` + strings.Repeat("x", 4<<20) + `"}`, hookSecret, http.StatusOK},
		{"an update of an unknown sender", "/hook", "application/json", strings.Repeat("x", 4<<20), "wrong", http.StatusUnauthorized},
		{"a huge form", "/", "application/x-www-form-urlencoded", "press=" + strings.Repeat("x", 4<<20), "", http.StatusSeeOther},
		{"a hundred thousand parameters", "/", "application/x-www-form-urlencoded", strings.Repeat("a=&", 100_000), "", http.StatusSeeOther},
		{"a thousand parameters", "/", "application/x-www-form-urlencoded", strings.Repeat("a=&", 1000) + "press=!lang/en", "", http.StatusSeeOther},
		{"a huge file", "/", "multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=press; filename=f\r\n\r\n" + strings.Repeat("x", 4<<20) + "\r\n--x--", "", http.StatusSeeOther},
		{"parameters in the address", "/?" + strings.Repeat("press=!leave&", 800), "application/x-www-form-urlencoded", "", "", http.StatusSeeOther},
	} {
		for range 5 {
			r, err := http.NewRequest(http.MethodPost, "http://"+addr+tt.path, strings.NewReader(tt.body))
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Content-Type", tt.kind)
			r.Header.Set("X-Telegram-Bot-Api-Secret-Token", tt.secret)
			if resp, err := http.DefaultTransport.RoundTrip(r); err != nil {
				t.Errorf("%s: %v", tt.name, err)
			} else if _ = resp.Body.Close(); resp.StatusCode != tt.want {
				t.Errorf("%s: status %d, want %d", tt.name, resp.StatusCode, tt.want)
			}
		}
	}
	if c := dial(t, addr); !c.say(fmt.Sprintf("GET / HTTP/1.1\r\nHost: x\r\n%s\r\n", strings.Repeat("Cookie: s=x\r\n", 800))) || !strings.HasPrefix(firstLine(c), "HTTP/1.1 200") {
		t.Error("many small lines of a header, within the bound, are not answered")
	}
}

func firstLine(c client) string {
	line, _ := bufio.NewReader(c).ReadString('\n')
	return line
}
