package handlers

import (
	"slices"
	"strings"
	"testing"

	"pathwaybot/flows"
	"pathwaybot/guide"
)

// What a person says repeats every answer, in the order given, English first and
// the person's language under it, and nothing else that a person could have put in.
func TestWhatIWillSay(t *testing.T) {
	h := conversation(t)
	w := whole(h, "ro")
	r := h.sayScreen(w, Event{})
	var said []string
	for _, b := range r.Blocks {
		english, _, _ := strings.Cut(b.Text, "\n")
		said = append(said, english)
	}
	next, answers := 0, 0
	expect := func(english, own string) {
		if english == "" {
			return
		}
		answers++
		i := slices.Index(said[next:], english)
		if i < 0 {
			t.Fatalf("%q is not said, or not in its order", english)
		}
		next += i
		if own != english && !strings.Contains(r.Blocks[next].Text, "\n"+own) {
			t.Errorf("%q is said without %q under it", english, own)
		}
		next++
	}
	for _, a := range w.Flow.Main.Walk {
		n := h.guide.Graph.Node(a.Node)
		en, ro := h.guide.Screen(guide.English, n), h.guide.Screen("ro", n)
		if n.Kind == flows.Ask {
			expect(en.Sums[a.Option], ro.Sums[a.Option])
		}
		for _, sign := range a.Ticks {
			expect(en.Sums[sign], ro.Sums[sign])
		}
	}
	if answers < 50 {
		t.Errorf("only %d answers were looked for", answers)
	}
	for _, want := range []string{"I speak Romanian. Please bring an interpreter.", "It is about this area: Stevenage."} {
		if !slices.Contains(said, want) {
			t.Errorf("%q is not said", want)
		}
	}
	w = whole(h, "en")
	w.Area = ""
	for _, b := range h.sayScreen(w, Event{}).Blocks {
		if strings.Contains(b.Text, "I speak") || strings.Contains(b.Text, "this area") || strings.Contains(b.Text, "\n") {
			t.Errorf("in English, without an area, it says %q", b.Text)
		}
	}
}

// A tick that was not set and an answer that is quiet are not said.
func TestSaysNoMore(t *testing.T) {
	h := conversation(t)
	s := h.guide.Graph.Begin()
	plainly := len(h.sayScreen(Walk{Lang: "en", Flow: &s}, Event{}).Blocks)
	for _, pw := range h.guide.Graph.Pathways {
		for _, n := range pw.Nodes {
			quiet := flows.Answer{Node: n.Ref, Option: "-"} // as much as nothing
			for _, o := range n.Options {
				if o.Quiet || pw.Aside {
					quiet.Option = o.ID
				}
			}
			s.Main.Walk = append(s.Main.Walk, quiet)
		}
	}
	if got := len(h.sayScreen(Walk{Lang: "en", Flow: &s}, Event{}).Blocks); got != plainly {
		t.Errorf("quiet answers are said: %d sentences, not %d", got, plainly)
	}
}

// Outcomes of people who are not professionals offer what to say and the card, those
// of professionals a link where a step can be entered; nothing else does.
func TestTakeaway(t *testing.T) {
	h := conversation(t)
	offered := map[string]int{}
	for _, pw := range h.guide.Graph.Pathways {
		for _, n := range pw.Nodes {
			if n.Kind == flows.Fork || pw.Aside {
				continue
			}
			s := flows.State{Main: flows.Leg{At: n.Ref}}
			r := h.screen(Walk{Lang: "en", Flow: &s}, Event{})
			have := presses(r)
			ends := n.Kind == flows.Outcome && n.Outcome != flows.Goodbye
			person := ends && pw.Audience != "professional"
			if slices.Contains(have, "!say") != person || slices.Contains(have, "!card") != person {
				t.Errorf("%s: the buttons are %v", n.Ref, have)
			}
			link := pw.Audience == "professional" && n.Entry && (ends || n.Step > 0)
			if slices.Contains(have, "!link") != link {
				t.Errorf("%s: a link is offered: %v, want %v", n.Ref, !link, link)
			}
			for _, press := range have {
				offered[press]++
			}
		}
	}
	if offered["!say"] < 10 || offered["!link"] < 3 {
		t.Errorf("what to say is offered %d times and the link %d times", offered["!say"], offered["!link"])
	}
}

func presses(r Reply) []string {
	var out []string
	for _, row := range r.Rows {
		for _, b := range row.Buttons {
			out = append(out, b.Press)
		}
	}
	return out
}

// The card stands in both languages, and its reverse too.
func TestCard(t *testing.T) {
	h := conversation(t)
	s := h.guide.Graph.Begin()
	for _, over := range []string{overCard, overCardBack} {
		r := h.screen(Walk{Lang: "ar", Flow: &s, Over: over}, Event{})
		pairs := 0
		for _, b := range r.Blocks {
			english, own, both := strings.Cut(b.Text, "\n")
			if !both {
				continue
			}
			pairs++
			if strings.ContainsFunc(english, arabic) || !strings.ContainsFunc(own, arabic) {
				t.Errorf("%s: %q is not English above Arabic", over, b.Text)
			}
		}
		if pairs < 4 {
			t.Errorf("%s: only %d lines stand in both languages", over, pairs)
		}
	}
}

func arabic(r rune) bool { return r >= '\u0600' && r <= '\u06ff' }
