package flows

import (
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"
)

// good returns the small graph of testdata/good, which has every kind of node.
func good(t testing.TB) *Graph {
	t.Helper()
	return load(t, os.DirFS("testdata/good"))
}

// own returns the project's own pathways and policy.
func own(t testing.TB) (*Graph, *Policy) {
	t.Helper()
	g := load(t, ownPathways(t))
	pol, err := LoadPolicy(Files(), "policy.yaml", g)
	if err != nil {
		t.Fatal(err)
	}
	return g, pol
}

func ownPathways(t testing.TB) fs.FS {
	t.Helper()
	sub, err := fs.Sub(Files(), "pathways")
	if err != nil {
		t.Fatal(err)
	}
	return sub
}

func load(t testing.TB, fsys fs.FS) *Graph {
	t.Helper()
	g, err := Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// policy reads a policy written in a test.
func policy(t testing.TB, g *Graph, text string) *Policy {
	t.Helper()
	pol, err := LoadPolicy(fstest.MapFS{"policy.yaml": {Data: []byte(text)}}, "policy.yaml", g)
	if err != nil {
		t.Fatal(err)
	}
	return pol
}

// show writes a state as a reader follows it: answers, then the screen in
// brackets, an aside after a bar.
func show(s State) string {
	out := showLeg(s.Main)
	if s.Aside != nil {
		out += " | " + showLeg(*s.Aside)
	}
	if s.Entry != "" {
		out += " -> " + string(s.Entry)
	}
	return out
}

func showLeg(l Leg) string {
	var b strings.Builder
	for _, a := range l.Walk {
		b.WriteString(string(a.Node) + " " + a.Option)
		if len(a.Ticks) > 0 {
			b.WriteString("(" + strings.Join(a.Ticks, " ") + ")")
		}
		b.WriteString(", ")
	}
	b.WriteString("[" + string(l.At) + "]")
	if len(l.Ticks) > 0 {
		b.WriteString("(" + strings.Join(l.Ticks, " ") + ")")
	}
	return b.String()
}

// do carries out a line of presses: "pathway/node/option", "open aside", "close",
// "at node", "enter node", "back", "link node". It returns what the last press was worth.
func do(t testing.TB, g *Graph, s State, line string) (State, Counted) {
	t.Helper()
	var c Counted
	for step := range strings.SplitSeq(line, ", ") {
		verb, arg, _ := strings.Cut(step, " ")
		var ok bool
		switch verb {
		case "":
		case "open":
			s, ok = g.Open(s, arg)
		case "at":
			s, ok = g.OpenAt(s, Ref(arg))
		case "enter":
			s, ok = g.Enter(s, Ref(arg))
		case "back":
			s, ok = s.Back()
		case "close":
			s = s.Close()
		case "link":
			s.Entry = Ref(arg)
		default:
			i := strings.LastIndex(verb, "/")
			s, c = g.Press(s, Ref(verb[:i]), verb[i+1:])
			continue
		}
		c = Ignored
		if ok {
			c = Moved
		}
	}
	return s, c
}
