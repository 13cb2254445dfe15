package web_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"pathwaybot/handlers"
	"pathwaybot/session"
)

// counted is a store that counts what is kept in it.
type counted struct {
	handlers.Store
	kept *atomic.Int64
}

func (s counted) Save(ctx context.Context, r session.Record, k session.Keep) (session.Record, error) {
	s.kept.Add(1)
	return s.Store.Save(ctx, r, k)
}

// stranger makes a request with a cookie of nobody's: of the right length, and never given out.
func (b *browser) stranger(n int, press string) (*http.Response, string) {
	b.t.Helper()
	method, body := http.MethodGet, ""
	if press != "" {
		method, body = http.MethodPost, url.Values{"press": {press}}.Encode()
	}
	r, err := http.NewRequest(method, b.url, strings.NewReader(body))
	if err == nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Cookie", fmt.Sprintf("s=FORGED%020d", n))
	}
	b.http.Jar = nil // each comes from another browser
	return b.do(r, err)
}

// TestForgedCookiesKeepNothing: looking at the page with a cookie that was never given
// out keeps nothing; pressing with one counts among the new sessions, which are
// bounded; and leaving is held up by neither.
func TestForgedCookiesKeepNothing(t *testing.T) {
	const strangers = 1000
	var kept atomic.Int64
	b := open(t, func(s handlers.Store) handlers.Store { return counted{s, &kept} })
	for n := range 50 {
		if res, page := b.stranger(n, ""); res.StatusCode != http.StatusOK || !strings.Contains(page, "Choose your language") {
			t.Fatalf("a stranger sees %d\n%s", res.StatusCode, page)
		}
	}
	if n := kept.Load(); n != 0 {
		t.Errorf("%d records for strangers who only looked, want none", n)
	}
	refused := 0
	for n := range strangers {
		if res, page := b.stranger(n, "!help"); res.StatusCode == http.StatusServiceUnavailable {
			refused++
			if !strings.Contains(page, "999") {
				t.Fatalf("who is refused does not see the emergency card:\n%s", page)
			}
		}
	}
	if n := kept.Load(); refused == 0 || n+int64(refused) > strangers {
		t.Errorf("%d records for %d strangers, %d refused: want the new sessions bounded", n, strangers, refused)
	}
	if res, page := b.stranger(1, "!leave"); res.StatusCode != http.StatusOK || !strings.Contains(page, "Have a good day.") {
		t.Errorf("leaving is held up by a flood: %d\n%s", res.StatusCode, page)
	}
}

// TestOddHeaders: what a browser may send beside a press, as large as a header can be,
// neither breaks the page nor comes back in it.
func TestOddHeaders(t *testing.T) {
	b := open(t, nil)
	const marker = "MARKER"
	for name, header := range map[string]http.Header{
		"a long language":    {"Accept-Language": {strings.Repeat("ro-"+marker+"-", 1000)}},
		"many languages":     {"Accept-Language": {strings.Repeat("ro;q=0.1,", 1500)}},
		"a language of none": {"Accept-Language": {"\u202e" + marker}},
		"many cookies":       {"Cookie": {strings.Repeat("s="+marker+"; ", 1000)}},
		"a long cookie":      {"Cookie": {"s=" + strings.Repeat(marker, 2000)}},
		"odd letters":        {"Cookie": {"s=" + strings.Repeat("\xff", 26)}},
		"a path as cookie":   {"Cookie": {"s=../../../../etc/passwd....."}},
		"forwarded":          {"X-Forwarded-For": {marker}, "X-Forwarded-Host": {marker}, "Forwarded": {"host=" + marker}},
	} {
		r, err := http.NewRequest(http.MethodGet, b.url+"?press=!leave&place="+marker, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header = header
		res, page := b.do(r, nil)
		if res.StatusCode != http.StatusOK || !strings.Contains(page, "999") && !strings.Contains(page, "Choose your language") {
			t.Errorf("%s: %d\n%s", name, res.StatusCode, page)
		}
		if strings.Contains(page+fmt.Sprint(res.Header)+b.log.String(), marker) {
			t.Errorf("%s: it comes back in the page, the header or the log", name)
		}
	}
}
