package flows

import (
	"encoding/json"
	"os"
	"testing"
	"testing/fstest"
)

// Whatever an author writes, Load does not panic, says file and line, and lets
// nothing in that could leave somebody without a screen or without a way on.
func FuzzLoad(f *testing.F) {
	for _, pattern := range []string{"pathways/*.yaml", "testdata/good/*.yaml", "testdata/broken/pathways/*.yaml", "testdata/broken/graphs/*/*.yaml"} {
		for _, file := range glob(f, pattern) {
			data, err := os.ReadFile(file)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(data)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		g, err := Load(fstest.MapFS{"gate.yaml": {Data: data}})
		if err != nil {
			if !located.MatchString(err.Error()) {
				t.Fatalf("no file and line: %v", err)
			}
			return
		}
		w := g.explore(&Policy{})
		for _, s := range w.order {
			if w.node(s).Kind == Fork {
				t.Fatalf("stands at a fork: %s", s.walk())
			}
			if !leadsToOutcome(g, s.s) {
				t.Fatalf("no outcome from here: %s", s.walk())
			}
		}
		for _, n := range g.nodes {
			if !idForm.MatchString(n.Ref.Node()) || len(n.Ref) > 2*MaxID+1 || n.Ref.Pathway() != Gate {
				t.Fatalf("node %q got in", n.Ref)
			}
			for _, b := range nodeButtons(n) {
				if size := len(b.node) + 1 + len(b.option); size > 64 {
					t.Fatalf("button %s/%s has %d bytes", b.node, b.option, size)
				}
			}
		}
	})
}

// leadsToOutcome presses on from a state, rounds included, until an outcome is shown.
func leadsToOutcome(g *Graph, from State) bool {
	seen, todo := map[string]bool{}, []State{from}
	for len(todo) > 0 {
		s := todo[0]
		todo = todo[1:]
		n := g.Here(s)
		if n.Kind == Outcome {
			return true
		}
		if id := string(s.Main.At) + worth(n, s.Main.Ticks) + answers(s.Main.Walk); !seen[id] {
			seen[id] = true
			for _, b := range nodeButtons(n) {
				next, _ := g.Press(s, b.node, b.option)
				todo = append(todo, next)
			}
		}
	}
	return false
}

// Whatever is pressed or was saved, Press does not panic, and Mend makes of it a
// state that people can really be in.
func FuzzPress(f *testing.F) {
	g := good(f)
	w := g.explore(policy(f, g, goodPolicy))
	aside := map[Ref]bool{}
	for _, n := range w.asides() {
		aside[n.Ref] = true
	}
	for _, way := range []string{
		"", "gate/start/me, gate/age/adult, adult/signs/+debt, adult/signs/done, adult/want/learn",
		"gate/start/danger, gate/emergency/next, gate/age/child, child/first/next", "link child/second, gate/start/me, open more, more/page/next, more/boxes/+pay",
	} {
		s, _ := do(f, g, g.Begin(), way)
		data, err := json.Marshal(s)
		if err != nil {
			f.Fatal(err)
		}
		f.Add("adult/signs", "done", data)
		f.Add("gate/how-old", "grown-up", data)
		f.Add("more/boxes", "-pay", data)
	}
	f.Add("return", "", []byte(`{"m":{"a":"return","w":[{"n":"adult/which","o":"danger"}]},"s":{"a":"more/again"},"e":"adult/which"}`))
	f.Fuzz(func(t *testing.T, node, option string, data []byte) {
		var s State
		if json.Unmarshal(data, &s) != nil {
			return
		}
		g.Here(s)
		g.Base(s)
		before := show(s)
		g.Press(s, Ref(node), option) // as it was saved: no panic is all that is asked
		s.Back()
		if show(s) != before {
			t.Fatalf("the state changed from %s to %s", before, show(s))
		}
		s = g.Mend(s)
		sound(t, g, w, aside, s)
		if again := g.Mend(s); show(again) != show(s) {
			t.Fatalf("mended twice %s, once %s", show(again), show(s))
		}
		next, counted := g.Press(s, Ref(node), option)
		if counted == Ignored && show(next) != show(s) {
			t.Fatalf("an ignored press changed %s to %s", show(s), show(next))
		}
		sound(t, g, w, aside, next)
		back, _ := next.Back()
		sound(t, g, w, aside, back)
	})
}

// sound fails unless the state is one of the proof, under one of its asides.
func sound(t *testing.T, g *Graph, w *walker, aside map[Ref]bool, s State) {
	t.Helper()
	if g.Here(s).Kind == Fork {
		t.Fatalf("stands at a fork: %s", show(s))
	}
	if key, _ := w.key(s); w.seen[key] == nil {
		t.Fatalf("outside the proof: %s", show(s))
	}
	once(t, "main", s.Main)
	if s.Aside != nil {
		once(t, "aside", *s.Aside)
		if !aside[s.Aside.At] {
			t.Fatalf("not a screen of an aside: %s", show(s))
		}
	}
}
