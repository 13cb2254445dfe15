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
		g     *Graph
		pol   *Policy
		whole bool
	}{
		"own":  {ownGraph, ownPolicy, false},
		"good": {small, policy(t, small, goodPolicy), true},
	} {
		t.Run(name, func(t *testing.T) {
			w := tt.g.explore(tt.pol)
			p := presser{t: t, w: w, g: tt.g, whole: tt.whole, buttons: allButtons(tt.g), seen: map[string]bool{}, keys: map[string]bool{}, asides: map[Ref]bool{}}
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

// presser explores by real presses alone. With whole it tells walks apart more finely
// than the proof does, by every answer given, and walks every aside over each of
// them; without, it takes one walk for each state of the proof, opens every aside
// over it and walks each aside once: a large graph has more walks than can be tried.
type presser struct {
	whole   bool
	t       *testing.T
	w       *walker
	g       *Graph
	buttons []button
	todo    []State
	seen    map[string]bool
	keys    map[string]bool
	asides  map[Ref]bool
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

// press presses everything in a state, and everything over each aside screen.
func (p *presser) press(s State) {
	for _, b := range p.buttons {
		next, c := p.g.Press(s, b.node, b.option)
		p.presses++
		if c == Ignored && show(next) != show(s) {
			p.t.Fatalf("an ignored press changed %s to %s", show(s), show(next))
		}
		p.reach(next)
	}
	if back, ok := s.Back(); ok {
		p.reach(back)
	}
	if len(s.Main.Ticks) > 0 {
		return // asides care for the screen, not for its boxes
	}
	once := p.whole || len(s.Main.Walk) == 0 && s.Entry == ""
	open := map[string]bool{}
	var todo []State
	reach := func(x State) {
		if x.Aside == nil {
			p.reach(x)
			return
		}
		key := string(x.Aside.At) + "|" + worth(p.g.nodes[x.Aside.At], x.Aside.Ticks)
		if p.whole {
			key += "|" + answers(x.Aside.Walk)
		}
		if !open[key] {
			open[key] = true
			p.asides[x.Aside.At] = true
			if once || len(x.Aside.Walk) == 0 && len(x.Aside.Ticks) == 0 {
				todo = append(todo, x)
			}
			if show(State{Main: x.Main}) != show(State{Main: s.Main}) {
				p.t.Fatalf("an aside changed the way under it from %s to %s", show(s), show(x))
			}
		}
	}
	for _, aside := range allAsides(p.g) {
		x, ok := p.g.Open(s, aside)
		if !ok {
			p.t.Fatalf("the aside %q does not open", aside)
		}
		reach(x)
	}
	for len(todo) > 0 {
		x := todo[0]
		todo = todo[1:]
		for _, b := range p.buttons {
			if !once && b.node != x.Aside.At && b.node != x.Main.At {
				continue
			}
			if p.g.Of(p.g.nodes[b.node]).Aside || slices.ContainsFunc(x.Main.Walk, func(a Answer) bool { return a.Node == b.node }) || b.node == x.Main.At {
				next, _ := p.g.Press(x, b.node, b.option)
				p.presses++
				reach(next)
			} else if next, c := p.g.Press(x, b.node, b.option); c != Ignored {
				p.t.Fatalf("a press not on the way moved %s to %s", show(x), show(next))
			}
		}
		if back, ok := x.Back(); ok {
			reach(back)
		}
		reach(x.Close())
	}
}

func (p *presser) reach(s State) {
	n := p.g.nodes[s.Main.At]
	if n == nil || n.Kind == Fork {
		p.t.Fatalf("no screen: %s", show(s))
	}
	key, _ := p.w.key(s)
	id := key + "|" + worth(n, s.Main.Ticks)
	if p.whole {
		id += "|" + answers(s.Main.Walk)
	}
	if p.seen[id] {
		return
	}
	p.seen[id] = true
	once(p.t, "press", s.Main)
	if p.w.seen[key] == nil {
		p.t.Fatalf("outside the proof: %s", show(s))
	}
	p.keys[key] = true
	if mended := p.g.Mend(s); show(mended) != show(s) {
		p.t.Fatalf("Mend changed %s to %s, though nothing is old", show(s), show(mended))
	}
	p.todo = append(p.todo, s)
}

func answers(walk []Answer) string {
	out := ""
	for _, a := range walk {
		out += string(a.Node) + "=" + a.Option + ","
	}
	return out
}
