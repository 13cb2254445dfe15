package web_test

import (
	"context"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"pathwaybot/handlers"
	"pathwaybot/session"
	"pathwaybot/session/redistest"
)

var title = regexp.MustCompile(`<title>(.*?)</title>`)

// No kind of page says in its title, its icon or its address what it is about, and no
// cookie is set before anybody has pressed.
func TestEveryPageIsNeutral(t *testing.T) {
	off := false
	b := open(t, func(s handlers.Store) handlers.Store { return switchable{s, &off} })
	check := func(name string, res *http.Response, page string) {
		t.Helper()
		got := title.FindAllStringSubmatch(page, -1)
		if len(got) != 1 || got[0][1] != "Information" {
			t.Errorf("%s: the titles are %v", name, got)
		}
		if strings.Count(page, `rel="icon"`) != 1 || !strings.Contains(page, `<link rel="icon" href="data:,">`) || strings.Contains(page, "manifest") {
			t.Errorf("%s: an icon or a manifest", name)
		}
		if res.Request.URL.String() != b.url {
			t.Errorf("%s: the address is %s", name, res.Request.URL)
		}
		if res.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: may be stored", name)
		}
	}
	look := func(name string) {
		t.Helper()
		res, page := b.get()
		check(name, res, page)
	}
	look("first screen")
	for _, press := range []string{
		"!lang/ar", "gate/start/danger", "!help", "!back", "!start", "gate/start/about-me", "gate/age-me/adult",
		"adult-self/what-happens/+debt", "adult-self/what-happens/done", "adult-self/want/safe-place", "!card", "!close", "!area",
	} {
		b.press(press)
		look(press)
	}
	res, page := b.post(url.Values{"place": {"Stevenage"}})
	check("typed place", res, page)
	off = true
	look("store away")
	off = false
	b.wait(16 * time.Minute)
	look("cover")
	res, page = b.post(url.Values{"press": {"!leave"}})
	check("left", res, page)
}

// After a tick the page opens at the button that was pressed, and neither the address
// nor anything but the cookie says which.
func TestOpensAtTheTick(t *testing.T) {
	b := open(t, nil)
	for _, press := range []string{"!lang/en", "gate/start/about-me", "gate/age-me/adult"} {
		b.press(press)
	}
	focus := regexp.MustCompile(`value="([^"]*)"[^>]* autofocus`)
	for _, tt := range []struct{ press, at string }{
		{"adult-self/what-happens/+threats", "adult-self/what-happens/-threats"},
		{"adult-self/what-happens/-threats", "adult-self/what-happens/&#43;threats"},
		{"adult-self/what-happens/+no-such", ""},
		{"adult-self/what-happens/+debt", "adult-self/what-happens/-debt"},
		{"!help", ""},
		{"!back", ""},
		{"adult-self/what-happens/done", ""},
	} {
		res, page := b.post(url.Values{"press": {tt.press}})
		var at string
		if m := focus.FindAllStringSubmatch(page, -1); len(m) == 1 {
			at = m[0][1]
		} else if len(m) > 1 {
			t.Errorf("after %s the page opens at %v", tt.press, m)
		}
		if at != tt.at || res.Request.URL.String() != b.url {
			t.Errorf("after %s the page opens at %q, %s; want %q", tt.press, at, res.Request.URL, tt.at)
		}
	}
}

// A page that was opened on one replica is covered by another, or by the one that was
// started in its place, and no word of the walk stands behind the cover.
func TestAnotherReplicaCovers(t *testing.T) {
	redis := redistest.Start(t)
	keys, err := session.ParseKeys(base64.StdEncoding.EncodeToString([]byte(strings.Repeat("k", 32))))
	if err != nil {
		t.Fatal(err)
	}
	store := func(func() time.Time) handlers.Store {
		r, err := session.NewRedis(session.Config{URL: redis.URL(), Keys: keys})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = r.Close() })
		return r
	}
	one := serve(t, setup{store: store})
	two := serve(t, setup{store: store, clock: one.time})
	one.walk()
	res, page := one.get()
	if res.Header.Get("Refresh") != "960; url=/" || !strings.Contains(page, "gate/age-me/adult") {
		t.Fatalf("the page does not cover itself: %v", res.Header)
	}
	if page = two.seenWith(one.id()); !strings.Contains(page, "gate/age-me/adult") {
		t.Fatalf("the other replica does not know the walk:\n%s", page)
	}
	one.wait(16 * time.Minute)
	page = two.seenWith(one.id())
	if got := buttons(page); fmt.Sprint(got) != "[!open]" {
		t.Errorf("the other replica shows the buttons %v", got)
	}
	for _, word := range []string{"gate/", "Vârst", "pericol", "999", "about-me"} {
		if strings.Contains(page, word) {
			t.Errorf("behind the cover stands %q:\n%s", word, page)
		}
	}
}

// A page that asks for itself while the store is away, to be covered, is not answered
// with the emergency card: nobody knows who looks at the screen. A person who asks is.
func TestCoversWhileTheStoreIsAway(t *testing.T) {
	off := false
	b := open(t, func(s handlers.Store) handlers.Store { return switchable{s, &off} })
	b.walk()
	off = true
	ask := func(user string) string {
		r, err := http.NewRequestWithContext(context.Background(), http.MethodGet, b.url, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Sec-Fetch-Mode", "navigate")
		r.Header.Set("Sec-Fetch-Site", "same-origin")
		if user != "" {
			r.Header.Set("Sec-Fetch-User", user)
		}
		_, page := b.do(r, nil)
		return page
	}
	if page := ask(""); strings.Contains(page, "999") || !strings.Contains(page, "Choose your language") {
		t.Errorf("a page that asks for itself shows:\n%s", page)
	}
	if page := ask("?1"); !strings.Contains(page, "999") {
		t.Errorf("a person who asks sees:\n%s", page)
	}
}
