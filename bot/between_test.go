package bot_test

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"pathwaybot/bot"
	"pathwaybot/bot/telegramtest"
	"pathwaybot/handlers"
	"pathwaybot/session"
	"pathwaybot/session/redistest"
)

// partly is a store that can be away for one replica alone.
type partly struct {
	handlers.Store
	away atomic.Bool
}

func (s *partly) Load(ctx context.Context, c session.Chat) (session.Record, error) {
	if s.away.Load() {
		return session.Record{}, session.ErrAway
	}
	return s.Store.Load(ctx, c)
}

// What happened before a chat was left, while the store is away, brings no card.
func TestNoCardAfterLeavingWhileAway(t *testing.T) {
	redis := redistest.Start(t)
	w := newWorld(t, setup{store: inRedis(t, redis.URL())})
	c := w.tg.Chat(8104)
	w.walk(c, "en", outcome...)
	live := w.only(c).ID
	redis.Pause()
	w.post(http.MethodPost, w.pressed(901, c.ID(), live, "!leave"), signed())
	w.only(c)
	w.post(http.MethodPost, w.pressed(900, c.ID(), live, "!say"), signed()) // happened before, delivered after
	if all := c.Messages(); len(all) != 1 {
		t.Errorf("after leaving:\n%s", texts(all))
	}
	redis.Resume()
}

// A leaving that one replica could not save ends no walk that has begun since.
func TestOldLeavingEndsNoNewWalk(t *testing.T) {
	mem := &partly{}
	w := newWorld(t, setup{store: func(now func() time.Time) handlers.Store { mem.Store = session.NewMemory(now); return mem }})
	theirs := &partly{Store: mem.Store}
	w.config.Conversation = handlers.New(project(t), theirs, handlers.Settings{Cover: 15 * time.Minute, Clean: 45 * time.Minute})
	other := w.replica()
	c := w.tg.Chat(8105)
	w.walk(c, "en", outcome...)
	live := w.only(c).ID
	theirs.away.Store(true) // only for that replica
	other.post(w.pressed(900, c.ID(), live, "!leave"))
	w.post(http.MethodPost, w.pressed(900, c.ID(), live, "!leave"), signed()) // Telegram repeats it: saved here
	w.clock.add(30 * time.Minute)
	w.bot.LookAtIdle(t.Context())
	w.post(http.MethodPost, w.said(901, c.ID(), live+20, "/start"), signed())
	last, _ := c.Last()
	w.post(http.MethodPost, w.pressed(902, c.ID(), last.ID, "!lang/en"), signed())
	before, _ := c.Last()
	theirs.away.Store(false)
	other.bot.CatchUp()
	if now, _ := c.Last(); now.Text != before.Text {
		t.Errorf("half an hour later a new walk is left by nobody:\n%s", now.Text)
	}
}

// Whoever leaves while the store is away and then blocks the bot is left alone.
func TestLeftAndBlocked(t *testing.T) {
	redis := redistest.Start(t)
	w := newWorld(t, setup{store: inRedis(t, redis.URL())})
	other := w.replica()
	c := w.tg.Chat(8106)
	w.walk(c, "en", outcome...)
	live := w.only(c).ID
	redis.Pause()
	other.post(w.pressed(900, c.ID(), live, "!leave"))
	redis.Resume()
	c.Block()
	w.settle()
	for range 3 {
		other.bot.CatchUp()
	}
	w.tg.ForgetCalls()
	if n := other.bot.CatchUp(); n != 0 {
		t.Errorf("%d chats still to be left, %d calls each half second for ever", n, w.tg.CountCalls())
	}
}

// A screen that is put off comes in spite of one failure.
func TestPutOffIsTriedAgain(t *testing.T) {
	w := newWorld(t, setup{limits: bot.Limits{Chat: 0.4}})
	c := w.tg.Chat(8107)
	w.walk(c, "en", outcome[:2]...)
	live := w.only(c).ID
	for i := range 20 {
		sign := "+"
		if i%2 == 1 {
			sign = "-"
		}
		w.post(http.MethodPost, w.pressed(1000+i, c.ID(), live, "adult-public/signs/"+sign+"no-pay"), signed())
	}
	w.bot.ShowLater()
	for i := 0; w.bot.Counts()["screen put off"] == 0 || i < 1; i++ {
		w.post(http.MethodPost, w.pressed(1100+i, c.ID(), live, "adult-public/signs/+no-pay"), signed())
	}
	w.tg.Fail("editMessageText", 1, telegramtest.Fault{Status: 502})
	w.post(http.MethodPost, w.pressed(2000, c.ID(), live, "adult-public/signs/done"), signed())
	w.bot.ShowLater()
	if m := w.only(c); strings.Contains(m.Text, word(t, "en", "adult-public.signs.title")) {
		t.Errorf("answered 200 and never shown (%v):\n%s", w.bot.Counts(), m.Text)
	}
}

