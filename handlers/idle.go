package handlers

import (
	"context"
	"fmt"
	"time"

	"pathwaybot/guide"
	"pathwaybot/session"
)

// idle covers a screen that nobody has touched for a while, and later cleans the
// chat. A look that comes too early, because somebody pressed meanwhile or has more
// time, changes nothing.
func (h *Handlers) idle(w Walk, ev Event) (Walk, Reply) {
	cover, _ := h.patience(w)
	switch idle := w.idleFor(ev.Now); {
	case w.Flow == nil:
		return w, Reply{Do: Clean}
	case idle < h.set.Cover:
		return w, Reply{Do: Nothing}
	case idle < cover:
		return w, Reply{Do: Wait}
	}
	return w.forget(), h.cover(w, ev)
}

// cover is one neutral line with one button, which opens the gate.
func (h *Handlers) cover(w Walk, ev Event) Reply {
	r := h.plain(w, ev, "")
	r.Do = Cover
	r.Blocks = []Block{{Kind: Say, Text: h.guide.Words.Text(r.Lang.Tag, "ui.covered")}}
	r.Rows = []Row{{Buttons: []Button{h.button(r.Lang.Tag, "ui.button.open", "!open")}}}
	return r
}

// leave is the one dull line that stays.
func (h *Handlers) leave(w Walk, ev Event) Reply {
	r := h.plain(w, ev, "")
	r.Do = Leave
	r.Blocks = []Block{{Kind: Say, Text: h.guide.Words.Text(r.Lang.Tag, "ui.left")}}
	return r
}

// Away is the emergency card for when no walk can be read or nothing else works: in
// English, and in the app's language where that is exactly one of ours.
func (h *Handlers) Away(hint string) Reply {
	words := h.guide.Words
	l, _ := words.Language(guide.English)
	r := Reply{Lang: l, Urgent: true}
	if guess := words.Match(hint); guess.Exact && guess.Tag != guide.English {
		r.Lang, _ = words.Language(guess.Tag)
		r.Blocks = append(r.Blocks, Block{Kind: Say, Text: words.Text(guess.Tag, "ui.away")})
	}
	r.Blocks = append(r.Blocks, Block{Kind: Say, Text: words.Text(guide.English, "ui.away")})
	r.Rows = []Row{{Buttons: []Button{h.button(r.Lang.Tag, "ui.button.leave", "!leave")}}}
	return r
}

// First is the first screen of somebody of whom nothing is known yet. It needs no store.
func (h *Handlers) First(hint string) Reply {
	return h.picker(Walk{}, Event{Hint: hint})
}

// Busy is what somebody sees who presses very fast: one line, for a moment.
func (h *Handlers) Busy(hint string) string {
	tag := h.tag(Walk{}, Event{Hint: hint})
	return h.guide.Words.Text(tag, "ui.many-presses")
}

// Neutral is the one word that a new message shows on a lock screen.
func (h *Handlers) Neutral(tag string) string {
	return h.guide.Words.Text(tag, "ui.neutral")
}

// How often due chats are looked for, how long one replica has to deal with them,
// and how many it takes at once.
const (
	idleEvery = 20 * time.Second
	idleLease = 2 * time.Minute
	idleMost  = 100
)

// Watch hands chats that have been silent to queue, until ctx ends. Any number of
// replicas may watch one store; each chat goes to one of them. Faults are passed
// to fault and the watch goes on.
func (h *Handlers) Watch(ctx context.Context, now func() time.Time, queue func(session.Chat), fault func(error)) {
	tick := time.NewTicker(idleEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			h.Due(ctx, now(), queue, fault)
		}
	}
}

// Due hands every chat that is due at a moment to queue.
func (h *Handlers) Due(ctx context.Context, now time.Time, queue func(session.Chat), fault func(error)) {
	for {
		due, err := h.store.Lease(ctx, now, idleLease, idleMost)
		if err != nil {
			fault(fmt.Errorf("lease idle chats: %w", err))
			return
		}
		for _, rec := range due {
			queue(rec.Chat)
		}
		if len(due) < idleMost {
			return
		}
	}
}
