package flows

import "slices"

// Counted says what a press was worth.
type Counted int

// A press either moved the person, changed a box, or changed nothing.
const (
	Ignored Counted = iota // not on this way: the current screen again
	Ticked                 // a box of the current tick was set or cleared
	Moved                  // an answer was given
)

// Press applies one button. It counts when its node is the current one, or lies
// on the way walked: then the person goes back to it, and what followed is
// forgotten. Any other press, from another walk, an old release or a forger,
// changes nothing and is Ignored.
//
// With an aside open, a press for the aside moves the aside; one for the screens
// under it closes the aside first.
func (g *Graph) Press(s State, node Ref, option string) (State, Counted) {
	n := g.Node(node)
	if n == nil {
		return s, Ignored
	}
	if g.Of(n).Aside {
		if s.Aside == nil {
			return s, Ignored
		}
		leg, end, counted := g.press(*s.Aside, n, option, "")
		switch {
		case counted == Ignored:
			return s, Ignored
		case end:
			s.Aside = nil
		default:
			s.Aside = &leg
		}
		return s, counted
	}
	leg, _, counted := g.press(s.Main, n, option, s.Entry)
	if counted == Ignored {
		return s, Ignored
	}
	s.Main, s.Aside = leg, nil
	if leg.At == s.Entry {
		s.Entry = ""
	}
	return s, counted
}

// press applies an option to a leg. end is true when an aside has returned.
func (g *Graph) press(l Leg, n *Node, option string, entry Ref) (next Leg, end bool, c Counted) {
	l, ok := l.backTo(n.Ref)
	if !ok {
		return l, false, Ignored
	}
	answer := Answer{Node: n.Ref, Option: option}
	switch n.Kind {
	case Tick:
		if option != Done {
			return l.tick(n, option)
		}
		answer.Option, answer.Ticks = worth(n, l.Ticks), l.Ticks
	case Ask:
		o := n.Option(option)
		if o == nil {
			return l, false, Ignored
		}
		answer.Option = o.ID
	case Page, Outcome, Fork:
	}
	walk := make([]Answer, len(l.Walk), len(l.Walk)+1) // the old walk stays as it was
	copy(walk, l.Walk)
	next, end, c = g.give(append(walk, answer), n, entry)
	if c == Ignored {
		next = l
	}
	return next, end, c
}

// give goes where the last answer of a walk leads, which n was asked. It keeps walk.
func (g *Graph) give(walk []Answer, n *Node, entry Ref) (next Leg, end bool, c Counted) {
	to := n.target(walk[len(walk)-1].Option).To
	if to == "" {
		return Leg{}, false, Ignored
	}
	to = g.land(walk, to, entry)
	if to == Return {
		return Leg{}, true, Moved
	}
	return arrive(walk, to), false, Moved
}

// Open lays an aside over the current screen. Opening one from inside another
// takes its place, so asides never nest. It reports false for an unknown aside.
func (g *Graph) Open(s State, aside string) (State, bool) {
	p := g.byID[aside]
	if p == nil || !p.Aside {
		return s, false
	}
	s.Aside = &Leg{At: p.Start}
	return s, true
}

// OpenAt lays one screen of an aside over the current one. From there it goes on as
// if it had been opened at its start. It reports false for any other node.
func (g *Graph) OpenAt(s State, node Ref) (State, bool) {
	n := g.Node(node)
	if n == nil || n.Kind == Fork || !g.Of(n).Aside {
		return s, false
	}
	s.Aside = &Leg{At: n.Ref}
	return s, true
}

