package flows

import "slices"

// Mend returns the state as today's pathways have it. Former names become today's,
// and the walk is walked again, answer by answer: where it leads over a node or an
// answer that is gone, or an answer leads elsewhere now, what follows is forgotten.
// So a new release leaves nobody on a way that its proof has not seen.
func (g *Graph) Mend(s State) State {
	if e := g.Node(s.Entry); e != nil && e.Entry {
		s.Entry = e.Ref
	} else {
		s.Entry = ""
	}
	s.Main, s.Entry = g.rewalk(s.Main, g.Start(), s.Entry)
	if s.Aside == nil {
		return s
	}
	n := g.Node(s.Aside.At)
	if n == nil || !g.Of(n).Aside {
		s.Aside = nil
		return s
	}
	// An aside may have been opened at any of its screens.
	first, start := n, g.Of(n).Start
	if len(s.Aside.Walk) > 0 {
		first = g.Node(s.Aside.Walk[0].Node)
	}
	if first != nil && first.Kind != Fork && g.Of(first) == g.Of(n) {
		start = first.Ref
	}
	leg, _ := g.rewalk(*s.Aside, start, "")
	s.Aside = &leg
	return s
}

// rewalk gives the answers of an old leg once more, from the start, as far as they
// go. It returns the entry that is still wanted.
func (g *Graph) rewalk(old Leg, start, entry Ref) (Leg, Ref) {
	leg, landed := Leg{At: start, Walk: make([]Answer, 0, len(old.Walk))}, false
	for i, a := range old.Walk {
		n := g.Node(a.Node)
		if n == nil || n.Ref != leg.At {
			return leg, entry
		}
		a.Node, a.Ticks = n.Ref, n.known(a.Ticks)
		leg.Ticks = a.Ticks
		switch n.Kind {
		case Ask:
			if o := n.Option(a.Option); o != nil {
				a.Option = o.ID
			}
		case Tick:
			if w := worth(n, a.Ticks); w != TickNone {
				a.Option = w
			}
		case Page, Fork, Outcome:
		}
		walk := append(leg.Walk, a)
		next, end, c := g.give(walk, n, entry)
		if c == Ignored || end {
			return leg, entry
		}
		// A link may have landed the person on an entry node here.
		at := old.At
		if i+1 < len(old.Walk) {
			at = old.Walk[i+1].Node
		}
		if e := g.Node(at); e != nil && e.Entry && e.Ref != next.At && entry == "" && !landed {
			if other, _, _ := g.give(walk, n, e.Ref); other.At == e.Ref {
				next, landed = other, true
			}
		}
		if next.At == entry {
			entry, landed = "", true
		}
		leg = next
	}
	if n := g.Node(old.At); n != nil && n.Ref == leg.At {
		leg.Ticks = n.known(old.Ticks)
	}
	return leg, entry
}

// known returns the ticks that are still signs of the node, each once.
func (n *Node) known(ticks []string) []string {
	var out []string
	for _, t := range ticks {
		if n.Sign(t) != nil && !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	return out
}
