package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"pathwaybot/handlers"
)

// turn is one update on its way, and what has been done for it so far.
type turn struct {
	bot     *Bot
	update  update
	sent    int   // the message to show the screen in, where it is not the live one; place may be called again
	made    bool  // it was made in this turn
	fresh   bool  // the live message cannot be edited: make a new one
	plain   bool  // a picture was refused: words alone
	apart   int   // the message in which something is saved
	unknown []int // messages that may stand in a chat that is left
	mail    mail  // as it was handed to the save
}

// place makes room for a reply before the walk is saved, and returns the mail to be
// saved with it: handlers.Place.
//
// A new message holds nothing but one neutral word until its id is saved. So a lock
// screen shows only that word, and a crash leaves only that word.
//
// What is covered, left or cleaned is done here, before the save: if it fails the
// walk and the ids are still there, and it is tried again.
func (t *turn) place(ctx context.Context, r handlers.Reply, saved []byte) ([]byte, error) {
	u := t.update
	if u.event.What == handlers.Blocked {
		return nil, nil // nothing is ever sent to somebody who does not want it
	}
	m := readMail(saved)
	repeat := m.begin(u.event.ID)
	t.bot.anew()
	switch {
	case u.kind == "found":
		t.restore(&m, r.Do)
	case len(saved) == 0 && t.bot.unsure():
		t.recall(&m)
	}
	t.note(&m)
	var err error
	switch r.Do {
	case handlers.Show:
		if u.kind == "later" && m.live == 0 {
			return nil, errNoScreen
		}
		if err = t.makeRoom(ctx, &m, r, repeat); err == nil {
			err = t.makeSaved(ctx, &m, r, repeat)
		}
	case handlers.Cover:
		err = t.cover(atOnce(ctx), &m, r)
	case handlers.Leave:
		err = t.leave(atOnce(ctx), &m, r)
	case handlers.Clean:
		err = t.bot.remove(ctx, u.chat, m.passing(0), t.bot.talk.Neutral(r.Lang.Tag))
	case handlers.Undo:
		err = t.undo(ctx, &m, r)
	case handlers.Drop:
		if u.message != m.live { // which never has that button
			err = t.drop(ctx, r)
		}
	case handlers.Sweep:
		err = t.sweep(atOnce(ctx), &m, r)
	case handlers.Note:
		t.keepStrays(&m)
	case handlers.Wait, handlers.Nothing:
	}
	if err != nil {
		return nil, err
	}
	t.mail = m
	return m.bytes(u.event.Now), nil
}

// recall adds what this process saved last, where the store knows nothing of the chat
// because it has come back empty: it goes with this turn. It may be out of date, and
// what is deleted already is passed over.
func (t *turn) recall(m *mail) {
	for _, i := range t.bot.recalled(t.update.chat).items {
		m.items = append(m.items, i)
		if !i.stays {
			m.drop(i.id)
		}
	}
}

// restore adds what this process saved last and the store has lost. Where nothing is
// left all is as it was; else what nobody else knows of goes with the next step.
func (t *turn) restore(m *mail, do handlers.Do) {
	known := t.bot.recalled(t.update.chat)
	if do == handlers.Note && m.live == 0 && len(m.items) == 0 {
		*m = known
		return
	}
	for _, i := range known.items {
		if i.id == m.live || m.find(i.id) != nil {
			continue
		}
		m.items = append(m.items, i)
		if !i.stays {
			m.stray(i.id)
		}
	}
}

// keepStrays notes the messages of an outage, which go with the next step. Where there
// is no screen the last of them is it.
func (t *turn) keepStrays(m *mail) {
	if strays := t.bot.strays.of(t.update.chat); m.live == 0 && len(strays) > 0 {
		m.show(strays[len(strays)-1].id)
	}
}

