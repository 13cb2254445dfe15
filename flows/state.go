package flows

// Answer is what was chosen at one node. Of a tick it holds what the tick was
// worth, and the ticks themselves only for the summary a person can ask for.
type Answer struct {
	Node   Ref      `json:"n"`
	Option string   `json:"o"`
	Ticks  []string `json:"t,omitempty"`
}

// Leg is a way through nodes: the answers in the order walked, the node it
// stands at, and the boxes ticked there so far.
type Leg struct {
	Walk  []Answer `json:"w,omitempty"`
	At    Ref      `json:"a"`
	Ticks []string `json:"t,omitempty"`
}

// State is where a person is: the walk, and an aside laid over it where one is
// open. It holds nothing that a person typed. A State is a value: Press and the
// rest return a new one and leave the old as it was.
type State struct {
	Main  Leg  `json:"m"`
	Aside *Leg `json:"s,omitempty"`

	// Entry is a node that a link named. The walk lands there instead of at the
	// start of that node's pathway, once the gate, role and age led to it.
	Entry Ref `json:"e,omitempty"`
}

// Begin returns the state of somebody new.
func (g *Graph) Begin() State {
	return State{Main: Leg{At: g.Start()}}
}

// Here returns the node whose screen is shown. A node that has been taken out of
// the pathways since the state was saved sends the person to the gate.
func (g *Graph) Here(s State) *Node {
	if s.Aside != nil {
		if n := g.Node(s.Aside.At); n != nil {
			return n
		}
	}
	if n := g.Node(s.Main.At); n != nil {
		return n
	}
	return g.Node(g.Start())
}

// Base returns the node under an open aside, or the current node without one.
func (g *Graph) Base(s State) *Node {
	s.Aside = nil
	return g.Here(s)
}

// Ticked returns the boxes ticked so far on the screen that is shown.
func (s State) Ticked() []string {
	if s.Aside != nil {
		return s.Aside.Ticks
	}
	return s.Main.Ticks
}
