package main

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"pathwaybot/flows"
	"pathwaybot/guide"
	"pathwaybot/locales"
)

const proofLong = `
Presses every button in every state and prints what that showed: how many states,
screens and walks there are, whether each statement of the policy holds, where at
some hour of the coming two years only 999 and 101 are sure to answer, and every
outcome with the shortest walk to it, its contacts and a digest. As long as a
digest stays the same, nothing that the outcome shows has changed.`

func proof(c *call) error {
	dir, at := c.dirFlag(), c.atFlag()
	if _, err := c.parse(0); err != nil {
		return err
	}
	from, err := c.moment(*at)
	if err != nil {
		return err
	}
	g, err := load(*dir)
	if err != nil {
		return errors.Join(c.policyAlone(*dir), err)
	}
	p := g.Graph.Prove(g.Policy)
	c.figures(g, p)
	c.policy(g.Policy, p.Broken)
	c.answering(g, from)
	c.outcomes(g, p)
	return nil
}

// policyAlone prints the policy where the rest cannot be loaded, most often just
// because a statement is broken. Other mistakes are left to the caller.
func (c *call) policyAlone(dir string) error {
	src, err := sources(dir)
	if err != nil {
		return err
	}
	pathways, err := fs.Sub(src.Flows, "pathways")
	if err != nil {
		return fmt.Errorf("find pathways: %w", err)
	}
	graph, err := flows.Load(pathways)
	if err != nil {
		return nil // said already
	}
	policy, err := flows.LoadPolicy(src.Flows, "policy.yaml", graph)
	if err != nil {
		return nil // said already
	}
	c.policy(policy, graph.Prove(policy).Broken)
	return nil
}

func (c *call) figures(g *guide.Guide, p flows.Proof) {
	row := func(name, format string, args ...any) {
		c.out.printf("%-15s %s\n", name, fmt.Sprintf(format, args...))
	}
	row("States", "%d, each node with the earlier answers that still matter there", p.States)
	row("Aside screens", "%d, which can be opened from any screen", p.Aside)
	row("Walks", "%d, from the first screen to an end", p.Walks)
	for i, l := range g.Words.Languages() {
		name := ""
		if i == 0 {
			name = "Languages"
		}
		row(name, "%s", languageLine(g, l))
	}
	nearest := slices.MinFunc(p.Reached, func(a, b flows.Way) int { return cmp.Compare(a.Presses, b.Presses) })
	row("Shortest walk", "%d presses: %s", nearest.Presses, p.Shortest)
	row("Longest walk", "%s: %s", count(strings.Count(p.Longest, ", ")+1, "screen"), p.Longest)
}

// languageLine says how far the texts of a language have been checked.
func languageLine(g *guide.Guide, l locales.Language) string {
	states := map[locales.State]int{}
	for _, key := range g.Words.Keys() {
		states[g.Words.State(l.Tag, key)]++
	}
	if l.Tag == guide.English {
		return fmt.Sprintf("%s %s: %s", l.Tag, l.English, count(len(g.Words.Keys()), "text"))
	}
	var parts []string
	for _, s := range []locales.State{locales.Reviewed, locales.Draft, locales.Stale, locales.Withdrawn, locales.Missing} {
		if states[s] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", states[s], s))
		}
	}
	return fmt.Sprintf("%s %s: %s", l.Tag, l.English, strings.Join(parts, ", "))
}

func (c *call) policy(pol *flows.Policy, broken []flows.Broken) {
	c.out.printf("\nPolicy: %s\n", count(len(pol.Statements), "statement"))
	for _, st := range pol.Statements {
		i := slices.IndexFunc(broken, func(b flows.Broken) bool { return b.Statement.ID == st.ID })
		if i >= 0 {
			c.out.printf("  broken  %s: %s\n", st.ID, broken[i].Text)
			continue
		}
		c.out.printf("  ok      %s\n", st.ID)
	}
}

// outcomes prints every outcome: what changed since the last release shows in the
// digest, so only that need be read again.
func (c *call) outcomes(g *guide.Guide, p flows.Proof) {
	ways := map[flows.Ref]flows.Way{}
	for _, w := range p.Reached {
		ways[w.Node.Ref] = w
	}
	c.out.printf("\nOutcomes: digest, name, kind, presses from the first message on (the language is one, a tick with Done two)\n")
	for _, n := range outcomes(g.Graph) {
		w, direct := ways[n.Ref]
		far := "on any screen"
		if direct {
			far = fmt.Sprintf("%d", w.Presses)
		}
		c.out.printf("\n  %s  %s  %s  %s\n", g.Digest(n), n.Ref, n.Outcome, far)
		c.out.printf("    contacts: %s\n", strings.Join(n.Contacts, ", "))
		if direct {
			c.out.printf("    walk: %s\n", w.Walk)
		}
	}
}

// outcomes returns every outcome in the authors' order, those in asides included.
func outcomes(g *flows.Graph) []*flows.Node {
	var out []*flows.Node
	for _, pw := range g.Pathways {
		for _, n := range pw.Nodes {
			if n.Kind == flows.Outcome {
				out = append(out, n)
			}
		}
	}
	return out
}
