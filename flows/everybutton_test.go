package flows

import (
	"slices"
	"testing"
)

// Every button of every pathway is pressed in every state that people can reach:
// every box, every earlier screen, every aside, every forged press, Back. No press
// leads outside the states of the proof, and the proof has no state that no press
// leads to.
func TestEveryButton(t *testing.T) {
	ownGraph, ownPolicy := own(t)
	small := good(t)
	for name, tt := range map[string]struct {
		g   *Graph
		pol *Policy
	}{
		"own":  {ownGraph, ownPolicy},
		"good": {small, policy(t, small, goodPolicy)},
	} {
		t.Run(name, func(t *testing.T) {
			w := tt.g.explore(tt.pol)
			p := presser{t: t, w: w, g: tt.g, buttons: allButtons(tt.g), seen: map[string]bool{}, keys: map[string]bool{}, asides: map[Ref]bool{}, whole: map[Kind]bool{}}
			p.all()
			for key := range w.seen {
				if !p.keys[key] {
					t.Errorf("the proof has a state that no press leads to: %s", key)
				}
			}
			for _, n := range w.asides() {
				if !p.asides[n.Ref] {
					t.Errorf("no press leads to the aside screen %q", n.Ref)
				}
			}
			t.Logf("%d states of the proof, %d walks, %d presses", len(w.seen), len(p.seen), p.presses)
		})
	}
}

// presser explores by real presses alone. It tells walks apart more finely than
// the proof does: by every answer given. What is opened over a screen does not know
// the screen, so all of it is pressed over a few screens and a little over every other.
type presser struct {
	t       *testing.T
	w       *walker
	g       *Graph
	buttons []button
	todo    []State
	seen    map[string]bool
	keys    map[string]bool
	asides  map[Ref]bool
	whole   map[Kind]bool // kinds of screen over which every aside was walked
	presses int
}

func (p *presser) all() {
	for _, pw := range p.g.Pathways {
		for _, n := range pw.Nodes {
			if n.Entry {
				s := p.g.Begin()
				s.Entry = n.Ref
				p.reach(s)
			}
		}
	}
	p.reach(p.g.Begin())
	for len(p.todo) > 0 {
		s := p.todo[0]
		p.todo = p.todo[1:]
		p.press(s)
	}
}

// press presses everything in a state, and over it.
func (p *presser) press(s State) {
	for _, b := range p.buttons {
		next, c := p.g.Press(s, b.node, b.option)
		p.presses++
		switch {
		case c != Ignored:
			p.reach(next)
		case !unchanged(s, next):
			p.t.Fatalf("an ignored press changed %s to %s", show(s), show(next))
		}
	}
	if back, ok := s.Back(); ok {
		p.reach(back)
	}
	if len(s.Main.Ticks) > 0 {
		return // asides care for the screen, not for its boxes
	}
	if kind := p.g.nodes[s.Main.At].Kind; !p.whole[kind] && s.Entry == "" {
		p.whole[kind] = true
		p.over(s)
		return
	}
	all := allAsides(p.g)
	if len(all) == 0 {
		return
	}
	x, ok := p.g.Open(s, all[len(p.seen)%len(all)])
	if !ok {
		p.t.Fatalf("an aside does not open over %s", show(s))
	}
	if !unchanged(x.Close(), s) {
		p.t.Fatalf("an aside changed the way under it from %s to %s", show(s), show(x))
	}
	for _, n := range append(s.Main.nodes(), s.Main.At) {
		for _, b := range nodeButtons(p.g.nodes[n]) {
			under, c := p.g.Press(s, b.node, b.option)
			through, d := p.g.Press(x, b.node, b.option)
			p.presses += 2
			if c != d || c != Ignored && show(under) != show(through) {
				p.t.Fatalf("a press under an aside leads from %s to %s, without it to %s", show(x), show(through), show(under))
			}
		}
	}
}

