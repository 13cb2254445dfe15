package web_test

import (
	"context"
	"errors"
	"html"
	"image/png"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"pathwaybot/guide"
	"pathwaybot/handlers"
	"pathwaybot/session"
	"pathwaybot/web"
)

// browser is a client that keeps cookies, against the channel over real HTTP.
type browser struct {
	t     *testing.T
	http  *http.Client
	url   string
	store handlers.Store
	log   *strings.Builder
	web   *web.Web

	mu  sync.Mutex
	now time.Time
}

func (b *browser) time() time.Time {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.now
}

func (b *browser) wait(d time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.now = b.now.Add(d)
}

// setup is how a test wants its channel.
type setup struct {
	store func(now func() time.Time) handlers.Store // nil: in memory
	clock func() time.Time                          // nil: the browser's own
	https bool                                      // at an address that WEB_URL names
	home  *url.URL                                  // what WEB_URL names, where that is another; nil: nothing
	front func(http.Handler) http.Handler           // stands before the channel; nil: nothing
}

func open(t *testing.T, wrap func(handlers.Store) handlers.Store) *browser {
	t.Helper()
	return serve(t, setup{store: func(now func() time.Time) handlers.Store {
		if wrap == nil {
			return session.NewMemory(now)
		}
		return wrap(session.NewMemory(now))
	}})
}

