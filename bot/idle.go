package bot

import (
	"context"

	"pathwaybot/handlers"
	"pathwaybot/session"
)

// Idle queues a look at a chat in which nobody has pressed for a while. It waits
// while many are being looked at, so that the watch goes no faster than they are
// dealt with.
func (b *Bot) Idle(chat session.Chat) {
	id, ok := chatID(chat)
	if !ok {
		return
	}
	ev := handlers.Event{Chat: chat, What: handlers.Idle, Now: b.config.Now()}
	b.idles <- struct{}{}
	place, open := b.order.join(id)
	if !open {
		<-b.idles
		return
	}
	b.inIdle.Go(func() {
		defer func() { <-b.idles }()
		place.run(func() { b.safely(func() { b.look(context.Background(), id, ev) }) })
	})
}

// look handles an idle event. What fails is tried again when the lease is over.
func (b *Bot) look(ctx context.Context, chat int64, ev handlers.Event) {
	if err := b.unasked(ctx, update{kind: "idle", chat: chat, event: ev}); err != nil {
		b.idleFault(err)
	}
}

func (b *Bot) idleFault(err error) { b.note.fault("idle: " + reason(err)) }

// lookAgain looks at a chat in its own turn: where it has been left meanwhile, by
// another replica, the dull line is put back.
func (b *Bot) lookAgain(ctx context.Context, chat int64) {
	ev := handlers.Event{Chat: chatOf(chat), What: handlers.Idle, Now: b.config.Now()}
	b.look(ctx, chat, ev)
}
