package web

import (
	"context"
	"crypto/rand"
	"embed"
	"encoding/base32"
	"errors"
	"fmt"
	"html/template"
	"log/slog"
	"net/http"
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
	Secure       bool // the page is reached by https: the cookie goes nowhere else
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

// Handler returns the routes: "/", the style sheet and the pictures. A press that another site
// sends in the person's name is refused.
func (w *Web) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", w.get)
	mux.HandleFunc("POST /{$}", w.post)
	mux.HandleFunc("GET /style.css", func(rw http.ResponseWriter, _ *http.Request) {
		rw.Header().Set("Content-Type", "text/css; charset=utf-8")
		_, _ = rw.Write(w.style)
	})
	mux.HandleFunc("GET /pictures/{file}", w.picture)
	return guard(http.NewCrossOriginProtection().Handler(mux))
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
	id := w.cookie(r)
	if id == "" {
		w.show(rw, http.StatusOK, w.config.Conversation.First(hint(r)))
		return
	}
	w.turn(rw, r, id, handlers.Event{What: handlers.Look}, func(reply handlers.Reply) {
		w.show(rw, http.StatusOK, reply)
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
	id := w.cookie(r)
	if id == "" {
		if !w.fresh.Allow() {
			w.config.Log.Warn("web: too many new sessions")
			w.show(rw, http.StatusServiceUnavailable, w.config.Conversation.Away(hint(r)))
			return
		}
		id = newID()
		w.remember(rw, id, 0)
	}
	w.turn(rw, r, id, ev, func(reply handlers.Reply) {
		switch {
		case reply.Do == handlers.Leave:
			w.forget(rw)
			w.show(rw, http.StatusOK, reply)
		case ev.What == handlers.Text:
			// What was found for a typed place is shown at once and kept nowhere.
			w.show(rw, http.StatusOK, reply)
		default:
			http.Redirect(rw, r, "/", http.StatusSeeOther)
		}
	})
}

// turn handles one event and shows the emergency card where no walk can be read.
func (w *Web) turn(rw http.ResponseWriter, r *http.Request, id string, ev handlers.Event, then func(handlers.Reply)) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), maxTurn)
	defer cancel()
	ev.Chat = session.Chat{Channel: Channel, ID: id}
	ev.Hint, ev.Now = hint(r), w.config.Now()
	reply, err := w.config.Conversation.Turn(ctx, ev, nil)
	if err != nil {
		class := "turn"
		if errors.Is(err, session.ErrAway) {
			class = "store away"
		}
		w.config.Log.Error("web: " + class)
		r := w.config.Conversation.Without(ev)
		if r.Do == handlers.Leave {
			w.forget(rw) // whoever opens the page next does not come back to the walk
		}
		w.show(rw, http.StatusServiceUnavailable, r)
		return
	}
	then(reply)
}

// Idle handles a chat in which nobody has pressed for a while: its walk is
// forgotten. The page in the browser covers itself.
func (w *Web) Idle(ctx context.Context, chat session.Chat) {
	ev := handlers.Event{Chat: chat, What: handlers.Idle, Now: w.config.Now()}
	if _, err := w.config.Conversation.Turn(ctx, ev, nil); err != nil {
		w.config.Log.Error("web: idle turn")
	}
}

const cookieName = "s"

// remember sets the one cookie, for as long as the browser is open; with age -1 it
// takes it away.
func (w *Web) remember(rw http.ResponseWriter, id string, age int) {
	http.SetCookie(rw, &http.Cookie{
		Name: cookieName, Value: id, Path: "/", MaxAge: age,
		HttpOnly: true, Secure: w.config.Secure, SameSite: http.SameSiteStrictMode,
	})
}

func (w *Web) forget(rw http.ResponseWriter) { w.remember(rw, "", -1) }

// New sessions a second and at once, from everybody together. Each takes two
// kilobytes of the store until it is cleaned: 10 a second are 50 MB at most. Those
// who have a session already, and Telegram, are not held up.
const (
	freshRate  = 10
	freshBurst = 200
)

// cookie returns the chat's id, or nothing where it is none of ours.
func (w *Web) cookie(r *http.Request) string {
	c, err := r.Cookie(cookieName)
	if err != nil || len(c.Value) != 26 {
		return ""
	}
	return c.Value
}

// newID returns 128 random bits in letters and digits.
func newID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails
	return base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(b[:])
}

// hint is the first language that the browser asks for.
func hint(r *http.Request) string {
	first, _, _ := strings.Cut(r.Header.Get("Accept-Language"), ",")
	tag, _, _ := strings.Cut(first, ";")
	return strings.TrimSpace(tag)
}
