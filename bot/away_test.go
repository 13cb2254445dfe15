package bot_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"pathwaybot/bot/telegramtest"
	"pathwaybot/handlers"
	"pathwaybot/session"
	"pathwaybot/session/redistest"
)

// inRedis keeps the sessions of a world in a Redis of its own.
func inRedis(t testing.TB, url string) func(func() time.Time) handlers.Store {
	t.Helper()
	return func(func() time.Time) handlers.Store {
		store, err := session.NewRedis(session.Config{URL: url, Keys: [][]byte{[]byte(strings.Repeat("k", 32))}})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = store.Close() })
		return store
	}
}

func TestRedisAway(t *testing.T) {
	ways(t, func(t *testing.T, s setup) {
		redis := redistest.Start(t)
		s.store = inRedis(t, redis.URL())
		w := newWorld(t, s)
		c := w.tg.NewChat(6001, telegramtest.ChatOptions{Person: telegramtest.User{FirstName: "Ann", LanguageCode: "ro"}})
		w.walk(c, "ro", outcome[:2]...)
		live := w.only(c)
		redis.Stop()
		c.PressOn(live.ID, "adult-public/signs/done")
		c.Send("zzxq vvkq")
		card, err := c.WaitText(t.Context(), word(t, "ro", "ui.away"))
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(card.Text, word(t, "en", "ui.away")) || card.ID == live.ID {
			t.Errorf("the card has no English, or took the place of the screen:\n%s", card.Text)
		}
		w.await(func() bool { return w.bot.Counts()["turn: session store is away"] >= 3 })
		// By polling what was typed waits behind the press, as it came.
		if n := len(c.Messages()); n != 2 && !s.polling {
			t.Errorf("want the screen and one card, and what was typed deleted:\n%s", texts(c.Messages()))
		}
		if w.tg.Waiting() == 0 {
			t.Error("an update was acknowledged that nobody could save")
		}
		redis.Restart() // empty
		w.settle()
		m := w.only(c)
		if !strings.Contains(m.Text, word(t, "ro", "gate.start.title")) {
			t.Errorf("after the outage, want the gate:\n%s", m.Text)
		}
		w.press(c, "gate/start/worried")
		if n := w.bot.Counts()["emergency card"]; n != 1 {
			t.Errorf("%d cards in one outage, want 1", n)
		}
	})
}

// TestRedisPaused: an outage of a Redis that kept its data, and a save that fails
// after a message was made.
func TestRedisPaused(t *testing.T) {
	redis := redistest.Start(t)
	w := newWorld(t, setup{store: inRedis(t, redis.URL())})
	c := w.tg.Chat(6002)
	w.walk(c, "en", outcome[:2]...)
	live := w.only(c).ID
	redis.Pause()
	c.PressOn(live, "adult-public/signs/done")
	w.await(func() bool { return w.bot.Counts()["emergency card"] == 1 })
	redis.Resume()
	w.settle()
	if m := w.only(c); !strings.Contains(m.Text, word(t, "en", "adult-public.not-sure.title")) {
		t.Errorf("the press did not go on where it was:\n%s", m.Text)
	}
}

// TestStartWhileAway: nothing is lost by somebody who has not begun, so they see the
// first screen, and no second one.
func TestStartWhileAway(t *testing.T) {
	redis := redistest.Start(t)
	w := newWorld(t, setup{store: inRedis(t, redis.URL())})
	c := w.tg.Chat(6003)
	redis.Stop()
	c.Send("/start")
	if _, err := c.WaitText(t.Context(), "Language"); err != nil {
		t.Fatal(err)
	}
	redis.Restart()
	w.settle()
	if m := w.only(c); !strings.Contains(m.Text, "Language") {
		t.Errorf("after the outage:\n%s", m.Text)
	}
	w.press(c, "!lang/en")
	w.only(c)
}

// TestLeaveWhileAway: the screen is hidden at once, the rest goes when it can.
func TestLeaveWhileAway(t *testing.T) {
	redis := redistest.Start(t)
	w := newWorld(t, setup{store: inRedis(t, redis.URL())})
	c := w.tg.Chat(6004)
	w.walk(c, "en", outcome...)
	w.tg.Fail("deleteMessages", 1, telegramtest.Fault{Status: 400})
	w.send(c, "a name that stays at first")
	redis.Pause()
	if err := c.Press("!leave"); err != nil {
		t.Fatal(err)
	}
	if _, err := c.WaitText(t.Context(), word(t, "en", "ui.left")); err != nil {
		t.Fatal(err)
	}
	if n := w.bot.Counts()["emergency card"]; n != 0 {
		t.Errorf("%d emergency cards for somebody who leaves, want none", n)
	}
	redis.Resume()
	w.settle()
	if m := w.only(c); m.Text != word(t, "en", "ui.left") {
		t.Errorf("what stays:\n%s", m.Text)
	}
}

