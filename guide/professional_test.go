package guide_test

import (
	"testing"

	"pathwaybot/flows"
	"pathwaybot/guide"
)

// The ways of people who work with people: the answer to the gate's question about
// role and age, and the pathway it opens.
var roles = map[string]string{
	"refer-adult": "first-adult", "refer-child": "first-child",
	"other-adult": "outside-adult", "other-child": "outside-child",
}

// atRole presses from the first screen to the first one after role and age.
func atRole(t *testing.T, g *guide.Guide, s flows.State, role string) flows.State {
	t.Helper()
	for _, press := range [][2]string{{"gate/start", "work"}, {"gate/work", role}} {
		var counted flows.Counted
		if s, counted = g.Graph.Press(s, flows.Ref(press[0]), press[1]); counted != flows.Moved {
			t.Fatalf("%s/%s does not count", press[0], press[1])
		}
	}
	return s
}

// Every step of every pathway for professionals is one press from the screen after
// role and age: the language, "I work with people", role and age, the step make four.
func TestEveryStepInFourPresses(t *testing.T) {
	g := project(t)
	for role, id := range roles {
		s := atRole(t, g, g.Graph.Begin(), role)
		menu := g.Graph.Here(s)
		if menu.Ref.Pathway() != id {
			t.Errorf("%s opens %s, want %s", role, menu.Ref, id)
			continue
		}
		met := map[int]bool{}
		for _, o := range menu.Options {
			next, _ := g.Graph.Press(s, menu.Ref, o.ID)
			met[g.Graph.Here(next).Step] = true
		}
		steps := g.Graph.Pathway(id).Steps
		if steps < 8 {
			t.Errorf("%s has %d steps", id, steps)
		}
		for i := 1; i <= steps; i++ {
			if !met[i] {
				t.Errorf("%s: no answer at %s leads to step %d", id, menu.Ref, i)
			}
		}
	}
}

// A link to a step lands there after role and age, and every screen of a pathway for
// professionals but its first is a numbered step.
func TestStepsOfProfessionals(t *testing.T) {
	g := project(t)
	links := 0
	for role, id := range roles {
		pw := g.Graph.Pathway(id)
		for _, n := range pw.Nodes {
			if n.Ref == pw.Start || n.Kind == flows.Fork {
				continue
			}
			if n.Step == 0 {
				t.Errorf("%s is no numbered step", n.Ref)
			}
			if !n.Entry {
				continue
			}
			links++
			s := g.Graph.Begin()
			s.Entry = n.Ref
			if got := g.Graph.Here(atRole(t, g, s, role)).Ref; got != n.Ref {
				t.Errorf("a link to %s lands at %s", n.Ref, got)
			}
		}
	}
	if links < 40 {
		t.Errorf("only %d steps can be linked to", links)
	}
}
