package flows

import (
	"slices"
	"strconv"
)

// Proof is what a walk over every state found.
type Proof struct {
	States   int      // of main walks; asides counted apart
	Aside    int      // screens of asides
	Walks    int      // ways from the first screen to an end, rounds of a menu and links left out
	Shortest string   // the shortest way to an outcome, without a link
	Longest  string   // the longest way to an end
	Reached  []Way    // every outcome with a shortest way to it, in the authors' order
	Broken   []Broken // statements of the policy that do not hold
}

// Way is an outcome with the shortest way that leads there without a link.
type Way struct {
	Node    *Node
	Presses int // choosing the language counted as one, a tick with Done as two
	Walk    string
}

// Broken is a statement of the policy with a walk that breaks it.
type Broken struct {
	Statement Statement
	Text      string
}

// state is one state of the proof: what the engine can tell apart.
type state struct {
	s     State
	start bool
	link  Ref // the entry node that a link named, on the way here
	next  []step
	holds []bool // one for each statement: its "after" step has been made
}

// step is an answer that leads from one state to another.
type step struct {
	to      *state
	presses int
}

// Prove walks every state there is, each entry node included, by pressing every
// button, and holds each statement of the policy against all of them.
//
// There are finitely many states because a state is a node and those earlier
// answers that a fork or a statement still reads, and because a walk never holds
// a node twice.
func (g *Graph) Prove(pol *Policy) Proof {
	w := g.explore(pol)
	p := Proof{States: len(w.order)}
	asides := w.asides()
	p.Aside = len(asides)
	p.Walks = w.walks()
	w.ways(&p)
	for i, st := range pol.Statements {
		if text := w.broken(i, st, asides); text != "" {
			p.Broken = append(p.Broken, Broken{st, text})
		}
	}
	return p
}

// explore reaches every state, from the first screen and from every link.
func (g *Graph) explore(pol *Policy) *walker {
	w := &walker{
		g: g, pol: pol, seen: map[string]*state{},
		loops: g.loops(), forks: g.forkSubjects(), lands: g.lands, marks: pol.marks(g),
	}
	starts := []State{g.Begin()}
	for _, pw := range g.Pathways {
		for _, n := range pw.Nodes {
			if n.Entry {
				s := g.Begin()
				s.Entry = n.Ref
				starts = append(starts, s)
			}
		}
	}
	for _, s := range starts {
		start := w.reach(s)
		start.start, start.link = true, s.Entry
	}
	for i := 0; i < len(w.order); i++ {
		w.expand(w.order[i])
	}
	return w
}

type walker struct {
	g     *Graph
	pol   *Policy
	seen  map[string]*state
	order []*state // breadth first
	loops map[Ref]bool
	forks map[Ref]bool
	lands map[string]map[Ref]bool
	marks []marks
}

// key names a state: the node, the answers that a fork reads, which statements'
// steps were made, which nodes of a round lie on the way, and the entry wanted. An
// entry whose pathway no way leads to any more is as good as none.
func (w *walker) key(s State) (string, []bool) {
	b := make([]byte, 0, 96)
	b = append(append(b, s.Main.At...), '|')
	if w.wanted(s) {
		b = append(b, s.Entry...)
	}
	for _, a := range s.Main.Walk {
		if w.forks[a.Node] {
			b = append(append(append(append(b, '|'), a.Node...), '='), a.Option...)
		}
		if w.loops[a.Node] {
			b = append(append(b, '|', '@'), a.Node...)
		}
	}
	holds := make([]bool, len(w.marks))
	for i := range w.marks {
		holds[i] = w.marks[i].step(s.Main)
		if holds[i] {
			b = strconv.AppendInt(append(b, '|'), int64(i), 10)
		}
	}
	return string(b), holds
}

// wanted reports whether the entry of a state can still be landed on.
func (w *walker) wanted(s State) bool {
	return s.Entry != "" && w.lands[s.Entry.Pathway()][s.Main.At]
}

func (w *walker) reach(s State) *state {
	if !w.wanted(s) {
		s.Entry = ""
	}
	key, holds := w.key(s)
	if old := w.seen[key]; old != nil {
		return old
	}
	st := &state{s: s, holds: holds}
	w.seen[key] = st
	w.order = append(w.order, st)
	return st
}

func (w *walker) expand(from *state) {
	n := w.g.nodes[from.s.Main.At]
	for _, a := range n.Answers() {
		s, cost := w.g.answer(from.s, n, a)
		if len(s.Main.Walk) <= len(from.s.Main.Walk) {
			continue // came round to a screen on the way: a state met before
		}
		known := len(w.order)
		to := w.reach(s)
		if len(w.order) > known {
			to.link = from.link
		}
		from.next = append(from.next, step{to, cost})
	}
}

// answer gives an answer with real presses and says how many they were.
func (g *Graph) answer(s State, n *Node, a string) (State, int) {
	if n.Kind != Tick {
		s, _ = g.Press(s, n.Ref, a)
		return s, 1
	}
	for _, t := range s.Ticked() {
		s, _ = g.Press(s, n.Ref, "-"+t)
	}
	cost := 1
	if a != TickNone {
		for _, grp := range n.Groups {
			i := slices.IndexFunc(grp.Signs, func(x Sign) bool { return x.Danger == (a == TickDanger) })
			if i >= 0 {
				s, _ = g.Press(s, n.Ref, "+"+grp.Signs[i].ID)
				cost++
				break
			}
		}
	}
	s, _ = g.Press(s, n.Ref, Done)
	return s, cost
}

// asides returns every screen that an aside can show.
func (w *walker) asides() []*Node {
	var out []*Node
	for _, pw := range w.g.Pathways {
		if pw.Aside {
			for _, n := range pw.Nodes {
				if n.Kind != Fork {
					out = append(out, n)
				}
			}
		}
	}
	return out
}

func (w *walker) node(s *state) *Node { return w.g.nodes[s.s.Main.At] }
