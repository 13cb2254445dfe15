package handlers

import (
	"context"
	"errors"
	"fmt"
	"time"

	"pathwaybot/session"
)

// standing is how a walk stood when its event came.
type standing struct {
	walking bool           // on a way that is not covered yet
	kept    session.Record // what was kept
}

// save keeps what is to be kept after a reply. It writes only over the record that
// was loaded: what somebody else has saved meanwhile is decided again.
func (h *Handlers) save(ctx context.Context, rec session.Record, w Walk, r Reply, ev Event, before standing) (moved session.Chat, kept session.Record, err error) {
	keep := h.keep(w, r, ev.Now)
	switch r.Do {
	case Undo, Drop, Nothing:
		return moved, rec, nil
	case Leave:
		return moved, rec, h.saveLeft(ctx, rec, keep, ev)
	case Sweep:
		rec.Walk = w.write()
	case Clean:
		rec.Walk, rec.Mail, keep = nil, nil, session.Keep{} // no time to keep removes the record
	case Show, Cover:
		rec.Walk = w.write()
	case Wait, Note: // as it was
	}
	return h.write(ctx, rec, keep, ev, before)
}

// saveLeft keeps the mark of a chat that was left, or nothing where nothing late can
// come. A store that is full takes no mark, but it forgets.
func (h *Handlers) saveLeft(ctx context.Context, rec session.Record, keep session.Keep, ev Event) error {
	rec.Walk = leftWalk(ev).write()
	if ev.ID == 0 {
		rec.Walk, rec.Mail, keep = nil, nil, session.Keep{}
	}
	_, err := h.store.Save(ctx, rec, keep)
	if errors.Is(err, session.ErrAway) {
		err = h.store.Drop(ctx, ev.Chat)
	}
	if err != nil {
		return fmt.Errorf("save that a chat was left: %w", err)
	}
	return nil
}

// keep says how long a walk stays and when to look at the chat again. It is the same
// for everybody, as far as it can be: a copy of the store must not tell who has more
// time because they work with people.
func (h *Handlers) keep(w Walk, r Reply, now time.Time) session.Keep {
	cover, clean := h.set.Cover, h.set.Clean
	k := session.Keep{Walk: 2*clean + 2*time.Minute, Mail: MailKept, Due: now.Add(cover)}
	switch r.Do {
	case Cover:
		k.Due = now.Add(clean - cover)
	case Wait:
		end, _ := h.patience(w)
		idle := w.idleFor(now)
		if idle < clean {
			end = min(end, clean) // when those who have less time are cleaned
		}
		k.Due = now.Add(end - idle)
	case Leave:
		k = session.Keep{Walk: LeftKept, Mail: LeftKept, Due: now.Add(sweepAfter)}
	case Sweep:
		rest := LeftKept - 3*sweepAfter // it is swept at most two minutes late
		k = session.Keep{Walk: rest, Mail: rest}
	case Note:
		if w.Flow != nil { // the silence goes on
			k.Due = now.Add(max(0, cover-w.idleFor(now)))
		}
	case Show, Clean, Undo, Drop, Nothing:
	}
	return k
}

// patience returns the times of silence for the person who walks.
func (h *Handlers) patience(w Walk) (cover, clean time.Duration) {
	cover, clean = h.set.Cover, h.set.Clean
	if w.Flow != nil && h.guide.Graph.Of(h.guide.Graph.Base(*w.Flow)).Audience == "professional" {
		return 4 * cover, 2 * clean
	}
	return cover, clean
}
