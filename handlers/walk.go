package handlers

import (
	"slices"
	"time"

	"pathwaybot/flows"
)

// Remembered is how many events a chat remembers to know a repeat. A channel must not
// handle more of one chat before it is sure that they do not come again.
const Remembered = 6

// Walk is all that is kept of a chat for a short time: choices, and nothing typed.
type Walk struct {
	Lang    string
	Flow    *flows.State // nil: nobody has begun, or it is forgotten
	Area    string
	Mute    bool     // "I cannot talk" is switched on
	Images  bool     // pictures are switched on
	Note    string   // key of the line above the last screen, for a channel that shows it later
	Over    string   // what lies over the screen: see over.go
	More    int      // which three contacts are shown
	Failed  []string // contacts whose number did not work: they are listed last
	Seen    []uint32 // the last events
	Began   uint32   // the event that began the walk from the beginning, where somebody asked for that
	Touched int64    // minute of the last press, in minutes since 1970
	Left    uint32   // the event that left the chat: then there is nothing else
}

// forget drops everything but the language.
func (w Walk) forget() Walk {
	return Walk{Lang: w.Lang, Seen: w.Seen, Began: w.Began}
}

func (w Walk) idleFor(now time.Time) time.Duration {
	return now.Sub(time.Unix(w.Touched*60, 0))
}

// seen notes an event and reports whether it was handled before.
func (w *Walk) seen(id uint32) bool {
	if id == 0 {
		return false
	}
	if slices.Contains(w.Seen, id) {
		return true
	}
	w.Seen = append(slices.Clip(w.Seen), id)
	if n := len(w.Seen); n > Remembered {
		w.Seen = w.Seen[n-Remembered:]
	}
	return false
}

// began reports whether a walk began after an event, as far as it is remembered: the
// person began again later, or all that is remembered came later.
func (w Walk) began(ev Event) bool {
	if ev.ID == 0 || len(w.Seen) == 0 {
		return false
	}
	if w.Began != 0 && int32(ev.ID-w.Began) < 0 {
		return true
	}
	return !slices.ContainsFunc(w.Seen, func(id uint32) bool { return int32(id-ev.ID) <= 0 })
}