// Enter begins a walk that shall land on an entry node. What was answered at the
// gate holds as far as it leads there; otherwise the gate asks again. It reports
// false for a node that is no entry.
func (g *Graph) Enter(s State, entry Ref) (State, bool) {
	n := g.Node(entry)
	if n == nil || !n.Entry {
		return s, false
	}
	fresh := g.Begin()
	fresh.Entry = n.Ref
	leg := fresh.Main
	for _, a := range s.Main.Walk {
		at := g.Node(a.Node)
		if at == nil || at.Ref != leg.At || at.Ref.Pathway() != Gate {
			break
		}
		next, _, c := g.give(append(slices.Clip(leg.Walk), a), at, n.Ref)
		if c == Ignored {
			break
		}
		leg = next
	}
	switch {
	case leg.At == n.Ref:
		return State{Main: leg}, true
	case leg.At.Pathway() == Gate && g.lands[n.Ref.Pathway()][leg.At]:
		fresh.Main = leg
	}
	return fresh, true
}

// Close takes an open aside away.
func (s State) Close() State {
	s.Aside = nil
	return s
}

// Back goes one screen back: inside an aside first, then out of it, then along
// the walk. At the first screen it changes nothing and reports false.
func (s State) Back() (State, bool) {
	if s.Aside != nil {
		if leg, ok := s.Aside.back(); ok {
			s.Aside = &leg
		} else {
			s.Aside = nil
		}
		return s, true
	}
	leg, ok := s.Main.back()
	if ok {
		s.Main = leg
	}
	return s, ok
}

// land follows forks from a target to the first node with a screen, or out of an
// aside. Where a link
// named an entry node and the way has come to the start of its pathway, it lands
// on the entry node.
func (g *Graph) land(walk []Answer, to, entry Ref) Ref {
	for to != Return {
		n := g.nodes[to]
		if entry != "" && n.Ref.Pathway() == entry.Pathway() && g.Of(n).Start == n.Ref {
			return entry
		}
		if n.Kind != Fork {
			return to
		}
		to = n.Else.To
		if t, ok := n.When[answerTo(walk, n.On)]; ok {
			to = t.To
		}
	}
	return to
}

// answerTo returns the answer last given at a node, or nothing.
func answerTo(walk []Answer, node Ref) string {
	for i := len(walk) - 1; i >= 0; i-- {
		if walk[i].Node == node {
			return walk[i].Option
		}
	}
	return ""
}

// arrive puts a walk at a node. A node that lies on the walk already ends the
// round: what came after it is forgotten, so a walk never holds a node twice.
func arrive(walk []Answer, at Ref) Leg {
	l, ok := Leg{Walk: walk}.backTo(at)
	if !ok {
		l = Leg{Walk: walk, At: at}
	}
	return l
}

// backTo returns the leg standing at a node of its way, the ticks made there
// restored. It reports false when the node is neither current nor on the way.
func (l Leg) backTo(node Ref) (Leg, bool) {
	if l.At == node {
		return l, true
	}
	for i, a := range l.Walk {
		if a.Node == node {
			return Leg{Walk: l.Walk[:i:i], At: node, Ticks: a.Ticks}, true
		}
	}
	return l, false
}

func (l Leg) back() (Leg, bool) {
	if len(l.Walk) == 0 {
		return l, false
	}
	return l.backTo(l.Walk[len(l.Walk)-1].Node)
}

// tick sets or clears one box: "+sign" or "-sign". It carries the wanted value,
// so that pressing twice is harmless.
func (l Leg) tick(n *Node, option string) (Leg, bool, Counted) {
	if len(option) < 2 || n.Sign(option[1:]) == nil {
		return l, false, Ignored
	}
	sign := option[1:]
	set := slices.Contains(l.Ticks, sign)
	switch {
	case option[0] == '+' && !set:
		l.Ticks = append(slices.Clip(l.Ticks), sign)
	case option[0] == '-' && set:
		l.Ticks = slices.DeleteFunc(slices.Clone(l.Ticks), func(s string) bool { return s == sign })
	case option[0] != '+' && option[0] != '-':
		return l, false, Ignored
	}
	return l, false, Ticked
}

// worth returns what ticks are worth: a danger sign outweighs every number of others.
func worth(n *Node, ticks []string) string {
	w := TickNone
	for _, t := range ticks {
		s := n.Sign(t)
		switch {
		case s == nil:
		case s.Danger:
			return TickDanger
		default:
			w = TickSome
		}
	}
	return w
}
