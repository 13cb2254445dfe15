package bot_test

import (
	"net/http"
	"testing"
	"time"

	"pathwaybot/bot/telegramtest"
	"pathwaybot/session/redistest"
)

// stays fails where the message is gone that a person chose to keep.
func stays(t *testing.T, c *telegramtest.Chat, id int, what string) {
	t.Helper()
	if _, ok := c.Message(id); !ok {
		t.Errorf("%s: the message that the person chose to keep is gone:\n%s", what, texts(c.Messages()))
	}
}

// Leave now pressed twice.
func TestKeptStaysWhenLeavingTwice(t *testing.T) {
	w := newWorld(t, setup{})
	c := w.tg.Chat(8101)
	kept := w.saves(c, "en", "!keep/numbers")
	live := c.Messages()[0].ID
	w.post(http.MethodPost, w.pressed(900, c.ID(), live, "!leave"), signed())
	stays(t, c, kept.ID, "first press")
	w.post(http.MethodPost, w.pressed(901, c.ID(), live, "!leave"), signed())
	stays(t, c, kept.ID, "second press")
}

// Another replica has left; what this one remembers of the chat is out of date.
func TestKeptStaysAtAnotherReplica(t *testing.T) {
	w := newWorld(t, setup{store: inRedis(t, redistest.Start(t).URL())})
	other := w.replica()
	c := w.tg.Chat(8102)
	w.walk(c, "en", outcome...)
	live := w.only(c).ID
	other.post(w.pressed(900, c.ID(), live, "!save/numbers"))
	other.post(w.pressed(901, c.ID(), live, "!keep/numbers"))
	kept := apart(c)[0].ID
	other.post(w.pressed(902, c.ID(), live, "!leave"))
	stays(t, c, kept, "leave")
	w.clock.add(2 * time.Minute)
	other.bot.LookAtIdle(t.Context())
	w.clock.add(20 * time.Minute)
	w.post(http.MethodPost, w.said(903, c.ID(), kept+5, "/start"), signed())
	stays(t, c, kept, "a new start")
	last, _ := c.Last()
	w.post(http.MethodPost, w.pressed(904, c.ID(), last.ID, "!leave"), signed())
	stays(t, c, kept, "leaving the new walk")
}

// The store is away, at a replica that never saw the chat.
func TestKeptStaysWhileAway(t *testing.T) {
	redis := redistest.Start(t)
	w := newWorld(t, setup{store: inRedis(t, redis.URL())})
	other := w.replica()
	c := w.tg.Chat(8103)
	kept := w.saves(c, "en", "!keep/numbers")
	live := c.Messages()[0].ID
	redis.Pause()
	other.post(w.pressed(900, c.ID(), live, "!leave"))
	redis.Resume()
	stays(t, c, kept.ID, "leave while away")
}

// Long after leaving, an old screen on another device opens the gate and is left again.
func TestKeptStaysAfterAnOldScreen(t *testing.T) {
	w := newWorld(t, setup{})
	c := w.tg.Chat(8118)
	kept := w.saves(c, "en", "!keep/numbers")
	live := c.Messages()[0].ID
	w.post(http.MethodPost, w.pressed(900, c.ID(), live, "!leave"), signed())
	w.clock.add(20 * time.Minute)
	w.bot.LookAtIdle(t.Context())
	w.post(http.MethodPost, w.pressed(901, c.ID(), live, "!help"), signed())
	w.post(http.MethodPost, w.pressed(902, c.ID(), live, "!leave"), signed())
	stays(t, c, kept.ID, "a press on an older screen, then leave")
}

// Soon after an outage, with a card of it in the chat.
func TestKeptStaysWhenLeavingAfterACard(t *testing.T) {
	redis := redistest.Start(t)
	w := newWorld(t, setup{store: inRedis(t, redis.URL())})
	other := w.replica()
	c := w.tg.Chat(8128)
	kept := w.saves(c, "en", "!keep/numbers")
	live := c.Messages()[0].ID
	w.post(http.MethodPost, w.pressed(900, c.ID(), live, "!leave"), signed())
	redis.Pause()
	other.post(w.pressed(901, c.ID(), live, "!help")) // a card, of which only that replica knows
	redis.Resume()
	other.post(w.pressed(902, c.ID(), live, "!leave"))
	stays(t, c, kept.ID, "leave after a card")
}
