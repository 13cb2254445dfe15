package web_test

import (
	"context"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// real opens a real browser without a window, as people have it.
func real(t *testing.T) context.Context {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("chromium is missing")
		}
		t.Skip("chromium is not installed: make setup")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true))
	ctx, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	ctx, cancel := chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	return ctx
}

func clicks(t *testing.T, ctx context.Context, presses ...string) {
	t.Helper()
	for _, p := range presses {
		if _, err := chromedp.RunResponse(ctx, chromedp.Click(`button[value="`+p+`"]`)); err != nil {
			t.Fatalf("click %s: %v", p, err)
		}
	}
}

func evaluate[T any](t *testing.T, ctx context.Context, script string) T {
	t.Helper()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](script))
	if err != nil {
		t.Fatal(err)
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
