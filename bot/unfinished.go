package bot

import (
	"context"
	"errors"

	"pathwaybot/handlers"
	"pathwaybot/session"
)

// catchUp does, once the session store is back, what could not be saved while it was
// away. Chats were left: Telegram repeats a press for 150 seconds only, and what the
// store still holds would cover the chat later, which nobody who left should see. And
// cards were sent, which no other replica knows of and nobody else would delete.
func (b *Bot) catchUp(ctx context.Context) {
	for sleep(ctx, catchUpEvery*b.config.Limits.Retry) == nil {
		b.catchUpOnce(ctx)
	}
}

// catchUpEvery is the time between two tries, in first waits after a failure: 500 ms.
const catchUpEvery = 2

func (b *Bot) catchUpOnce(ctx context.Context) {
	for chat, u := range b.leaving.copy() {
		if ctx.Err() == nil {
			b.inTurn(chat, func() { b.leaveAgain(u) })
		}
	}
	for chat := range b.strays.copy() {
		if ctx.Err() == nil {
			b.inTurn(chat, func() { b.saveStrays(chat) })
		}
	}
	b.restoreLost(ctx)
	now := b.config.Now()
	for chat, r := range b.recent.copy() {
		if now.Sub(r.at) > recallFor {
			b.recent.forget(chat)
		}
	}
}

// restoreLost saves again which messages stand in the chats that this process knows of,
// where the store may have lost that: another replica, which knows of none of them, may
// be the one that covers a chat or that somebody leaves by.
func (b *Bot) restoreLost(ctx context.Context) {
	away := b.config.Store.Ping(ctx) != nil
	if before := b.missing.Swap(away); away || before {
		b.noteAway()
	}
	if away {
		return
	}
	b.anew()
	if !b.lost.Swap(false) {
		return
	}
	for chat := range b.recent.copy() {
		if ctx.Err() == nil {
			b.inTurn(chat, func() {
				if _, still := b.recent.of(chat); still && errors.Is(b.saveFound(chat), session.ErrAway) {
					b.lost.Store(true)
				}
			})
		}
	}
}

// inTurn does something when a chat's turn has come, and waits for it.
func (b *Bot) inTurn(chat int64, do func()) {
	if place, open := b.order.join(chat); open {
		place.run(func() { b.safely(do) })
	}
}

// saveStrays tells the store of the messages that an outage has left in a chat.
func (b *Bot) saveStrays(chat int64) {
	if len(b.strays.of(chat)) > 0 { // no step has been saved meanwhile
		_ = b.saveFound(chat) // it is tried again while there are any
	}
}

// saveFound tells the store of messages that it does not know.
func (b *Bot) saveFound(chat int64) error {
	ev := handlers.Event{Chat: chatOf(chat), What: handlers.Found, Now: b.config.Now()}
	return b.unasked(context.Background(), update{kind: "found", chat: chat, event: ev})
}

func (b *Bot) leaveAgain(u update) {
	if _, waits := b.leaving.of(u.chat); waits { // Telegram has not sent it again meanwhile
		_ = b.unasked(context.Background(), u) // it is tried again while it waits
	}
}

// saved notes in memory what a turn has saved.
func (b *Bot) saved(t *turn, r handlers.Reply) {
	chat := t.update.chat
	switch r.Do {
	case handlers.Show, handlers.Cover:
		b.recent.set(chat, remembered{t.mail, b.config.Now()})
		b.strays.forget(chat)
	case handlers.Leave, handlers.Clean, handlers.Sweep, handlers.Undo:
		b.recent.forget(chat)
		b.strays.forget(chat)
		b.leaving.forget(chat)
	case handlers.Note:
		b.recent.set(chat, remembered{t.mail, b.config.Now()}) // the store may lose it again
		b.strays.forget(chat)
	case handlers.Drop, handlers.Wait, handlers.Nothing:
	}
}
