package bot

import (
	"context"

	"pathwaybot/handlers"
)

// finishLeaving saves, once the session store is back, that chats were left while it
// was away. Telegram repeats a press for 150 seconds only, and what the store still
// holds of the chat would cover it later, which nobody who left should see.
func (b *Bot) finishLeaving(ctx context.Context) {
	for sleep(ctx, leaveEvery*b.config.Limits.Retry) == nil {
		b.leaveAllAgain()
	}
}

func (b *Bot) leaveAllAgain() {
	for chat, u := range b.leaving.copy() {
		if place, open := b.order.join(chat); open {
			place.run(func() { b.safely(func() { b.leaveAgain(u) }) })
		}
	}
}

// leaveEvery is the time between two tries, in first waits after a failure: 2 s.
const leaveEvery = 8

func (b *Bot) leaveAgain(u update) {
	if _, waits := b.leaving.of(u.chat); !waits {
		return // Telegram has sent it again meanwhile
	}
	ctx, cancel := context.WithTimeout(context.Background(), turnLimit)
	defer cancel()
	t := &turn{bot: b, update: u}
	r, err := b.talk.Turn(about(ctx, u.chat), u.event, t.place)
	if err == nil || sortOf(err) == blocked {
		b.saved(t, r)
	}
}

// saved notes in memory what a turn has saved.
func (b *Bot) saved(t *turn, r handlers.Reply) {
	chat := t.update.chat
	switch r.Do {
	case handlers.Show, handlers.Cover:
		b.recent.set(chat, t.mail)
		b.strays.forget(chat)
	case handlers.Leave, handlers.Clean, handlers.Sweep, handlers.Undo:
		b.recent.forget(chat)
		b.strays.forget(chat)
		b.leaving.forget(chat)
	case handlers.Drop, handlers.Wait, handlers.Nothing:
	}
}
