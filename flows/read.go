package flows

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// reader turns one file into a Pathway, reporting what it cannot read.
type reader struct {
	strict
	pw *Pathway
}

func readPathway(file string, data []byte, p *problems) *Pathway {
	r := &reader{strict: strict{file: file, p: p}, pw: &Pathway{File: file}}
	doc := r.document(data)
	if doc == nil {
		return nil
	}
	var nodes, start *yaml.Node
	r.each(doc, "pathway", func(k, v *yaml.Node) {
		switch k.Value {
		case "id":
			r.pw.ID = r.id(v, "pathway")
		case "aside":
			r.pw.Aside = r.flag(v, "aside")
		case "subject":
			r.pw.Subject = r.oneOf(v, "subject", "adult", "child")
		case "audience":
			r.pw.Audience = r.oneOf(v, "audience", "public", "professional", "victim")
		case "sources":
			r.pw.Sources = r.words(v, "sources")
		case "start":
			start = v
		case "nodes":
			nodes = v
		default:
			p.add(file, k.Line, "pathway: unknown key %q", k.Value)
		}
	})
	if r.pw.ID == "" {
		p.add(file, 1, "pathway: no id")
		return nil
	}
	if want := r.pw.ID + ".yaml"; file != want {
		p.add(file, 1, "pathway %q must stand in a file named %s", r.pw.ID, want)
	}
	if start == nil {
		p.add(file, 1, "pathway %q: no start", r.pw.ID)
	} else {
		r.pw.Start, r.pw.startLine = r.ref(r.text(start, "start")), start.Line
	}
	if nodes == nil || nodes.Kind == yaml.MappingNode && len(nodes.Content) == 0 {
		p.add(file, 1, "pathway %q: no nodes", r.pw.ID)
		return r.pw
	}
	r.each(nodes, "nodes", func(k, v *yaml.Node) {
		r.pw.Nodes = append(r.pw.Nodes, r.node(k, v))
	})
	return r.pw
}

// ref makes a whole name of what an author writes: "node" means this pathway,
// "pathway/node" another one.
func (r *reader) ref(s string) Ref {
	if s == "" || s == Return || strings.Contains(s, "/") {
		return Ref(s)
	}
	return Ref(r.pw.ID + "/" + s)
}

func (r *reader) target(n *yaml.Node, what string) Target {
	return Target{To: r.ref(r.text(n, what)), Line: n.Line}
}

func (r *reader) oneOf(n *yaml.Node, what string, allowed ...string) string {
	v := r.text(n, what)
	if v != "" && !slices.Contains(allowed, v) {
		r.p.add(r.file, n.Line, "%s: %q, want %s", what, v, strings.Join(allowed, ", "))
	}
	return v
}

// The key that says what a node is, for each kind.
var kindKeys = map[string]Kind{
	"options": Ask, "tick": Tick, "page": Page, "fork": Fork, "outcome": Outcome,
}

func (r *reader) node(k, v *yaml.Node) *Node {
	what := "node " + quote(k.Value)
	r.checkID(k.Value, k.Line, "node")
	if k.Value == Return {
		r.p.add(r.file, k.Line, "a node cannot be called %q, that is the way out of an aside", Return)
	}
	n := &Node{Ref: Ref(r.pw.ID + "/" + k.Value), File: r.file, Line: k.Line, Sources: r.pw.Sources}
	given := map[string]int{}
	r.each(v, what, func(k, v *yaml.Node) {
		given[k.Value] = k.Line
		if kind, ok := kindKeys[k.Value]; ok {
			if n.Kind != "" {
				r.p.add(r.file, k.Line, "%s: is %s and cannot also have %q", what, n.Kind.article(), k.Value)
				return
			}
			n.Kind = kind
		}
		r.field(n, what, k, v)
	})
	if n.Kind == "" && v.Kind == yaml.MappingNode {
		r.p.add(r.file, k.Line, "%s: is neither options, tick, page, fork nor outcome", what)
	}
	for _, key := range sortedKeys(given) {
		if kinds, ok := onlyFor[key]; ok && n.Kind != "" && !slices.Contains(kinds, n.Kind) {
			r.p.add(r.file, given[key], "%s: key %q does not go with %s", what, key, n.Kind.article())
		}
	}
	return n
}

// onlyFor lists the keys that mean something for some kinds of node only.
var onlyFor = map[string][]Kind{
	"some": {Tick}, "none": {Tick}, "danger": {Tick},
	"when": {Fork}, "else": {Fork},
	"contacts": {Outcome}, "for": {Outcome}, "then": {Outcome},
	"entry": screens, "critical": screens, "picture": screens, "asides": screens,
	"says": screens, "step": screens,
	"menu": screens, // a round of forks alone would never end
}

// screens are the kinds of node that show something.
var screens = []Kind{Ask, Tick, Page, Outcome}

func (r *reader) field(n *Node, what string, k, v *yaml.Node) {
	in := what + ": " + k.Value
	switch k.Value {
	case "options":
		n.Options = r.options(v, what)
	case "tick":
		n.Groups = r.groups(v, what)
	case "page", "then":
		n.Next = r.target(v, in)
	case "some":
		n.Some = r.target(v, in)
	case "none":
		n.None = r.target(v, in)
	case "danger":
		n.Danger = r.target(v, in)
	case "fork":
		n.On = r.ref(r.text(v, in))
	case "when":
		n.When = map[string]Target{}
		r.each(v, in, func(k, v *yaml.Node) { n.When[k.Value] = r.target(v, in) })
	case "else":
		n.Else = r.target(v, in)
	case "outcome":
		n.Outcome = r.oneOf(v, in, Emergency, Refer, Report, Information, Goodbye)
	case "for":
		n.For = r.oneOf(v, in, "adult", "child")
	case "contacts":
		n.Contacts = r.words(v, in)
	case "asides":
		n.Asides = r.words(v, in)
	case "says":
		n.Says = r.words(v, in)
	case "sources":
		n.Sources = r.words(v, in)
	case "was":
		for _, w := range r.words(v, in) {
			n.Was = append(n.Was, r.ref(w))
		}
	case "picture":
		n.Picture = r.text(v, in)
	case "critical":
		n.Critical = r.flag(v, in)
	case "entry":
		n.Entry = r.flag(v, in)
	case "menu":
		n.Menu = r.flag(v, in)
	case "step":
		n.Step = r.number(v, in)
		r.pw.Steps = max(r.pw.Steps, n.Step)
	default:
		r.p.add(r.file, k.Line, "%s: unknown key %q", what, k.Value)
	}
}

// article returns the kind as it stands in a sentence.
func (k Kind) article() string {
	if k == Ask || k == Outcome {
		return "an " + string(k)
	}
	return "a " + string(k)
}

func quote(s string) string { return `"` + s + `"` }