// over walks every aside over one screen: from its start, and from each of its screens.
func (p *presser) over(s State) {
	open := map[string]bool{}
	var todo []State
	reach := func(x State) {
		if x.Aside == nil {
			p.reach(x)
			return
		}
		key := string(x.Aside.At) + "|" + worth(p.g.nodes[x.Aside.At], x.Aside.Ticks) + "|" + p.forked(x.Aside.Walk)
		if !open[key] {
			open[key] = true
			p.asides[x.Aside.At] = true
			todo = append(todo, x)
			if !unchanged(x.Close(), s) {
				p.t.Fatalf("an aside changed the way under it from %s to %s", show(s), show(x))
			}
			if mended := p.g.Mend(x); show(mended) != show(x) {
				p.t.Fatalf("Mend changed %s to %s, though nothing is old", show(x), show(mended))
			}
		}
	}
	for _, pw := range p.g.Pathways {
		if !pw.Aside {
			continue
		}
		x, ok := p.g.Open(s, pw.ID)
		if !ok {
			p.t.Fatalf("the aside %q does not open", pw.ID)
		}
		reach(x)
		for _, n := range pw.Nodes {
			if x, ok := p.g.OpenAt(s, n.Ref); ok {
				reach(x)
			} else if n.Kind != Fork {
				p.t.Fatalf("the aside screen %q does not open", n.Ref)
			}
		}
	}
	for len(todo) > 0 {
		x := todo[0]
		todo = todo[1:]
		for _, b := range p.buttons {
			next, c := p.g.Press(x, b.node, b.option)
			p.presses++
			on := p.g.Of(p.g.nodes[b.node]).Aside || b.node == x.Main.At || slices.Contains(x.Main.nodes(), b.node)
			switch {
			case c != Ignored && !on:
				p.t.Fatalf("a press not on the way moved %s to %s", show(x), show(next))
			case c != Ignored:
				reach(next)
			case !unchanged(x, next):
				p.t.Fatalf("an ignored press changed %s to %s", show(x), show(next))
			}
		}
		if back, ok := x.Back(); ok {
			reach(back)
		}
		reach(x.Close())
	}
}

// forked writes the answers of an aside that a fork in it reads.
func (p *presser) forked(walk []Answer) string {
	out := ""
	for _, a := range walk {
		if p.w.forks[a.Node] {
			out += string(a.Node) + "=" + a.Option + ","
		}
	}
	return out
}

// nodes returns the nodes of a way.
func (l Leg) nodes() []Ref {
	out := make([]Ref, 0, len(l.Walk)+1)
	for _, a := range l.Walk {
		out = append(out, a.Node)
	}
	return out
}

// unchanged reports whether two states are the very same.
func unchanged(a, b State) bool {
	leg := func(a, b Leg) bool {
		return a.At == b.At && slices.Equal(a.Ticks, b.Ticks) && len(a.Walk) == len(b.Walk) &&
			(len(a.Walk) == 0 || &a.Walk[0] == &b.Walk[0])
	}
	aside := a.Aside == nil && b.Aside == nil || a.Aside != nil && b.Aside != nil && leg(*a.Aside, *b.Aside)
	return aside && a.Entry == b.Entry && leg(a.Main, b.Main)
}

func (p *presser) reach(s State) {
	n := p.g.nodes[s.Main.At]
	if n == nil || n.Kind == Fork {
		p.t.Fatalf("no screen: %s", show(s))
	}
	if s.Entry != "" && !p.w.wanted(s) {
		p.useless(s)
		s.Entry = ""
	}
	id := string(s.Main.At) + "|" + worth(n, s.Main.Ticks) + "|" + string(s.Entry) + "|" + answers(s.Main.Walk)
	if p.seen[id] {
		return
	}
	p.seen[id] = true
	once(p.t, "press", s.Main)
	key, _ := p.w.key(s)
	if p.w.seen[key] == nil {
		p.t.Fatalf("outside the proof: %s", show(s))
	}
	p.keys[key] = true
	if mended := p.g.Mend(s); show(mended) != show(s) {
		p.t.Fatalf("Mend changed %s to %s, though nothing is old", show(s), show(mended))
	}
	p.todo = append(p.todo, s)
}

// useless checks that an entry which no way leads to any more changes no answer.
func (p *presser) useless(s State) {
	without := s
	without.Entry = ""
	for _, b := range nodeButtons(p.g.nodes[s.Main.At]) {
		a, _ := p.g.Press(s, b.node, b.option)
		b, _ := p.g.Press(without, b.node, b.option)
		if a.Main.At != b.Main.At {
			p.t.Fatalf("the entry of %s leads to %s, though no way leads there", show(s), show(a))
		}
	}
}

func answers(walk []Answer) string {
	var out []byte
	for _, a := range walk {
		out = append(append(append(append(out, a.Node...), '='), a.Option...), ',')
	}
	return string(out)
}
