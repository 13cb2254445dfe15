package flows

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// goodPolicy holds for testdata/good, one statement a form and more.
const goodPolicy = `
danger-first: {first: {says: asks-danger}}
no-consent-for-a-child: {never-after: {after: {answers: gate/age/child}, never: {says: asks-consent}}}
nrm-only-after-a-yes: {only-after: {only: {says: adult-nrm}, after: {answers: adult/consent/accept}}}
emergency-has-both: {every-outcome-has: {of: {outcomes: emergency}, contacts: [999, silent], says: what-to-say, then: true}}
every-outcome: {every-outcome-has: {says: what-to-say}}
soon: {at-most: {presses: 2, to: {outcomes: emergency}, shortest: true}}
never-far: {at-most: {presses: 10, to: {kinds: outcome}}}
child-soon: {at-most: {presses: 5, after: {answers: gate/age/child}, to: {kinds: outcome}, shortest: true}}
`

func TestOwnPathwaysHold(t *testing.T) {
	g, pol := own(t)
	proof := g.Prove(pol)
	for _, b := range proof.Broken {
		t.Errorf("policy.yaml:%d: %s: %s", b.Statement.Line, b.Statement.ID, b.Text)
	}
	reached := map[Ref]bool{}
	for _, w := range proof.Reached {
		reached[w.Node.Ref] = true
	}
	for _, pw := range g.Pathways {
		for _, n := range pw.Nodes {
			if n.Kind == Outcome && !pw.Aside && !reached[n.Ref] {
				t.Errorf("no walk reaches the outcome %q", n.Ref)
			}
		}
	}
	ev, err := LoadEvidence(Files())
	if err != nil {
		t.Fatal(err)
	}
	for _, pw := range g.Pathways {
		for _, n := range pw.Nodes {
			for _, key := range n.Sources {
				if _, ok := ev.Source(key); !ok {
					t.Errorf("%s:%d: node %q: there is no source %q", n.File, n.Line, n.Ref.Node(), key)
				}
			}
		}
	}
	if _, ok := ev.Source("nobody"); ok {
		t.Error("a source that is not there was found")
	}
}

