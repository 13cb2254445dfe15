package flows

import (
	"flag"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden drawings anew")

func TestDraw(t *testing.T) {
	g := good(t)
	words := func(n *Node, answer string) string {
		if answer == "" {
			return "Say \"" + n.Ref.Node() + "\"\nat \\home"
		}
		return "«" + answer + "»\u200e"
	}
	tests := []struct{ file, got string }{
		{"adult.mmd", g.Mermaid(g.Pathway("adult"), IDs)},
		{"adult.dot", g.DOT(g.Pathway("adult"), IDs)},
		{"more.mmd", g.Mermaid(g.Pathway("more"), words)},
		{"more.dot", g.DOT(g.Pathway("more"), words)},
	}
	for _, tt := range tests {
		file := "testdata/golden/" + tt.file
		if *update {
			if err := os.WriteFile(file, []byte(tt.got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if tt.got != string(want) {
			t.Errorf("%s: go test ./flows -update, then read the diff; got\n%s", file, tt.got)
		}
	}
}

// A drawing has every node and every way out of it, once.
func TestDrawHasEverything(t *testing.T) {
	g, _ := own(t)
	for _, pw := range g.Pathways {
		mermaid, dot := g.Mermaid(pw, IDs), g.DOT(pw, IDs)
		arrows := 0
		for _, n := range pw.Nodes {
			arrows += len(n.targets())
			if !strings.Contains(dot, `"`+string(n.Ref)+`" [shape=`) || !strings.Contains(mermaid, "  "+mermaidID(n.Ref)) {
				t.Errorf("%s: node %q is not drawn", pw.ID, n.Ref)
			}
		}
		if got := strings.Count(dot, " -> "); got != arrows {
			t.Errorf("%s: DOT draws %d arrows, want %d", pw.ID, got, arrows)
		}
		if got := strings.Count(mermaid, " --> "); got != arrows {
			t.Errorf("%s: Mermaid draws %d arrows, want %d", pw.ID, got, arrows)
		}
	}
}
