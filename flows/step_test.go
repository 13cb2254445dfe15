package flows

import (
	"encoding/json"
	"math/rand/v2"
	"testing"
)

func TestPress(t *testing.T) {
	g := good(t)
	tests := []struct {
		name, way, press, want string
		counted                Counted
	}{
		{"a step", "", "gate/start/about-me", "gate/start about-me, [gate/age]", Moved},
		{"a former option", "", "gate/start/me", "gate/start about-me, [gate/age]", Moved},
		{"a former name of the node", "gate/start/about-me", "gate/how-old/grown-up", "gate/start about-me, gate/age adult, [adult/signs]", Moved},
		{"a former name from a pathway that is gone", "gate/start/me, gate/age/adult", "old-start/signs/+debt", "gate/start about-me, gate/age adult, [adult/signs](debt)", Ticked},
		{"a page", "gate/start/me, gate/age/child", "child/first/next", "gate/start about-me, gate/age child, child/first next, [child/second]", Moved},
		{"an outcome that leads on", "gate/start/danger", "gate/emergency/next", "gate/start danger, gate/emergency next, [gate/age]", Moved},
		{"an outcome that does not", "gate/start/me, gate/age/child, child/first/next, child/second/next", "child/refer/next", "gate/start about-me, gate/age child, child/first next, child/second next, [child/refer]", Ignored},

		{"an earlier node, and what followed is forgotten", "gate/start/me, gate/age/adult, adult/signs/done", "gate/age/child", "gate/start about-me, gate/age child, [child/first]", Moved},
		{"the first node", "gate/start/me, gate/age/adult", "gate/start/danger", "gate/start danger, [gate/emergency]", Moved},
		{"a button that was never on this way", "gate/start/me", "adult/consent/accept", "gate/start about-me, [gate/age]", Ignored},
		{"a button further on", "gate/start/me", "adult/signs/done", "gate/start about-me, [gate/age]", Ignored},
		{"a node that is gone", "gate/start/me", "gate/old-question/yes", "gate/start about-me, [gate/age]", Ignored},
		{"an option that is gone", "", "gate/start/maybe", "[gate/start]", Ignored},
		{"an earlier node, an option that is gone", "gate/start/me", "gate/start/maybe", "gate/start about-me, [gate/age]", Ignored},
		{"next where nothing is read", "", "gate/start/next", "[gate/start]", Ignored},
		{"an answer that is no button", "gate/start/me, gate/age/adult", "adult/signs/danger", "gate/start about-me, gate/age adult, [adult/signs]", Ignored},
		{"a fork has no button", "gate/start/me, gate/age/adult, adult/signs/+debt, adult/signs/done", "adult/which/danger", "gate/start about-me, gate/age adult, adult/signs some(debt), [adult/want]", Ignored},
		{"nothing", "", "//", "[gate/start]", Ignored},
		{"a word of the engine", "", "return/", "[gate/start]", Ignored},

		{"a box", "gate/start/me, gate/age/adult", "adult/signs/+debt", "gate/start about-me, gate/age adult, [adult/signs](debt)", Ticked},
		{"a box pressed twice", "gate/start/me, gate/age/adult, adult/signs/+debt", "adult/signs/+debt", "gate/start about-me, gate/age adult, [adult/signs](debt)", Ticked},
		{"a second box", "gate/start/me, gate/age/adult, adult/signs/+debt", "adult/signs/+hurt", "gate/start about-me, gate/age adult, [adult/signs](debt hurt)", Ticked},
		{"a box cleared", "gate/start/me, gate/age/adult, adult/signs/+debt, adult/signs/+hurt", "adult/signs/-debt", "gate/start about-me, gate/age adult, [adult/signs](hurt)", Ticked},
		{"a box cleared twice", "gate/start/me, gate/age/adult, adult/signs/+debt, adult/signs/-debt", "adult/signs/-debt", "gate/start about-me, gate/age adult, [adult/signs]", Ticked},
		{"a box that is gone", "gate/start/me, gate/age/adult", "adult/signs/+fear", "gate/start about-me, gate/age adult, [adult/signs]", Ignored},
		{"a box without a sign before it", "gate/start/me, gate/age/adult", "adult/signs/xdebt", "gate/start about-me, gate/age adult, [adult/signs]", Ignored},
		{"a box without a name", "gate/start/me, gate/age/adult", "adult/signs/+", "gate/start about-me, gate/age adult, [adult/signs]", Ignored},
		{"a box of an ask", "", "gate/start/+danger", "[gate/start]", Ignored},
		{"no box at all", "gate/start/me, gate/age/adult", "adult/signs/done", "gate/start about-me, gate/age adult, adult/signs none, [adult/learn]", Moved},
		{"danger outweighs the rest", "gate/start/me, gate/age/adult, adult/signs/+hurt, adult/signs/+debt", "adult/signs/done", "gate/start about-me, gate/age adult, adult/signs danger(hurt debt), [adult/emergency]", Moved},
		{"a box of a tick that is done", "gate/start/me, gate/age/adult, adult/signs/+debt, adult/signs/done", "adult/signs/+hurt", "gate/start about-me, gate/age adult, [adult/signs](debt hurt)", Ticked},

		{"a fork: the answer it names", "gate/start/danger, gate/emergency/next, gate/age/adult, adult/signs/+debt", "adult/signs/done", "gate/start danger, gate/emergency next, gate/age adult, adult/signs some(debt), [adult/calm]", Moved},
		{"a fork: any other answer", "gate/start/me, gate/age/adult, adult/signs/+debt", "adult/signs/done", "gate/start about-me, gate/age adult, adult/signs some(debt), [adult/want]", Moved},
		{"a round ends where it began", "gate/start/me, gate/age/adult, adult/signs/+debt, adult/signs/done, adult/want/learn", "adult/learn/next", "gate/start about-me, gate/age adult, adult/signs some(debt), [adult/want]", Moved},

		{"a link waits at the gate", "link adult/consent", "gate/start/me", "gate/start about-me, [gate/age] -> adult/consent", Moved},
		{"a link lands at its pathway", "link adult/consent, gate/start/me", "gate/age/adult", "gate/start about-me, gate/age adult, [adult/consent]", Moved},
		{"a link does not land in another pathway", "link adult/consent, gate/start/me", "gate/age/child", "gate/start about-me, gate/age child, [child/first] -> adult/consent", Moved},
		{"a link comes true by another way", "link adult/consent", "gate/start/learn", "gate/start learn, [adult/consent]", Moved},
		{"a link is followed once", "link adult/consent, gate/start/me, gate/age/adult, back", "gate/age/adult", "gate/start about-me, gate/age adult, [adult/signs]", Moved},

		{"in an aside", "gate/start/me, open more", "more/page/next", "gate/start about-me, [gate/age] | more/page next, [more/boxes]", Moved},
		{"a box in an aside", "open more, more/page/next", "more/boxes/+pay", "[gate/start] | more/page next, [more/boxes](pay)", Ticked},
		{"an aside returns", "gate/start/me, open words", "words/list/close", "gate/start about-me, [gate/age]", Moved},
		{"an aside returns from a page", "gate/start/me, open more, more/page/next, more/boxes/+pay, more/boxes/done", "more/end/next", "gate/start about-me, [gate/age]", Moved},
		{"an aside returns over a fork", "gate/start/me, open more, more/page/next", "more/boxes/done", "gate/start about-me, [gate/age]", Moved},
		{"an earlier page of an aside", "open more, more/page/next, more/boxes/+pay", "more/page/next", "[gate/start] | more/page next, [more/boxes]", Moved},
		{"a round in an aside", "open words, words/list/one", "words/one/next", "[gate/start] | [words/list]", Moved},
		{"an aside press without the aside", "gate/start/me", "more/page/next", "gate/start about-me, [gate/age]", Ignored},
		{"a press of another aside", "open words", "more/page/next", "[gate/start] | [words/list]", Ignored},
		{"a press further on in an aside", "open more", "more/end/next", "[gate/start] | [more/page]", Ignored},
		{"a press under an aside closes it", "gate/start/me, open more", "gate/age/child", "gate/start about-me, gate/age child, [child/first]", Moved},
		{"an earlier press under an aside", "gate/start/me, open more", "gate/start/danger", "gate/start danger, [gate/emergency]", Moved},
		{"a box under an aside", "gate/start/me, gate/age/adult, open more", "adult/signs/+debt", "gate/start about-me, gate/age adult, [adult/signs](debt)", Ticked},
		{"a press not on this way leaves the aside open", "gate/start/me, open more", "adult/signs/done", "gate/start about-me, [gate/age] | [more/page]", Ignored},
	}
	for _, tt := range tests {
		before, _ := do(t, g, g.Begin(), tt.way)
		was := show(before)
		got, c := do(t, g, before, tt.press)
		if show(got) != tt.want || c != tt.counted {
			t.Errorf("%s: after %q, %s gives %d\n got %s\nwant %s (%d)", tt.name, tt.way, tt.press, c, show(got), tt.want, tt.counted)
		}
		if show(before) != was {
			t.Errorf("%s: the state before changed from %s to %s", tt.name, was, show(before))
		}
	}
}

