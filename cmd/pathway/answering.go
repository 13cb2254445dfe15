package main

import (
	"fmt"
	"slices"
	"time"

	"pathwaybot/contacts"
	"pathwaybot/flows"
	"pathwaybot/guide"
)

// answering prints the outcomes at which, somewhere and at some hour of the year
// from a moment on, only 999 and 101 are sure to answer. A number whose hours are
// not stated is never sure. Outcomes that mean to name nothing but 999 are left out.
// The choice of no area counts as a place.
func (c *call) answering(g *guide.Guide, p flows.Proof, from time.Time) {
	to := from.AddDate(1, 0, 0)
	c.out.printf("\nOnly 999 and 101 are sure to answer, %s to %s, at these outcomes\n",
		from.Format("2 January 2006"), to.Format("2 January 2006"))
	places := append([]string{""}, codes(g)...)
	moments, bare := 0, 0
	found := map[string]contacts.Proof{} // outcomes that ask for the same contacts are proved once
	for _, n := range outcomes(g.Graph) {
		if onlyEmergency(g, n) {
			continue
		}
		for _, who := range audiences(g.Graph, n) {
			key := fmt.Sprint(slices.Sorted(slices.Values(n.Contacts)), who.Subject, who.Audience)
			proved, known := found[key]
			if !known {
				proved = g.Contacts.Prove(queries(n, who, places, g.Hidden), from, to)
				found[key] = proved
				moments += proved.Moments
			}
			if len(proved.Bare) == 0 {
				continue
			}
			bare++
			name := string(n.Ref)
			if g.Graph.Of(n).Aside {
				name += " over " + who.ID
			}
			c.out.printf("  %-28s %s\n", name, bareLine(g, proved.Bare, len(places)))
		}
	}
	if bare == 0 {
		c.out.printf("  none\n")
	}
	c.out.printf("  (%s, %d moments at which a line opens or closes; hours not stated are never sure)\n", count(len(places), "place"), moments)
}

// queries are what an outcome asks the directory for, at each place.
func queries(n *flows.Node, who *flows.Pathway, places, hidden []string) []contacts.Query {
	out := make([]contacts.Query, 0, len(places))
	for _, code := range places {
		out = append(out, contacts.Query{
			Want: n.Contacts, Area: code, Subject: who.Subject, Audience: who.Audience, Hide: hidden,
		})
	}
	return out
}

// bareLine says at how many places an outcome leaves a person with 999 and 101,
// with the first place and hour as an example.
func bareLine(g *guide.Guide, bare []contacts.Bare, places int) string {
	always, sometimes, example := 0, 0, ""
	for _, b := range bare {
		if b.Always {
			always += b.Alike
			continue
		}
		sometimes += b.Alike
		if example == "" {
			example = fmt.Sprintf(", as %s on %s",
				placeName(g, b.Query.Area), b.Since.In(b.Query.At.Location()).Format("Mon 2 Jan 2006 at 15:04"))
		}
	}
	switch {
	case sometimes == 0:
		return fmt.Sprintf("at every hour at %d of %s", always, count(places, "place"))
	case always == 0:
		return fmt.Sprintf("at some hours at %d of %s%s", sometimes, count(places, "place"), example)
	}
	return fmt.Sprintf("at every hour at %d, at some hours at %d of %s%s", always, sometimes, count(places, "place"), example)
}

func placeName(g *guide.Guide, code string) string {
	if a, ok := g.Areas.Area(code); ok {
		return a.Name
	}
	return "no area chosen"
}

func codes(g *guide.Guide) []string {
	var out []string
	for _, a := range g.Areas.All() {
		out = append(out, a.Code)
	}
	return out
}

// onlyEmergency reports whether an outcome asks for emergency numbers alone.
func onlyEmergency(g *guide.Guide, n *flows.Node) bool {
	for _, want := range n.Contacts {
		if ct, ok := g.Contacts.Contact(want); !ok || ct.Kind != "emergency" {
			return false
		}
	}
	return true
}

// audiences returns the pathways for whose people an outcome chooses its contacts:
// its own, or for an aside one of each subject and audience that it can be opened over.
func audiences(g *flows.Graph, n *flows.Node) []*flows.Pathway {
	if own := g.Of(n); !own.Aside {
		return []*flows.Pathway{own}
	}
	var out []*flows.Pathway
	seen := map[[2]string]bool{}
	for _, pw := range g.Pathways {
		if who := [2]string{pw.Subject, pw.Audience}; !pw.Aside && !seen[who] {
			seen[who] = true
			out = append(out, pw)
		}
	}
	return out
}
