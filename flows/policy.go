package flows

import "slices"

// The five forms a statement of the policy can have. They name nodes, kinds,
// answers and marks, never words.
const (
	FormFirst   = "first"             // every walk begins at such a screen
	FormNever   = "never-after"       // after such a step, never such a screen
	FormOnly    = "only-after"        // such a screen only after such a step
	FormOutcome = "every-outcome-has" // every such outcome has all of this
	FormAtMost  = "at-most"           // such a screen after at most so many presses
)

// Select picks nodes, or answers given. Every list that is not empty must match;
// within a list one match is enough.
type Select struct {
	Nodes    []Ref
	Pathways []string
	Kinds    []string
	Outcomes []string
	Says     []string
	Subjects []string
	Answers  []string // "pathway/node/answer"
}

// Has is what an outcome must have.
type Has struct {
	Contacts []string
	Says     []string
	Asides   []string
	Then     bool
}

// Statement is one sentence of the policy.
type Statement struct {
	ID   string
	Form string
	Line int

	After  Select // never-after, only-after, at-most
	Screen Select // the screens spoken of
	Has    Has    // every-outcome-has
	// at-most: presses from the first message on, choosing the language counted
	// as one and a tick with Done as two. With Shortest, one way that short is
	// enough, and it must not need a link; without, every way must be.
	Presses  int
	Shortest bool
}

// Policy is what every walk must keep to.
type Policy struct {
	File       string
	Statements []Statement
}

func (s Select) empty() bool {
	return len(s.Nodes)+len(s.Pathways)+len(s.Kinds)+len(s.Outcomes)+len(s.Says)+len(s.Subjects)+len(s.Answers) == 0
}

// screen reports whether a node's screen is one of those selected.
func (s Select) screen(g *Graph, n *Node) bool {
	if len(s.Answers) > 0 || s.empty() {
		return false
	}
	one := func(list []string, word string) bool { return len(list) == 0 || slices.Contains(list, word) }
	return (len(s.Nodes) == 0 || slices.Contains(s.Nodes, n.Ref)) &&
		one(s.Pathways, n.Ref.Pathway()) &&
		one(s.Kinds, string(n.Kind)) &&
		one(s.Outcomes, n.Outcome) &&
		one(s.Subjects, g.Of(n).Subject) &&
		(len(s.Says) == 0 || slices.ContainsFunc(s.Says, func(m string) bool { return slices.Contains(n.Says, m) }))
}

// marks are the screens and answers that make the step of one statement, looked up
// beforehand, since the proof asks for them in every state.
type marks struct {
	screens map[Ref]bool
	answers map[string]bool // "pathway/node/answer"
}

func (p *Policy) marks(g *Graph) []marks {
	out := make([]marks, len(p.Statements))
	for i, st := range p.Statements {
		m := marks{map[Ref]bool{}, map[string]bool{}}
		for _, n := range g.nodes {
			if st.After.screen(g, n) {
				m.screens[n.Ref] = true
			}
		}
		for _, a := range st.After.Answers {
			m.answers[a] = true
		}
		out[i] = m
	}
	return out
}

// step reports whether a leg has made such a step: given one of the answers, or
// been at one of the screens.
func (m *marks) step(l Leg) bool {
	for _, a := range l.Walk {
		if m.screens[a.Node] || len(m.answers) > 0 && m.answers[string(a.Node)+"/"+a.Option] {
			return true
		}
	}
	return m.screens[l.At]
}

// any reports whether a selection picks a screen at all.
func (s Select) any(g *Graph) bool {
	for _, n := range g.nodes {
		if n.Kind != Fork && s.screen(g, n) {
			return true
		}
	}
	return false
}
