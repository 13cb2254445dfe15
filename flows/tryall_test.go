package flows

// walked is one way from a start, step by step, with the presses it took.
type walked struct {
	link    bool
	states  []State
	presses []int
}

// tried is everything that trying every walk one by one found.
type tried struct {
	states []State
	walks  []walked
	ends   int // walks that begin without a link
}

func tryAll(g *Graph) *tried {
	b := &tried{}
	seen := map[string]bool{}
	var walk func(w walked)
	walk = func(w walked) {
		s := w.states[len(w.states)-1]
		if id := show(s); !seen[id] {
			seen[id] = true
			b.states = append(b.states, s)
		}
		end := true
		n := g.nodes[s.Main.At]
		for _, a := range n.Answers() {
			next, cost := s, 1
			if n.Kind == Tick {
				next.Main.Ticks = map[string][]string{TickNone: nil, TickSome: {"a"}, TickDanger: {"b"}}[a]
				if a != TickNone {
					cost = 2
				}
				next, _ = g.Press(next, n.Ref, Done)
			} else {
				next, _ = g.Press(next, n.Ref, a)
			}
			if len(next.Main.Walk) <= len(s.Main.Walk) {
				continue // a round
			}
			end = false
			walk(walked{
				w.link, append(w.states[:len(w.states):len(w.states)], next),
				append(w.presses[:len(w.presses):len(w.presses)], w.presses[len(w.presses)-1]+cost),
			})
		}
		if end {
			b.walks = append(b.walks, w)
			if !w.link {
				b.ends++
			}
		}
	}
	walk(walked{false, []State{g.Begin()}, []int{1}})
	for _, n := range g.nodes {
		if n.Entry {
			s := g.Begin()
			s.Entry = n.Ref
			walk(walked{true, []State{s}, []int{1}})
		}
	}
	return b
}

func (b *tried) nearest(ref Ref) int {
	best := 0
	for _, w := range b.walks {
		for i, s := range w.states {
			if !w.link && s.Main.At == ref && (best == 0 || w.presses[i] < best) {
				best = w.presses[i]
			}
		}
	}
	return best
}

// breaks holds a statement against every walk, as a reader would.
func (b *tried) breaks(g *Graph, st Statement) bool {
	is := func(sel Select, ref Ref) bool {
		for _, r := range sel.Nodes {
			if r == ref {
				return true
			}
		}
		return len(sel.Kinds) > 0 && sel.Kinds[0] == string(g.nodes[ref].Kind)
	}
	made := func(s State) bool {
		for _, a := range s.Main.Walk {
			if is(st.After, a.Node) || len(st.After.Answers) > 0 && st.After.Answers[0] == string(a.Node)+"/"+a.Option {
				return true
			}
		}
		return is(st.After, s.Main.At)
	}
	switch st.Form {
	case FormNever, FormOnly:
		for _, s := range b.states {
			if is(st.Screen, s.Main.At) && made(s) == (st.Form == FormNever) {
				return true
			}
		}
		return false
	}
	least, most := 0, 0
	for _, w := range b.walks {
		for i, s := range w.states {
			if s.Entry != "" || !is(st.Screen, s.Main.At) || !st.After.empty() && !made(s) {
				continue
			}
			if !w.link && (least == 0 || w.presses[i] < least) {
				least = w.presses[i]
			}
			most = max(most, w.presses[i])
			break
		}
	}
	if st.Shortest {
		return least == 0 || least > st.Presses
	}
	return most == 0 || most > st.Presses
}
