package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pathwaybot/flows"
	"pathwaybot/guide"
	"pathwaybot/handlers"
	"pathwaybot/locales"
	"pathwaybot/session"
)

// one keeps one walk, so that a test can go back to any.
type one struct{ walk []byte }

func (s *one) Load(_ context.Context, c session.Chat) (session.Record, error) {
	return session.Record{Chat: c, Walk: s.walk}, nil
}

func (s *one) Save(_ context.Context, r session.Record, _ session.Keep) (session.Record, error) {
	s.walk = r.Walk
	return r, nil
}

func (s *one) Current(context.Context, session.Record) (bool, error) { return true, nil }

func (s *one) Drop(context.Context, session.Chat) error {
	s.walk = nil
	return nil
}

func (s *one) Lease(context.Context, time.Time, time.Duration, int) ([]session.Record, error) {
	return nil, nil
}

// TestEveryScreenFits presses every button in every language, with one area and at
// most one box ticked, and looks at what Telegram would be sent.
func TestEveryScreenFits(t *testing.T) {
	g, err := guide.Load(guide.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range g.Words.Languages() {
		t.Run(l.Tag, func(t *testing.T) {
			if Raced && l.Tag != "en" && l.Tag != "ar" {
				t.Skip("done without the race detector")
			}
			store := &one{}
			talk := handlers.New(g, store, handlers.Settings{Cover: 15 * time.Minute, Clean: 45 * time.Minute})
			now := time.Date(2026, 3, 4, 23, 0, 0, 0, time.UTC)
			press := func(data string) handlers.Reply {
				r, err := talk.Turn(t.Context(), handlers.Event{What: handlers.Press, Data: data, Now: now}, nil)
				if err != nil {
					t.Fatal(err)
				}
				return r
			}
			seen := map[string]bool{}
			longest := 0
			press("!start")
			queue := []struct {
				walk  []byte
				reply handlers.Reply
			}{{nil, press("!lang/" + l.Tag)}}
			queue[0].walk = store.walk
			for len(queue) > 0 {
				at := queue[0]
				queue = queue[1:]
				text, ticked := render(at.reply), ticks(at.reply)
				if seen[text+ticked] || strings.Count(ticked, " ") > 1 {
					continue
				}
				seen[text+ticked] = true
				longest = max(longest, fits(t, at.reply, text))
				for _, row := range at.reply.Rows {
					for _, b := range row.Buttons {
						if b.Press == "" || strings.HasPrefix(b.Press, "!lang/") || b.Press == "!leave" ||
							strings.HasPrefix(b.Press, "!wrong/") || // the same contacts in another order
							strings.HasPrefix(b.Press, "!here/") && b.Press != "!here/E07000243" {
							continue
						}
						store.walk = at.walk
						r := press(b.Press)
						queue = append(queue, struct {
							walk  []byte
							reply handlers.Reply
						}{store.walk, r})
					}
				}
			}
			if len(seen) < len(g.Graph.Pathways) {
				t.Errorf("only %d screens were seen", len(seen))
			}
			t.Logf("%d screens, the longest of %d characters", len(seen), longest)
		})
	}
}

func ticks(r handlers.Reply) string {
	var out strings.Builder
	for _, row := range r.Rows {
		for _, b := range row.Buttons {
			if b.Style == handlers.Ticked {
				out.WriteString(" " + b.Press)
			}
		}
	}
	return out.String()
}

// fits checks one screen and returns its length.
func fits(t *testing.T, r handlers.Reply, html string) int {
	t.Helper()
	n := utf8.RuneCountInString(html) // markup included, so a little strict
	if n > maxText {
		t.Errorf("%s: %d characters, want at most %d", r.Title, n, maxText)
	}
	if strings.ContainsAny(html, "\u202a\u202b\u202c\u202d\u202e") || strings.Contains(html, "<no value>") {
		t.Errorf("%s: a character that Telegram removes, or a missing value:\n%q", r.Title, html)
	}
	if err := locales.NumbersInOrder(strings.NewReplacer("<b>", "", "</b>", "").Replace(html), false); err != nil {
		t.Errorf("%s: %v", r.Title, err)
	}
	buttons := 0
	for _, row := range r.Rows {
		for _, b := range row.Buttons {
			buttons++
			u, err := url.Parse(b.URL)
			if b.Label == "" || len(b.Press) > maxCallbackData || utf8.RuneCountInString(b.Copy) > 256 ||
				b.URL != "" && (err != nil || u.Scheme != "https" && u.Scheme != "http" || !strings.Contains(u.Host, ".")) ||
				b.Press+b.URL+b.Copy == "" || strings.Contains(b.Copy, "\u200e") {
				t.Errorf("%s: button %+v", r.Title, b)
			}
		}
	}
	if buttons > 30 {
		t.Errorf("%s: %d buttons", r.Title, buttons)
	}
	return n
}

// TestNewRefuses: what would go wrong later stops the start, all of it at once.
func TestNewRefuses(t *testing.T) {
	g, err := guide.Load(guide.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	_, err = New(Config{Guide: g, Webhook: Webhook{URL: "https://example.org/x", Secret: "no spaces"}, Now: time.Now, Log: slog.Default()})
	if err == nil || !strings.Contains(err.Error(), "token is missing") || !strings.Contains(err.Error(), "webhook secret") ||
		strings.Contains(err.Error(), "no spaces") {
		t.Errorf("New: %v, want both mistakes and no secret", err)
	}
	if _, err := New(Config{Token: "1:x", Guide: g, Webhook: Webhook{URL: "https://example.org/x"}, Now: time.Now, Log: slog.Default()}); err == nil {
		t.Error("New took a webhook without a secret: anybody could post")
	}
}

func TestAuthorsMistakes(t *testing.T) {
	g, err := guide.Load(guide.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	at := fmt.Sprintf("gate.yaml:%d: gate/start in ar: ", g.Graph.Node("gate/start").Line)
	if errs := checkTexts(g, 10); len(errs) < 3 || !strings.Contains(errors.Join(errs...).Error(), at) {
		t.Errorf("%d texts are over a limit of 10, want nearly all, one of them at %s", len(errs), at)
	}
	node := &flows.Node{Ref: flows.Ref("a/" + strings.Repeat("b", 60)), Kind: flows.Page, File: "a.yaml", Line: 3}
	broken := *g
	broken.Graph = &flows.Graph{Pathways: []*flows.Pathway{{ID: "a", Nodes: []*flows.Node{node}}}}
	errs := checkButtons(&broken)
	want := `a.yaml:3: button "a/` + strings.Repeat("b", 60) + `/next": 67 bytes: over Telegram's 64 bytes`
	if len(errs) != 1 || errs[0].Error() != want || !errors.Is(errs[0], ErrTooLong) {
		t.Errorf("got %v, want %s", errs, want)
	}
}

// TestTextsUnderPictures: what guide lets stand under a picture fits there, with all
// that stands around it.
func TestTextsUnderPictures(t *testing.T) {
	g, err := guide.Load(guide.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 3, 4, 23, 0, 0, 0, time.UTC)
	store := &one{}
	talk := handlers.New(g, store, handlers.Settings{Cover: 15 * time.Minute, Clean: 45 * time.Minute})
	for _, l := range g.Words.Languages() {
		with, without := 0, 0
		for _, pw := range g.Graph.Pathways {
			for _, n := range pw.Nodes {
				if n.Picture == "" {
					continue
				}
				store.walk = fmt.Appendf(nil, "walk1 %s - p - 0 %d - -\nmain gate/start\naside %s", l.Tag, now.Unix()/60, n.Ref)
				r, err := talk.Turn(t.Context(), handlers.Event{What: handlers.Look, Now: now}, nil)
				if err != nil {
					t.Fatal(err)
				}
				turn := &turn{bot: &Bot{config: Config{Guide: g}}}
				if picture := turn.photo(r); g.Screen(l.Tag, n).Picture == "" {
					without++
				} else if with++; picture == nil {
					t.Errorf("%s in %s: the %d characters do not fit under the picture", n.Ref, l.Tag, captionLength(render(r)))
				}
			}
		}
		if with == 0 {
			t.Errorf("%s: no page has a picture", l.Tag)
		}
		t.Logf("%s: %d pages with pictures, %d whose text is too long for one", l.Tag, with, without)
	}
}