// /start meets another replica's note of its card: the first screen comes all the same.
func TestStartMeetsANote(t *testing.T) {
	redis := redistest.Start(t)
	w := newWorld(t, setup{store: inRedis(t, redis.URL())})
	other := w.replica()
	c := w.tg.Chat(8109)
	w.walk(c, "en", outcome...)
	live := w.only(c).ID
	redis.Pause()
	other.post(w.pressed(900, c.ID(), live, "!say"))
	redis.Resume()
	w.meanwhile("deleteMessages", c, telegramtest.Fault{}, func() { w.post(http.MethodPost, w.said(901, c.ID(), live+40, "/start"), signed()) }, func() {
		other.bot.CatchUp()
	})
	w.bot.ShowLater()
	for _, m := range c.Messages() {
		if strings.Contains(m.Text, "Language") {
			return
		}
	}
	t.Errorf("/start answered 200 and shows only:\n%s", texts(c.Messages()))
}

// So does /help.
func TestHelpMeetsANote(t *testing.T) {
	redis := redistest.Start(t)
	w := newWorld(t, setup{store: inRedis(t, redis.URL())})
	other := w.replica()
	c := w.tg.Chat(8121)
	w.walk(c, "en", outcome...)
	live := w.only(c).ID
	redis.Pause()
	other.post(w.pressed(900, c.ID(), live, "!say"))
	redis.Resume()
	w.meanwhile("deleteMessages", c, telegramtest.Fault{}, func() { w.post(http.MethodPost, w.said(901, c.ID(), live+40, "/help"), signed()) }, func() {
		other.bot.CatchUp()
	})
	w.bot.ShowLater()
	for _, m := range c.Messages() {
		if strings.Contains(m.Text, word(t, "en", "help.card.title")) {
			return
		}
	}
	t.Errorf("/help answered 200 and shows:\n%s", texts(c.Messages()))
}

// The store comes back empty between the save and the edit: the screen stays.
func TestEmptyStoreLeavesTheScreen(t *testing.T) {
	redis := redistest.Start(t)
	w := newWorld(t, setup{store: inRedis(t, redis.URL())})
	c := w.tg.Chat(8110)
	w.walk(c, "en", outcome[:2]...)
	live := w.only(c).ID
	status := 0
	w.meanwhile("editMessageText", c, telegramtest.Fault{}, func() {
		status = w.post(http.MethodPost, w.pressed(900, c.ID(), live, "!help"), signed()).StatusCode
	}, func() {
		redis.Stop()
		redis.Restart()
	})
	if len(c.Messages()) == 0 {
		t.Errorf("help was pressed (%d), and the chat is empty", status)
	}
}

// A slow clean-up does not take the screen of a walk that begins meanwhile.
func TestCleaningMeetsANewWalk(t *testing.T) {
	w := newWorld(t, setup{store: inRedis(t, redistest.Start(t).URL())})
	other := w.replica()
	c := w.tg.Chat(8114)
	w.walk(c, "en", outcome...)
	w.clock.add(17 * time.Minute)
	w.bot.LookAtIdle(t.Context())
	live := w.only(c).ID
	w.clock.add(31 * time.Minute)
	w.meanwhile("deleteMessages", c, telegramtest.Fault{AfterEffect: true}, func() { other.bot.LookAtIdle(t.Context()) }, func() {
		w.post(http.MethodPost, w.said(901, c.ID(), live+1, "/start"), signed())
		if m := w.only(c); !strings.Contains(m.Text, "Language") {
			t.Errorf("/start shows:\n%s", m.Text)
		}
	})
	if len(c.Messages()) == 0 {
		t.Error("a new walk has begun, and its screen is deleted")
	}
}

// A press whose screen comes late does not lie over the help that was asked for since.
func TestSlowPressLeavesHelpInSight(t *testing.T) {
	w := newWorld(t, setup{store: inRedis(t, redistest.Start(t).URL())})
	other := w.replica()
	c := w.tg.Chat(8122)
	w.walk(c, "en", outcome[:2]...)
	live := w.only(c).ID
	help := word(t, "en", "help.card.title")
	w.meanwhile("editMessageText", c, telegramtest.Fault{}, func() {
		other.post(w.pressed(900, c.ID(), live, "adult-public/signs/done"))
	}, func() {
		w.post(http.MethodPost, w.said(901, c.ID(), live+1, "/help"), signed())
		if m := w.only(c); !strings.Contains(m.Text, help) {
			t.Fatalf("help shows:\n%s", m.Text)
		}
	})
	if m := w.only(c); !strings.Contains(m.Text, help) {
		t.Errorf("a late press's screen lies over Help now:\n%s", m.Text)
	}
}

