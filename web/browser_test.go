package web_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// patience is how long one test may stay in a real browser: a press that cannot be
// made, because something lies over its button, would wait for ever.
const patience = 2 * time.Minute

var errPatience = errors.New("the browser did not come to an end: is there a button that nobody can press?")

// real opens a real browser without a window, as people have it: it also keeps pages
// whole to go back to, where a page lets it.
func real(t *testing.T) context.Context {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("chromium is missing")
		}
		t.Skip("chromium is not installed: make setup")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.IgnoreCertErrors,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true))
	ctx, late := context.WithTimeoutCause(t.Context(), patience, errPatience)
	t.Cleanup(late)
	ctx, stop := chromedp.NewExecAllocator(ctx, options...)
	t.Cleanup(stop)
	ctx, cancel := chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	return ctx
}

func clicks(t *testing.T, ctx context.Context, presses ...string) {
	t.Helper()
	for _, p := range presses {
		if _, err := chromedp.RunResponse(ctx, chromedp.Click(`button[value="`+p+`"]`)); err != nil {
			t.Fatalf("click %s: %v: %v", p, err, context.Cause(ctx))
		}
	}
}

func evaluate[T any](t *testing.T, ctx context.Context, script string) T {
	t.Helper()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](script))
	if err != nil {
		t.Fatalf("%v: %v", err, context.Cause(ctx))
	}
	return v
}

// shownOrder reads a number as the eye does: its signs sorted by where they stand.
const shownOrder = `[...document.querySelectorAll('.phone a')].map(a => {
	const text = a.firstChild, signs = [];
	for (let i = 0; i < text.length; i++) {
		const r = document.createRange(); r.setStart(text, i); r.setEnd(text, i + 1);
		if (/[0-9]/.test(text.data[i])) signs.push([r.getBoundingClientRect().left, text.data[i]]);
	}
	return signs.sort((x, y) => x[0] - y[0]).map(s => s[1]).join('');
}).join(' ')`

// silentWay is where 999 and 55 stand on the screen.
const silentWay = `(() => {
	const line = [...document.querySelectorAll('.phone')].find(p => p.querySelector('span'));
	const at = (node, sign) => {
		const i = node.data.indexOf(sign), r = document.createRange();
		r.setStart(node, i); r.setEnd(node, i + 1);
		return r.getBoundingClientRect().left;
	};
	return [at(line.querySelector('a').firstChild, '9'), at(line.querySelector('span').firstChild, '5')];
})()`

// In a real browser, in Arabic: the numbers stand on the screen in the order in
// which they are dialled, the page runs from right to left, there is no script, and
// the history shows one neutral page.
func TestRealBrowserInArabic(t *testing.T) {
	ctx := real(t)
	b := open(t, nil)
	if err := chromedp.Do(ctx, chromedp.Navigate(b.url)); err != nil {
		t.Fatal(err)
	}
	clicks(t, ctx, "!lang/ar", "gate/start/about-me", "gate/age-me/adult",
		"adult-self/what-happens/+debt", "adult-self/what-happens/done", "adult-self/want/safe-place")
	if got := evaluate[string](t, ctx, shownOrder); !strings.Contains(got, "08008083733") || !strings.Contains(got, "08000121700") {
		t.Errorf("the numbers are shown as %q", got)
	}
	if got := evaluate[string](t, ctx, `getComputedStyle(document.body).direction + document.scripts.length`); got != "rtl0" {
		t.Errorf("direction and number of scripts are %q, want rtl and none", got)
	}
	clicks(t, ctx, "!help")
	// What is dialled first stands where reading begins, and the arrow points away from it.
	if got := evaluate[[]float64](t, ctx, silentWay); len(got) != 2 || got[0] <= got[1] {
		t.Errorf("999 and 55 stand at %v, want 999 on the right", got)
	}
	history, err := chromedp.Run(ctx, chromedp.NavigationEntries())
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range history.Entries {
		if e.URL != "about:blank" && (e.URL != b.url || e.Title != "Information") {
			t.Errorf("the history shows %q at %s", e.Title, e.URL)
		}
	}
}

// The same in English, to Hertfordshire's children's services, with clicks alone.
func TestRealBrowserToHertfordshire(t *testing.T) {
	ctx := real(t)
	b := open(t, nil)
	if err := chromedp.Do(ctx, chromedp.Navigate(b.url)); err != nil {
		t.Fatal(err)
	}
	clicks(t, ctx, "!lang/en", "gate/start/worried", "gate/age-them/under-18", "child-public/signs/done",
		"child-public/known-place/area-known", "!area", "!area/E12000006", "!area/E10000015", "!here/E07000243")
	if got := evaluate[string](t, ctx, shownOrder); !strings.Contains(got, "03001234043") {
		t.Errorf("the numbers are %q, want Hertfordshire's children's services among them", got)
	}
}