func TestOpenCloseBack(t *testing.T) {
	g := good(t)
	tests := []struct {
		name, way, step, want string
		ok                    bool
	}{
		{"open", "gate/start/me", "open more", "gate/start about-me, [gate/age] | [more/page]", true},
		{"open from inside another", "open more, more/page/next", "open words", "[gate/start] | [words/list]", true},
		{"open again from inside", "open more, more/page/next", "open more", "[gate/start] | [more/page]", true},
		{"open what is no aside", "gate/start/me", "open adult", "gate/start about-me, [gate/age]", false},
		{"open what is not there", "open more", "open nothing", "[gate/start] | [more/page]", false},
		{"open at a page", "gate/start/me", "at words/one", "gate/start about-me, [gate/age] | [words/one]", true},
		{"open at a page from inside another", "open more, more/page/next", "at words/one", "[gate/start] | [words/one]", true},
		{"open at a fork", "gate/start/me", "at more/again", "gate/start about-me, [gate/age]", false},
		{"open at what is no aside", "gate/start/me", "at adult/talk", "gate/start about-me, [gate/age]", false},
		{"open at what is not there", "gate/start/me", "at words/two", "gate/start about-me, [gate/age]", false},
		{"next from a page opened at", "at words/one, words/one/next", "back", "[gate/start] | [words/one]", true},
		{"back from a page opened at", "gate/start/me, at words/one", "back", "gate/start about-me, [gate/age]", true},

		{"enter from the first screen", "", "enter adult/consent", "[gate/start] -> adult/consent", true},
		{"enter within the gate", "gate/start/me", "enter child/second", "gate/start about-me, [gate/age] -> child/second", true},
		{"enter where the gate leads elsewhere", "gate/start/learn, back, gate/start/danger, gate/emergency/next, gate/age/adult", "enter child/second", "[gate/start] -> child/second", true},
		{"enter from its pathway", "gate/start/me, gate/age/child, child/first/next, child/second/next", "enter child/second", "gate/start about-me, gate/age child, [child/second]", true},
		{"enter from another pathway", "gate/start/me, gate/age/adult, adult/signs/done", "enter child/second", "[gate/start] -> child/second", true},
		{"enter leaves an aside", "gate/start/me, open more", "enter child/second", "gate/start about-me, [gate/age] -> child/second", true},
		{"enter what is no entry", "gate/start/me", "enter child/first", "gate/start about-me, [gate/age]", false},
		{"enter what is not there", "gate/start/me", "enter child/third", "gate/start about-me, [gate/age]", false},

		{"close", "gate/start/me, open more, more/page/next", "close", "gate/start about-me, [gate/age]", false},
		{"close without an aside", "gate/start/me", "close", "gate/start about-me, [gate/age]", false},

		{"back", "gate/start/me, gate/age/adult", "back", "gate/start about-me, [gate/age]", true},
		{"back at the first screen", "", "back", "[gate/start]", false},
		{"back to boxes", "gate/start/me, gate/age/adult, adult/signs/+debt, adult/signs/done", "back", "gate/start about-me, gate/age adult, [adult/signs](debt)", true},
		{"back over a fork", "gate/start/me, gate/age/adult, adult/signs/+debt, adult/signs/done, adult/want/talk, back", "back", "gate/start about-me, gate/age adult, [adult/signs](debt)", true},
		{"back in an aside", "gate/start/me, open more, more/page/next", "back", "gate/start about-me, [gate/age] | [more/page]", true},
		{"back to boxes in an aside", "open more, more/page/next, more/boxes/+pay, more/boxes/done", "back", "[gate/start] | more/page next, [more/boxes](pay)", true},
		{"back out of an aside", "gate/start/me, open more", "back", "gate/start about-me, [gate/age]", true},
		{"back out of an aside at the first screen", "open more", "back", "[gate/start]", true},
	}
	for _, tt := range tests {
		before, _ := do(t, g, g.Begin(), tt.way)
		was := show(before)
		got, c := do(t, g, before, tt.step)
		if show(got) != tt.want || (c == Moved) != tt.ok {
			t.Errorf("%s: after %q\n got %s (%v)\nwant %s (%v)", tt.name, tt.way, show(got), c == Moved, tt.want, tt.ok)
		}
		if show(before) != was {
			t.Errorf("%s: the state before changed from %s to %s", tt.name, was, show(before))
		}
	}
}

