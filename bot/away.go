package bot

import (
	"context"

	"pathwaybot/handlers"
)

// away shows what can be shown while the session store is away: a card with 999,
// once a chat until a step is saved there again. Telegram repeats the update itself
// until it is, so what the person did is not lost.
//
// Who leaves sees the dull line at once; the rest is deleted when the update comes
// again and the ids can be read.
func (b *Bot) away(ctx context.Context, t *turn) {
	u := t.update
	if u.kind != "press" && u.kind != "message" {
		return
	}
	if err := b.remove(ctx, u.chat, u.own(), ""); err != nil {
		b.note.fault("away: " + reason(err))
	}
	r := b.talk.Without(u.event)
	if r.Do == handlers.Leave {
		if u.kind == "press" {
			if err := b.put(ctx, u.chat, u.message, u.photo, plain(r), nil); sortOf(err) != fine {
				b.note.fault("away: " + reason(err))
			}
		}
		return
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
