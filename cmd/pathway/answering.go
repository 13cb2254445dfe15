package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"pathwaybot/contacts"
	"pathwaybot/flows"
	"pathwaybot/guide"
)

// provedYears is how far the proof of who answers looks ahead.
const provedYears = 2

// answering prints the outcomes at which, somewhere and at some hour of the years
// from a moment on, only 999 and 101 are sure to answer: which, where and when. A
// number whose hours are not stated is never sure. Outcomes that mean to name
// nothing but 999 are left out. The choice of no area counts as a place.
func (c *call) answering(g *guide.Guide, from time.Time) {
	to := from.AddDate(provedYears, 0, 0)
	c.out.printf("\nOnly 999 and 101 are sure to answer, %s to %s, at these outcomes\n",
		from.Format("2 January 2006"), to.Format("2 January 2006"))
	places := append([]string{""}, codes(g)...)
	prover := g.Contacts.Prover(from, to)
	var order []string
	names := map[string][]string{} // outcomes by what there is to say of them
	for _, n := range outcomes(g.Graph) {
		if onlyEmergency(g, n) {
			continue
		}
		for _, who := range audiences(g.Graph, n) {
			proved := prover.Prove(queries(n, who, places, g.Hidden))
			if len(proved.Bare) == 0 {
				continue
			}
			text := bareText(g, proved.Bare, len(places))
			if names[text] == nil {
				order = append(order, text)
			}
			name := string(n.Ref)
			if g.Graph.Of(n).Aside {
				name += " over " + who.ID
			}
			names[text] = append(names[text], name)
		}
	}
	for _, text := range order {
		c.out.printf("  %s\n%s", strings.Join(names[text], ", "), text)
	}
	if len(order) == 0 {
		c.out.printf("  none\n")
	}
	lists, moments := prover.Lists()
	c.out.printf("  (%s, %s of contacts, %s at which a line opens or closes; hours not stated are never sure)\n",
		count(len(places), "place"), count(lists, "list"), count(moments, "moment"))
}

// queries are what an outcome asks the directory for, at each place.
func queries(n *flows.Node, who *flows.Pathway, places, hidden []string) []contacts.Query {
	out := make([]contacts.Query, 0, len(places))
	for _, code := range places {
		out = append(out, contacts.Query{
			Want: n.Contacts, Area: code, Subject: cmp.Or(n.For, who.Subject), Audience: who.Audience, Hide: hidden,
		})
	}
	return out
}

// bareText says at which places and hours an outcome leaves a person with 999 and
// 101, and which contacts that always answer could be added to it.
func bareText(g *guide.Guide, bare []contacts.Bare, places int) string {
	where := map[string][]string{} // areas by hours
	var hours []string
	could := map[string]int{}
	bareAt := 0
	for _, b := range bare {
		text := "at every hour"
		if !b.Always {
			text = weekText(b.Times)
		}
		if where[text] == nil {
			hours = append(hours, text)
		}
		where[text] = append(where[text], b.Areas...)
		for _, area := range b.Areas {
			bareAt++
			q := b.Query
			q.Area = area
			for _, ct := range g.Contacts.AlwaysOpen(q) {
				could[ct.ID]++
			}
		}
	}
	var out strings.Builder
	for _, text := range hours {
		fmt.Fprintf(&out, "    %s, at %d of %s: %s\n", text, len(where[text]), count(places, "place"), placesText(g, where[text]))
	}
	var ids []string
	for _, ct := range g.Contacts.All() {
		switch n := could[ct.ID]; {
		case n == bareAt:
			ids = append(ids, ct.ID)
		case n > 0:
			ids = append(ids, fmt.Sprintf("%s (at %d of the %d)", ct.ID, n, bareAt))
		}
	}
	if len(ids) > 0 {
		fmt.Fprintf(&out, "    always open and not asked for: %s\n", strings.Join(ids, ", "))
	}
	return out.String()
}

// placesText names places, a whole region or county by its own name alone.
func placesText(g *guide.Guide, list []string) string {
	in, inside := map[string]bool{}, map[string][]string{}
	for _, code := range list {
		in[code] = true
	}
	all := g.Areas.All()
	for _, a := range all {
		inside[a.Parent] = append(inside[a.Parent], a.Code)
	}
	var whole func(code string) bool
	whole = func(code string) bool {
		return in[code] && !slices.ContainsFunc(inside[code], func(c string) bool { return !whole(c) })
	}
	var names []string
	if in[""] {
		names = append(names, "no area chosen")
	}
	for _, a := range all {
		if !in[a.Code] || a.Parent != "" && whole(a.Parent) {
			continue
		}
		name := a.Name
		if !whole(a.Code) {
			name += " (chosen as a whole)"
		}
		names = append(names, name)
	}
	return strings.Join(names, "; ")
}

// weekText writes the times of the first week without a bank holiday in them, as far
// as that can be told from the times: the first seven days that begin on a Monday.
func weekText(times []contacts.Span) string {
	monday := times[0].From
	for monday.Weekday() != time.Monday {
		monday = monday.AddDate(0, 0, 1)
	}
	monday = time.Date(monday.Year(), monday.Month(), monday.Day(), 0, 0, 0, 0, monday.Location())
	days := make([]string, 7)
	for i := range days {
		days[i] = dayText(times, monday.AddDate(0, 0, i))
	}
	var parts []string
	for i := 0; i < len(days); {
		last := i
		for last+1 < len(days) && days[last+1] == days[i] {
			last++
		}
		if days[i] != "" {
			name := monday.AddDate(0, 0, i).Format("Mon")
			if last > i {
				name += "-" + monday.AddDate(0, 0, last).Format("Mon")
			}
			parts = append(parts, name+" "+days[i])
		}
		i = last + 1
	}
	if len(parts) == 0 {
		return fmt.Sprintf("%s, first on %s", count(len(times), "time"), times[0].From.Format("Mon 2 Jan 2006 at 15:04"))
	}
	return fmt.Sprintf("%s (the week of %s)", strings.Join(parts, ", "), monday.Format("2 Jan 2006"))
}

// dayText writes the times of one day: "09:00-17:00".
func dayText(times []contacts.Span, day time.Time) string {
	next := day.AddDate(0, 0, 1)
	first, _ := slices.BinarySearchFunc(times, day, func(s contacts.Span, t time.Time) int { return s.To.Compare(t) })
	var parts []string
	for _, s := range times[first:] {
		if !s.From.Before(next) {
			break
		}
		from, to := "00:00", "24:00"
		if s.From.After(day) {
			from = s.From.Format("15:04")
		}
		if s.To.Before(next) {
			to = s.To.Format("15:04")
		}
		if s.To.After(day) {
			parts = append(parts, from+"-"+to)
		}
	}
	return strings.Join(parts, ",")
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
