package handlers

import (
	"context"
	"errors"
	"fmt"
	"time"

	"pathwaybot/areas"
	"pathwaybot/flows"
	"pathwaybot/guide"
	"pathwaybot/session"
)

// Store keeps walks. session.Redis and session.Memory are such stores.
type Store interface {
	Load(context.Context, session.Chat) (session.Record, error)
	Save(context.Context, session.Record, session.Keep) (session.Record, error)
	Current(context.Context, session.Record) (bool, error)
	Drop(context.Context, session.Chat) error
	Lease(ctx context.Context, now time.Time, lease time.Duration, most int) ([]session.Record, error)
}

// MailKept is how long message ids are kept: Telegram lets a bot delete a message
// for 48 hours, and an hour is left for the clean-up itself.
const MailKept = 47 * time.Hour

// Settings are what an operator decides.
type Settings struct {
	// Cover and Clean are the times of silence after which a screen is covered and a
	// chat is cleaned. People who said that they work with people have four times and
	// twice as long.
	Cover, Clean time.Duration
	// Reached is told of each outcome that a press led to, by the pathway and the
	// kind of outcome and by nothing that says who pressed. It may be nil.
	Reached func(pathway, outcome string)
	// Wrong is told of each contact whose number did not work, by its id and by
	// nothing that says who found that out. It may be nil.
	Wrong func(contact string)
	// Postcodes finds councils by half a postcode; nil where no operator has made
	// the file for it.
	Postcodes *areas.Postcodes
}

// Handlers is the conversation. It holds no state of a chat and may be used by any
// number of goroutines.
type Handlers struct {
	guide *guide.Guide
	store Store
	set   Settings
	local map[flows.Ref]bool         // outcomes that want contacts of an area
	said  map[string]map[string]said // by language and contact
	feet  map[string]map[bool][]Row
	tails map[string]map[flows.Ref][]Row
	draft string // names of the languages that nobody has checked
}

// New returns a conversation over a guide and a store.
func New(g *guide.Guide, store Store, set Settings) *Handlers {
	h := &Handlers{guide: g, store: store, set: set, local: map[flows.Ref]bool{}, said: map[string]map[string]said{}}
	h.feet, h.tails = map[string]map[bool][]Row{}, map[string]map[flows.Ref][]Row{}
	for _, l := range g.Words.Languages() {
		h.said[l.Tag] = h.sayings(l)
		h.feet[l.Tag] = h.footRows(l.Tag)
		h.tails[l.Tag] = map[flows.Ref][]Row{}
		for _, pw := range g.Graph.Pathways {
			for _, n := range pw.Nodes {
				if n.Kind != flows.Fork {
					h.tails[l.Tag][n.Ref] = h.tailRows(l.Tag, n)
				}
			}
		}
	}
	for _, pw := range g.Graph.Pathways {
		for _, n := range pw.Nodes {
			h.local[n.Ref] = h.wantsArea(n)
		}
	}
	h.draft = h.draftNames()
	return h
}

// Place is what a channel does before a walk is saved: it makes room for the
// screen and returns what it wants kept with the walk, such as message ids. It is
// called again with fresh mail when somebody else saved in between.
type Place func(ctx context.Context, r Reply, mail []byte) ([]byte, error)

// Overtaken reports whether somebody else has saved the chat since a reply was saved,
// so that a screen which has just been shown may be out of date. Where the store does
// not answer it is taken for current.
func (h *Handlers) Overtaken(ctx context.Context, r Reply) bool {
	current, err := h.store.Current(ctx, r.kept)
	return err == nil && !current
}

// conflicts is how often a turn is decided again when another replica was faster.
const conflicts = 4

// Turn handles one event: it loads the walk, decides, lets the channel place the
// reply, and saves. When it returns without an error the step is saved, and the
// channel shows the Reply. An error that is session.ErrAway means that no walk
// could be read: the channel shows Away instead. ErrFull means that Event.Move had
// no room.
func (h *Handlers) Turn(ctx context.Context, ev Event, place Place) (Reply, error) {
	var err error
	for range conflicts {
		var r Reply
		r, err = h.turn(ctx, ev, place)
		if !errors.Is(err, session.ErrConflict) {
			return r, err
		}
	}
	return Reply{}, err
}

func (h *Handlers) turn(ctx context.Context, ev Event, place Place) (Reply, error) {
	rec, err := h.store.Load(ctx, ev.Chat)
	if err != nil {
		return Reply{}, fmt.Errorf("load walk: %w", err)
	}
	w, err := readWalk(rec.Walk)
	if err != nil {
		w = Walk{} // a walk of a form that is no longer known: begin again
	}
	if ev.What == Idle && len(rec.Walk) == 0 && len(rec.Mail) == 0 {
		return Reply{Do: Nothing}, nil // the store has lost it, or somebody has cleaned it
	}
	before := standing{walking: h.walking(w, ev), kept: rec}
	r, fresh := Reply{}, true
	if w.Left != 0 {
		if r, fresh = h.afterLeaving(w, ev); fresh {
			w = Walk{}
			if !h.leaves(ev) { // the dull line is nobody's screen
				rec.Mail = nil
			}
		}
	}
	if fresh {
		w, r = h.decide(w, ev)
	}
	if r.Do == Nothing {
		return r, nil
	}
	if place != nil && r.Do != Wait {
		if rec.Mail, err = place(ctx, r, rec.Mail); err != nil {
			return Reply{}, fmt.Errorf("place reply: %w", err)
		}
	}
	if r.Moved, r.kept, err = h.save(ctx, rec, w, r, ev, before); err != nil {
		return Reply{}, err
	}
	if r.Outcome != "" && h.set.Reached != nil {
		h.set.Reached(r.Pathway, r.Outcome)
	}
	if r.Wrong != "" && h.set.Wrong != nil {
		h.set.Wrong(r.Wrong)
	}
	return r, nil
}