// note adds to the mail what the update itself and an outage have put into the chat.
func (t *turn) note(m *mail) {
	u := t.update
	for _, i := range t.bot.strays.of(u.chat) {
		m.add(i.id, time.Unix(i.minute*60, 0), true)
		m.stray(i.id)
	}
	switch u.kind {
	case "message":
		m.add(u.message, u.sent, false)
		m.drop(u.message)
	case "press":
		m.add(u.message, u.sent, true)
		if u.photo {
			m.picture(u.message)
		}
	}
	if t.apart != 0 { // made in vain, where this is decided again
		m.add(t.apart, u.event.Now, true)
		m.drop(t.apart)
	}
}

// makeRoom finds the message for a screen: the one whose button was pressed, or the
// live one. /start makes a new one, as does a message that is gone or nearly too old
// to be deleted, and one with a picture where the screen has none.
func (t *turn) makeRoom(ctx context.Context, m *mail, r handlers.Reply, repeat bool) error {
	u := t.update
	id := m.live
	switch {
	case t.fresh, t.sent != 0:
		id = t.sent
	case u.kind == "press":
		id = u.message
	case u.event.What == handlers.Command && u.event.Data == "start" && !repeat:
		id = 0
	}
	photo := t.photo(r) != nil
	usable := func(id int) bool {
		i := m.find(id)
		return i != nil && !i.over(u.event.Now) && (photo || !i.photo)
	}
	if !usable(id) {
		m.drop(id)
		id = 0
		if repeat && !t.fresh && usable(m.live) { // made the first time
			id = m.live
		}
	}
	if id == 0 && !t.fresh {
		t.adopt()
	}
	if id == 0 {
		if err := t.send(ctx, r.Lang.Tag); err != nil {
			return fmt.Errorf("make room: %w", err)
		}
		id = t.sent
		m.add(id, u.event.Now, true)
	}
	m.show(id)
	if photo {
		m.picture(id)
	}
	return nil
}

// adopt takes a message that was sent without being saved for the new one.
func (t *turn) adopt() {
	if strays := t.bot.strays.of(t.update.chat); t.sent == 0 && len(strays) > 0 {
		t.sent = strays[len(strays)-1].id
	}
}

// send makes a new message in the chat, silently, of one neutral word.
func (t *turn) send(ctx context.Context, tag string) error {
	if t.sent != 0 {
		return nil
	}
	id, err := t.bot.send(ctx, t.update.chat, t.bot.talk.Neutral(tag))
	t.sent, t.made = id, err == nil
	return err
}

// finish does what comes after the save.
func (t *turn) finish(ctx context.Context, r handlers.Reply) error {
	switch r.Do {
	case handlers.Leave:
		t.leaveOnceMore(ctx, r)
	case handlers.Show:
		return t.showSaved(ctx, r)
	case handlers.Cover, handlers.Clean, handlers.Undo, handlers.Drop, handlers.Sweep, handlers.Wait, handlers.Note, handlers.Nothing:
	}
	return nil
}

// leaveOnceMore looks for what has come into the chat while it was being left.
func (t *turn) leaveOnceMore(ctx context.Context, r handlers.Reply) {
	// Another replica that saw no mark yet may have put a screen over the line.
	if err := t.sweep(atOnce(ctx), &t.mail, r); err != nil {
		t.bot.note.fault("leave: " + reason(err)) // it is swept again in a minute
	}
	line := t.mail.live // it may have been sent since
	t.bot.sweepUp(ctx, t.update.chat, slices.DeleteFunc(t.unknown, func(id int) bool { return id == line }))
}

