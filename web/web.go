package web

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"golang.org/x/time/rate"

	"pathwaybot/handlers"
	"pathwaybot/pictures"
	"pathwaybot/session"
)

// Channel is the name under which this channel's chats are kept.
const Channel = "web"

// maxBody is the largest form that is read, in bytes: a button or a place name.
const maxBody = 4 << 10

// maxTurn is how long one turn may take.
const maxTurn = 10 * time.Second

//go:embed page.html style.css
var files embed.FS

// Config is what a Web needs.
type Config struct {
	Conversation *handlers.Handlers
	Pictures     *pictures.Set
	Now          func() time.Time
	Log          *slog.Logger
	// URL is the address at which browsers reach the page; nil where nobody said so.
	// With https the cookie goes nowhere else.
	URL *url.URL
}

// Web serves the conversation to browsers.
type Web struct {
	config Config
	page   *template.Template
	style  []byte
	fresh  *rate.Limiter // new sessions
}

// New returns the channel. It fails only when its own page is broken.
func New(c Config) (*Web, error) {
	page, err := template.New("page.html").Funcs(template.FuncMap{"paragraphs": paragraphs}).ParseFS(files, "page.html")
	if err != nil {
		return nil, fmt.Errorf("read page: %w", err)
	}
	style, err := files.ReadFile("style.css")
	if err != nil {
		return nil, fmt.Errorf("read style: %w", err)
	}
	return &Web{config: c, page: page, style: style, fresh: rate.NewLimiter(freshRate, freshBurst)}, nil
}

// Handler returns the routes: "/", the style sheet and the pictures. A press that
// another site sends in the person's name is refused.
func (w *Web) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", w.get)
	mux.HandleFunc("POST /{$}", w.post)
	mux.HandleFunc("GET /style.css", func(rw http.ResponseWriter, _ *http.Request) {
		rw.Header().Set("Content-Type", "text/css; charset=utf-8")
		_, _ = rw.Write(w.style)
	})
	mux.HandleFunc("GET /pictures/{file}", w.picture)
	return guard(w.atHome(http.NewCrossOriginProtection().Handler(mux)))
}

// guard sets what every answer carries: nothing is stored, nothing is loaded from
// elsewhere, and no other site learns where the person came from.
func guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		h := rw.Header()
		h.Set("Cache-Control", "no-store")
		h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src 'self'; "+
			"form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
		next.ServeHTTP(rw, r)
	})
}

// picture answers with a picture. It is no page, so no history shows its name.
func (w *Web) picture(rw http.ResponseWriter, r *http.Request) {
	name, _ := strings.CutSuffix(r.PathValue("file"), ".png")
	b, ok := w.config.Pictures.PNG(name)
	if !ok {
		http.NotFound(rw, r)
		return
	}
	rw.Header().Set("Content-Type", "image/png")
	_, _ = rw.Write(b)
}

// get shows where a walk stands. Somebody new is shown the first screen, and
// nothing is kept of them until they press.
func (w *Web) get(rw http.ResponseWriter, r *http.Request) {
	c := w.read(r)
	if c.id == "" {
		w.show(rw, http.StatusOK, w.config.Conversation.First(hint(r)), unmarked)
		return
	}
	w.turn(rw, r, c, handlers.Event{What: handlers.Look}, func(reply handlers.Reply) {
		if now := (cookie{c.id, covered}); reply.Do == handlers.Cover && now != c {
			w.remember(rw, now)
		}
		w.show(rw, http.StatusOK, reply, c.mark)
	})
}

