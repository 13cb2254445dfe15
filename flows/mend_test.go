package flows

import (
	"slices"
	"testing"
)

// States as an older release may have left them, and what today's pathways make of them.
func TestMend(t *testing.T) {
	g := good(t)
	way := func(at Ref, answers ...string) Leg {
		l := Leg{At: at}
		for i := 0; i < len(answers); i += 2 {
			l.Walk = append(l.Walk, Answer{Node: Ref(answers[i]), Option: answers[i+1]})
		}
		return l
	}
	ticked := func(l Leg, ticks ...string) Leg {
		l.Walk[len(l.Walk)-1].Ticks = ticks
		return l
	}
	tests := []struct {
		name string
		old  State
		want string
	}{
		{"nothing changed", State{Main: way("gate/age", "gate/start", "about-me")}, "gate/start about-me, [gate/age]"},
		{"an empty state", State{}, "[gate/start]"},
		{"the node has another name", State{Main: way("gate/how-old", "gate/start", "about-me")}, "gate/start about-me, [gate/age]"},
		{"a node on the way has another name", State{Main: way("child/first", "gate/start", "about-me", "gate/how-old", "child")}, "gate/start about-me, gate/age child, [child/first]"},
		{"an option has another name", State{Main: way("gate/age", "gate/start", "me")}, "gate/start about-me, [gate/age]"},
		{"a pathway has another name", State{Main: way("old-start/signs", "gate/start", "me", "gate/how-old", "grown-up")}, "gate/start about-me, gate/age adult, [adult/signs]"},
		{"the node is gone", State{Main: way("gate/gone", "gate/start", "about-me")}, "gate/start about-me, [gate/age]"},
		{"a node on the way is gone", State{Main: way("child/first", "gate/start", "about-me", "gate/gone", "yes", "gate/age", "child")}, "gate/start about-me, [gate/age]"},
		{"an option on the way is gone", State{Main: way("child/first", "gate/start", "about-me", "gate/age", "teenager")}, "gate/start about-me, [gate/age]"},
		{"the first option is gone", State{Main: way("child/first", "gate/start", "hello", "gate/age", "child")}, "[gate/start]"},
		{"an answer leads elsewhere now", State{Main: way("adult/consent", "gate/start", "danger", "gate/emergency", "next", "gate/age", "child")}, "gate/start danger, gate/emergency next, gate/age child, [child/first]"},
		{"a screen came between", State{Main: way("child/refer", "gate/start", "about-me", "gate/age", "child", "child/first", "next")}, "gate/start about-me, gate/age child, child/first next, [child/second]"},
		{"the node became a fork", State{Main: way("adult/which", "gate/start", "about-me", "gate/age", "adult", "adult/signs", "some")}, "gate/start about-me, gate/age adult, adult/signs some, [adult/want]"},
		{"a node on the way became a fork", State{Main: way("adult/want", "gate/start", "about-me", "gate/age", "adult", "adult/signs", "some", "adult/which", "next")}, "gate/start about-me, gate/age adult, adult/signs some, [adult/want]"},
		{"the node became part of an aside", State{Main: way("more/page", "gate/start", "about-me")}, "gate/start about-me, [gate/age]"},
		{"a fork reads the option by its name of today", State{Main: way("adult/talk", "gate/start", "danger", "gate/emergency", "next", "gate/age", "grown-up", "adult/signs", "some", "adult/calm", "next", "adult/want", "talk")}, "gate/start danger, gate/emergency next, gate/age adult, adult/signs some, adult/calm next, adult/want talk, [adult/talk]"},
		{"a sign is gone", State{Main: ticked(way("adult/want", "gate/start", "me", "gate/age", "adult", "adult/signs", "some"), "fear", "debt", "debt")}, "gate/start about-me, gate/age adult, adult/signs some(debt), [adult/want]"},
		{"a sign became danger", State{Main: ticked(way("adult/want", "gate/start", "me", "gate/age", "adult", "adult/signs", "some"), "hurt")}, "gate/start about-me, gate/age adult, adult/signs danger(hurt), [adult/emergency]"},
		{"a sign on the screen is gone", State{Main: Leg{Walk: way("", "gate/start", "me", "gate/age", "adult").Walk, At: "adult/signs", Ticks: []string{"fear", "debt"}}}, "gate/start about-me, gate/age adult, [adult/signs](debt)"},
		{"boxes are kept where the walk is cut", State{Main: ticked(way("adult/want", "gate/start", "me", "gate/age", "adult", "adult/signs", "lots"), "fear")}, "gate/start about-me, gate/age adult, [adult/signs]"},
		{"a node stands twice", State{Main: way("adult/talk", "gate/start", "me", "gate/age", "adult", "adult/signs", "none", "adult/learn", "next", "adult/want", "learn", "adult/learn", "next", "adult/want", "talk")}, "gate/start about-me, gate/age adult, adult/signs none, adult/learn next, adult/want talk, [adult/talk]"},

		{"a link waits", State{Main: way("gate/age", "gate/start", "me"), Entry: "adult/consent"}, "gate/start about-me, [gate/age] -> adult/consent"},
		{"a link to a node that is gone", State{Main: way("gate/age", "gate/start", "me"), Entry: "adult/gone"}, "gate/start about-me, [gate/age]"},
		{"a link to a node that is no entry now", State{Main: way("gate/age", "gate/start", "me"), Entry: "adult/want"}, "gate/start about-me, [gate/age]"},
		{"a link was followed", State{Main: way("adult/talk", "gate/start", "me", "gate/age", "adult", "adult/consent", "decline")}, "gate/start about-me, gate/age adult, adult/consent decline, [adult/talk]"},
		{"a link was followed to the screen", State{Main: way("child/second", "gate/start", "me", "gate/age", "child")}, "gate/start about-me, gate/age child, [child/second]"},
		{"a link waits beyond its pathway's start", State{Main: way("child/first", "gate/start", "me", "gate/age", "child"), Entry: "child/second"}, "gate/start about-me, gate/age child, [child/second]"},

		{"an aside", State{Main: way("gate/start"), Aside: &Leg{Walk: way("", "more/page", "next").Walk, At: "more/boxes", Ticks: []string{"pay", "gone"}}}, "[gate/start] | more/page next, [more/boxes](pay)"},
		{"an aside whose way is gone", State{Main: way("gate/start"), Aside: &Leg{Walk: way("", "more/gone", "next").Walk, At: "more/boxes"}}, "[gate/start] | [more/page]"},
		{"an aside whose answer returns now", State{Main: way("gate/start"), Aside: &Leg{Walk: way("", "more/page", "next", "more/boxes", "none").Walk, At: "more/end"}}, "[gate/start] | more/page next, [more/boxes]"},
		{"an aside opened at a page", State{Main: way("gate/start"), Aside: &Leg{At: "words/one"}}, "[gate/start] | [words/one]"},
		{"an aside opened at a page and walked", State{Main: way("gate/start"), Aside: &Leg{Walk: way("", "words/one", "next").Walk, At: "words/list"}}, "[gate/start] | words/one next, [words/list]"},
		{"an aside opened at what is a fork now", State{Main: way("gate/start"), Aside: &Leg{At: "more/again"}}, "[gate/start] | [more/page]"},
		{"an aside that is gone", State{Main: way("gate/start"), Aside: &Leg{At: "gone/page"}}, "[gate/start]"},
		{"an aside that is none now", State{Main: way("gate/start"), Aside: &Leg{At: "gate/age"}}, "[gate/start]"},
	}
	for _, tt := range tests {
		walk := slices.Clone(tt.old.Main.Walk)
		got := g.Mend(tt.old)
		if show(got) != tt.want {
			t.Errorf("%s: Mend(%s)\n got %s\nwant %s", tt.name, show(tt.old), show(got), tt.want)
		}
		if n := g.Here(got); n.Kind == Fork {
			t.Errorf("%s: stands at the fork %q", tt.name, n.Ref)
		}
		if again := g.Mend(got); show(again) != show(got) {
			t.Errorf("%s: mended twice %s, once %s", tt.name, show(again), show(got))
		}
		if !slices.EqualFunc(walk, tt.old.Main.Walk, func(a, b Answer) bool { return a.Node == b.Node && a.Option == b.Option }) {
			t.Errorf("%s: Mend changed the state it was given", tt.name)
		}
	}
}
