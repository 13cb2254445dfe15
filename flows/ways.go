package flows

import (
	"slices"
	"strings"
)

// walks counts the ways from the first screen to an end.
func (w *walker) walks() int {
	memo := map[*state]int{}
	var count func(*state) int
	count = func(s *state) int {
		if c, ok := memo[s]; ok {
			return c
		}
		c := 0
		for _, n := range s.next {
			c += count(n.to)
		}
		memo[s] = max(c, 1)
		return memo[s]
	}
	return count(w.order[0])
}

func (w *walker) ways(p *Proof) {
	near, prev := w.distances(false, nil)
	first := map[Ref]*state{}
	for _, s := range w.order {
		n := w.node(s)
		if _, ok := near[s]; !ok {
			continue // only by a link
		}
		if old := first[n.Ref]; n.Kind == Outcome && s.s.Entry == "" && (old == nil || near[s] < near[old]) {
			first[n.Ref] = s
		}
	}
	var nearest *state
	for _, pw := range w.g.Pathways {
		for _, n := range pw.Nodes {
			s := first[n.Ref]
			if s == nil {
				continue
			}
			p.Reached = append(p.Reached, Way{n, near[s], chain(s, prev)})
			if nearest == nil || near[s] < near[nearest] {
				nearest = s
			}
		}
	}
	p.Shortest = chain(nearest, prev)
	far, prev := w.distances(true, nil)
	var last *state
	for _, s := range w.order {
		if last == nil || far[s] > far[last] {
			last = s
		}
	}
	p.Longest = chain(last, prev)
}

// distances returns for every state the fewest, or the most, presses on a way to
// it, and the state before it on that way. Ways go no further where stop says so.
// The most are counted over links as well; the fewest are what anybody can have.
func (w *walker) distances(most bool, stop func(*state) bool) (dist map[*state]int, prev map[*state]*state) {
	// The states form no circle, since each step lengthens the walk, so visiting
	// them after everything that follows them gives an order from the end.
	var order []*state
	seen := map[*state]bool{}
	var visit func(*state)
	visit = func(s *state) {
		seen[s] = true
		for _, n := range s.next {
			if !seen[n.to] {
				visit(n.to)
			}
		}
		order = append(order, s)
	}
	dist, prev = map[*state]int{}, map[*state]*state{}
	for _, s := range w.order {
		if !seen[s] {
			visit(s)
		}
		if s.start && (most || s == w.order[0]) {
			dist[s] = 1 // choosing the language
		}
	}
	slices.Reverse(order)
	for _, s := range order {
		if stop != nil && stop(s) {
			continue
		}
		d, reached := dist[s]
		if !reached {
			continue
		}
		for _, n := range s.next {
			old, ok := dist[n.to]
			if !ok || most && d+n.presses > old || !most && d+n.presses < old {
				dist[n.to], prev[n.to] = d+n.presses, s
			}
		}
	}
	return dist, prev
}

// walk writes a way as people read it: each node with the answer given there.
func (s *state) walk() string {
	steps := make([]string, 0, len(s.s.Main.Walk)+2)
	if s.link != "" {
		steps = append(steps, "by a link to "+string(s.link))
	}
	for _, a := range s.s.Main.Walk {
		steps = append(steps, string(a.Node)+" "+a.Option)
	}
	return strings.Join(append(steps, string(s.s.Main.At)), ", ")
}

// chain writes the way that ends at a state.
func chain(s *state, prev map[*state]*state) string {
	if s == nil {
		return ""
	}
	var refs []string
	for ; s != nil; s = prev[s] {
		refs = append(refs, string(s.s.Main.At))
	}
	slices.Reverse(refs)
	return strings.Join(refs, ", ")
}
