package handlers

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pathwaybot/flows"
	"pathwaybot/guide"
	"pathwaybot/locales"
	"pathwaybot/session"
)

// loaded is the project's own guide, read once: it never changes.
var loaded = sync.OnceValues(func() (*guide.Guide, error) { return guide.Load(guide.Embedded()) })

func conversation(tb testing.TB) *Handlers {
	tb.Helper()
	g, err := loaded()
	if err != nil {
		tb.Fatal(err)
	}
	return New(g, session.NewMemory(time.Now), Settings{Cover: 15 * time.Minute, Clean: 45 * time.Minute})
}

// everyScreen shows each node in each language, with and without an area, a voice,
// by day and by night, and everything that can lie over a screen.
func everyScreen(h *Handlers, f func(what string, r Reply)) {
	moments := []time.Time{
		time.Date(2026, 1, 6, 10, 0, 0, 0, time.UTC),
		time.Date(2026, 1, 10, 3, 0, 0, 0, time.UTC),
	}
	for _, l := range h.guide.Words.Languages() {
		for _, area := range []string{"", "E07000243", "E08000028", "E06000061", "scotland"} {
			for _, mute := range []bool{false, true} {
				for _, now := range moments {
					w := Walk{Lang: l.Tag, Area: area, Mute: mute, Images: mute}
					for _, pw := range h.guide.Graph.Pathways {
						for _, n := range pw.Nodes {
							if n.Kind == flows.Fork {
								continue
							}
							w.Flow = &flows.State{Main: flows.Leg{At: n.Ref}}
							if pw.Aside {
								w.Flow = &flows.State{Main: flows.Leg{At: "adult-self/want"}, Aside: &flows.Leg{At: n.Ref}}
							}
							for w.More = 0; w.More < 3; w.More++ {
								f(l.Tag+" "+string(n.Ref)+" "+area, h.screen(w, Event{Now: now}))
							}
							w.More, w.Over = 0, overWrong
							f(l.Tag+" "+string(n.Ref)+" "+area+" "+overWrong, h.screen(w, Event{Now: now}))
							w.Over = ""
						}
					}
				}
			}
		}
		s := h.guide.Graph.Begin()
		for _, over := range []string{
			overLanguage, overArea, overArea + "/E12000006", overArea + "/E10000015", overPrivacy, overAbout,
			overFind, overFound, overSay, overCard, overCardBack, overLink,
		} {
			f(l.Tag+" "+over, h.screen(Walk{Lang: l.Tag, Flow: &s, Over: over}, Event{Now: moments[0]}))
		}
		for _, mute := range []bool{false, true} {
			w := whole(h, l.Tag)
			w.Mute = mute
			for _, over := range []string{overSay, overCard, overCardBack, overLink} {
				w.Over = over
				f(l.Tag+" whole "+over, h.screen(w, Event{Now: moments[0]}))
			}
		}
		for _, pw := range h.guide.Graph.Pathways {
			for _, n := range pw.Nodes {
				if n.Kind != flows.Fork && !pw.Aside {
					w := Walk{Lang: l.Tag, Area: "E07000243", Over: overWhy, Flow: &flows.State{Main: flows.Leg{At: n.Ref}}}
					f(l.Tag+" "+string(n.Ref)+" "+overWhy, h.screen(w, Event{Now: moments[0]}))
					if w.Over = overLink; h.payload(w) != "" {
						f(l.Tag+" "+string(n.Ref)+" "+overLink, h.screen(w, Event{Now: moments[0]}))
					}
				}
			}
		}
		for _, key := range []string{"ui.typed", "ui.find.danger", "ui.old-press", "ui.new-walk", noteDraft, "ui.area.not-found", "ui.wrong.noted"} {
			r := h.screen(Walk{Lang: l.Tag, Flow: &s}, Event{Now: moments[0]})
			r.Note = h.word(Walk{Lang: l.Tag}, Event{}, key)
			f(l.Tag+" "+key, r)
		}
		f(l.Tag+" away", h.Away(l.Tag))
		f(l.Tag+" cover", h.cover(Walk{Lang: l.Tag}, Event{}))
		f(l.Tag+" leave", h.leave(Walk{Lang: l.Tag}, Event{}))
	}
}

// whole is a walk that has given every answer there is, for what repeats answers.
func whole(h *Handlers, tag string) Walk {
	s := h.guide.Graph.Begin()
	for _, pw := range h.guide.Graph.Pathways {
		for _, n := range pw.Nodes {
			for _, o := range n.Options {
				s.Main.Walk = append(s.Main.Walk, flows.Answer{Node: n.Ref, Option: o.ID})
			}
			if n.Kind == flows.Tick {
				a := flows.Answer{Node: n.Ref, Option: flows.TickSome}
				for _, g := range n.Groups {
					for _, sign := range g.Signs {
						a.Ticks = append(a.Ticks, sign.ID)
					}
				}
				s.Main.Walk = append(s.Main.Walk, a)
			}
		}
	}
	return Walk{Lang: tag, Area: "E07000243", Flow: &s}
}