// A leaving that failed, and comes again after the person has begun again, ends nothing.
func TestRepeatedLeavingEndsNoNewWalk(t *testing.T) {
	w := newWorld(t, setup{})
	c := w.tg.Chat(8123)
	w.walk(c, "en", outcome...)
	live := w.only(c).ID
	w.tg.Fail("editMessageText", 1, telegramtest.Fault{Status: http.StatusBadGateway})
	if s := w.post(http.MethodPost, w.pressed(900, c.ID(), live, "!leave"), signed()).StatusCode; s == http.StatusOK {
		t.Fatal("leaving was to fail")
	}
	w.post(http.MethodPost, w.said(901, c.ID(), live+30, "/start"), signed())
	before, _ := c.Last()
	w.post(http.MethodPost, w.pressed(900, c.ID(), live, "!leave"), signed())
	if m, _ := c.Last(); m.Text != before.Text {
		t.Errorf("/start was newer than the repeated Leave now, and shows:\n%s", m.Text)
	}
	w.post(http.MethodPost, w.pressed(902, c.ID(), before.ID, "!leave"), signed())
	if m := w.only(c); m.Text != word(t, "en", "ui.left") {
		t.Errorf("a newer Leave now shows:\n%s", m.Text)
	}
}

// A message that was made to save something in goes when the person has begun again
// before it was saved.
func TestSavedInVain(t *testing.T) {
	w := newWorld(t, setup{store: inRedis(t, redistest.Start(t).URL())})
	other := w.replica()
	c := w.tg.Chat(8124)
	w.walk(c, "en", outcome...)
	live := w.only(c).ID
	w.press(c, "!save/numbers")
	w.meanwhile("sendMessage", c, telegramtest.Fault{AfterEffect: true}, func() {
		other.post(w.pressed(900, c.ID(), live, "!note/numbers"))
	}, func() {
		w.post(http.MethodPost, w.said(901, c.ID(), live+60, "/start"), signed())
	})
	if all := c.Messages(); len(all) != 1 {
		t.Errorf("a word of nobody stays:\n%s", texts(all))
	}
}

// Whoever passes on what somebody else wrote does not leave by it.
func TestForwardedWordLeavesNothing(t *testing.T) {
	w := newWorld(t, setup{})
	c := w.tg.Chat(8125)
	w.walk(c, "en", outcome...)
	live := w.only(c).ID
	forwarded := strings.Replace(w.said(900, c.ID(), live+1, "delete"), `"text"`,
		`"forward_origin":{"type":"hidden_user","sender_user_name":"x","date":1},"text"`, 1)
	w.post(http.MethodPost, forwarded, signed())
	if m := w.only(c); m.Text == word(t, "en", "ui.left") {
		t.Error("a forwarded word left the chat")
	}
	w.post(http.MethodPost, w.said(901, c.ID(), live+2, "delete"), signed())
	if m := w.only(c); m.Text != word(t, "en", "ui.left") {
		t.Errorf("their own word shows:\n%s", m.Text)
	}
}

// The store comes back empty. The replica that knows what stands in a chat says so again,
// and another one cleans up.
func TestEmptyStoreIsToldAgain(t *testing.T) {
	redis := redistest.Start(t)
	w := newWorld(t, setup{store: inRedis(t, redis.URL())})
	other := w.replica()
	c := w.tg.Chat(8126)
	w.walk(c, "en", outcome...)
	redis.Restart()
	w.bot.CatchUp()
	w.clock.add(17 * time.Minute)
	other.bot.LookAtIdle(t.Context())
	if all := c.Messages(); len(all) != 0 {
		t.Errorf("nobody knows of:\n%s", texts(all))
	}
	if w.bot.Counts()["session store begun anew"] == 0 {
		t.Error("not counted")
	}
}

// The store is told again, after the chat was left by a replica that knew nothing of a
// former message: that goes, and what the person keeps stays.
func TestLeftBeforeTheStoreIsToldAgain(t *testing.T) {
	redis := redistest.Start(t)
	w := newWorld(t, setup{store: inRedis(t, redis.URL())})
	other := w.replica()
	c := w.tg.Chat(8127)
	kept := w.saves(c, "en", "!keep/numbers")
	live := c.Messages()[0].ID
	redis.Restart()
	other.post(w.pressed(900, c.ID(), kept.ID+2000, "!leave")) // from a screen that only Telegram knows
	w.bot.CatchUp()
	stays(t, c, kept.ID, "told again")
	if _, ok := c.Message(live); ok {
		t.Errorf("the former screen stays:\n%s", texts(c.Messages()))
	}
}

// By polling, one stuck chat makes nobody else wait for long.
func TestStuckWaits(t *testing.T) {
	one, all := bot.StuckWaits(12, false), bot.StuckWaits(12, true)
	if longest := slices.Max(one); longest != 2*time.Second {
		t.Errorf("one chat is stuck: waits up to %v, want 2s: %v", longest, one)
	}
	if longest := slices.Max(all); longest != 30*time.Second {
		t.Errorf("the store is away: waits up to %v, want 30s: %v", longest, all)
	}
}