// showSaved shows a screen that is saved, after deleting what was typed and the
// message that is live no longer.
func (t *turn) showSaved(ctx context.Context, r handlers.Reply) error {
	b, chat, saved := t.bot, t.update.chat, r
	notDeleted := b.remove(ctx, chat, t.mail.going(), b.talk.Neutral(r.Lang.Tag))
	t.showApart(ctx, r)
	what := t.update.event.What
	if !t.made && (what == handlers.Text || what == handlers.Other) && b.talk.Overtaken(ctx, r) {
		// What is typed does not wait for what is pressed, and deleting it took a while.
		// Who has saved since shows what is newer.
		b.lookAgain(ctx, chat)
		return notDeleted
	}
	hurry := ctx
	if !t.made { // a message of one neutral word has no button to go on with: that waits
		hurry = quickly(ctx, r.Urgent)
	}
	shown := t.show(hurry, r)
	if errors.Is(shown, errHeld) && !t.made && b.showLater(chat) {
		return notDeleted
	}
	if photo := t.photo(r) != nil; sortOf(shown) == refused && (photo || !t.made) {
		var err error
		if saved, err = t.anew(ctx, photo); err != nil {
			return fmt.Errorf("show in a new message: %w", err)
		}
		if saved.Do != handlers.Show {
			return notDeleted
		}
		if err := b.remove(ctx, chat, t.mail.going(), b.talk.Neutral(r.Lang.Tag)); err != nil {
			notDeleted = err
		}
		shown = t.show(ctx, r) // a repeat has no line of its own above the screen
	}
	if sortOf(shown) == refused {
		b.note.fault("editMessageText: " + reason(shown))
		shown = t.showCard(ctx)
	}
	t.lookBehind(ctx, saved)
	if sortOf(shown) != fine {
		return fmt.Errorf("show: %w", shown)
	}
	return notDeleted
}

// anew decides once more, for a new message: the live one is gone or cannot be edited, or
// its picture is refused. The same event again is a repeat, which changes no answer and
// saves the id of the new message; unless the chat has been left meanwhile.
func (t *turn) anew(ctx context.Context, photo bool) (handlers.Reply, error) {
	t.bot.note.count("live message lost")
	t.fresh, t.plain, t.sent = true, photo, 0
	r, err := t.bot.talk.Turn(ctx, t.update.event, t.place)
	if err == nil {
		t.bot.saved(t, r)
	}
	return r, err
}

// showCard shows the emergency card where the screen is refused.
func (t *turn) showCard(ctx context.Context) error {
	card := t.bot.talk.Away(t.update.event.Hint)
	err := t.bot.edit(ctx, t.update.chat, t.mail.live, escape(plain(card)), nil)
	if sortOf(err) == refused {
		t.bot.note.fault("emergency card: " + reason(err))
		return nil
	}
	return err
}

// lookBehind looks whether another replica has saved the chat while this screen was on
// its way, which then may lie over a newer one, or over the line of a chat that was left.
func (t *turn) lookBehind(ctx context.Context, r handlers.Reply) {
	b, chat := t.bot, t.update.chat
	if !b.talk.Overtaken(ctx, r) {
		return
	}
	b.lookAgain(ctx, chat)
	if t.update.kind == "later" && b.showLater(chat) {
		return // and again: then a little later, unless the program is about to end
	}
	if ctx.Err() == nil {
		b.bringUpToDate(ctx, chat)
	}
}

// send sends a text silently and returns its id.
func (b *Bot) send(ctx context.Context, chat int64, text string) (int, error) {
	m, err := b.api.SendMessage(ctx, &tg.SendMessageParams{
		ChatID: chat, Text: escape(text), ParseMode: models.ParseModeHTML,
		DisableNotification: true, LinkPreviewOptions: noPreview(),
	})
	if err != nil {
		return 0, err
	}
	b.spans.saw(m.ID, b.config.Now())
	return m.ID, nil
}

// edit puts a text and its buttons into a message of ours.
func (b *Bot) edit(ctx context.Context, chat int64, message int, html string, keys models.ReplyMarkup) error {
	_, err := b.api.EditMessageText(ctx, &tg.EditMessageTextParams{
		ChatID: chat, MessageID: message, Text: html, ParseMode: models.ParseModeHTML,
		LinkPreviewOptions: noPreview(), ReplyMarkup: keys,
	})
	return err
}

// noPreview keeps the picture of a charity's page out of the list of chats.
func noPreview() *models.LinkPreviewOptions {
	return &models.LinkPreviewOptions{IsDisabled: tg.True()}
}
