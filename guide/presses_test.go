package guide_test

import (
	"testing"

	"pathwaybot/flows"
)

// Every page of a booklet, every setting and every kind of sign is at most three
// presses from the gate: the aside, a line of its contents, a line of a list. Pages
// that another page's Next leads to come after it.
func TestEveryPageInThreePresses(t *testing.T) {
	g := project(t).Graph
	pages := 0
	for _, aside := range g.Node(g.Start()).Asides {
		presses := map[flows.Ref]int{g.Pathway(aside).Start: 1}
		todo := []flows.Ref{g.Pathway(aside).Start}
		for len(todo) > 0 {
			r := todo[0]
			todo = todo[1:]
			for _, o := range g.Node(r).Options {
				if _, met := presses[o.Next.To]; !met && o.Next.To != flows.Return {
					presses[o.Next.To] = presses[r] + 1
					todo = append(todo, o.Next.To)
				}
			}
		}
		for _, n := range g.Pathway(aside).Nodes {
			count, listed := presses[n.Ref]
			switch {
			case n.Kind == flows.Fork:
			case listed && count > 3:
				t.Errorf("%s takes %d presses from the gate", n.Ref, count)
			case !listed && (aside == "nrm-adult" || aside == "nrm-young"):
				t.Errorf("no list of %s names %s", aside, n.Ref)
			case listed:
				pages++
			}
		}
	}
	if pages < 80 {
		t.Errorf("only %d pages can be reached from the gate", pages)
	}
}

// Every page of a booklet has a picture, offers to talk to someone, and leads on.
func TestBookletPages(t *testing.T) {
	g := project(t).Graph
	for _, id := range []string{"nrm-adult", "nrm-young"} {
		pages := 0
		for _, n := range g.Pathway(id).Nodes {
			if n.Kind != flows.Page {
				continue
			}
			pages++
			if n.Picture == "" {
				t.Errorf("%s has no picture", n.Ref)
			}
			if len(n.Asides) == 0 || n.Asides[0] != "talk" {
				t.Errorf("%s does not offer to talk to someone first: %v", n.Ref, n.Asides)
			}
		}
		if pages < 15 {
			t.Errorf("%s has only %d pages", id, pages)
		}
	}
}
