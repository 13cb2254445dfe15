package flows

import (
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

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
			r.p.add(r.file, k.Line, "%s: has the form %s and cannot also have %q", what, s.Form, k.Value)
			return
		}
		s.Form = k.Value
		switch k.Value {
		case FormFirst:
			s.Screen = r.screens(v, what)
			r.whole(s, what)
		case FormNever, FormOnly, FormOutcome, FormAtMost:
			r.each(v, what, func(k, v *yaml.Node) { r.part(&s, what, k, v) })
			r.whole(s, what)
		default:
			r.p.add(r.file, k.Line, "%s: %q is none of the five forms: %s", what, k.Value,
				strings.Join([]string{FormFirst, FormNever, FormOnly, FormOutcome, FormAtMost}, ", "))
		}
	})
	if s.Form == "" {
		r.p.add(r.file, k.Line, "%s: says nothing", what)
	}
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
		s.Screen = r.screens(v, in)
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
		var err error
		if s.Presses, err = strconv.Atoi(v.Value); err != nil || s.Presses < 1 {
			s.Presses = -1
			r.p.add(r.file, v.Line, "%s: want a number of presses, not %q", in, v.Value)
		}
	}
}

func (r policyReader) whole(s Statement, what string) {
	need := func(ok bool, key string) {
		if !ok {
			r.p.add(r.file, s.Line, "%s: %s needs %s", what, s.Form, key)
		}
	}
	switch s.Form {
	case FormFirst:
		need(!s.Screen.empty(), "a selection of screens")
	case FormNever:
		need(!s.After.empty(), "after")
		need(!s.Screen.empty(), "never")
	case FormOnly:
		need(!s.After.empty(), "after")
		need(!s.Screen.empty(), "only")
	case FormOutcome:
		outcome := s.Screen.empty()
		for _, n := range r.g.nodes {
			outcome = outcome || n.Kind == Outcome && s.Screen.screen(r.g, n)
		}
		if !outcome {
			r.p.add(r.file, s.Line, "%s: of picks no outcome", what)
		}
		need(s.Has.Then || len(s.Has.Contacts)+len(s.Has.Says)+len(s.Has.Asides) > 0, "contacts, says, asides or then")
	case FormAtMost:
		need(s.Presses != 0, "presses")
		need(!s.Screen.empty(), "to")
	}
}

// screens reads a selection of screens, which an answer is not.
func (r policyReader) screens(v *yaml.Node, what string) Select {
	s := r.selects(v, what)
	if len(s.Answers) > 0 {
		r.p.add(r.file, v.Line, "%s: want screens, and an answer is none", what)
	}
	return s
}

func (r policyReader) selects(v *yaml.Node, what string) Select {
	var s Select
	before := len(r.p.list)
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
				n := r.g.nodes[Ref(w)]
				known(v.Line, "screen", w, n != nil && n.Kind != Fork)
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
				known(v.Line, "answer", w, i > 0 && r.g.nodes[Ref(w[:i])] != nil &&
					slices.Contains(r.g.nodes[Ref(w[:i])].Answers(), w[i+1:]))
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
	switch rest := s; {
	case s.empty() || len(r.p.list) > before: // nothing to add
	case len(s.Answers) > 0:
		rest.Answers = nil
		if !rest.empty() {
			r.p.add(r.file, v.Line, "%s: answers cannot stand beside other lists", what)
		}
	case !s.any(r.g):
		r.p.add(r.file, v.Line, "%s: picks no screen", what)
	}
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
