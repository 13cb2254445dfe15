package flows

import (
	"fmt"
	"slices"
	"strings"
)

// Labels gives the text on a node and on the way that an answer leads, so that a
// drawing can speak any language. The package itself has no words.
type Labels func(n *Node, answer string) string

// IDs labels a drawing with ids alone.
func IDs(n *Node, answer string) string {
	if answer == "" {
		return n.Ref.Node()
	}
	return answer
}

// edge is one arrow of a drawing.
type edge struct {
	from, to Ref
	label    string
}

func (g *Graph) edges(pw *Pathway, label Labels) []edge {
	var out []edge
	for _, n := range pw.Nodes {
		if n.Kind == Fork {
			for _, a := range sortedKeys(n.When) {
				out = append(out, edge{n.Ref, n.When[a].To, label(g.nodes[n.On], a)})
			}
			out = append(out, edge{n.Ref, n.Else.To, ""})
			continue
		}
		for _, a := range n.Answers() {
			l := label(n, a)
			if a == Next {
				l = ""
			}
			out = append(out, edge{n.Ref, n.target(a).To, l})
		}
	}
	return out
}

// beyond returns the nodes of other pathways that arrows lead to, in their order.
func (g *Graph) beyond(pw *Pathway, edges []edge) []*Node {
	var out []*Node
	for _, e := range edges {
		if n := g.nodes[e.to]; n != nil && g.Of(n) != pw && !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	return out
}

// Mermaid draws a pathway as a Mermaid flow chart. Nodes of other pathways are
// drawn where an arrow leads to them.
func (g *Graph) Mermaid(pw *Pathway, label Labels) string {
	var b strings.Builder
	b.WriteString("flowchart TD\n")
	shape := map[Kind][2]string{Ask: {"[", "]"}, Tick: {"[/", "/]"}, Page: {"[[", "]]"}, Fork: {"{", "}"}, Outcome: {"([", "])"}}
	for _, n := range pw.Nodes {
		s := shape[n.Kind]
		fmt.Fprintf(&b, "  %s%s%s%s\n", mermaidID(n.Ref), s[0], mermaidText(label(n, "")), s[1])
		if n.Outcome == Emergency {
			fmt.Fprintf(&b, "  style %s stroke-width:4px\n", mermaidID(n.Ref))
		}
	}
	edges := g.edges(pw, label)
	for _, n := range g.beyond(pw, edges) {
		fmt.Fprintf(&b, "  %s([%q])\n", mermaidID(n.Ref), mermaidText(n.Ref.Pathway()+": "+label(n, "")))
	}
	for _, e := range edges {
		if e.label == "" {
			fmt.Fprintf(&b, "  %s --> %s\n", mermaidID(e.from), mermaidID(e.to))
		} else {
			fmt.Fprintf(&b, "  %s -- %s --> %s\n", mermaidID(e.from), mermaidText(e.label), mermaidID(e.to))
		}
	}
	return b.String()
}

func mermaidID(r Ref) string {
	return strings.NewReplacer("/", "__", "-", "_").Replace(string(r))
}

func mermaidText(s string) string {
	return quote(strings.NewReplacer(`"`, "'", "\n", " ").Replace(s))
}

// DOT draws a pathway in the language of Graphviz, which makes SVG of it.
func (g *Graph) DOT(pw *Pathway, label Labels) string {
	var b strings.Builder
	fmt.Fprintf(&b, "digraph %q {\n  rankdir=TB; node [fontname=\"sans-serif\"]; edge [fontname=\"sans-serif\"];\n", pw.ID)
	shape := map[Kind]string{Ask: "box", Tick: "parallelogram", Page: "note", Fork: "diamond", Outcome: "box, style=rounded"}
	for _, n := range pw.Nodes {
		width := ""
		if n.Outcome == Emergency {
			width = ", penwidth=3"
		}
		fmt.Fprintf(&b, "  %q [shape=%s, label=%s%s];\n", n.Ref, shape[n.Kind], dotText(label(n, "")), width)
	}
	for _, e := range g.edges(pw, label) {
		fmt.Fprintf(&b, "  %q -> %q [label=%s];\n", e.from, e.to, dotText(e.label))
	}
	b.WriteString("}\n")
	return b.String()
}

func dotText(s string) string {
	return quote(strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(s))
}