// TestIdleWhileAway: what cannot be looked for is counted, and nothing else happens.
func TestIdleWhileAway(t *testing.T) {
	redis := redistest.Start(t)
	w := newWorld(t, setup{store: inRedis(t, redis.URL())})
	redis.Stop()
	w.bot.LookAtIdle(t.Context())
	if n := w.bot.Counts()["idle: session store is away"]; n != 1 {
		t.Errorf("counted %d times, want 1: %v", n, w.bot.Counts())
	}
}

// TestAStuckChatStopsNobody: by polling, Telegram shows only the first hundred updates
// that are not confirmed. A chat that it takes nothing for must not fill them for all.
func TestAStuckChatStopsNobody(t *testing.T) {
	w := newWorld(t, setup{polling: true})
	stuck, other := w.tg.Chat(6201), w.tg.Chat(6202)
	w.tg.Fail("sendMessage", -1, telegramtest.Fault{RetryAfter: 86400, Chat: stuck.ID()})
	for range 120 {
		stuck.Send("/start")
	}
	other.Send("/start")
	if _, err := other.WaitText(t.Context(), "Language"); err != nil {
		t.Fatal(err)
	}
	w.tg.Heal()
	w.await(func() bool { // none of those that were held is lost
		_, ok := stuck.Last()
		return ok && len(stuck.Messages()) == 1 && w.tg.Waiting() == 0
	})
}

// A card that one replica has sent while the store was away is known to all when it is
// back: another one's next step, or Leave now, deletes it.
func TestCardsAreKnownToAll(t *testing.T) {
	redis := redistest.Start(t)
	w := newWorld(t, setup{store: inRedis(t, redis.URL())})
	other := w.replica()
	for name, then := range map[string]string{"a step": "!lang", "Leave now": "!leave"} {
		c := w.tg.Chat(6300 + int64(len(name)))
		w.walk(c, "en", outcome...)
		live := w.only(c).ID
		redis.Pause()
		other.post(w.pressed(900, c.ID(), live, "!say"))
		if len(c.Messages()) != 2 {
			t.Fatalf("want the screen and a card:\n%s", texts(c.Messages()))
		}
		redis.Resume()
		other.bot.CatchUp()
		w.post(http.MethodPost, w.pressed(901, c.ID(), live, then), signed())
		if m := w.only(c); m.ID != live {
			t.Errorf("after %s at another replica:\n%s", name, m.Text)
		}
	}
	// The first screen, shown to somebody new while the store was away, goes too.
	c := w.tg.Chat(6310)
	w.send(c, "/start")
	for range 2 { // long ago
		w.clock.add(time.Hour)
		w.bot.LookAtIdle(t.Context())
	}
	redis.Pause()
	other.post(w.said(900, c.ID(), 50, "/start"))
	redis.Resume()
	other.bot.CatchUp()
	w.post(http.MethodPost, w.said(901, c.ID(), 51, "stop"), signed())
	if m := w.only(c); m.Text != word(t, "en", "ui.left") {
		t.Errorf("after leaving:\n%s", m.Text)
	}
}

// Where the store has come back empty, this process still knows what is in a chat.
func TestEmptyStore(t *testing.T) {
	for _, typed := range []string{"zzxq vvkq", "/stop", "/start"} {
		redis := redistest.Start(t)
		w := newWorld(t, setup{store: inRedis(t, redis.URL())})
		c := w.tg.Chat(6320)
		w.walk(c, "en", outcome...)
		redis.Stop()
		redis.Restart()
		w.send(c, typed)
		if m := w.only(c); strings.Contains(m.Text, "Tell someone about the place") {
			t.Errorf("after %q:\n%s", typed, m.Text)
		}
	}
}

// Long batches: what is not confirmed to Telegram comes again after a kill, and a chat
// knows only its last events. So no more of one chat are handled at once.
func TestNoMoreThanAChatRemembers(t *testing.T) {
	w := newWorld(t, setup{polling: true})
	c := w.tg.Chat(6330)
	w.walk(c, "en", outcome[:2]...)
	hold := make(chan struct{})
	w.tg.Fail("getUpdates", 1, telegramtest.Fault{Hold: hold, AfterEffect: true})
	live := w.only(c).ID
	for i := range 3 * handlers.Remembered {
		c.PressOn(live, []string{"adult-public/signs/+afraid", "adult-public/signs/-afraid"}[i%2])
	}
	most := 0
	edits := w.tg.CountCalls("editMessageText")
	close(hold)
	w.settle()
	for _, call := range w.tg.Calls() {
		switch call.Method {
		case "editMessageText":
			edits--
			if edits < 0 {
				most++
			}
		case "getUpdates":
			if most > handlers.Remembered {
				t.Errorf("%d presses of one chat handled before Telegram was told, want at most %d", most, handlers.Remembered)
			}
			most = 0
		}
	}
}
