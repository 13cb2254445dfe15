package web_test

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"pathwaybot/handlers"
	"pathwaybot/session"
)

// planted has the form of an id and was made by nobody.
const planted = "AAAAAAAAAAAAAAAAAAAAAAAAAA"

// id is what the browser keeps: the value of its only cookie, empty for none.
func (b *browser) id() string {
	b.t.Helper()
	u, err := url.Parse(b.url)
	if err != nil {
		b.t.Fatal(err)
	}
	cookies := b.http.Jar.Cookies(u)
	if len(cookies) == 0 {
		return ""
	}
	if len(cookies) > 1 {
		b.t.Errorf("the browser keeps %d cookies, want one", len(cookies))
	}
	return cookies[0].Value
}

// plant puts a cookie of this name into the browser, as somebody who held the phone could.
func (b *browser) plant(name, value string) {
	b.t.Helper()
	u, err := url.Parse(b.url)
	if err != nil {
		b.t.Fatal(err)
	}
	b.http.Jar.SetCookies(u, []*http.Cookie{{Name: name, Value: value, Path: "/", Secure: u.Scheme == "https"}})
}

// seenWith is the page that somebody elsewhere sees who knows an id.
func (b *browser) seenWith(id string) string {
	b.t.Helper()
	r, err := http.NewRequest(http.MethodGet, b.url, nil)
	if err != nil {
		b.t.Fatal(err)
	}
	r.AddCookie(&http.Cookie{Name: "s", Value: id})
	own := b.http
	defer func() { b.http = own }()
	b.http = &http.Client{Transport: own.Transport}
	_, page := b.do(r, nil)
	return page
}

var idForm = regexp.MustCompile(`^[A-Z2-7]{26}$`)

// Whenever a walk begins it gets an id that nobody knows, and the one before opens
// the first screen and nothing else.
func TestWalkBeginsUnderANewID(t *testing.T) {
	for name, tt := range map[string]struct {
		before func(*browser)
		press  string
		want   string // on the page after the press
	}{
		"a planted id":      {func(b *browser) { b.plant("s", planted) }, "!lang/ro", "Înainte de a continua"},
		"a covered page":    {func(b *browser) { b.walk(); b.wait(16 * time.Minute); b.get() }, "!open", "Înainte de a continua"},
		"an idle walk":      {func(b *browser) { b.walk(); b.wait(16 * time.Minute) }, "gate/age-me/adult", "Înainte de a continua"},
		"an expired record": {func(b *browser) { b.walk(); b.wait(3 * time.Hour) }, "!lang/ro", "Înainte de a continua"},
		"a noted id, after leaving": {func(b *browser) {
			b.walk()
			noted := b.id()
			b.press("!leave")
			b.plant("s", noted)
		}, "!lang/ro", "Înainte de a continua"},
	} {
		t.Run(name, func(t *testing.T) {
			b := open(t, nil)
			tt.before(b)
			noted, _, _ := strings.Cut(b.id(), ".")
			if !idForm.MatchString(noted) {
				t.Fatalf("the browser keeps %q before", noted)
			}
			if page := b.press(tt.press); !strings.Contains(page, tt.want) {
				t.Fatalf("the walk does not begin in its language:\n%s", page)
			}
			if now := b.id(); now == noted || !idForm.MatchString(now) {
				t.Errorf("the walk goes on under %q, after %q", now, noted)
			}
			b.press("gate/start/about-me")
			if page := b.seenWith(noted); !strings.Contains(page, "Choose your language") || strings.Contains(page, "Vârsta") {
				t.Errorf("who noted the id before sees the walk:\n%s", page)
			}
			rec, err := b.store.Load(context.Background(), session.Chat{Channel: "web", ID: noted})
			if err != nil || len(rec.Walk) > 0 {
				t.Errorf("under the id before there is still a record, or %v", err)
			}
		})
	}
}

// walk begins in Romanian and answers one question.
func (b *browser) walk() {
	b.t.Helper()
	b.press("!lang/ro")
	b.press("gate/start/about-me")
}

// Within a walk the id stays, also when two presses come at once with the same one.
func TestIDStaysWithinAWalk(t *testing.T) {
	b := open(t, nil)
	b.walk()
	id := b.id()
	for _, press := range []string{"gate/age-me/adult", "!help", "!back", "!start", "!lang/en", "gate/start/about-me"} {
		b.press(press)
		if b.id() != id {
			t.Fatalf("after %s the id is %q, want %q", press, b.id(), id)
		}
	}
}

// counting counts what is asked for and what is written.
type counting struct {
	handlers.Store
	loads, saves *int
}

func (c counting) Load(ctx context.Context, chat session.Chat) (session.Record, error) {
	*c.loads++
	return c.Store.Load(ctx, chat)
}

func (c counting) Save(ctx context.Context, r session.Record, k session.Keep) (session.Record, error) {
	*c.saves++
	return c.Store.Save(ctx, r, k)
}

