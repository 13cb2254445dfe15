package web

import (
	"crypto/rand"
	"encoding/base32"
	"net/http"
	"regexp"
	"strconv"

	"pathwaybot/session"
)

// The one cookie. With https it has the prefix that makes browsers refuse it from
// any other host and without https:
// https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis section 4.1.3.2
const (
	plainName  = "s"
	secureName = "__Host-s"
)

// cookieForm is an id and, behind a point, a mark.
var cookieForm = regexp.MustCompile(`^([A-Z2-7]{26})(?:\.(0|[1-9]\d?))?$`)

// cookie is what the browser keeps for as long as it is open.
type cookie struct {
	id   string // of the chat; empty: none that has the form of ours
	mark int    // a tick's place among the buttons, from 1; or one of the following
}

const (
	unmarked = -1
	// covered says no more than that it is another value than before: where a cookie
	// changes that no script can read, Chromium forgets the pages that it kept whole to
	// go back to: https://developer.chrome.com/docs/web-platform/bfcache-ccns
	covered = 0
)

// read returns the cookie of a request. That an id has the right form makes it no
// walk: only a record in the store does.
func (w *Web) read(r *http.Request) cookie {
	none := cookie{mark: unmarked}
	c, err := r.Cookie(w.cookieName())
	if err != nil {
		return none
	}
	m := cookieForm.FindStringSubmatch(c.Value)
	if m == nil {
		return none
	}
	mark, err := strconv.Atoi(m[2])
	if err != nil {
		mark = unmarked
	}
	return cookie{id: m[1], mark: mark}
}

func (c cookie) value() string {
	if c.mark == unmarked || c.mark > 99 {
		return c.id
	}
	return c.id + "." + strconv.Itoa(c.mark)
}

func (w *Web) cookieName() string {
	if w.secure() {
		return secureName
	}
	return plainName
}

// remember sets the cookie.
func (w *Web) remember(rw http.ResponseWriter, c cookie) { w.set(rw, c.value(), 0) }

// forget takes the cookie away. It is changed first, since Chromium keeps pages whole
// over a cookie that only goes: who went back after leaving would see the walk.
func (w *Web) forget(rw http.ResponseWriter) {
	w.set(rw, "0", 0)
	w.set(rw, "", -1)
}

func (w *Web) set(rw http.ResponseWriter, value string, age int) {
	http.SetCookie(rw, &http.Cookie{
		Name: w.cookieName(), Value: value, Path: "/", MaxAge: age,
		HttpOnly: true, Secure: w.secure(), SameSite: http.SameSiteStrictMode,
	})
}

// newChat returns a chat under 128 random bits in letters and digits.
func newChat() session.Chat {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails
	return session.Chat{Channel: Channel, ID: base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(b[:])}
}
