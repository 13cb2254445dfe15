package flows

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

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
	// enough; without, every way must be.
	Presses  int
	Shortest bool
}

// Policy is what every walk must keep to.
type Policy struct {
	File       string
	Statements []Statement
}

// LoadPolicy reads a policy and checks every name in it against the graph. It
// reports all mistakes at once.
func LoadPolicy(fsys fs.FS, file string, g *Graph) (*Policy, error) {
	data, err := fs.ReadFile(fsys, file)
	if err != nil {
		return nil, fmt.Errorf("read policy: %w", err)
	}
	p := &problems{}
	r := policyReader{strict{file, p}, g}
	pol := &Policy{File: file}
	if doc := r.document(data); doc != nil {
		r.each(doc, "policy", func(k, v *yaml.Node) {
			pol.Statements = append(pol.Statements, r.statement(k, v))
		})
	}
	if err := p.err(); err != nil {
		return nil, err
	}
	return pol, nil
}

type policyReader struct {
	strict
	g *Graph
}

func (r policyReader) statement(k, v *yaml.Node) Statement {
	s := Statement{ID: k.Value, Line: k.Line}
	what := "statement " + quote(k.Value)
	r.each(v, what, func(k, v *yaml.Node) {
		if s.Form != "" {
			r.p.add(r.file, k.Line, "%s: is a %s and cannot also be %q", what, s.Form, k.Value)
			return
		}
		s.Form = k.Value
		switch k.Value {
		case FormFirst:
			s.Screen = r.selects(v, what)
		case FormNever, FormOnly, FormOutcome, FormAtMost:
			r.each(v, what, func(k, v *yaml.Node) { r.part(&s, what, k, v) })
			r.whole(s, what)
		default:
			r.p.add(r.file, k.Line, "%s: %q is none of the five forms: %s", what, k.Value,
				strings.Join([]string{FormFirst, FormNever, FormOnly, FormOutcome, FormAtMost}, ", "))
		}
	})
	return s
}

// parts lists the keys that each form has.
var parts = map[string][]string{
	FormNever:   {"after", "never"},
	FormOnly:    {"only", "after"},
	FormOutcome: {"of", "contacts", "says", "asides", "then"},
	FormAtMost:  {"presses", "after", "to", "shortest"},
}

func (r policyReader) part(s *Statement, what string, k, v *yaml.Node) {
	if !slices.Contains(parts[s.Form], k.Value) {
		r.p.add(r.file, k.Line, "%s: unknown key %q in %s", what, k.Value, s.Form)
		return
	}
	in := what + ": " + k.Value
	switch k.Value {
	case "after":
		s.After = r.selects(v, in)
	case "never", "only", "of", "to":
		s.Screen = r.selects(v, in)
	case "contacts":
		s.Has.Contacts = r.words(v, in)
	case "says":
		s.Has.Says = r.words(v, in)
	case "asides":
		s.Has.Asides = r.words(v, in)
	case "then":
		s.Has.Then = r.flag(v, in)
	case "shortest":
		s.Shortest = r.flag(v, in)
	case "presses":
		if _, err := fmt.Sscanf(v.Value, "%d", &s.Presses); err != nil || s.Presses < 1 {
			r.p.add(r.file, v.Line, "%s: want a number of presses, not %q", in, v.Value)
		}
	}
}

func (r policyReader) whole(s Statement, what string) {
	need := func(ok bool, key string) {
		if !ok {
			r.p.add(r.file, s.Line, "%s: %s needs %q", what, s.Form, key)
		}
	}
	switch s.Form {
	case FormNever:
		need(!s.After.empty(), "after")
		need(!s.Screen.empty(), "never")
	case FormOnly:
		need(!s.After.empty(), "after")
		need(!s.Screen.empty(), "only")
	case FormOutcome:
		need(s.Has.Then || len(s.Has.Contacts)+len(s.Has.Says)+len(s.Has.Asides) > 0, "contacts, says, asides or then")
	case FormAtMost:
		need(s.Presses > 0, "presses")
		need(!s.Screen.empty(), "to")
	}
}

func (r policyReader) selects(v *yaml.Node, what string) Select {
	var s Select
	known := func(line int, kind, word string, ok bool) {
		if !ok {
			r.p.add(r.file, line, "%s: there is no %s %q", what, kind, word)
		}
	}
	r.each(v, what, func(k, v *yaml.Node) {
		words := r.words(v, what+": "+k.Value)
		for _, w := range words {
			switch k.Value {
			case "nodes":
				known(v.Line, "node", w, r.g.nodes[Ref(w)] != nil)
				s.Nodes = append(s.Nodes, Ref(w))
			case "pathways":
				known(v.Line, "pathway", w, r.g.byID[w] != nil)
			case "kinds":
				known(v.Line, "kind of node", w, slices.Contains([]Kind{Ask, Tick, Page, Outcome}, Kind(w)))
			case "outcomes":
				known(v.Line, "kind of outcome", w,
					slices.Contains([]string{Emergency, Refer, Report, Information, Goodbye}, w))
			case "says":
				known(v.Line, "node with the mark", w, r.marked(w))
			case "subjects":
				known(v.Line, "subject", w, w == "adult" || w == "child")
			case "answers":
				i := strings.LastIndex(w, "/")
				ok := i > 0 && r.g.nodes[Ref(w[:i])] != nil && r.g.nodes[Ref(w[:i])].target(w[i+1:]).To != ""
				known(v.Line, "answer", w, ok)
			}
		}
		switch k.Value {
		case "nodes":
		case "pathways":
			s.Pathways = words
		case "kinds":
			s.Kinds = words
		case "outcomes":
			s.Outcomes = words
		case "says":
			s.Says = words
		case "subjects":
			s.Subjects = words
		case "answers":
			s.Answers = words
		default:
			r.p.add(r.file, k.Line, "%s: unknown key %q", what, k.Value)
		}
	})
	return s
}

func (r policyReader) marked(mark string) bool {
	for _, n := range r.g.nodes {
		if slices.Contains(n.Says, mark) {
			return true
		}
	}
	return false
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

// step reports whether a leg has made such a step: given one of the answers, or
// been at one of the screens.
func (s Select) step(g *Graph, l Leg) bool {
	for _, a := range l.Walk {
		if slices.Contains(s.Answers, string(a.Node)+"/"+a.Option) || s.screen(g, g.nodes[a.Node]) {
			return true
		}
	}
	return s.screen(g, g.nodes[l.At])
}