// shown is every word on the screen.
func shown(t *testing.T, ctx context.Context) string {
	t.Helper()
	return evaluate[string](t, ctx, `document.title + "\n" + document.body.innerText`)
}

// begun opens the page and walks to a list to tick from.
func begun(t *testing.T, ctx context.Context, b *browser) {
	t.Helper()
	if err := chromedp.Do(ctx, chromedp.Navigate(b.url)); err != nil {
		t.Fatal(err)
	}
	clicks(t, ctx, "!lang/en", "gate/start/about-me", "gate/age-me/adult", "adult-self/what-happens/+debt")
	if got := shown(t, ctx); !strings.Contains(got, "What happens to you?") {
		t.Fatalf("the walk does not begin:\n%s", got)
	}
}

// words are of the walk that begun takes: none may be seen by who comes next.
var words = []string{"Before you go on", "danger", "Your age", "What happens", "debt"}

// elsewhere opens a page of another site in the same window, so that the browser may
// keep the page before it whole to go back to.
func elsewhere(t *testing.T, ctx context.Context) {
	t.Helper()
	other := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, _ *http.Request) {
		rw.Header().Set("Content-Type", "text/html")
		_, _ = io.WriteString(rw, "<title>Weather</title><p>Rain later.")
	}))
	t.Cleanup(other.Close)
	if err := chromedp.Do(ctx, chromedp.Navigate(other.URL)); err != nil {
		t.Fatal(err)
	}
}

// Whoever goes back after leaving, as far as it goes, sees no word of the walk, also
// where the browser has kept a page whole.
func TestRealBrowserGoesBackAfterLeaving(t *testing.T) {
	for name, https := range map[string]bool{"http": false, "https": true} {
		t.Run(name, func(t *testing.T) {
			ctx := real(t)
			b := serve(t, setup{https: https})
			begun(t, ctx, b)
			elsewhere(t, ctx)
			if err := chromedp.Do(ctx, chromedp.Navigate(b.url)); err != nil {
				t.Fatal(err)
			}
			clicks(t, ctx, "!leave")
			if got := strings.TrimSpace(shown(t, ctx)); got != "Information\nHave a good day." {
				t.Errorf("after leaving the screen shows:\n%s", got)
			}
			goesBack(t, ctx)
		})
	}
}

// A page that somebody left open covers itself, and nobody goes back behind the cover.
func TestRealBrowserCovers(t *testing.T) {
	ctx := real(t)
	var soon atomic.Bool
	b := serve(t, setup{https: true, front: func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
			if soon.Load() {
				rw = hasty{rw}
			}
			next.ServeHTTP(rw, r)
		})
	}})
	begun(t, ctx, b)
	elsewhere(t, ctx)
	soon.Store(true)
	if err := chromedp.Do(ctx, chromedp.Navigate(b.url)); err != nil {
		t.Fatal(err)
	}
	if got := shown(t, ctx); !strings.Contains(got, "What happens to you?") {
		t.Fatalf("the page is covered too early:\n%s", got)
	}
	b.wait(16 * time.Minute)
	if err := chromedp.Do(ctx, chromedp.WaitVisible(`button[value="!open"]`)); err != nil {
		t.Fatalf("the page does not cover itself: %v: %v", err, context.Cause(ctx))
	}
	source := evaluate[string](t, ctx, `document.documentElement.outerHTML`)
	for _, word := range words {
		if strings.Contains(source, word) {
			t.Errorf("behind the cover stands %q:\n%s", word, source)
		}
	}
	goesBack(t, ctx)
}

// hasty lets a page ask for itself after a second instead of after 16 minutes.
type hasty struct{ http.ResponseWriter }

func (h hasty) WriteHeader(status int) {
	if h.Header().Get("Refresh") != "" {
		h.Header().Set("Refresh", "1; url=/")
	}
	h.ResponseWriter.WriteHeader(status)
}

