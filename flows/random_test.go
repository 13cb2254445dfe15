package flows

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/fstest"
)

// randomGraph writes a small graph of two pathways: all kinds of node, rounds,
// forks and entries. It returns nil where chance made one that does not load.
func randomGraph(rng *rand.Rand) *Graph {
	n := 5 + rng.IntN(5)
	cut := 2 + rng.IntN(n-3) // nodes from here on stand in the second pathway
	name := func(i int) string {
		if i < cut {
			return fmt.Sprintf("gate/n%d", i)
		}
		return fmt.Sprintf("far/n%d", i)
	}
	kinds := make([]Kind, n)
	out := make([][]int, n) // where each node leads
	menu := make([]bool, n)
	for i := range n {
		kinds[i] = []Kind{Ask, Ask, Ask, Tick, Tick, Page, Fork, Fork, Outcome}[rng.IntN(9)]
		switch i {
		case 0:
			kinds[i] = Ask
		case n - 1:
			kinds[i] = Outcome
			continue
		}
		ways := map[Kind]int{Ask: 2 + rng.IntN(2), Tick: 3, Page: 1, Fork: 2, Outcome: 1}[kinds[i]]
		for w := range ways {
			to := i + 1 + rng.IntN(min(3, n-1-i))
			if w > 0 && i > 0 && rng.IntN(4) == 0 {
				if back := rng.IntN(i + 1); kinds[back] != Fork {
					to, menu[back] = back, true
				}
			}
			out[i] = append(out[i], to)
		}
	}
	reached := map[int]bool{0: true}
	for changed := true; changed; {
		changed = false
		for i := range n {
			for _, to := range out[i] {
				if reached[i] && !reached[to] {
					reached[to], changed = true, true
				}
			}
		}
	}
	files := map[string]*strings.Builder{"gate": {}, "far": {}}
	fmt.Fprintf(files["gate"], "id: gate\nstart: n0\nnodes:\n")
	for i := range n {
		if !reached[i] {
			continue
		}
		b := files["gate"]
		if i >= cut {
			b = files["far"]
			if b.Len() == 0 {
				fmt.Fprintf(b, "id: far\nstart: n%d\nnodes:\n", i)
			}
		}
		to := func(w int) string { return name(out[i][w]) }
		fmt.Fprintf(b, "  n%d: {", i)
		switch kinds[i] {
		case Ask:
			fmt.Fprint(b, "options: [")
			for w := range out[i] {
				fmt.Fprintf(b, "{id: o%d, next: %s},", w, to(w))
			}
			fmt.Fprint(b, "]")
		case Tick:
			fmt.Fprintf(b, "tick: [a, b!], some: %s, none: %s, danger: %s", to(0), to(1), to(2))
		case Page:
			fmt.Fprintf(b, "page: %s", to(0))
		case Fork:
			on := rng.IntN(i)
			answer := map[Kind]string{Ask: "o1", Tick: TickSome, Page: Next, Outcome: Next}[kinds[on]]
			fmt.Fprintf(b, "fork: %s, when: {%s: %s}, else: %s", name(on), answer, to(0), to(1))
		case Outcome:
			fmt.Fprint(b, "outcome: refer, contacts: [x]")
			if len(out[i]) > 0 {
				fmt.Fprintf(b, ", then: %s", to(0))
			}
		}
		if menu[i] {
			fmt.Fprint(b, ", menu: true")
		}
		if kinds[i] != Fork && rng.IntN(4) == 0 {
			fmt.Fprint(b, ", entry: true")
		}
		fmt.Fprint(b, "}\n")
	}
	fsys := fstest.MapFS{"gate.yaml": {Data: []byte(files["gate"].String())}}
	if files["far"].Len() > 0 {
		fsys["far.yaml"] = &fstest.MapFile{Data: []byte(files["far"].String())}
	}
	g, err := Load(fsys)
	if err != nil {
		return nil
	}
	return g
}

