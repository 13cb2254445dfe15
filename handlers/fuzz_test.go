package handlers

import (
	"testing"
	"time"

	"pathwaybot/flows"
)

// Whatever a button carries, in whatever state, the person sees a screen with a way on.
func FuzzButton(f *testing.F) {
	h := conversation(f)
	for _, data := range []string{
		"gate/start/danger", "adult-self/what-happens/+debt", "adult-self/what-happens/-", "!help", "!lang/ro", "!lang/xx",
		"!area/E10000015/9", "!area//", "!here/", "!here/nowhere", "!more/9", "!aside/help", "!aside/gate", "!mute/", "!", "//", "",
		"!back", "!close", "!open", "!start", "help/card/next", "gate/start/\x00", "a/b/c/d",
		"!pictures/on", "!pictures/", "!find", "!why", "!say", "!card", "!card/back", "!card/x", "!link", "!page/words/contents", "!page/gate/start", "!page/",
		"!go/first-adult/consent", "!go/gate/start", "!go/",
		"!wrong", "!wrong/acas", "!wrong/emergency-999", "!wrong/nobody",
	} {
		f.Add(data, []byte("walk1 en - - - 0 0 -"))
		f.Add(data, []byte("walk1 ar E07000243 m area/E10000015 0 0 - -\nmain adult-self/want\n+ gate/start about-me\naside after/which"))
		f.Add(data, []byte("walk1 en - - wrong 0 0 - - police-101\nmain adult-self/unfair-work"))
		f.Add(data, []byte(""))
	}
	now := time.Date(2026, 1, 6, 10, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, data string, kept []byte) {
		w, err := readWalk(kept)
		if err != nil {
			return
		}
		w, r := h.decide(w, Event{What: Press, Data: data, Now: now, ID: 1})
		if r.Do == Leave {
			return
		}
		if len(r.Blocks) == 0 || len(r.Rows) == 0 {
			t.Fatalf("%q shows an empty screen: %+v", data, r)
		}
		if w.Flow == nil {
			t.Fatalf("%q leaves nobody anywhere", data)
		}
		if n := h.guide.Graph.Here(*w.Flow); n.Kind == flows.Fork {
			t.Fatalf("%q leads to the fork %q, which has no screen", data, n.Ref)
		}
	})
}