// Each form, broken in the small graph, names the screen and a walk to it.
func TestPolicyBroken(t *testing.T) {
	g := good(t)
	for _, b := range g.Prove(policy(t, g, goodPolicy)).Broken {
		t.Errorf("%s does not hold: %s", b.Statement.ID, b.Text)
	}
	tests := []struct{ name, statement, want string }{
		{"first", "first: {kinds: tick}", `a walk begins at "gate/start"`},
		{"first, by name", "first: {nodes: gate/age}", `a walk begins at "gate/start"`},

		{"never-after an answer", "never-after: {after: {answers: gate/start/danger}, never: {says: asks-consent}}", `"adult/consent" can be reached: by a link to adult/consent, gate/start danger, gate/emergency next, gate/age adult, adult/consent`},
		{"never-after a screen", "never-after: {after: {nodes: adult/consent}, never: {outcomes: information}}", `"adult/talk" can be reached: gate/start learn, adult/consent decline, adult/talk`},
		{"never-after, in an aside", "never-after: {after: {answers: gate/age/child}, never: {says: explains}}", `the aside screen "more/page" can be opened after: gate/start about-me, gate/age child, child/first`},
		{"never-after an aside", "never-after: {after: {says: explains}, never: {nodes: child/refer}}", `"child/refer" can be reached, and the aside screen "more/page" opened before it: by a link to child/second, gate/start about-me, gate/age child, child/second next, child/refer`},
		{"never-after an answer in an aside", "never-after: {after: {answers: words/list/one}, never: {nodes: gate/age}}", `"gate/age" can be reached, and the aside screen "words/list" opened before it: gate/start about-me, gate/age`},
		{"never-after an aside, in an aside", "never-after: {after: {says: explains}, never: {nodes: words/one}}", `the aside screen "words/one" can be opened after the aside screen "more/page"`},
		{"never-after, for those whom a link brought", "never-after: {after: {answers: gate/age/child}, never: {nodes: child/second}}", `"child/second" can be reached: by a link to child/second, gate/start about-me, gate/age child, child/second`},

		{"only-after an answer", "only-after: {only: {says: asks-consent}, after: {answers: gate/age/adult}}", `"adult/consent" can be reached without: gate/start learn, adult/consent`},
		{"only-after a screen, past which a link leads", "only-after: {only: {nodes: child/second}, after: {nodes: child/first}}", `"child/second" can be reached without: by a link to child/second, gate/start about-me, gate/age child, child/second`},
		{"only-after, in an aside", "only-after: {only: {pathways: words}, after: {answers: gate/age/adult}}", `the aside screen "words/list" can be opened at any time`},
		{"only-after an aside", "only-after: {only: {nodes: gate/emergency}, after: {says: explains}}", `"gate/emergency" can be reached without: gate/start danger, gate/emergency`},

		{"every-outcome-has a contact", "every-outcome-has: {of: {outcomes: emergency}, contacts: [999, helpline]}", `outcome "adult/emergency" lacks contact "helpline": gate/start about-me, gate/age adult, adult/signs danger, adult/emergency`},
		{"every-outcome-has a mark and an aside", "every-outcome-has: {of: {pathways: child}, says: [what-to-say, calm], asides: more}", `outcome "child/refer" lacks mark "calm", aside "more": by a link to child/second, gate/start about-me, gate/age child, child/second next, child/refer`},
		{"every-outcome-has a way on", "every-outcome-has: {then: true}", `outcome "adult/talk" lacks a way on: gate/start learn, adult/consent decline, adult/talk`},

		{"at-most, the shortest way", "at-most: {presses: 4, after: {answers: gate/age/child}, to: {kinds: outcome}, shortest: true}", `"child/refer" takes 5 presses, not 4: gate/start, gate/age, child/first, child/second, child/refer`},
		{"at-most, every way", "at-most: {presses: 9, to: {outcomes: information}}", `"adult/talk" takes 10 presses, not 9: gate/start, gate/emergency, gate/age, adult/signs, adult/emergency, adult/calm, adult/want, adult/consent, adult/talk`},
		{"at-most, the smallest number", "at-most: {presses: 1, to: {nodes: gate/emergency}}", `"gate/emergency" takes 2 presses, not 1: gate/start, gate/emergency`},
		{"at-most, where no way leads", "at-most: {presses: 9, after: {answers: gate/age/child}, to: {outcomes: emergency}}", "no way leads there"},
		{"at-most, in an aside", "at-most: {presses: 9, to: {pathways: words}}", "no way leads there"},
	}
	for _, tt := range tests {
		got := "it holds"
		if broken := g.Prove(policy(t, g, "x:\n  "+tt.statement+"\n")).Broken; len(broken) > 0 {
			got = broken[0].Text
		}
		if got != tt.want {
			t.Errorf("%s:\n got %s\nwant %s", tt.name, got, tt.want)
		}
	}
}

func TestProof(t *testing.T) {
	g := good(t)
	p := g.Prove(policy(t, g, goodPolicy))
	if p.States != 52 || p.Aside != 5 || p.Walks != 26 {
		t.Errorf("%d states, %d screens of asides, %d walks", p.States, p.Aside, p.Walks)
	}
	if want := "gate/start, gate/emergency"; p.Shortest != want {
		t.Errorf("shortest %s, want %s", p.Shortest, want)
	}
	if want := "gate/start, gate/emergency, gate/age, adult/signs, adult/emergency, adult/calm, adult/want, adult/consent, adult/talk"; p.Longest != want {
		t.Errorf("longest %s, want %s", p.Longest, want)
	}
	var ways []string
	for _, w := range p.Reached {
		ways = append(ways, fmt.Sprintf("%s %d: %s", w.Node.Ref, w.Presses, w.Walk))
	}
	want := []string{
		"adult/emergency 5: gate/start, gate/age, adult/signs, adult/emergency",
		"adult/talk 3: gate/start, adult/consent, adult/talk",
		"adult/refer 3: gate/start, adult/consent, adult/refer",
		"child/refer 5: gate/start, gate/age, child/first, child/second, child/refer",
		"gate/emergency 2: gate/start, gate/emergency",
	}
	if !slices.Equal(ways, want) {
		t.Errorf("reached\n%s\nwant\n%s", strings.Join(ways, "\n"), strings.Join(want, "\n"))
	}
}