// randomPolicy returns statements that chance made and the graph allows.
func randomPolicy(rng *rand.Rand, g *Graph) *Policy {
	var screens, given []string
	for _, pw := range g.Pathways {
		for _, n := range pw.Nodes {
			if n.Kind != Fork {
				screens = append(screens, string(n.Ref))
			}
			for _, a := range n.Answers() {
				given = append(given, string(n.Ref)+"/"+a)
			}
		}
	}
	one := func(list []string) string { return list[rng.IntN(len(list))] }
	screen := func() string {
		if rng.IntN(3) == 0 {
			return "{kinds: " + one([]string{"ask", "tick", "page", "outcome"}) + "}"
		}
		return "{nodes: [" + one(screens) + "]}"
	}
	after := func() string {
		if rng.IntN(3) == 0 {
			return screen()
		}
		return "{answers: [" + one(given) + "]}"
	}
	pol := &Policy{}
	for i := range 4 {
		form := []string{
			"never-after: {after: " + after() + ", never: " + screen() + "}",
			"only-after: {after: " + after() + ", only: " + screen() + "}",
			fmt.Sprintf("at-most: {presses: %d, to: %s, shortest: true}", 1+rng.IntN(9), screen()),
			fmt.Sprintf("at-most: {presses: %d, to: %s, after: %s}", 1+rng.IntN(9), screen(), after()),
		}[rng.IntN(4)]
		text := fmt.Sprintf("s%d: {%s}\n", i, form)
		if p, err := LoadPolicy(fstest.MapFS{"p": {Data: []byte(text)}}, "p", g); err == nil {
			pol.Statements = append(pol.Statements, p.Statements...)
		}
	}
	return pol
}

// The proof is exact: on small random graphs it has the states, walks, distances
// and broken statements that trying every walk one by one finds.
func TestProofIsExact(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 11))
	graphs, broken, kept := 0, 0, 0
	for range 1500 {
		g := randomGraph(rng)
		if g == nil {
			continue
		}
		graphs++
		pol := randomPolicy(rng, g)
		w, proof := g.explore(pol), g.Prove(pol)
		b := tryAll(g)
		keys := map[string]bool{}
		for _, s := range b.states {
			key, _ := w.key(s)
			keys[key] = true
			if w.seen[key] == nil {
				t.Fatalf("the proof lacks %s\n%s", show(s), g.describe())
			}
		}
		if len(keys) != proof.States {
			t.Fatalf("the proof has %d states, trying found %d\n%s", proof.States, len(keys), g.describe())
		}
		p := presser{t: t, w: w, g: g, buttons: allButtons(g), seen: map[string]bool{}, keys: map[string]bool{}, asides: map[Ref]bool{}, whole: map[Kind]bool{}}
		p.all()
		if len(p.keys) != proof.States {
			t.Fatalf("the proof has %d states, pressing everything found %d\n%s", proof.States, len(p.keys), g.describe())
		}
		if proof.Walks != b.ends {
			t.Fatalf("the proof has %d walks, trying found %d\n%s", proof.Walks, b.ends, g.describe())
		}
		for _, way := range proof.Reached {
			if near := b.nearest(way.Node.Ref); near != way.Presses {
				t.Fatalf("%q: the proof has %d presses, trying found %d\n%s", way.Node.Ref, way.Presses, near, g.describe())
			}
		}
		bad := map[string]bool{}
		for _, x := range proof.Broken {
			bad[x.Statement.ID] = true
		}
		for _, st := range pol.Statements {
			if got, want := bad[st.ID], b.breaks(g, st); got != want {
				t.Fatalf("%+v: the proof says broken=%v, trying found %v\n%s", st, got, want, g.describe())
			}
			if bad[st.ID] {
				broken++
			} else {
				kept++
			}
		}
	}
	t.Logf("%d graphs, %d statements held, %d broken", graphs, kept, broken)
	if graphs < 500 || broken < 200 || kept < 200 {
		t.Error("too few cases to mean anything")
	}
}

// describe writes a graph for the message of a test that failed.
func (g *Graph) describe() string {
	var b strings.Builder
	for _, pw := range g.Pathways {
		fmt.Fprintf(&b, "%s starts at %s\n", pw.ID, pw.Start)
		for _, n := range pw.Nodes {
			fmt.Fprintf(&b, "  %s %s entry=%v menu=%v", n.Ref, n.Kind, n.Entry, n.Menu)
			for _, a := range n.Answers() {
				fmt.Fprintf(&b, " %s:%s", a, n.target(a).To)
			}
			for a, t := range n.When {
				fmt.Fprintf(&b, " if %s is %s:%s else %s", n.On, a, t.To, n.Else.To)
			}
			b.WriteString("\n")
		}
	}
	return b.String()
}
