package flows

import (
	"strings"
)

// Gate is the id of the pathway in which every walk begins.
const Gate = "gate"

// Return is the target that closes an aside and goes back to the screen under it.
const Return = "return"

// Options that have a meaning of their own, so that no author can give them
// another: Next leads on from a page or an outcome, Done ends a tick.
const (
	Next = "next"
	Done = "done"
)

// What a tick is worth, whatever was ticked.
const (
	TickNone   = "none"
	TickSome   = "some"
	TickDanger = "danger"
)

// Kind says what a node is.
type Kind string

// The kinds of node. Only a fork has no screen.
const (
	Ask     Kind = "ask"
	Tick    Kind = "tick"
	Page    Kind = "page"
	Fork    Kind = "fork"
	Outcome Kind = "outcome"
)

// The kinds of outcome.
const (
	Emergency   = "emergency"
	Refer       = "refer"
	Report      = "report"
	Information = "information"
	Goodbye     = "goodbye"
)

// Ref names a node in the whole graph: "pathway/node".
type Ref string

// Pathway returns the part before the slash.
func (r Ref) Pathway() string {
	p, _, _ := strings.Cut(string(r), "/")
	return p
}

// Node returns the part after the slash.
func (r Ref) Node() string {
	_, n, _ := strings.Cut(string(r), "/")
	return n
}

// Target is where an option leads, with the line that says so.
type Target struct {
	To   Ref
	Line int
}

// Option is one answer of an ask.
type Option struct {
	ID   string
	Next Target
	Was  []string // former ids, so that old buttons still work
	// Quiet: the answer says nothing about the matter, so no summary repeats it.
	Quiet bool
	Line  int
}

// Sign is one box of a tick. A danger sign makes the whole tick worth "danger".
type Sign struct {
	ID     string
	Danger bool
	Line   int
}

// Group is a titled run of signs. A tick without groups has one with an empty ID.
type Group struct {
	ID    string
	Signs []Sign
}

// Node is one step of a pathway. Which fields mean something depends on Kind.
type Node struct {
	Ref  Ref
	Kind Kind
	File string
	Line int

	Options []Option // ask
	Groups  []Group  // tick
	Some    Target   // tick
	None    Target   // tick
	Danger  Target   // tick with danger signs
	Next    Target   // page, and outcome where it leads on

	On   Ref               // fork: the node whose answer decides
	When map[string]Target // fork: answer to target
	Else Target            // fork

	Outcome  string   // outcome: its kind
	Contacts []string // outcome: contact ids or kinds, the author's order
	For      string   // outcome: adult or child, where it is not whom the way under it is about

	Asides   []string // asides that this screen offers as buttons
	Says     []string // marks for the policy
	Sources  []string // keys of sources.yaml; the pathway's own where the node has none
	Was      []Ref    // former names
	Picture  string   // name of a picture
	Critical bool     // safety wording: shown with its English until reviewed
	Entry    bool     // a link or a search result may land here
	Menu     bool     // a way may lead back here
	Step     int      // which step of the pathway this is, from one; zero for none
}

// Pathway is one file of nodes.
type Pathway struct {
	ID       string
	File     string
	Aside    bool
	Subject  string // adult, child, or empty where it is not known yet
	Audience string // public, professional, victim, or empty
	Start    Ref
	Nodes    []*Node // in the author's order
	Sources  []string
	Steps    int // the highest step of its nodes; zero where steps are not numbered

	startLine int
}

// Graph is every pathway, joined and checked. It is never changed after Load.
type Graph struct {
	Pathways []*Pathway // in the order of their files
	nodes    map[Ref]*Node
	byID     map[string]*Pathway
	was      map[Ref]Ref
	lands    map[string]map[Ref]bool // see landings
}

// Node returns the node of that name, or of that former name, or nil.
func (g *Graph) Node(r Ref) *Node {
	if n := g.nodes[r]; n != nil {
		return n
	}
	return g.nodes[g.was[r]]
}

// Pathway returns the pathway with that id, or nil.
func (g *Graph) Pathway(id string) *Pathway { return g.byID[id] }

// Of returns the pathway that a node belongs to.
func (g *Graph) Of(n *Node) *Pathway { return g.byID[n.Ref.Pathway()] }

// Start returns where a new walk begins: the first screen of the gate.
func (g *Graph) Start() Ref { return g.byID[Gate].Start }

// Option returns the option of an ask by its id or a former id, or nil.
func (n *Node) Option(id string) *Option {
	for i := range n.Options {
		o := &n.Options[i]
		if o.ID == id {
			return o
		}
		for _, w := range o.Was {
			if w == id {
				return o
			}
		}
	}
	return nil
}

// Sign returns the sign with that id, or nil.
func (n *Node) Sign(id string) *Sign {
	for i := range n.Groups {
		for j := range n.Groups[i].Signs {
			if s := &n.Groups[i].Signs[j]; s.ID == id {
				return s
			}
		}
	}
	return nil
}

// Answers returns every answer that the node can be given, in order: option ids
// of an ask, what a tick can be worth, Next of a page and of an outcome that
// leads on.
func (n *Node) Answers() []string {
	var out []string
	switch n.Kind {
	case Ask:
		for _, o := range n.Options {
			out = append(out, o.ID)
		}
	case Tick:
		for _, a := range []string{TickSome, TickNone, TickDanger} {
			if n.target(a).To != "" {
				out = append(out, a)
			}
		}
	case Page, Outcome:
		if n.Next.To != "" {
			out = append(out, Next)
		}
	case Fork:
	}
	return out
}

// target returns where an answer leads; empty where the node has no such answer.
func (n *Node) target(answer string) Target {
	switch n.Kind {
	case Ask:
		if o := n.Option(answer); o != nil {
			return o.Next
		}
	case Tick:
		switch answer {
		case TickSome:
			return n.Some
		case TickNone:
			return n.None
		case TickDanger:
			return n.Danger
		}
	case Page, Outcome:
		if answer == Next {
			return n.Next
		}
	case Fork:
	}
	return Target{}
}

// targets returns every way out of the node, forks included.
func (n *Node) targets() []Target {
	var out []Target
	for _, a := range n.Answers() {
		out = append(out, n.target(a))
	}
	if n.Kind == Fork {
		for _, a := range sortedKeys(n.When) {
			out = append(out, n.When[a])
		}
		out = append(out, n.Else)
	}
	return out
}
