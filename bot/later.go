package bot

import (
	"context"
	"errors"

	"pathwaybot/handlers"
)

// errNoScreen says that a chat has no screen to be brought up to date.
var errNoScreen = errors.New("no screen")

// showLater brings a chat's screen up to date as soon as our limits allow it. Whoever
// presses faster than Telegram takes edits gets the last screen once and not each one
// late, and what they press next, such as Leave now, waits for nothing.
//
// It reports false when the program is about to end: then another one has to show it.
func (b *Bot) showLater(chat int64) bool {
	if b.stopping.Load() {
		return false
	}
	if _, waits := b.later.of(chat); waits {
		return true
	}
	b.later.set(chat, struct{}{})
	b.note.count("screen put off")
	b.inLater.Go(func() {
		ctx, cancel := context.WithTimeout(context.Background(), turnLimit)
		defer cancel()
		_ = sleep(ctx, max(moment, b.client.pace.until(chat))) // too long: then it is put off again
		place, open := b.order.join(chat)
		if !open {
			return
		}
		place.run(func() {
			b.later.forget(chat)
			b.safely(func() { b.bringUpToDate(context.Background(), chat) })
		})
	})
	return true
}

// bringUpToDate shows where a walk stands in the message that shows it.
func (b *Bot) bringUpToDate(ctx context.Context, chat int64) {
	ev := handlers.Event{Chat: chatOf(chat), What: handlers.Look, Again: true, Now: b.config.Now(), Apart: true}
	err := b.unasked(ctx, update{kind: "later", chat: chat, event: ev})
	if sortOf(err) == later && !errors.Is(err, errNoScreen) {
		b.note.fault("screen put off: " + reason(err))
		b.showLater(chat)
	}
}

// safely does something whose panic must not end the program.
func (b *Bot) safely(do func()) {
	defer func() {
		if recover() != nil {
			b.note.fault("panic")
		}
	}()
	do()
}
