package handlers

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"pathwaybot/flows"
)

// seenMost is how many events a chat remembers to know a repeat. A chat service
// repeats only the last event of each of its queues, so a few are plenty.
const seenMost = 6

// Walk is all that is kept of a chat for a short time: choices, and nothing typed.
type Walk struct {
	Lang    string       `json:"l,omitempty"`
	Flow    *flows.State `json:"f,omitempty"` // nil: nobody has begun, or it is forgotten
	Area    string       `json:"a,omitempty"`
	Mute    bool         `json:"q,omitempty"` // "I cannot talk" is switched on
	Over    string       `json:"o,omitempty"` // what lies over the screen: see over.go
	More    int          `json:"x,omitempty"` // which three contacts are shown
	Seen    []uint32     `json:"s,omitempty"` // the last events
	Touched int64        `json:"t,omitempty"` // minute of the last press, in minutes since 1970
}

func readWalk(b []byte) (Walk, error) {
	var w Walk
	if len(b) == 0 {
		return w, nil
	}
	if err := json.Unmarshal(b, &w); err != nil {
		return Walk{}, fmt.Errorf("read walk: %w", err)
	}
	return w, nil
}

func (w Walk) write() ([]byte, error) {
	b, err := json.Marshal(w)
	if err != nil {
		return nil, fmt.Errorf("write walk: %w", err)
	}
	return b, nil
}

// forget drops everything but the language.
func (w Walk) forget() Walk {
	return Walk{Lang: w.Lang, Seen: w.Seen}
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
	if n := len(w.Seen); n > seenMost {
		w.Seen = w.Seen[n-seenMost:]
	}
	return false
}
