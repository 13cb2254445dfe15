package guide

import (
	"strings"

	"pathwaybot/flows"
	"pathwaybot/locales"
)

// Screen is the words of one node in one language. It is made at load, so that
// showing it costs a look-up.
type Screen struct {
	Title string
	Say   string // what to read; may be empty
	Ask   string // the question of an ask or a tick
	Then  string // the button that leads on
	Why   string // why it is asked; may be empty
	Who   string // who does a numbered step
	When  string // and by when
	// Sources names the sources of a professional's screen with their dates.
	Sources string

	// Picture is the name of the picture that stands above the text, and Alt says it
	// in words. Empty where there is none, or where the text under it would be too long.
	Picture, Alt string

	Options map[string]string // option id to button
	Ticks   map[string]string // sign id to button
	Sums    map[string]string // option or sign id to the sentence that a summary says
	Groups  map[string]string // group id to heading
	Asides  map[string]string // aside to the button that opens it

	// English is the English of a safety screen, its buttons included and in
	// order, to stand beside words that nobody has checked. Empty where the words
	// are English or reviewed.
	English string

	// Lacking says that some of the words are English because there are none that may
	// be shown: missing ones, and those whose English has got another meaning.
	Lacking bool
}

// Screen returns the words of a node in a language, or in English where the
// language is not one of ours.
func (g *Guide) Screen(tag string, n *flows.Node) *Screen {
	if s := g.screens[tag][n.Ref]; s != nil {
		return s
	}
	return g.screens[English][n.Ref]
}

// English is the tag of the language that everything is written in first.
const English = "en"

// Key returns the key of a part of a node's words: "gate.start.title".
func Key(r flows.Ref, part string) string {
	return r.Pathway() + "." + r.Node() + "." + part
}

// part is one text of a node.
type part struct {
	name string // "title", "option.debt", "option.debt.sum"
	kind string // title, say, ask, then, option, tick, group, sum, who, when, why, find
	id   string // of the option, sign or group
	must bool   // the text must exist
}

// parts calls f with each text that a node has or may have, in the order shown.
func (g *Guide) parts(n *flows.Node, f func(p part)) {
	one := func(kind string, must bool) { f(part{kind, kind, "", must}) }
	of := func(kind, id string) { f(part{kind + "." + id, kind, id, true}) }
	sum := func(kind, id string, must bool) {
		if must {
			f(part{kind + "." + id + ".sum", "sum", id, true})
		}
	}
	if g.Graph.Of(n).Aside || n.Entry {
		one("find", false) // further words to find the screen by, shown nowhere
	}
	tells := !g.Graph.Of(n).Aside // asides are read, so no summary repeats them
	one("title", true)
	if n.Step > 0 {
		one("who", true)
		one("when", true)
	}
	switch n.Kind {
	case flows.Ask:
		one("say", false)
		one("ask", true)
		one("why", false)
		for _, o := range n.Options {
			of("option", o.ID)
			sum("option", o.ID, tells && !o.Quiet)
		}
	case flows.Tick:
		one("say", false)
		one("ask", true)
		one("why", false)
		for _, grp := range n.Groups {
			if grp.ID != "" {
				of("group", grp.ID)
			}
			for _, s := range grp.Signs {
				of("tick", s.ID)
				sum("tick", s.ID, tells)
			}
		}
	case flows.Page:
		one("say", true)
	case flows.Outcome:
		one("say", true)
		if n.Next.To != "" {
			one("then", true)
		}
	case flows.Fork:
	}
}

func (c *checker) screens() map[string]map[flows.Ref]*Screen {
	out := map[string]map[flows.Ref]*Screen{}
	for _, l := range c.g.Words.Languages() {
		out[l.Tag] = map[flows.Ref]*Screen{}
		for _, pw := range c.g.Graph.Pathways {
			for _, n := range pw.Nodes {
				if n.Kind != flows.Fork {
					out[l.Tag][n.Ref] = c.screen(l.Tag, n)
				}
			}
		}
	}
	return out
}

func (c *checker) screen(tag string, n *flows.Node) *Screen {
	w := c.g.Words
	s := &Screen{
		Options: map[string]string{}, Ticks: map[string]string{}, Sums: map[string]string{},
		Groups: map[string]string{}, Asides: map[string]string{},
	}
	trusted := true
	c.g.parts(n, func(p part) {
		key := Key(n.Ref, p.name)
		text := w.Text(tag, key)
		if text != "" && p.kind != "sum" && p.kind != "find" && w.State(tag, key) != locales.Reviewed {
			trusted = false
		}
		if text != "" && p.kind != "sum" && p.kind != "find" && p.kind != "why" && !w.Has(tag, key) {
			s.Lacking = true
		}
		switch p.kind {
		case "title":
			s.Title = text
		case "say":
			s.Say = text
		case "ask":
			s.Ask = text
		case "why":
			s.Why = text
		case "who":
			s.Who = text
		case "when":
			s.When = text
		case "then":
			s.Then = text
		case "option":
			s.Options[p.id] = text
		case "tick":
			s.Ticks[p.id] = text
		case "group":
			s.Groups[p.id] = text
		case "sum":
			s.Sums[p.id] = text
		}
	})
	for _, a := range n.Asides {
		s.Asides[a] = w.Text(tag, a+".button")
	}
	if c.g.Graph.Of(n).Audience == "professional" {
		s.Sources = c.sources(tag, n)
	}
	if n.Critical && tag != English && !trusted {
		s.English = c.english(tag, n)
	}
	c.illustrate(tag, n, s)
	return s
}

// sources writes the titles of a node's sources, in English as they were published,
// each with its date or else the day on which it was read.
func (c *checker) sources(tag string, n *flows.Node) string {
	var titles []string
	for _, key := range n.Sources {
		src, ok := c.g.Evidence.Source(key)
		if !ok {
			continue
		}
		date := src.Date
		if date == "" {
			date = c.g.Words.Format(tag, "ui.source-read", map[string]string{"Date": src.Read.Format("02.01.2006")})
		}
		titles = append(titles, src.Title+" ("+date+")")
	}
	l, _ := c.g.Words.Language(tag)
	return locales.Isolate(l.RTL, c.g.Words.Text(tag, "ui.sources")+" "+strings.Join(titles, "; "))
}

// english writes in English what a screen has in another language, its buttons as a
// list. What stands there in English already is left out.
func (c *checker) english(tag string, n *flows.Node) string {
	var parts, buttons []string
	c.g.parts(n, func(p part) {
		text := c.g.Words.Text(English, Key(n.Ref, p.name))
		if text == "" || !c.g.Words.Has(tag, Key(n.Ref, p.name)) {
			return
		}
		switch p.kind {
		case "sum", "why", "find": // shown when they are asked for, or not at all
		case "title", "say", "ask":
			parts = append(parts, text)
		case "who", "when":
			parts = append(parts, c.g.Words.Text(English, "ui."+p.kind)+" "+text)
		default:
			buttons = append(buttons, "• "+text)
		}
	})
	if len(buttons) > 0 {
		parts = append(parts, strings.Join(buttons, "\n"))
	}
	return strings.Join(parts, "\n\n")
}
