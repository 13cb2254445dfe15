package flows

import "slices"

// check holds the joined graph against every rule that needs no word and no
// contact: that each way leads on and ends, that each name exists, and that a
// round is meant.
func check(g *Graph, p *problems) {
	gate := g.byID[Gate]
	if gate == nil {
		p.add(Gate+".yaml", 1, "there is no pathway %q, in which every walk begins", Gate)
	}
	if gate != nil && gate.Aside {
		p.add(gate.File, 1, "pathway %q: every walk begins here, so it cannot be an aside", Gate)
	}
	for _, pw := range g.Pathways {
		start := g.nodes[pw.Start]
		switch {
		case pw.Start == "" || len(pw.Nodes) == 0: // said when it was read
		case start == nil || pw.Start.Pathway() != pw.ID:
			p.add(pw.File, pw.startLine, "pathway %q: starts at %q, which is not one of its nodes", pw.ID, pw.Start)
		case start.Kind == Fork && (pw.Aside || pw.ID == Gate):
			p.add(pw.File, pw.startLine, "pathway %q: starts at the fork %q, which has no screen", pw.ID, pw.Start)
		}
		for _, n := range pw.Nodes {
			checkNode(g, pw, n, p)
		}
		checkSteps(pw, p)
	}
	if len(p.list) > 0 {
		return // what follows walks the graph and needs it whole
	}
	g.lands = g.landings()
	checkReachable(g, p)
	checkEnds(g, p)
	checkRounds(g, p)
	if len(p.list) == 0 {
		checkWalks(g, p)
	}
}

func checkNode(g *Graph, pw *Pathway, n *Node, p *problems) {
	bad := func(line int, format string, args ...any) {
		p.add(n.File, line, "node %q: "+format, append([]any{n.Ref.Node()}, args...)...)
	}
	missing := func(t Target, key string) {
		if t.To == "" {
			bad(n.Line, "no %q", key)
		}
	}
	switch n.Kind {
	case Tick:
		missing(n.None, "none")
		if n.signs(false) {
			missing(n.Some, "some")
		} else if n.signs(true) && n.Some.To != "" {
			bad(n.Some.Line, "leads on from some, but every sign is marked with !")
		}
		if n.signs(true) {
			missing(n.Danger, "danger")
		} else if n.Danger.To != "" {
			bad(n.Danger.Line, "leads on from danger, but no sign is marked with !")
		}
	case Ask, Page: // read whole or not at all
	case Fork:
		missing(n.Else, "else")
		if len(n.When) == 0 {
			bad(n.Line, "no %q", "when")
		}
		on := g.Node(n.On)
		switch {
		case on == nil:
			bad(n.Line, "splits on %q, which is not a node", n.On)
		case g.Of(on).Aside != pw.Aside || pw.Aside && on.Ref.Pathway() != pw.ID:
			bad(n.Line, "splits on %q, which is not on the same way", n.On)
		case on.Ref != n.On:
			bad(n.Line, "splits on %q, which is called %q now", n.On, on.Ref)
		default:
			for _, a := range sortedKeys(n.When) {
				if !slices.Contains(on.Answers(), a) {
					bad(n.When[a].Line, "splits on answer %q, which %q does not have", a, n.On)
				}
			}
		}
	case Outcome:
		if len(n.Contacts) == 0 {
			bad(n.Line, "an outcome without contacts helps nobody")
		}
	}
	for _, a := range n.Asides {
		if other := g.byID[a]; other == nil || !other.Aside {
			bad(n.Line, "offers %q, which is not an aside", a)
		}
	}
	if pw.Aside && n.Entry {
		bad(n.Line, "a node of an aside cannot be an entry")
	}
	if n.Kind == Ask {
		for _, o := range n.Options {
			checkTarget(g, pw, n, "option "+quote(o.ID)+" ", o.Next, bad)
		}
		return
	}
	for _, t := range n.targets() {
		checkTarget(g, pw, n, "", t, bad)
	}
}

