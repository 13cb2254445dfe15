package flows

// checkWalks walks every state, since a fork can close a way that the arrows
// alone show as open. It reports screens that nobody comes to, and walks from
// which no outcome can be reached. Asides are left out: Back leaves them.
func checkWalks(g *Graph, p *problems) {
	w := g.explore(&Policy{})
	shown := map[Ref]bool{}
	before := map[*state][]*state{}
	ends := map[*state]bool{}
	var todo []*state
	for _, s := range w.order {
		n := w.node(s)
		shown[n.Ref] = true
		if n.Kind == Outcome {
			ends[s] = true
			todo = append(todo, s)
		}
		for _, a := range n.Answers() {
			next, _ := g.answer(s.s, n, a)
			key, _ := w.key(next)
			before[w.seen[key]] = append(before[w.seen[key]], s)
		}
	}
	for len(todo) > 0 {
		s := todo[0]
		todo = todo[1:]
		for _, b := range before[s] {
			if !ends[b] {
				ends[b] = true
				todo = append(todo, b)
			}
		}
	}
	said := map[Ref]bool{}
	for _, s := range w.order {
		if n := w.node(s); !ends[s] && !said[n.Ref] {
			said[n.Ref] = true
			p.add(n.File, n.Line, "node %q: a dead end, no outcome can be reached after: %s", n.Ref.Node(), s.walk())
		}
	}
	for _, pw := range g.Pathways {
		for _, n := range pw.Nodes {
			if !pw.Aside && n.Kind != Fork && !shown[n.Ref] {
				p.add(n.File, n.Line, "node %q: no walk leads here, whatever is answered", n.Ref.Node())
			}
		}
	}
}
