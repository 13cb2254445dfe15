package handlers

import "time"

// What is kept of a chat that was left: a sealed mark, so that nothing late brings a
// screen back. A chat service repeats what was not acknowledged, in queues of its
// own, and another replica may still be showing a screen.
const (
	// LeftKept is how long the mark stays. Telegram tries again at the latest two
	// minutes after a failure, whatever is older has expired or comes from a queue
	// that nobody waits for any longer.
	LeftKept = 10 * time.Minute
	// sweepAfter is when a left chat is looked at once more. No turn lasts as long.
	sweepAfter = time.Minute
)

// leftWalk is the mark: the event that left, and nothing else.
func leftWalk(ev Event) Walk { return Walk{Left: ev.ID} }

// late reports whether an event happened before its chat was left, or is the leaving
// itself once more. Ids grow; they are compared around their end.
func (w Walk) late(ev Event) bool {
	return ev.What == Look || ev.What == Found || ev.ID != 0 && int32(ev.ID-w.Left) <= 0
}

// afterLeaving says what an event means in a chat that was left: nothing, where it is
// late; otherwise a new walk, of which nothing is known. fresh says that the mark is
// over and with it what was kept beside it.
func (h *Handlers) afterLeaving(w Walk, ev Event) (r Reply, fresh bool) {
	switch {
	case ev.What == Idle:
		r = h.leave(Walk{}, ev)
		r.Do = Sweep
		return r, false
	case w.late(ev):
		r = h.plain(Walk{}, ev, "")
		r.Do = Undo
		return r, false
	}
	return Reply{}, true
}