// texts returns every text of a reply.
func texts(r Reply) []string {
	out := []string{r.Note, r.Title}
	for _, b := range r.Blocks {
		out = append(out, b.Head, b.Text)
		if c := b.Card; c != nil {
			out = append(out, c.Name, c.Who, c.Phone, c.Then, c.Note)
			out = append(append(out, c.Silent...), c.Facts...)
		}
	}
	for _, row := range r.Rows {
		out = append(out, row.Heading)
		for _, b := range row.Buttons {
			out = append(out, b.Label)
		}
	}
	return slices.DeleteFunc(out, func(s string) bool { return s == "" })
}

// payloadForm is what a start link may carry: https://core.telegram.org/bots/features#deep-linking
var payloadForm = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

func TestEveryScreenIsWhole(t *testing.T) {
	h := conversation(t)
	screens := 0
	everyScreen(h, func(what string, r Reply) {
		screens++
		if len(r.Blocks) == 0 {
			t.Errorf("%s: an empty screen", what)
		}
		for _, text := range texts(r) {
			for _, bad := range []string{"<no value>", "{{", "}}", "…", "\uE000", "  "} {
				if strings.Contains(text, bad) {
					t.Errorf("%s: %q holds %q", what, text, bad)
				}
			}
		}
		for _, row := range r.Rows {
			for _, b := range row.Buttons {
				if strings.TrimSpace(b.Label) == "" || b.Press == "" && b.URL == "" && b.Copy == "" {
					t.Errorf("%s: a button without words or without effect: %+v", what, b)
				}
				if len(b.Press) > 64 {
					t.Errorf("%s: %q has more than 64 bytes", what, b.Press)
				}
				link, isLink := strings.CutPrefix(b.Copy, StartWords)
				if !isLink && strings.Trim(b.Copy, "0123456789 ") != "" {
					t.Errorf("%s: a copy button carries %q, which is more than digits and spaces", what, b.Copy)
				}
				if isLink && !payloadForm.MatchString(link) {
					t.Errorf("%s: a link carries %q, which Telegram does not take", what, link)
				}
			}
		}
	})
	if screens < 1000 {
		t.Errorf("only %d screens were seen", screens)
	}
}

// In a right-to-left language every number on every screen is shown in the order
// in which it is dialled.
func TestNumbersReadInOrder(t *testing.T) {
	h := conversation(t)
	numbers := 0
	seen := map[string]bool{}
	everyScreen(h, func(what string, r Reply) {
		for _, text := range texts(r) {
			if seen[r.Lang.Tag+text] || !strings.ContainsAny(text, "0123456789") {
				continue
			}
			seen[r.Lang.Tag+text] = true
			if r.Lang.RTL {
				numbers++
			}
			for _, forced := range []bool{false, r.Lang.RTL} {
				if err := locales.NumbersInOrder(text, forced); err != nil {
					t.Errorf("%s: %v", what, err)
				}
			}
		}
	})
	if numbers < 60 {
		t.Errorf("only %d texts with numbers were read", numbers)
	}
}

// Every screen of a walk ends with help now, the silent ways, back, the language
// and leaving.
func TestEveryScreenHasTheFoot(t *testing.T) {
	h := conversation(t)
	everyScreen(h, func(what string, r Reply) {
		var have []string
		for _, row := range r.Rows {
			for _, b := range row.Buttons {
				have = append(have, b.Press)
			}
		}
		want := []string{"!help", "!back", "!lang", "!leave"}
		switch {
		case strings.HasSuffix(what, "away"), strings.HasSuffix(what, "cover"), strings.HasSuffix(what, "leave"):
			return
		case strings.HasSuffix(what, overLanguage):
			want = []string{"!help", "!back", "!leave", "!lang/en"}
		}
		for _, w := range want {
			if !slices.Contains(have, w) {
				t.Errorf("%s: there is no button %q", what, w)
			}
		}
	})
}

// Draft words on a safety screen stand beside their English, the buttons included;
// English stands alone.
func TestEnglishStandsBesideDrafts(t *testing.T) {
	h := conversation(t)
	for _, pw := range h.guide.Graph.Pathways {
		for _, n := range pw.Nodes {
			if n.Kind == flows.Fork {
				continue
			}
			for _, tag := range []string{"en", "ar", "ro"} {
				want := n.Critical && tag != "en"
				if got := h.guide.Screen(tag, n).English; (got != "") != want {
					t.Errorf("%s in %s: English beside it is %q, critical is %v", n.Ref, tag, got, n.Critical)
				}
			}
		}
	}
	n := h.guide.Graph.Node("gate/start")
	if got := h.guide.Screen("ro", n).English; !strings.Contains(got, "• Someone is in danger now\n• It is not safe to read this") {
		t.Errorf("the English buttons are not beside the gate in order:\n%s", got)
	}
}