// post takes a button, or a typed place where a place was asked for.
func (w *Web) post(rw http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(rw, r.Body, maxBody)
	if err := r.ParseForm(); err != nil {
		http.Redirect(rw, r, "/", http.StatusSeeOther)
		return
	}
	ev := handlers.Event{What: handlers.Press, Data: r.PostForm.Get("press")}
	if place := strings.TrimSpace(r.PostForm.Get("place")); place != "" && ev.Data == "" {
		ev.What, ev.Data = handlers.Text, place
	}
	ev.Move = func() (session.Chat, bool) { return newChat(), w.fresh.Allow() }
	c := w.read(r)
	w.turn(rw, r, c, ev, func(reply handlers.Reply) {
		if reply.Do == handlers.Leave {
			w.left(rw, http.StatusOK, reply)
			return
		}
		if now := next(c, ev, reply); now != c {
			w.remember(rw, now)
		}
		if ev.What == handlers.Text {
			// What was found for a typed place is shown at once and kept nowhere.
			w.show(rw, http.StatusOK, reply, unmarked)
			return
		}
		http.Redirect(rw, r, "/", http.StatusSeeOther)
	})
}

// next is the cookie after an event.
func next(c cookie, ev handlers.Event, reply handlers.Reply) cookie {
	c.mark = unmarked
	if reply.Moved.ID != "" {
		c.id = reply.Moved.ID
	}
	if ev.What == handlers.Press {
		c.mark = ticked(reply.Rows, ev.Data)
	}
	return c
}

// left shows the one dull line, and leaves nothing in the browser.
func (w *Web) left(rw http.ResponseWriter, status int, reply handlers.Reply) {
	w.forget(rw)
	w.show(rw, status, reply, unmarked)
}

// turn handles one event and shows the emergency card where no walk can be read.
func (w *Web) turn(rw http.ResponseWriter, r *http.Request, c cookie, ev handlers.Event, then func(handlers.Reply)) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), maxTurn)
	defer cancel()
	ev.Chat = session.Chat{Channel: Channel, ID: c.id}
	if c.id == "" {
		ev.Chat = newChat() // nothing is known of it
	}
	ev.Hint, ev.Now = hint(r), w.config.Now()
	reply, err := w.config.Conversation.Turn(ctx, ev, nil)
	switch {
	case err == nil:
		then(reply)
		return
	case errors.Is(err, handlers.ErrFull):
		w.config.Log.Warn("web: too many new sessions")
	case errors.Is(err, session.ErrAway):
		w.config.Log.Error("web: store away")
	default:
		w.config.Log.Error("web: turn")
	}
	reply = w.config.Conversation.Without(ev)
	switch {
	case reply.Do == handlers.Leave:
		w.left(rw, http.StatusServiceUnavailable, reply) // whoever opens the page next does not come back to the walk
	case byItself(r):
		w.show(rw, http.StatusServiceUnavailable, w.config.Conversation.First(ev.Hint), unmarked)
	default:
		w.show(rw, http.StatusServiceUnavailable, reply, unmarked)
	}
}

// byItself reports whether the page asked for itself, to be covered, and nobody did:
// who knows who looks at the screen now. Browsers say with a navigation whether a
// person was behind it: https://www.w3.org/TR/fetch-metadata/#sec-fetch-user-header
func byItself(r *http.Request) bool {
	h := r.Header
	return r.Method == http.MethodGet && h.Get("Sec-Fetch-Mode") == "navigate" &&
		h.Get("Sec-Fetch-Site") == "same-origin" && h.Get("Sec-Fetch-User") == ""
}

// Idle handles a chat in which nobody has pressed for a while: its walk is
// forgotten. The page in the browser covers itself.
func (w *Web) Idle(ctx context.Context, chat session.Chat) {
	ev := handlers.Event{Chat: chat, What: handlers.Idle, Now: w.config.Now()}
	if _, err := w.config.Conversation.Turn(ctx, ev, nil); err != nil {
		w.config.Log.Error("web: idle turn")
	}
}

// New sessions a second and at once, from everybody together. Each takes 3.4
// kilobytes of the store until it is cleaned: 10 a second are 92 MB at most. Those
// who are in a walk, and Telegram, are not held up.
const (
	freshRate  = 10
	freshBurst = 200
)

// hint is the first language that the browser asks for.
func hint(r *http.Request) string {
	first, _, _ := strings.Cut(r.Header.Get("Accept-Language"), ",")
	tag, _, _ := strings.Cut(first, ";")
	return strings.TrimSpace(tag)
}