// checkSteps reports numbers that no step of a pathway has: "Step 3 of 8" promises
// a second one.
func checkSteps(pw *Pathway, p *problems) {
	for i := 1; i <= pw.Steps; i++ {
		if !slices.ContainsFunc(pw.Nodes, func(n *Node) bool { return n.Step == i }) {
			p.add(pw.File, 1, "pathway %q: has steps up to %d, but no step %d", pw.ID, pw.Steps, i)
		}
	}
}

// signs reports whether a tick has signs of danger, or others.
func (n *Node) signs(danger bool) bool {
	return slices.ContainsFunc(n.Groups, func(g Group) bool {
		return slices.ContainsFunc(g.Signs, func(s Sign) bool { return s.Danger == danger })
	})
}

func checkTarget(g *Graph, pw *Pathway, n *Node, from string, t Target, bad func(int, string, ...any)) {
	to := g.nodes[t.To]
	switch {
	case t.To == "":
	case t.To == Return && pw.Aside:
	case t.To == Return:
		bad(t.Line, from+"leads to %q, which only an aside can do", Return)
	case to == nil:
		bad(t.Line, from+"leads to %q, which is not a node", t.To)
	case g.Of(to).Aside && t.To.Pathway() != n.Ref.Pathway():
		bad(t.Line, from+"leads into the aside %q; name it under asides instead", t.To.Pathway())
	case pw.Aside && t.To.Pathway() != pw.ID:
		bad(t.Line, from+"leads out of the aside to %q; want %q", t.To, Return)
	}
}

// checkReachable reports nodes that no way leads to.
func checkReachable(g *Graph, p *problems) {
	seen := map[Ref]bool{}
	var todo []Ref
	reach := func(r Ref) {
		if r != Return && !seen[r] {
			seen[r] = true
			todo = append(todo, r)
		}
	}
	reach(g.Start())
	for _, pw := range g.Pathways {
		if pw.Aside {
			reach(pw.Start)
		}
	}
	for len(todo) > 0 {
		n := g.nodes[todo[0]]
		todo = todo[1:]
		for _, t := range n.targets() {
			reach(t.To)
		}
	}
	for _, pw := range g.Pathways {
		for _, n := range pw.Nodes {
			if !seen[n.Ref] {
				p.add(n.File, n.Line, "node %q: no way leads here", n.Ref.Node())
			}
		}
	}
}

// checkEnds reports nodes from which no outcome can be reached, or in an aside no return.
func checkEnds(g *Graph, p *problems) {
	ends := map[Ref]bool{}
	for changed := true; changed; {
		changed = false
		for _, pw := range g.Pathways {
			for _, n := range pw.Nodes {
				if ends[n.Ref] {
					continue
				}
				end := n.Kind == Outcome || slices.ContainsFunc(n.targets(), func(t Target) bool {
					return t.To == Return || ends[t.To]
				})
				if end {
					ends[n.Ref], changed = true, true
				}
			}
		}
	}
	for _, pw := range g.Pathways {
		for _, n := range pw.Nodes {
			if !ends[n.Ref] {
				p.add(n.File, n.Line, "node %q: a dead end, nothing that ends can be reached from here", n.Ref.Node())
			}
		}
	}
}

// checkRounds reports ways that lead back to a node which is not marked as a menu.
func checkRounds(g *Graph, p *problems) {
	const open, closed = 1, 2
	state := map[Ref]int{}
	var visit func(n *Node)
	visit = func(n *Node) {
		state[n.Ref] = open
		for _, t := range n.targets() {
			to := g.nodes[t.To]
			if to == nil {
				continue
			}
			switch {
			case state[to.Ref] == open && !to.Menu:
				p.add(n.File, t.Line, "node %q: leads back to %q, which is not marked menu: true", n.Ref.Node(), to.Ref)
			case state[to.Ref] == 0:
				visit(to)
			}
		}
		state[n.Ref] = closed
	}
	for _, pw := range g.Pathways {
		if pw.ID == Gate || pw.Aside {
			visit(g.nodes[pw.Start])
		}
	}
}