func TestHereAndBase(t *testing.T) {
	g := good(t)
	tests := []struct{ name, way, here, base, ticked string }{
		{"the gate", "", "gate/start", "gate/start", ""},
		{"a screen", "gate/start/me, gate/age/adult, adult/signs/+debt", "adult/signs", "adult/signs", "debt"},
		{"an aside", "gate/start/me, gate/age/adult, adult/signs/+debt, open more, more/page/next, more/boxes/+pay", "more/boxes", "adult/signs", "pay"},
	}
	for _, tt := range tests {
		s, _ := do(t, g, g.Begin(), tt.way)
		ticked := ""
		if len(s.Ticked()) > 0 {
			ticked = s.Ticked()[0]
		}
		if here, base := g.Here(s).Ref, g.Base(s).Ref; string(here) != tt.here || string(base) != tt.base || ticked != tt.ticked {
			t.Errorf("%s: Here %q, Base %q, Ticked %q; want %q, %q, %q", tt.name, here, base, ticked, tt.here, tt.base, tt.ticked)
		}
	}
	gone := State{Main: Leg{At: "gone/gone"}, Aside: &Leg{At: "gone/too"}}
	if here := g.Here(gone).Ref; here != g.Start() {
		t.Errorf("Here of a state whose nodes are gone is %q, want the gate", here)
	}
}

