package flows

import (
	"fmt"
	"slices"
	"strings"
)

// broken returns how a statement is broken, or nothing where it holds.
func (w *walker) broken(i int, st Statement, asides []*Node) string {
	switch st.Form {
	case FormFirst:
		n := w.g.nodes[w.g.Start()]
		if !st.Screen.screen(w.g, n) {
			return fmt.Sprintf("a walk begins at %q", n.Ref)
		}
	case FormNever:
		if opened := slices.IndexFunc(asides, st.After.aside(w.g)); opened >= 0 {
			return w.neverOpened(st, asides[opened], asides)
		}
		made := slices.IndexFunc(w.order, func(s *state) bool { return s.holds[i] })
		if made < 0 {
			return ""
		}
		for _, s := range w.order {
			if s.holds[i] && st.Screen.screen(w.g, w.node(s)) {
				return fmt.Sprintf("%q can be reached: %s", s.s.Main.At, s.walk())
			}
		}
		for _, n := range asides {
			if st.Screen.screen(w.g, n) {
				return fmt.Sprintf("the aside screen %q can be opened after: %s", n.Ref, w.order[made].walk())
			}
		}
	case FormOnly:
		for _, s := range w.order {
			if !s.holds[i] && st.Screen.screen(w.g, w.node(s)) {
				return fmt.Sprintf("%q can be reached without: %s", s.s.Main.At, s.walk())
			}
		}
		for _, n := range asides {
			if st.Screen.screen(w.g, n) {
				return fmt.Sprintf("the aside screen %q can be opened at any time", n.Ref)
			}
		}
	case FormOutcome:
		return w.lacking(st)
	case FormAtMost:
		return w.tooFar(i, st)
	}
	return ""
}

// neverOpened holds a never-after whose step is made in an aside. That can happen
// on any screen and leaves no trace on the way, so everything is after it.
func (w *walker) neverOpened(st Statement, opened *Node, asides []*Node) string {
	for _, s := range w.order {
		if st.Screen.screen(w.g, w.node(s)) {
			return fmt.Sprintf("%q can be reached, and the aside screen %q opened before it: %s", s.s.Main.At, opened.Ref, s.walk())
		}
	}
	for _, n := range asides {
		if st.Screen.screen(w.g, n) {
			return fmt.Sprintf("the aside screen %q can be opened after the aside screen %q", n.Ref, opened.Ref)
		}
	}
	return ""
}

// aside returns a test of whether such a step is made at a node of an aside.
func (s Select) aside(g *Graph) func(*Node) bool {
	return func(n *Node) bool {
		return s.screen(g, n) || slices.ContainsFunc(s.Answers, func(a string) bool {
			return strings.HasPrefix(a, string(n.Ref)+"/")
		})
	}
}

func (w *walker) lacking(st Statement) string {
	for _, pw := range w.g.Pathways {
		for _, n := range pw.Nodes {
			if n.Kind != Outcome || !st.Screen.empty() && !st.Screen.screen(w.g, n) {
				continue
			}
			var lacks []string
			for _, part := range []struct {
				name      string
				want, has []string
			}{{"contact", st.Has.Contacts, n.Contacts}, {"mark", st.Has.Says, n.Says}, {"aside", st.Has.Asides, n.Asides}} {
				for _, x := range part.want {
					if !slices.Contains(part.has, x) {
						lacks = append(lacks, part.name+" "+quote(x))
					}
				}
			}
			if st.Has.Then && n.Next.To == "" {
				lacks = append(lacks, "a way on")
			}
			if len(lacks) > 0 {
				text := fmt.Sprintf("outcome %q lacks %s", n.Ref, strings.Join(lacks, ", "))
				for _, s := range w.order {
					if s.s.Main.At == n.Ref {
						return text + ": " + s.walk()
					}
				}
				return text
			}
		}
	}
	return ""
}

func (w *walker) tooFar(i int, st Statement) string {
	meets := func(s *state) bool {
		return (st.After.empty() || s.holds[i]) && s.s.Entry == "" && st.Screen.screen(w.g, w.node(s))
	}
	dist, prev := w.distances(!st.Shortest, meets)
	var worst *state
	for _, s := range w.order {
		d, reached := dist[s]
		if reached && meets(s) && (worst == nil || (d > dist[worst]) != st.Shortest) {
			worst = s
		}
	}
	switch {
	case worst == nil:
		return "no way leads there"
	case dist[worst] > st.Presses:
		return fmt.Sprintf("%q takes %d presses, not %d: %s", worst.s.Main.At, dist[worst], st.Presses, chain(worst, prev))
	}
	return ""
}
