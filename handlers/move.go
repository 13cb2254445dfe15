package handlers

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"pathwaybot/session"
)

// ErrFull says that a walk was not begun because Event.Move had no room for another.
// Nothing was saved.
var ErrFull = errors.New("no room for another walk")

// walking reports whether somebody is on a way that has not yet been idle for so long
// that it is covered.
func (h *Handlers) walking(w Walk, ev Event) bool {
	cover, _ := h.patience(w)
	return w.Flow != nil && w.idleFor(ev.Now) < cover
}

// write keeps a record where it belongs and returns where that is, when it is a new
// place: what begins a walk goes on under the id of Event.Move, and the old record is
// dropped, so that an id which somebody else has noted or put there opens nothing
// that comes later. A look begins nothing, and leaves no record where there was none. Nor
// does what nobody did write anything where nothing has changed: somebody else would take
// what they have just shown for out of date.
func (h *Handlers) write(ctx context.Context, rec session.Record, keep session.Keep, ev Event, before standing) (moved session.Chat, kept session.Record, err error) {
	switch {
	case ev.What == Look && len(before.kept.Walk) == 0, nobodys(ev) && same(rec, before.kept):
		return moved, rec, nil
	case ev.Move == nil || before.walking || ev.What == Look || ev.What == Idle:
		if kept, err = h.store.Save(ctx, rec, keep); err != nil {
			return moved, kept, fmt.Errorf("save walk: %w", err)
		}
		return moved, kept, nil
	}
	to, ok := ev.Move()
	if !ok {
		return moved, kept, ErrFull
	}
	if kept, err = h.store.Save(ctx, session.Record{Chat: to, Walk: rec.Walk, Mail: rec.Mail}, keep); err != nil {
		return moved, kept, fmt.Errorf("save walk that begins: %w", err)
	}
	if err := h.store.Drop(ctx, ev.Chat); err != nil {
		return moved, kept, fmt.Errorf("drop walk before: %w", err)
	}
	return to, kept, nil
}

// nobodys reports whether an event is nothing that a person did.
func nobodys(ev Event) bool { return ev.What == Look || ev.What == Found }

// same reports whether a record holds what it held.
func same(rec, before session.Record) bool {
	return bytes.Equal(rec.Walk, before.Walk) && bytes.Equal(rec.Mail, before.Mail)
}
