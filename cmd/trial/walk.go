package main

import (
	"math/rand/v2"
	"slices"
	"strings"

	"pathwaybot/flows"
)

// state is where a walk should be. What a button does to it is said by package flows,
// a pure function: what is tried here is that each button gets there, once and in order.
type state struct {
	language bool // it is chosen
	flow     flows.State
}

// ticks are boxes of one screen that are signs and no danger.
var ticks = []string{"made-to-work", "no-pay", "cannot-leave", "papers-held", "debt", "threats", "made-sex", "made-crime"}

// tickScreen is where those boxes are.
const tickScreen = "adult-self/what-happens"

// screen is what a state looks like.
func (w *words) screen(s state) string {
	if !s.language {
		return picker
	}
	n := w.guide.Graph.Here(s.flow)
	if s.flow.Aside == nil && n.Kind == flows.Tick {
		return withTicks(string(n.Ref), s.flow.Main.Ticks)
	}
	return string(n.Ref)
}

// begin is the state after /start.
func (w *words) begin() state { return state{flow: w.guide.Graph.Begin()} }

// press is the state after a button.
func (w *words) press(s state, data string) state {
	name, arg, _ := strings.Cut(data, "/")
	switch name {
	case "!lang":
		s.language = true
	case "!back":
		s.flow, _ = s.flow.Back()
	case "!aside":
		s.flow, _ = w.guide.Graph.Open(s.flow, arg)
	default:
		node, option, _ := cutLast(data)
		s.flow, _ = w.guide.Graph.Press(s.flow, flows.Ref(node), option)
	}
	return s
}

// next chooses a button of a state that always changes the screen.
func (w *words) next(s state, r *rand.Rand) string {
	if !s.language {
		return "!lang/en"
	}
	maybe := func(percent int) bool { return r.IntN(100) < percent }
	n := w.guide.Graph.Here(s.flow)
	switch node := string(n.Ref); node {
	case "gate/start":
		return node + "/about-me"
	case "gate/age-me":
		return node + "/adult"
	case tickScreen:
		set := s.flow.Main.Ticks
		if len(set) > 0 && maybe(30) {
			return node + "/done"
		}
		tick := ticks[r.IntN(len(ticks))]
		if slices.Contains(set, tick) {
			return node + "/-" + tick
		}
		return node + "/+" + tick
	case "adult-self/want":
		if maybe(30) {
			return "!back"
		}
		return node + "/safe-place"
	case "adult-self/bed-tonight":
		if maybe(40) {
			return "!aside/afraid"
		}
		return "!back"
	case "afraid/police":
		if maybe(60) {
			return node + "/next"
		}
		return "!back"
	case "afraid/broke-law", "afraid/immigration", "afraid/sent-away":
		if maybe(50) {
			return node + "/next"
		}
		return "!back"
	}
	return "!back"
}
