package flows

import "slices"

// forkSubjects returns the nodes whose answers a fork reads.
func (g *Graph) forkSubjects() map[Ref]bool {
	out := map[Ref]bool{}
	for _, n := range g.nodes {
		if n.Kind == Fork {
			out[n.On] = true
		}
	}
	return out
}

// landings returns, for each pathway with an entry node, the nodes from which a way
// leads to its start, where a link lands.
func (g *Graph) landings() map[string]map[Ref]bool {
	before := map[Ref][]Ref{}
	for _, n := range g.nodes {
		for _, t := range n.targets() {
			before[t.To] = append(before[t.To], n.Ref)
		}
	}
	out := map[string]map[Ref]bool{}
	for _, pw := range g.Pathways {
		if !slices.ContainsFunc(pw.Nodes, func(n *Node) bool { return n.Entry }) {
			continue
		}
		found := map[Ref]bool{}
		todo := slices.Clone(before[pw.Start])
		for len(todo) > 0 {
			r := todo[0]
			todo = todo[1:]
			if !found[r] {
				found[r] = true
				todo = append(todo, before[r]...)
			}
		}
		out[pw.ID] = found
	}
	return out
}

// loops returns the nodes that lie on a round, by their strongly connected
// components (Tarjan).
func (g *Graph) loops() map[Ref]bool {
	t := tarjan{g: g, index: map[Ref]int{}, low: map[Ref]int{}, on: map[Ref]bool{}, out: map[Ref]bool{}}
	for _, pw := range g.Pathways {
		for _, n := range pw.Nodes {
			if t.index[n.Ref] == 0 {
				t.visit(n)
			}
		}
	}
	return t.out
}

type tarjan struct {
	g     *Graph
	index map[Ref]int
	low   map[Ref]int
	on    map[Ref]bool
	stack []Ref
	out   map[Ref]bool
}

func (t *tarjan) visit(n *Node) {
	t.index[n.Ref] = len(t.index) + 1
	t.low[n.Ref] = t.index[n.Ref]
	t.stack = append(t.stack, n.Ref)
	t.on[n.Ref] = true
	for _, to := range n.targets() {
		next := t.g.nodes[to.To]
		if next == nil {
			continue
		}
		if next == n {
			t.out[n.Ref] = true
		}
		if t.index[next.Ref] == 0 {
			t.visit(next)
			t.low[n.Ref] = min(t.low[n.Ref], t.low[next.Ref])
		} else if t.on[next.Ref] {
			t.low[n.Ref] = min(t.low[n.Ref], t.index[next.Ref])
		}
	}
	if t.low[n.Ref] != t.index[n.Ref] {
		return
	}
	i := slices.Index(t.stack, n.Ref)
	for _, r := range t.stack[i:] {
		t.on[r] = false
		if len(t.stack)-i > 1 {
			t.out[r] = true
		}
	}
	t.stack = t.stack[:i]
}
