package flows

import "slices"

// button is one thing that can be pressed, or forged.
type button struct {
	node   Ref
	option string
}

// nodeButtons returns every button of a screen, each box to set and to clear.
func nodeButtons(n *Node) []button {
	var out []button
	switch n.Kind {
	case Ask:
		for _, o := range n.Options {
			out = append(out, button{n.Ref, o.ID})
		}
	case Tick:
		out = append(out, button{n.Ref, Done})
		for _, grp := range n.Groups {
			for _, s := range grp.Signs {
				out = append(out, button{n.Ref, "+" + s.ID}, button{n.Ref, "-" + s.ID})
			}
		}
	case Page, Outcome:
		out = append(out, button{n.Ref, Next})
	case Fork:
		out = append(out, button{n.Ref, Next})
	}
	return out
}

func allButtons(g *Graph) []button {
	var out []button
	for _, pw := range g.Pathways {
		for _, n := range pw.Nodes {
			out = slices.Concat(out, nodeButtons(n))
		}
	}
	return out
}

func allAsides(g *Graph) []string {
	var out []string
	for _, pw := range g.Pathways {
		if pw.Aside {
			out = append(out, pw.ID)
		}
	}
	return out
}
