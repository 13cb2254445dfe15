package bot

import (
	"context"
	"errors"

	"pathwaybot/handlers"
	"pathwaybot/session"
)

// answer is what Telegram is told about an update.
type answer struct {
	again bool   // not done: send it once more
	press string // the press to answer, with text shown for a moment
	text  string
}

// handle deals with one update, in its chat's turn.
//
// A panic is a mistake of ours that would come again with every repeat of the
// update, and Telegram repeats for a day while all else of that chat waits behind
// it. So such an update is acknowledged: the person gets the emergency card and can
// press again, and the mistake is counted.
func (b *Bot) handle(ctx context.Context, u update) (a answer) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), turnLimit)
	defer cancel()
	ctx = about(ctx, u.chat)
	defer func() {
		if recover() != nil {
			b.note.fault("panic")
			a = answer{press: u.press}
			b.rescue(ctx, u)
		}
	}()
	a.press = u.press
	b.spans.saw(u.message, b.config.Now())
	switch u.kind {
	case "":
		b.note.count("update of no use")
	case "group":
		b.note.count("group left")
		a.press, a.again = "", b.leaveGroup(ctx, u.chat)
	case "press", "message":
		b.note.count("update")
		if b.busy(u) {
			b.note.count("update over the limit of a person")
			a.text = b.talk.Busy(u.event.Hint)
			a.again = u.kind == "message" && b.remove(ctx, u.chat, u.own(), "") != nil
			break
		}
		a.again = b.turn(ctx, u)
	case "blocked":
		a.again = b.turn(ctx, u)
	}
	return a
}

// own is the person's message of an update, if it is one.
func (u update) own() []item {
	if u.kind != "message" {
		return nil
	}
	return []item{{id: u.message, minute: u.sent.Unix() / 60}}
}

// turn is one update on its way through the conversation. It reports whether the
// update has to come again.
func (b *Bot) turn(ctx context.Context, u update) (again bool) {
	t := &turn{bot: b, update: u}
	err := t.take(ctx)
	switch {
	case err == nil:
		return false
	case errors.Is(err, session.ErrAway):
		b.note.fault("turn: " + reason(err))
		b.noteAway()
		b.aways.Add(1)
		b.away(ctx, t)
		return true
	}
	switch sortOf(err) {
	case blocked:
		b.note.count("blocked by a person")
		return b.forget(ctx, u)
	case refused: // not even one word is accepted in this chat
		b.note.fault("turn: " + reason(err))
		return false
	case fine, later:
	}
	b.note.fault("turn: " + reason(err))
	return true
}

// take takes an update through the conversation: decided, saved and shown.
func (t *turn) take(ctx context.Context) error {
	r, err := t.bot.talk.Turn(ctx, t.update.event, t.place)
	if err != nil {
		return err
	}
	t.bot.saved(t, r)
	return t.finish(ctx, r)
}

// unasked takes what nobody in the chat did, in the chat's turn.
func (b *Bot) unasked(ctx context.Context, u update) error {
	ctx, cancel := context.WithTimeout(ctx, turnLimit)
	defer cancel()
	err := (&turn{bot: b, update: u}).take(about(ctx, u.chat))
	if sortOf(err) == blocked {
		b.forget(ctx, u)
		return nil
	}
	return err
}

// forget drops all that is kept of a chat which does not want to hear from us.
func (b *Bot) forget(ctx context.Context, u update) (again bool) {
	b.strays.forget(u.chat)
	b.recent.forget(u.chat)
	b.leaving.forget(u.chat)
	_, err := b.talk.Turn(ctx, handlers.Event{Chat: u.event.Chat, What: handlers.Blocked, Now: u.event.Now}, nil)
	if err != nil {
		b.note.fault("forget: " + reason(err))
	}
	return err != nil
}
