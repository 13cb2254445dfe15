package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	tg "github.com/go-telegram/bot"

	"pathwaybot/handlers"
)

// leave removes all that the bot and the person have sent, and leaves one dull line.
// What the person chose to keep stays.
//
// The line stands in the message whose button was pressed, or the live one: editing
// hides the screen with the first call, makes no new notification, and leaves one
// message of the two that deleting and sending would have made. Only where there is
// nothing to edit, and where the message has a picture, which goes with it, a new
// message is sent: silently, and as one neutral word at first. The mail that is left
// holds the line's id, and what the person keeps, as long as the mark does.
func (t *turn) leave(ctx context.Context, m *mail, r handlers.Reply) error {
	b, chat := t.bot, t.update.chat
	stays := m.live
	if t.update.kind == "press" {
		stays = t.update.message
	}
	if m.isPicture(stays) {
		stays = 0
	}
	var held error // the line cannot be written now: then all goes, and it is tried again
	if stays != 0 {
		switch err := b.edit(ctx, chat, stays, render(r), nil); sortOf(err) {
		case fine:
		case refused:
			stays = 0
		default:
			stays, held = 0, err
		}
	}
	if err := errors.Join(held, b.remove(ctx, chat, m.passing(stays), b.talk.Neutral(r.Lang.Tag))); err != nil {
		return fmt.Errorf("leave: %w", err)
	}
	if oldest := m.oldest(); oldest > 0 {
		known := func(id int) bool { return id == stays || m.find(id) != nil }
		t.unknown = b.spans.between(oldest, known, b.config.Now())
	}
	if stays == 0 {
		if err := t.send(ctx, r.Lang.Tag); err != nil {
			return fmt.Errorf("leave: %w", err)
		}
		stays = t.sent
		if err := b.edit(ctx, chat, stays, render(r), nil); sortOf(err) != fine {
			b.note.fault("leave: " + reason(err)) // the neutral word is as dull
		}
	}
	m.items = slices.DeleteFunc(m.items, func(i item) bool { return !i.stays })
	m.live = stays
	return nil
}

// sweepLimit is how long looking for unknown messages may take.
const sweepLimit = 3 * time.Second

// sweepUp deletes what may stand in a chat without being known: the card of a program
// that died while the store was away, or a line that came this moment. Telegram passes
// over numbers that are of no message in this chat. It is tried once and owes nothing.
func (b *Bot) sweepUp(ctx context.Context, chat int64, ids []int) {
	ctx, cancel := context.WithTimeout(ctx, sweepLimit)
	defer cancel()
	for some := range slices.Chunk(ids, maxBatch) {
		_, err := b.api.DeleteMessages(ctx, &tg.DeleteMessagesParams{ChatID: chat, MessageIDs: some})
		if sortOf(err) == later {
			b.note.fault("sweep up: " + reason(err))
		}
	}
}

// sweep writes the dull line once more: a replica that was slow may have put a screen
// over it.
func (t *turn) sweep(ctx context.Context, m *mail, r handlers.Reply) error {
	if m.live == 0 {
		return nil
	}
	if err := t.bot.edit(ctx, t.update.chat, m.live, render(r), nil); sortOf(err) == later {
		return fmt.Errorf("sweep: %w", err)
	}
	return nil
}

// undo deletes what an update that came too late has put into a chat that was left:
// the person's message, and the one that was made for the answer.
func (t *turn) undo(ctx context.Context, m *mail, r handlers.Reply) error {
	items := m.going()
	if t.made {
		items = append(items, item{id: t.sent, minute: t.update.event.Now.Unix() / 60, mine: true})
	}
	if t.apart != 0 {
		items = append(items, item{id: t.apart, minute: t.update.event.Now.Unix() / 60, mine: true})
	}
	return t.bot.remove(ctx, t.update.chat, items, t.bot.talk.Neutral(r.Lang.Tag))
}

// drop deletes the message whose button was pressed.
func (t *turn) drop(ctx context.Context, r handlers.Reply) error {
	u := t.update
	i := item{id: u.message, mine: true, photo: u.photo}
	if !u.sent.IsZero() {
		i.minute = u.sent.Unix() / 60
	}
	return t.bot.remove(ctx, u.chat, []item{i}, t.bot.talk.Neutral(r.Lang.Tag))
}

// cover puts one neutral line over the screen, and nothing in the place of a picture.
// A message that is gone needs none. Former screens that could not be deleted when
// they were left are deleted now.
func (t *turn) cover(ctx context.Context, m *mail, r handlers.Reply) error {
	former := slices.DeleteFunc(m.passing(m.live), func(i item) bool { return !i.mine })
	if err := t.bot.remove(ctx, t.update.chat, former, t.bot.talk.Neutral(r.Lang.Tag)); err != nil {
		return fmt.Errorf("cover: %w", err)
	}
	if m.live == 0 {
		return nil
	}
	err := t.bot.put(ctx, t.update.chat, m.live, m.isPicture(m.live), render(r), keyboard(r.Rows))
	switch sortOf(err) {
	case fine:
	case refused:
		m.live = 0
	default:
		return fmt.Errorf("cover: %w", err)
	}
	return nil
}

// maxBatch is how many messages one call deletes:
// https://core.telegram.org/bots/api#deletemessages
const maxBatch = 100

// remove deletes messages, and puts a neutral word over those of the bot that are
// too old to be deleted. It returns an error only where trying again can help.
func (b *Bot) remove(ctx context.Context, chat int64, items []item, word string) error {
	now := b.config.Now()
	var young []item
	for _, i := range items {
		if !i.over(now) {
			young = append(young, i)
		} else if err := b.overwrite(ctx, chat, i, word); err != nil {
			return err
		}
	}
	for len(young) > 0 {
		n := min(len(young), maxBatch)
		if err := b.delete(ctx, chat, young[:n], word); err != nil {
			return err
		}
		young = young[n:]
	}
	return nil
}

// delete deletes at most 100 messages. Telegram passes over those it does not know,
// but one that it may not delete refuses all, so then halves are tried.
func (b *Bot) delete(ctx context.Context, chat int64, items []item, word string) error {
	ids := make([]int, len(items))
	for n, i := range items {
		ids[n] = i.id
	}
	_, err := b.api.DeleteMessages(ctx, &tg.DeleteMessagesParams{ChatID: chat, MessageIDs: ids})
	switch sortOf(err) {
	case fine:
		return nil
	case refused:
	default:
		return fmt.Errorf("delete: %w", err)
	}
	if half := len(items) / 2; half > 0 {
		if err := b.delete(ctx, chat, items[:half], word); err != nil {
			return err
		}
		return b.delete(ctx, chat, items[half:], word)
	}
	b.note.count("message that cannot be deleted")
	return b.overwrite(ctx, chat, items[0], word)
}

// overwrite puts a neutral word over a message of the bot's, which can be edited
// however old it is.
func (b *Bot) overwrite(ctx context.Context, chat int64, i item, word string) error {
	if !i.mine || word == "" {
		return nil
	}
	err := b.put(ctx, chat, i.id, i.photo, escape(word), nil)
	switch sortOf(err) {
	case fine:
		return nil
	case refused:
		b.note.count("message that cannot be edited")
		return nil
	}
	return fmt.Errorf("overwrite: %w", err)
}

// leaveGroup leaves a group or channel: what is said there is read by others.
func (b *Bot) leaveGroup(ctx context.Context, chat int64) (again bool) {
	_, err := b.api.LeaveChat(ctx, &tg.LeaveChatParams{ChatID: chat})
	if sortOf(err) == later {
		b.note.fault("leaveChat: " + reason(err))
		return true
	}
	return false
}