// A tick does not throw the page back to its beginning, and neither the address nor
// the history says which it was.
func TestRealBrowserStaysAtTheTick(t *testing.T) {
	ctx := real(t)
	b := open(t, nil)
	begun(t, ctx, b)
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(360, 400)); err != nil {
		t.Fatal(err)
	}
	clicks(t, ctx, "adult-self/what-happens/+threats")
	// The focus comes when the page is drawn for the first time.
	if err := chromedp.Do(ctx, chromedp.WaitReady("button:focus")); err != nil {
		t.Fatalf("no button has the focus after a tick: %v: %v", err, context.Cause(ctx))
	}
	const at = `(() => {
		const b = document.activeElement, at = b.getBoundingClientRect(), bar = document.querySelector('.leave').getBoundingClientRect();
		return b.value + ' ' + location.href + ' ' + (at.top >= bar.bottom && at.bottom <= innerHeight ? 'seen' : 'hidden') +
			(scrollY > 0 ? ' below' : ' top');
	})()`
	if got, want := evaluate[string](t, ctx, at), "adult-self/what-happens/-threats "+b.url+" seen below"; got != want {
		t.Errorf("after a tick the page opens at %q, want %q", got, want)
	}
	clicks(t, ctx, "adult-self/what-happens/done")
	if got := evaluate[string](t, ctx, `document.activeElement.tagName + scrollY`); got != "BODY0" {
		t.Errorf("after Done the page opens at %q", got)
	}
}

// Leaving is in sight at every place of a long page, in both directions of writing and
// on small phones, and hides no button that the keyboard comes to.
func TestRealBrowserLeaveFollows(t *testing.T) {
	ctx := real(t)
	b := open(t, nil)
	// What is wrong with the page, at its beginning, in the middle and at its end, and at
	// each button when it gets the focus: nothing.
	const look = `(() => {
		const wrong = [], bar = document.querySelector('.leave button');
		for (const y of [0, document.body.scrollHeight / 2, document.body.scrollHeight]) {
			scrollTo(0, y);
			const r = bar.getBoundingClientRect();
			if (document.elementFromPoint(r.left + r.width / 2, r.top + r.height / 2) !== bar) wrong.push('no leaving at ' + y);
		}
		for (const b of document.querySelectorAll('form:not(.leave) button, a, summary, input')) {
			scrollTo(0, document.body.scrollHeight); b.focus(); b.blur(); b.focus();
			const r = b.getBoundingClientRect();
			const hit = document.elementFromPoint(r.left + r.width / 2, r.top + r.height / 2);
			if (!b.contains(hit)) wrong.push('covered: ' + b.textContent);
		}
		if (document.documentElement.scrollWidth > innerWidth) wrong.push('wider than the screen');
		scrollTo(0, 0);
		return wrong.join('; ');
	})()`
	for _, lang := range []string{"en", "ar"} {
		if err := chromedp.Do(ctx, chromedp.Navigate(b.url)); err != nil {
			t.Fatal(err)
		}
		clicks(t, ctx, "!lang/"+lang)
		for _, press := range []string{
			"gate/start/about-me", "gate/age-me/adult", "adult-self/what-happens/+debt",
			"adult-self/what-happens/done", "adult-self/want/safe-place", "!area",
		} {
			clicks(t, ctx, press)
			for _, size := range [][2]int64{{360, 640}, {390, 844}} {
				if err := chromedp.Do(ctx, chromedp.EmulateViewport(size[0], size[1])); err != nil {
					t.Fatal(err)
				}
				if wrong := evaluate[string](t, ctx, look); wrong != "" {
					t.Errorf("%s, %s, %v: %s", lang, press, size, wrong)
				}
			}
		}
		clicks(t, ctx, "!leave")
	}
}

// goesBack goes back to the first page of the history and looks at each.
func goesBack(t *testing.T, ctx context.Context) {
	t.Helper()
	history, err := chromedp.Run(ctx, chromedp.NavigationEntries())
	if err != nil {
		t.Fatal(err)
	}
	var pages int
	for range history.CurrentIndex - 1 { // the first is the empty page of a new window
		pages++
		evaluate[bool](t, ctx, `setTimeout(() => history.back()) > 0`)
		// A page that was kept whole is not loaded, so there is no such event to await.
		for want := history.CurrentIndex - int64(pages); ; {
			now, err := chromedp.Run(ctx, chromedp.NavigationEntries())
			if err != nil {
				t.Fatalf("go back: %v: %v", err, context.Cause(ctx))
			}
			if now.CurrentIndex == want {
				break
			}
		}
		for evaluate[string](t, ctx, `document.readyState`) != "complete" {
			continue
		}
		got := shown(t, ctx)
		for _, word := range words {
			if strings.Contains(got, word) {
				t.Errorf("%d pages back somebody sees %q:\n%s", pages, word, got)
			}
		}
	}
	if pages < 2 {
		t.Errorf("only %d pages to go back to: nothing was tested", pages)
	}
}
