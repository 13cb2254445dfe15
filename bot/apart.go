package bot

import (
	"context"
	"fmt"

	"pathwaybot/handlers"
)

// makeSaved makes the message in which a person saves something: one neutral word
// until its id is saved, like every new message. Of the messages that stay when the
// person leaves there is one: a new one takes the place of the former.
func (t *turn) makeSaved(ctx context.Context, m *mail, r handlers.Reply, repeat bool) error {
	if r.Saved == nil {
		return nil
	}
	if t.apart == 0 && repeat {
		t.apart = m.newestApart(r.Saved.Keep)
	}
	if t.apart == 0 {
		id, err := t.bot.send(ctx, t.update.chat, t.bot.talk.Neutral(r.Lang.Tag))
		if err != nil {
			return fmt.Errorf("make a message of its own: %w", err)
		}
		t.apart = id
	}
	if r.Saved.Keep {
		m.release(t.apart)
	}
	m.add(t.apart, t.update.event.Now, true)
	i := m.find(t.apart)
	i.apart, i.stays, i.goes = true, r.Saved.Keep, false
	return nil
}

// showApart puts into that message what it is for. What fails leaves the neutral
// word, and the person can save it again.
func (t *turn) showApart(ctx context.Context, r handlers.Reply) {
	if r.Saved == nil || t.apart == 0 {
		return
	}
	s := handlers.Reply{Lang: r.Lang, Title: r.Saved.Title, Blocks: r.Saved.Blocks}
	if err := t.bot.edit(ctx, t.update.chat, t.apart, render(s), keyboard(r.Saved.Rows)); sortOf(err) != fine {
		t.bot.note.fault("message of its own: " + reason(err))
	}
}