func serve(t *testing.T, s setup) *browser {
	t.Helper()
	g, err := guide.Load(guide.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	b := &browser{t: t, now: time.Date(2026, 1, 6, 10, 0, 0, 0, time.UTC), log: &strings.Builder{}}
	clock := b.time
	if s.clock != nil {
		clock = s.clock
	}
	if s.store == nil {
		s.store = func(now func() time.Time) handlers.Store { return session.NewMemory(now) }
	}
	b.store = s.store(clock)
	server := httptest.NewUnstartedServer(nil)
	c := web.Config{
		Conversation: handlers.New(g, b.store, handlers.Settings{Cover: 15 * time.Minute, Clean: 45 * time.Minute}),
		Pictures:     g.Pictures,
		Now:          clock,
		Log:          slog.New(slog.NewTextHandler(b.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
		URL:          s.home,
	}
	if s.https {
		c.URL = &url.URL{Scheme: "https", Host: server.Listener.Addr().String()}
	}
	w, err := web.New(c)
	if err != nil {
		t.Fatal(err)
	}
	b.web, server.Config.Handler = w, w.Handler()
	if s.front != nil {
		server.Config.Handler = s.front(server.Config.Handler)
	}
	// Browsers may end a connection early, and the server would say so on the terminal.
	server.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	if s.https {
		server.StartTLS()
	} else {
		server.Start()
	}
	t.Cleanup(server.Close)
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	b.url, b.http = server.URL+"/", server.Client()
	b.http.Jar = jar
	return b
}

func (b *browser) do(r *http.Request, err error) (*http.Response, string) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
	res, err := b.http.Do(r)
	if err != nil {
		b.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	return res, string(body)
}

func (b *browser) get() (*http.Response, string) {
	b.t.Helper()
	return b.do(http.NewRequest(http.MethodGet, b.url, nil))
}

func (b *browser) post(values url.Values) (*http.Response, string) {
	b.t.Helper()
	r, err := http.NewRequest(http.MethodPost, b.url, strings.NewReader(values.Encode()))
	if err == nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	return b.do(r, err)
}

func (b *browser) press(data string) string {
	b.t.Helper()
	_, page := b.post(url.Values{"press": {data}})
	return page
}

func TestWalkToHertfordshireChildren(t *testing.T) {
	b := open(t, nil)
	if _, page := b.get(); !strings.Contains(page, "Choose your language") || strings.Contains(page, "slavery") {
		t.Fatalf("the first screen is not the neutral picker:\n%s", page)
	}
	for _, press := range []string{
		"!lang/en", "gate/start/worried", "gate/age-them/under-18", "child-public/signs/+works",
		"child-public/signs/done", "child-public/known-place/area-known", "!area", "!area/E12000006", "!area/E10000015",
	} {
		b.press(press)
	}
	page := b.press("!here/E07000103")
	for _, want := range []string{"0300 123 4043", `href="tel:03001234043"`, `lang="en" dir="ltr"`, "<title>Information</title>"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q:\n%s", want, page)
		}
	}
}

func TestEveryAnswerKeepsQuiet(t *testing.T) {
	b := open(t, nil)
	res, _ := b.get()
	for name, want := range map[string]string{
		"Cache-Control":           "no-store",
		"Referrer-Policy":         "no-referrer",
		"Content-Security-Policy": "default-src 'none'",
	} {
		if got := res.Header.Get(name); !strings.Contains(got, want) {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if len(res.Cookies()) > 0 {
		t.Error("a cookie is set before anybody pressed")
	}
	noRedirect := *b.http
	noRedirect.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	b.http = &noRedirect
	res, _ = b.post(url.Values{"press": {"!lang/en"}})
	if res.StatusCode != http.StatusSeeOther || res.Header.Get("Location") != "/" {
		t.Errorf("a press answers %d to %q, want a redirect to /", res.StatusCode, res.Header.Get("Location"))
	}
	c := res.Cookies()
	if len(c) != 1 || !c[0].HttpOnly || c[0].SameSite != http.SameSiteStrictMode || c[0].MaxAge != 0 || !c[0].Expires.IsZero() {
		t.Errorf("want one strict session cookie that scripts cannot read, got %v", c)
	}
}

func TestRightToLeft(t *testing.T) {
	b := open(t, nil)
	page := b.press("!lang/ar")
	if !strings.Contains(page, `lang="ar" dir="rtl"`) || !strings.Contains(page, `<div lang="en" dir="ltr">`) {
		t.Errorf("the page is not marked as Arabic with English beside it:\n%s", page)
	}
	if page = b.press("!lang/ar"); !strings.Contains(page, `role="status"`) {
		t.Errorf("nobody says that the translation is unchecked:\n%s", page)
	}
	if page = b.press("!help"); !strings.Contains(page, "<span>\u200f←\u200f \u200e55\u200e</span>") {
		t.Errorf("the arrow before what to press points against the reading:\n%s", page)
	}
	if page = b.press("!lang"); !strings.Contains(page, `lang="en" dir="ltr">Hello.`) {
		t.Errorf("the greetings are not marked with their own languages:\n%s", page)
	}
}

func TestCoversItself(t *testing.T) {
	b := open(t, nil)
	b.press("!lang/en")
	b.press("gate/start/about-me")
	res, page := b.get()
	if got := res.Header.Get("Refresh"); got != "960; url=/" {
		t.Errorf("Refresh is %q, want a look a minute after the screen is covered", got)
	}
	if !strings.Contains(page, "Your age") {
		t.Errorf("a look changes the screen:\n%s", page)
	}
	b.wait(16 * time.Minute)
	if _, page = b.get(); strings.Contains(page, "Your age") || !strings.Contains(page, "Hello again.") {
		t.Errorf("the screen is not covered:\n%s", page)
	}
	if page = b.press("gate/age-me/adult"); !strings.Contains(page, "Before you go on") {
		t.Errorf("an old button does not open the gate:\n%s", page)
	}
}

func TestLeave(t *testing.T) {
	b := open(t, nil)
	b.press("!lang/en")
	b.press("gate/start/about-me")
	if page := b.press("!leave"); !strings.Contains(page, "Have a good day.") || strings.Contains(page, "<button") {
		t.Errorf("leaving shows more than the dull line:\n%s", page)
	}
	if _, page := b.get(); !strings.Contains(page, "Choose your language") {
		t.Errorf("after leaving the walk goes on:\n%s", page)
	}
}

func TestOtherSitesCannotPress(t *testing.T) {
	b := open(t, nil)
	r, err := http.NewRequest(http.MethodPost, b.url, strings.NewReader("press=!lang/en"))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	if res, _ := b.do(r, nil); res.StatusCode != http.StatusForbidden {
		t.Errorf("a press from another site answers %d, want 403", res.StatusCode)
	}
}

func TestTypedPlaceIsNotKept(t *testing.T) {
	b := open(t, nil)
	for _, press := range []string{"!lang/en", "gate/start/about-me", "gate/age-me/under-18", "young-self/what-happens/done", "young-self/who-feels-safe/council", "!area"} {
		b.press(press)
	}
	const typed = "Stevenage <b>zebra"
	if _, page := b.post(url.Values{"place": {"Stevenage"}}); !strings.Contains(page, "!here/E07000243") {
		t.Errorf("a typed place is not offered:\n%s", page)
	}
	if _, page := b.post(url.Values{"place": {typed}}); strings.Contains(page, "zebra") {
		t.Errorf("what was typed is shown again:\n%s", page)
	}
	if strings.Contains(b.log.String(), "zebra") {
		t.Error("what was typed is in the log")
	}
}

// A large form and a form that is none are answered with the current screen.
func TestBadForms(t *testing.T) {
	b := open(t, nil)
	b.press("!lang/en")
	for name, body := range map[string]string{
		"too large":  "press=" + strings.Repeat("x", 8<<10),
		"no form":    "%%%",
		"no button":  "",
		"odd button": "press=" + url.QueryEscape("a/b/\x00\u202e<script>"),
	} {
		r, err := http.NewRequest(http.MethodPost, b.url, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		res, page := b.do(r, nil)
		if res.StatusCode != http.StatusOK || !strings.Contains(page, "Before you go on") || strings.Contains(page, "<script>") {
			t.Errorf("%s: %d\n%s", name, res.StatusCode, page)
		}
	}
}

func TestStoreAway(t *testing.T) {
	b := open(t, func(s handlers.Store) handlers.Store { return away{s} })
	res, page := b.post(url.Values{"press": {"!lang/en"}})
	if res.StatusCode != http.StatusServiceUnavailable || !strings.Contains(page, "999") || !strings.Contains(page, "55") {
		t.Errorf("with the store away: %d\n%s", res.StatusCode, page)
	}
	if got := strings.TrimSpace(b.log.String()); !strings.Contains(got, "store away") || strings.Contains(got, "lang") {
		t.Errorf("the log says %q", got)
	}
}

// away is a store that cannot be reached.
type away struct{ handlers.Store }

func (away) Load(context.Context, session.Chat) (session.Record, error) {
	return session.Record{}, errors.Join(session.ErrAway)
}

var button = regexp.MustCompile(`name="press" value="([^"]+)"`)

// Every button of every page that can be reached leads to a page with buttons.
func TestEveryButtonLeadsOn(t *testing.T) {
	b := open(t, nil)
	b.press("!lang/en")
	_, page := b.get()
	seen := map[string]bool{}
	todo := buttons(page)
	for len(todo) > 0 {
		data := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if seen[data] || data == "!leave" || strings.HasPrefix(data, "!lang/") || strings.HasPrefix(data, "!area/") {
			continue
		}
		seen[data] = true
		next := buttons(b.press(data))
		if len(next) < 4 {
			t.Errorf("after %q there are only the buttons %v", data, next)
		}
		todo = append(todo, next...)
	}
	if len(seen) < 40 {
		t.Errorf("only %d buttons were pressed", len(seen))
	}
}

func buttons(page string) []string {
	var out []string
	for _, m := range button.FindAllStringSubmatch(page, -1) {
		out = append(out, html.UnescapeString(m[1]))
	}
	return out
}

// switchable is a store that can be away for a while.
type switchable struct {
	handlers.Store
	off *bool
}

func (s switchable) Load(ctx context.Context, c session.Chat) (session.Record, error) {
	if *s.off {
		return session.Record{}, session.ErrAway
	}
	return s.Store.Load(ctx, c)
}

// Who leaves while the store is away does not come back to the walk afterwards.
func TestLeaveWhileTheStoreIsAway(t *testing.T) {
	off := false
	b := open(t, func(s handlers.Store) handlers.Store { return switchable{s, &off} })
	b.press("!lang/en")
	b.press("gate/start/about-me")
	off = true
	if page := b.press("!leave"); !strings.Contains(page, "Have a good day.") {
		t.Errorf("leaving while the store is away shows:\n%s", page)
	}
	off = false
	if _, page := b.get(); strings.Contains(page, "Your age") {
		t.Errorf("after leaving the next to open the page sees:\n%s", page)
	}
}

func TestRefreshCountsFromTheLastPress(t *testing.T) {
	b := open(t, nil)
	b.press("!lang/en")
	b.press("gate/start/about-me")
	b.wait(14 * time.Minute)
	if res, _ := b.get(); res.Header.Get("Refresh") != "120; url=/" {
		t.Errorf("14 minutes after the last press the page asks again in %q", res.Header.Get("Refresh"))
	}
}

// A flood of new sessions is bounded, and does not hold up who has one.
func TestFloodOfNewSessions(t *testing.T) {
	b := open(t, nil)
	b.press("!lang/en")
	refused := 0
	for range 300 {
		res, err := http.PostForm(b.url, url.Values{"press": {"!lang/en"}})
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		if res.StatusCode == http.StatusServiceUnavailable {
			refused++
		}
	}
	if refused == 0 {
		t.Error("300 new sessions at once were all let in")
	}
	if page := b.press("gate/start/about-me"); !strings.Contains(page, "Your age") {
		t.Errorf("somebody with a session is held up:\n%s", page)
	}
}

func TestPictures(t *testing.T) {
	b := open(t, nil)
	b.press("!lang/en")
	b.press("!aside/nrm-adult")
	if page := b.press("nrm-adult/contents/read"); strings.Contains(page, "<img") {
		t.Errorf("a picture that nobody asked for:\n%s", page)
	}
	page := b.press("!pictures/on")
	const want = `<img src="/pictures/help.png" alt="People who help" width="960" height="540">`
	if !strings.Contains(page, want) {
		t.Errorf("no %s in\n%s", want, page)
	}
	res, body := b.do(http.NewRequest(http.MethodGet, b.url+"pictures/help.png", nil))
	if size, err := png.DecodeConfig(strings.NewReader(body)); err != nil || size.Width != 960 || size.Height != 540 {
		t.Errorf("the picture: %v, %v", size, err)
	}
	if res.Header.Get("Content-Type") != "image/png" || res.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("the picture comes with %v", res.Header)
	}
	for _, other := range []string{"pictures/nothing.png", "pictures/", "pictures/..%2fpictures.yaml"} {
		if res, _ := b.do(http.NewRequest(http.MethodGet, b.url+other, nil)); res.StatusCode != http.StatusNotFound {
			t.Errorf("%s answers %d, want 404", other, res.StatusCode)
		}
	}
	if page = b.press("!pictures/off"); strings.Contains(page, "<img") {
		t.Errorf("the picture stays:\n%s", page)
	}
}
