package bot

import (
	"context"

	"pathwaybot/handlers"
)

// away shows what can be shown while the session store is away: a card with 999,
// once a chat until a step is saved there again. Telegram repeats the update itself
// until it is, so what the person did is not lost.
//
// Who leaves is left alone at once, as far as this process knows what is in the chat;
// the rest goes when the store can be read again.
func (b *Bot) away(ctx context.Context, t *turn) {
	u := t.update
	if u.kind != "press" && u.kind != "message" {
		return
	}
	if err := b.remove(ctx, u.chat, u.own(), ""); err != nil {
		b.note.fault("away: " + reason(err))
	}
	if left, ok := b.leaving.of(u.chat); ok && int32(u.event.ID-left.event.ID) <= 0 {
		return // it happened before the chat was left
	}
	r := b.talk.Without(u.event)
	switch r.Do {
	case handlers.Leave:
		b.leaving.set(u.chat, u)
		if err := t.leaveUnsaved(atOnce(ctx), r); err != nil {
			b.note.fault("away: " + reason(err))
		}
		return
	case handlers.Drop:
		if err := t.drop(ctx, r); err != nil {
			b.note.fault("away: " + reason(err))
		}
		return
	case handlers.Show, handlers.Cover, handlers.Clean, handlers.Undo, handlers.Sweep, handlers.Wait, handlers.Note, handlers.Nothing:
	}
	if t.sent == 0 && len(b.strays.of(u.chat)) > 0 {
		return
	}
	b.emergency(ctx, t, r)
}

// emergency shows a reply that no save stands behind, in the message that was made
// in this turn or in a new one. Its id is kept in memory until the next save.
func (b *Bot) emergency(ctx context.Context, t *turn, r handlers.Reply) {
	chat := t.update.chat
	t.adopt()
	if err := t.send(ctx, r.Lang.Tag); err != nil {
		b.note.fault("emergency card: " + reason(err))
		return
	}
	b.note.count("emergency card")
	b.strays.add(chat, item{id: t.sent, minute: t.update.event.Now.Unix() / 60, mine: true})
	if err := b.edit(ctx, chat, t.sent, render(r), keyboard(r.Rows)); sortOf(err) != fine {
		b.note.fault("emergency card: " + reason(err))
	}
}

// rescue shows the emergency card after a panic.
func (b *Bot) rescue(ctx context.Context, u update) {
	defer func() {
		if recover() != nil {
			b.note.fault("panic")
		}
	}()
	if u.kind != "press" && u.kind != "message" {
		return
	}
	b.emergency(ctx, &turn{bot: b, update: u}, b.talk.Away(u.event.Hint))
}

// leaveUnsaved leaves a chat of which nothing can be read, by what this process saved
// of it last. Where it knows no screen it says nothing either: a dull line below a
// screen that stays would be a lie.
func (t *turn) leaveUnsaved(ctx context.Context, r handlers.Reply) error {
	b, u := t.bot, t.update
	m := b.recalled(u.chat)
	t.note(&m)
	if len(m.items) == 0 || u.kind == "message" && len(m.items) == 1 {
		return nil
	}
	return t.leave(ctx, &m, r)
}
