package handlers_test

import (
	"context"
	"strings"
	"testing"

	"pathwaybot/handlers"
	"pathwaybot/session"
)

// Whatever is typed, and wherever: the emergency line stands above, nothing typed is
// shown or kept, and what is found can be opened.
func TestTypedWords(t *testing.T) {
	store := session.NewMemory(clock)
	c := newChat(t, store)
	c.press("!lang/en", "gate/start/about-me", "gate/age-me/adult")
	for _, typed := range []string{"immigrtion qqzz", "qqzz", "the qqzz " + strings.Repeat("a", 5000), "٩٩٩ qqzz", "?"} {
		for _, ev := range []handlers.Event{
			{What: handlers.Text, Data: typed},
			{What: handlers.Command, Data: "find", Arg: typed},
		} {
			r := c.event(ev)
			if !strings.Contains(r.Note, "999") {
				t.Errorf("%.20q: the line above is %q", typed, r.Note)
			}
			rec, err := store.Load(context.Background(), session.Chat{Channel: "test", ID: "1"})
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(text(r), "qqzz") || strings.Contains(string(rec.Walk), "qqzz") {
				t.Errorf("%.20q is kept or shown:\n%s\n%s", typed, rec.Walk, text(r))
			}
		}
	}
	r := c.event(handlers.Event{What: handlers.Text, Data: "immigrtion"})
	var pages []string
	for _, row := range r.Rows {
		for _, b := range row.Buttons {
			if strings.HasPrefix(b.Press, "!page/") {
				pages = append(pages, b.Press)
			}
		}
	}
	if len(pages) == 0 || len(pages) > 5 {
		t.Fatalf("found %v", pages)
	}
	here := c.press("!close").Title
	for _, page := range pages {
		if r := c.press(page); r.Title == here || r.Note != "" {
			t.Errorf("%s does not open: %q, %q", page, r.Title, r.Note)
		}
		if r := c.press("!back"); r.Title != here {
			t.Errorf("Back from %s leads to %q, not to %q", page, r.Title, here)
		}
	}
}

// A word of danger in any language brings the help card, before a language is chosen
// and after a walk was forgotten too.
func TestDangerBringsTheCard(t *testing.T) {
	card := newChat(t, session.NewMemory(clock)).press("!lang/en", "!help").Title
	for _, before := range [][]string{nil, {"!lang/en"}, {"!lang/en", "gate/start/about-me", "!area"}, {"!lang/en", "!find"}, {"!lang/en", "!aside/safer-phone"}} {
		for _, typed := range []string{"help", "Help me please", "ajutor", "النجدة"} {
			c := newChat(t, session.NewMemory(clock))
			if len(before) > 0 {
				c.press(before...)
			}
			r := c.event(handlers.Event{What: handlers.Text, Data: typed})
			if r.Title != card || !strings.Contains(text(r), "☎ 999") || !strings.Contains(r.Note, "999") {
				t.Errorf("after %v, %q brings:\n%s", before, typed, text(r))
			}
		}
	}
}

// Forged ways to a page or a step lead nowhere, and never past the gate.
func TestForgedPages(t *testing.T) {
	for _, press := range []string{"!page/", "!page/gate/start", "!page/help", "!page/no/node", "!go/", "!go/gate/start", "!go/no/node", "!go/adult-self/want", "!page/help/card/x", "!go/gate"} {
		c := newChat(t, session.NewMemory(clock))
		gate := c.press("!lang/en").Title
		if r := c.press(press); r.Title != gate || !strings.HasPrefix(r.Note, "That button is old") {
			t.Errorf("%s leads to %q, %q", press, r.Title, r.Note)
		}
	}
}

// A step that was found passes the gate, and what was answered there is not asked again.
func TestFoundStepPassesTheGate(t *testing.T) {
	g := project(t)
	for _, n := range entries(g) {
		c := newChat(t, session.NewMemory(clock))
		gate, step := c.press("!lang/en").Title, g.Screen("en", n).Title
		if r := c.press("!go/" + string(n.Ref)); r.Title != gate || !strings.HasPrefix(r.Note, "First some short questions") {
			t.Errorf("%s: before the gate is answered it leads to %q, %q", n.Ref, r.Title, r.Note)
		}
		if r := c.pressGate(g, n); r.Title != step {
			t.Errorf("%s: after role and age it leads to %q", n.Ref, r.Title)
		}
		c.press("!aside/safer-phone")
		if r := c.press("!go/" + string(n.Ref)); r.Title != step || r.Note != "" {
			t.Errorf("%s: from its own pathway it leads to %q, %q", n.Ref, r.Title, r.Note)
		}
		c.press("!lang/en", "gate/start/about-me")
		if r := c.press("!go/" + string(n.Ref)); r.Title != gate {
			t.Errorf("%s: from another pathway it leads to %q", n.Ref, r.Title)
		}
	}
}

// The lists of the asides offer to look something up, and so does the command.
func TestSearchIsOffered(t *testing.T) {
	c := newChat(t, session.NewMemory(clock))
	c.press("!lang/en")
	asked := c.press("!find")
	if !asked.Typing {
		t.Errorf("!find has no place to type: %q", asked.Title)
	}
	if r := c.event(handlers.Event{What: handlers.Command, Data: "find"}); !r.Typing || r.Title != asked.Title {
		t.Errorf("/find without words shows %q", r.Title)
	}
	lists := 0
	for _, pw := range project(t).Graph.Pathways {
		for _, n := range pw.Nodes {
			if !pw.Aside || !n.Menu {
				continue
			}
			lists++
			if r := c.press("!page/" + string(n.Ref)); !strings.Contains(text(r), "[Look something up]") {
				t.Errorf("%s does not offer to look something up", n.Ref)
			}
		}
	}
	if lists == 0 {
		t.Error("no aside has a list")
	}
}
