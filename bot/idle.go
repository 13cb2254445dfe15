package bot

import (
	"context"

	"pathwaybot/handlers"
	"pathwaybot/session"
)

// watch looks after chats that have been silent, until ctx ends.
func (b *Bot) watch(ctx context.Context) {
	b.talk.Watch(ctx, b.config.Now, func(chat session.Chat) {
		if ctx.Err() == nil {
			b.idle(chat)
		}
	}, b.idleFault)
}

// idle queues a look at a chat that has been silent. It waits while many are being
// looked at, so that the watch goes no faster than they are dealt with. Chats of
// other channels have no messages of ours: for them the conversation alone decides.
func (b *Bot) idle(chat session.Chat) {
	id, mine := chatID(chat)
	ev := handlers.Event{Chat: chat, What: handlers.Idle, Now: b.config.Now()}
	b.idles <- struct{}{}
	place, open := b.order.join(id)
	if !open {
		<-b.idles
		return
	}
	b.inIdle.Go(func() {
		defer func() { <-b.idles }()
		place.run(func() {
			ctx, cancel := context.WithTimeout(context.Background(), turnLimit)
			defer cancel()
			defer func() {
				if recover() != nil {
					b.note.fault("panic")
				}
			}()
			if mine {
				b.look(about(ctx, id), update{kind: "idle", chat: id, event: ev})
				return
			}
			if _, err := b.talk.Turn(ctx, ev, nil); err != nil {
				b.idleFault(err)
			}
		})
	})
}

// look handles an idle event. What fails is tried again when the lease is over.
func (b *Bot) look(ctx context.Context, u update) {
	t := &turn{bot: b, update: u}
	_, err := b.talk.Turn(ctx, u.event, t.place)
	switch {
	case err == nil:
	case sortOf(err) == blocked:
		b.forget(ctx, u)
	default:
		b.idleFault(err)
	}
}

func (b *Bot) idleFault(err error) { b.note.fault("idle: " + reason(err)) }