// A look with an id that nobody made keeps nothing, and a cookie of another form is none.
func TestForeignCookies(t *testing.T) {
	var loads, saves int
	b := open(t, func(s handlers.Store) handlers.Store { return counting{s, &loads, &saves} })
	b.walk()
	own := b.id()
	loads, saves = 0, 0
	for _, id := range []string{planted, strings.ToLower(own), own + "A", own + ".", own + ".00", own + ".100", own + ".-1", own[1:], "../" + own[3:], strings.Repeat("1", 26)} {
		if page := b.seenWith(id); !strings.Contains(page, "Choose your language") {
			t.Errorf("with the cookie %q a walk is shown:\n%s", id, page)
		}
	}
	if loads != 1 {
		t.Errorf("%d cookies were looked up, want the one that has the form of ours", loads)
	}
	if saves > 0 {
		t.Errorf("looks with ids that nobody made saved %d records", saves)
	}
	if page := b.seenWith(own); strings.Contains(page, "Choose your language") {
		t.Error("the own id shows no walk: nothing was tested")
	}
}

// Made-up ids do not get around the limit on new walks, and nobody in a walk is held up.
func TestFloodOfMadeUpIDs(t *testing.T) {
	b := open(t, nil)
	b.walk()
	refused := 0
	for range 300 {
		r, err := http.NewRequest(http.MethodPost, b.url, strings.NewReader("press=!lang/en"))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.AddCookie(&http.Cookie{Name: "s", Value: planted})
		res, err := (&http.Client{}).Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		if res.StatusCode == http.StatusServiceUnavailable {
			refused++
		}
	}
	if refused == 0 {
		t.Error("300 made-up ids at once were all let in")
	}
	if page := b.press("gate/age-me/adult"); !strings.Contains(page, "adult-self/what-happens/done") {
		t.Errorf("somebody in a walk is held up:\n%s", page)
	}
	if page := b.press("!leave"); strings.Contains(page, "<button") {
		t.Errorf("leaving is held up:\n%s", page)
	}
}

// With https the cookie can come from this host alone and goes nowhere without https,
// and one that was put there under the plain name is none.
func TestCookieOverHTTPS(t *testing.T) {
	b := serve(t, setup{https: true})
	noRedirect := *b.http
	noRedirect.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	follow := b.http
	b.http = &noRedirect
	res, _ := b.post(url.Values{"press": {"!lang/ro"}})
	b.http = follow
	if got := res.Header.Get("Strict-Transport-Security"); !strings.HasPrefix(got, "max-age=31536000") || strings.Contains(got, "includeSubDomains") {
		t.Errorf("Strict-Transport-Security is %q, want a year for this host alone", got)
	}
	got := res.Header.Get("Set-Cookie")
	if !regexp.MustCompile(`^__Host-s=[A-Z2-7]{26}; Path=/; HttpOnly; Secure; SameSite=Strict$`).MatchString(got) {
		t.Errorf("the cookie is set by %q", got)
	}
	b.press("gate/start/about-me")
	if page := b.seenWith(b.id()); !strings.Contains(page, "Choose your language") {
		t.Errorf("a cookie of the plain name opens the walk:\n%s", page)
	}
	b.press("!leave")
	if id := b.id(); id != "" {
		t.Errorf("after leaving the browser keeps %q", id)
	}
}

// Behind a proxy that speaks https: who came by another name of this machine is sent
// home, and nothing else is answered there.
func TestOtherHosts(t *testing.T) {
	b := serve(t, setup{home: &url.URL{Scheme: "https", Host: "ask.example.org"}})
	b.http.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	ask := func(method, host string) *http.Response {
		r, err := http.NewRequest(method, b.url, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Host = host
		res, _ := b.do(r, nil)
		return res
	}
	for _, host := range []string{"rebound.example", "rebound.example:443", "ask.example.org:8443", "ask.example.org.rebound.example", "127.0.0.1"} {
		res := ask(http.MethodGet, host)
		if res.StatusCode != http.StatusTemporaryRedirect || res.Header.Get("Location") != "https://ask.example.org/" || res.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("GET at %s: %d to %q", host, res.StatusCode, res.Header.Get("Location"))
		}
		if res := ask(http.MethodPost, host); res.StatusCode != http.StatusMisdirectedRequest || len(res.Cookies()) > 0 {
			t.Errorf("POST at %s: %d, want 421", host, res.StatusCode)
		}
	}
	for _, host := range []string{"ask.example.org", "ASK.Example.org:443", "ask.example.org."} {
		if res := ask(http.MethodGet, host); res.StatusCode != http.StatusOK {
			t.Errorf("GET at home, %s: %d", host, res.StatusCode)
		}
		if res := ask(http.MethodPost, host); res.StatusCode != http.StatusSeeOther || len(res.Cookies()) != 1 || !res.Cookies()[0].Secure {
			t.Errorf("POST at home, %s: %d, %v", host, res.StatusCode, res.Cookies())
		}
	}
}
