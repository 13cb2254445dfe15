package guide

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"pathwaybot/flows"
)

// Digest returns eight letters that stand for all that an outcome shows: its kind,
// its words in every language, its contacts as asked for and their numbers, and
// its sources. As long as it stays the same there is nothing to read again.
func (g *Guide) Digest(n *flows.Node) string {
	h := sha256.New()
	note := func(what ...any) { _, _ = fmt.Fprintln(h, what...) } // a hash takes everything
	note(n.Ref, n.Outcome, n.Contacts, n.Says, n.Asides, n.Sources, n.Critical)
	for _, l := range g.Words.Languages() {
		g.parts(n, func(p part) {
			key := Key(n.Ref, p.name)
			note(l.Tag, key, g.Words.Text(l.Tag, key), g.Words.State(l.Tag, key))
		})
	}
	for _, c := range g.Contacts.All() {
		for _, want := range n.Contacts {
			if c.ID == want || c.Kind == want {
				note(c.ID, c.Phone, c.Web, c.Form, c.Email, c.SMS)
			}
		}
	}
	return hex.EncodeToString(h.Sum(nil))[:8]
}

// Label writes a node or an answer in a language, for drawings.
func (g *Guide) Label(tag string) flows.Labels {
	return func(n *flows.Node, answer string) string {
		s := g.Screen(tag, n)
		switch {
		case n.Kind == flows.Fork && answer == "":
			return n.On.Node() + "?"
		case s == nil:
			return flows.IDs(n, answer)
		case answer == "":
			return strings.TrimSpace(s.Title)
		case s.Options[answer] != "":
			return s.Options[answer]
		}
		return answer
	}
}
