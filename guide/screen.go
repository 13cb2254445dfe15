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

	Options map[string]string // option id to button
	Ticks   map[string]string // sign id to button
	Groups  map[string]string // group id to heading
	Asides  map[string]string // aside to the button that opens it

	// English is the English of a safety screen, its buttons included and in
	// order, to stand beside words that nobody has checked. Empty where the words
	// are English or reviewed.
	English string
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

// keys calls f with each key that a node's words have, and whether it must exist.
func keys(n *flows.Node, f func(part string, must bool)) {
	f("title", true)
	switch n.Kind {
	case flows.Ask:
		f("say", false)
		f("ask", true)
		for _, o := range n.Options {
			f("option."+o.ID, true)
		}
	case flows.Tick:
		f("say", false)
		f("ask", true)
		for _, g := range n.Groups {
			if g.ID != "" {
				f("group."+g.ID, true)
			}
			for _, s := range g.Signs {
				f("tick."+s.ID, true)
			}
		}
	case flows.Page:
		f("say", true)
	case flows.Outcome:
		f("say", true)
		if n.Next.To != "" {
			f("then", true)
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
		Options: map[string]string{}, Ticks: map[string]string{},
		Groups: map[string]string{}, Asides: map[string]string{},
	}
	trusted := true
	keys(n, func(part string, _ bool) {
		key := Key(n.Ref, part)
		text := w.Text(tag, key)
		if text != "" && w.State(tag, key) != locales.Reviewed {
			trusted = false
		}
		switch kind, id, _ := strings.Cut(part, "."); kind {
		case "title":
			s.Title = text
		case "say":
			s.Say = text
		case "ask":
			s.Ask = text
		case "then":
			s.Then = text
		case "option":
			s.Options[id] = text
		case "tick":
			s.Ticks[id] = text
		case "group":
			s.Groups[id] = text
		}
	})
	for _, a := range n.Asides {
		s.Asides[a] = w.Text(tag, a+".button")
	}
	if n.Critical && tag != English && !trusted {
		s.English = c.english(n)
	}
	return s
}

// english writes a whole screen in English, its buttons as a list.
func (c *checker) english(n *flows.Node) string {
	var parts, buttons []string
	keys(n, func(part string, _ bool) {
		text := c.g.Words.Text(English, Key(n.Ref, part))
		switch kind, _, _ := strings.Cut(part, "."); {
		case text == "":
		case kind == "title" || kind == "say" || kind == "ask":
			parts = append(parts, text)
		default:
			buttons = append(buttons, "• "+text)
		}
	})
	if len(buttons) > 0 {
		parts = append(parts, strings.Join(buttons, "\n"))
	}
	return strings.Join(parts, "\n\n")
}