// However people press, a walk holds no node twice and ends at its screen.
func TestWalkHoldsNoNodeTwice(t *testing.T) {
	ownGraph, _ := own(t)
	for name, g := range map[string]*Graph{"own": ownGraph, "good": good(t)} {
		rng := rand.New(rand.NewPCG(1, 2))
		buttons, asides := allButtons(g), allAsides(g)
		for range 200 {
			s := g.Begin()
			for range 60 {
				switch n := rng.IntN(20); {
				case n == 0:
					s, _ = s.Back()
				case n == 1:
					s, _ = g.Open(s, asides[rng.IntN(len(asides))])
				case n < 12:
					own := nodeButtons(g.Here(s))
					if len(own) > 0 {
						b := own[rng.IntN(len(own))]
						s, _ = g.Press(s, b.node, b.option)
					}
				default:
					b := buttons[rng.IntN(len(buttons))]
					s, _ = g.Press(s, b.node, b.option)
				}
				once(t, name, s.Main)
				if s.Aside != nil {
					once(t, name, *s.Aside)
				}
			}
		}
	}
}

func once(t *testing.T, name string, l Leg) {
	t.Helper()
	seen := map[Ref]bool{l.At: true}
	for _, a := range l.Walk {
		if seen[a.Node] {
			t.Fatalf("%s: %q stands twice: %s", name, a.Node, showLeg(l))
		}
		seen[a.Node] = true
	}
}

// A state saved and read again is the same state.
func TestStateAsJSON(t *testing.T) {
	g := good(t)
	s, _ := do(t, g, g.Begin(), "link child/second, gate/start/me, gate/age/adult, adult/signs/+debt, adult/signs/done, open more, more/page/next, more/boxes/+pay")
	data, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	var back State
	if err := json.Unmarshal(data, &back); err != nil {
		t.Fatal(err)
	}
	if show(back) != show(s) || show(g.Mend(back)) != show(s) {
		t.Errorf("saved %s\nread %s\nmended %s", show(s), show(back), show(g.Mend(back)))
	}
}
