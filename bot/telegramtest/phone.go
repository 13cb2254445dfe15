package telegramtest

import (
	"cmp"
	"context"
	_ "embed" // for the page
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"
)

//go:embed phone.html
var phonePage []byte

// phoneHandler serves the people's side: a page for trying a bot by hand, and the
// same as JSON for scripts.
//
//	GET  /                          the page
//	GET  /phone/chats               all chats
//	POST /phone/chats               {"id": 1, "name": "Ann", "language_code": "ti"}: a new one
//	GET  /phone/chats/{id}          messages, notifications, answers to presses
//	POST /phone/chats/{id}/send     {"text": "/start"} or {"kind": "photo"}
//	POST /phone/chats/{id}/press    {"button": "label or data"} or {"message_id": 7, "data": "x"}
//	POST /phone/chats/{id}/block    {"blocked": true}
//	GET  /phone/pictures/{file}     a picture the bot sent
//	GET  /phone/calls               what the bot asked for
//	GET  /phone/invalid             what was wrong with it
//	GET  /phone/changes?since=3     waits for a change, answers {"version": 4}
func (s *Server) phoneHandler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write(phonePage)
	})
	mux.HandleFunc("GET /phone/chats", func(w http.ResponseWriter, _ *http.Request) { reply(w, s.listChats()) })
	mux.HandleFunc("POST /phone/chats", s.postChat)
	mux.HandleFunc("GET /phone/chats/{id}", s.withChat(func(w http.ResponseWriter, _ *http.Request, c *Chat) { reply(w, c.view()) }))
	mux.HandleFunc("POST /phone/chats/{id}/send", s.withChat(postSend))
	mux.HandleFunc("POST /phone/chats/{id}/press", s.withChat(postPress))
	mux.HandleFunc("POST /phone/chats/{id}/block", s.withChat(postBlock))
	mux.HandleFunc("GET /phone/pictures/{file}", s.getPicture)
	mux.HandleFunc("GET /phone/calls", func(w http.ResponseWriter, _ *http.Request) { reply(w, s.Calls()) })
	mux.HandleFunc("GET /phone/invalid", func(w http.ResponseWriter, _ *http.Request) { reply(w, s.Invalid()) })
	mux.HandleFunc("GET /phone/changes", s.getChanges)
	return http.NewCrossOriginProtection().Handler(mux) // no other site may press buttons
}

// chatView is a chat in the JSON for scripts.
type chatView struct {
	ID            int64          `json:"id"`
	Name          string         `json:"name"`
	Language      string         `json:"language_code"`
	Kind          string         `json:"kind"`
	Blocked       bool           `json:"blocked"`
	Messages      []Message      `json:"messages,omitempty"`
	Notifications []Notification `json:"notifications,omitempty"`
	Answers       []Answer       `json:"answers,omitempty"`
}

func (c *Chat) head() chatView {
	return chatView{ID: c.id, Name: cmp.Or(c.title, c.person.FirstName), Language: c.person.LanguageCode, Kind: c.kind, Blocked: c.blocked}
}

func (c *Chat) view() chatView {
	c.server.mu.Lock()
	out := c.head()
	c.server.mu.Unlock()
	out.Messages, out.Notifications, out.Answers = c.Messages(), c.Notifications(), c.Answers()
	return out
}

func (s *Server) listChats() []chatView {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := []chatView{}
	for _, c := range s.chats {
		out = append(out, c.head())
	}
	slices.SortFunc(out, func(a, b chatView) int { return cmp.Compare(a.ID, b.ID) })
	return out
}

func (s *Server) postChat(w http.ResponseWriter, r *http.Request) {
	var in struct {
		ID       int64
		Name     string
		Kind     string
		Title    string
		Language string `json:"language_code"`
	}
	if !readJSON(w, r, &in) {
		return
	}
	if in.ID == 0 {
		s.mu.Lock()
		for in.ID = 1; s.chats[in.ID] != nil; {
			in.ID++
		}
		s.mu.Unlock()
	}
	person := User{FirstName: in.Name, LanguageCode: in.Language}
	reply(w, s.NewChat(in.ID, ChatOptions{Kind: in.Kind, Title: in.Title, Person: person}).view())
}

func postSend(w http.ResponseWriter, r *http.Request, c *Chat) {
	var in struct{ Text, Kind string }
	if !readJSON(w, r, &in) {
		return
	}
	switch in.Kind {
	case "", "text":
		c.Send(in.Text)
	case "photo":
		c.SendPhoto(in.Text)
	case "voice":
		c.SendVoice()
	case "sticker":
		c.SendSticker()
	case "contact":
		c.SendContact("Somebody", "+440000000000")
	case "location":
		c.SendLocation(51.8, -0.2)
	default:
		http.Error(w, fmt.Sprintf("kind %q: not one of text, photo, voice, sticker, contact, location", in.Kind), http.StatusBadRequest)
		return
	}
	reply(w, c.view())
}

func postPress(w http.ResponseWriter, r *http.Request, c *Chat) {
	var in struct {
		Button    string
		MessageID int `json:"message_id"`
		Data      string
	}
	if !readJSON(w, r, &in) {
		return
	}
	if in.MessageID != 0 {
		c.PressOn(in.MessageID, in.Data)
	} else if err := c.Press(in.Button); err != nil {
		http.Error(w, err.Error(), http.StatusConflict)
		return
	}
	reply(w, c.view())
}

func postBlock(w http.ResponseWriter, r *http.Request, c *Chat) {
	var in struct{ Blocked bool }
	if !readJSON(w, r, &in) {
		return
	}
	if in.Blocked {
		c.Block()
	} else {
		c.Unblock()
	}
	reply(w, c.view())
}

func (s *Server) getPicture(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	p := s.pictures[r.PathValue("file")]
	s.mu.Unlock()
	if p == nil || p.Content == nil {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", http.DetectContentType(p.Content))
	_, _ = w.Write(p.Content)
}

// getChanges waits up to 25 seconds, so that the page need not ask again and
// again.
func (s *Server) getChanges(w http.ResponseWriter, r *http.Request) {
	since, err := strconv.ParseUint(r.FormValue("since"), 10, 64)
	if err != nil {
		since = 0
	}
	ctx, cancel := context.WithTimeout(r.Context(), 25*time.Second)
	defer cancel()
	var version uint64
	err = s.Await(ctx, func() bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		version = s.version
		return version != since
	})
	if err != nil && !errors.Is(err, context.DeadlineExceeded) {
		http.Error(w, "closing", http.StatusServiceUnavailable)
		return
	}
	reply(w, map[string]uint64{"version": version})
}

// withChat finds the chat of the path.
func (s *Server) withChat(next func(http.ResponseWriter, *http.Request, *Chat)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
		s.mu.Lock()
		c := s.chats[id]
		s.mu.Unlock()
		if err != nil || c == nil {
			http.Error(w, fmt.Sprintf("chat %q: there is none", r.PathValue("id")), http.StatusNotFound)
			return
		}
		next(w, r, c)
	}
}

func readJSON(w http.ResponseWriter, r *http.Request, v any) bool {
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<20)).Decode(v); err != nil {
		http.Error(w, fmt.Sprintf("read JSON: %v", err), http.StatusBadRequest)
		return false
	}
	return true
}

func reply(w http.ResponseWriter, v any) {
	body, err := json.Marshal(v)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	_, _ = w.Write(body)
}
