package bot_test

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"pathwaybot/bot"
	"pathwaybot/bot/telegramtest"
	"pathwaybot/handlers"
	"pathwaybot/session"
)

func TestTooManyRequests(t *testing.T) {
	w := newWorld(t, setup{})
	c := w.tg.Chat(4001)
	w.walk(c, "en")
	w.tg.Fail("editMessageText", 1, telegramtest.Fault{RetryAfter: 1})
	w.press(c, "gate/start/worried")
	if m := w.only(c); !strings.Contains(m.Text, word(t, "en", "gate.age-them.title")) {
		t.Errorf("after a 429:\n%s", m.Text)
	}
	if n := w.bot.Counts()["editMessageText: 429"]; n != 1 {
		t.Errorf("429 counted %d times, want 1", n)
	}
	// Over ten seconds Telegram is asked to come again instead.
	w.tg.Fail("editMessageText", 2, telegramtest.Fault{RetryAfter: 11})
	w.press(c, "gate/age-them/adult")
	if m := w.only(c); !strings.Contains(m.Text, word(t, "en", "adult-public.signs.title")) {
		t.Errorf("after a long 429:\n%s", m.Text)
	}
	if n := w.bot.Counts()["turn: 429"]; n != 2 {
		t.Errorf("put off %d times, want 2", n)
	}
}

// TestOutages: whatever fails for a while, the update comes again and the step is shown.
func TestOutages(t *testing.T) {
	ways(t, func(t *testing.T, s setup) {
		w := newWorld(t, s)
		c, other := w.tg.Chat(4002), w.tg.Chat(4003)
		for method, f := range map[string]telegramtest.Fault{
			"sendMessage":     {Status: 502},
			"editMessageText": {HTMLBody: true},
			"deleteMessages":  {Outage: true},
		} {
			f.Chat = c.ID()
			w.tg.Fail(method, 2, f)
		}
		w.tg.Fail("editMessageText", 1, telegramtest.Fault{CloseMidAnswer: true, Chat: c.ID()})
		other.Send("/start")
		w.walk(c, "en")
		c.Send("typed")
		w.press(c, "gate/start/worried")
		if m := w.only(c); !strings.Contains(m.Text, word(t, "en", "gate.age-them.title")) {
			t.Errorf("after outages:\n%s", m.Text)
		}
		w.only(other)
	})
}

func TestBlocked(t *testing.T) {
	w := newWorld(t, setup{})
	c := w.tg.Chat(4004)
	w.walk(c, "en", "gate/start/worried")
	w.tg.ForgetCalls()
	c.Block()
	w.settle()
	for _, call := range w.tg.Calls() {
		if call.ChatID() == c.ID() {
			t.Errorf("%s after the person has blocked the bot", call.Method)
		}
	}
	live := w.only(c).ID
	c.PressOn(live, "gate/age-them/adult") // unblocks
	w.settle()
	if m := w.only(c); !strings.Contains(m.Text, word(t, "en", "ui.new-walk")) {
		t.Errorf("the walk was not forgotten:\n%s", m.Text)
	}
	// Blocked while a step is on its way: Telegram says so with a 403.
	w.tg.Fail("editMessageText", 1, telegramtest.Fault{Status: 403, Description: "Forbidden: bot was blocked by the user"})
	w.press(c, "gate/start/worried")
	if n := w.bot.Counts()["blocked by a person"]; n != 1 {
		t.Errorf("403 counted %d times, want 1", n)
	}
	c.PressOn(live, "gate/age-them/adult")
	w.settle()
	if m := w.only(c); !strings.Contains(m.Text, word(t, "en", "ui.new-walk")) {
		t.Errorf("the walk was not forgotten after a 403:\n%s", m.Text)
	}
}

func TestLiveMessageIsGone(t *testing.T) {
	w := newWorld(t, setup{})
	c := w.tg.Chat(4005)
	w.walk(c, "en", "gate/start/worried")
	old := w.only(c).ID
	if err := c.Remove(old); err != nil {
		t.Fatal(err)
	}
	w.send(c, "hello?")
	m := w.only(c)
	if !strings.Contains(m.Text, word(t, "en", "gate.age-them.title")) || !strings.Contains(m.Text, word(t, "en", "ui.typed")) {
		t.Errorf("in the new message:\n%s", m.Text)
	}
	w.press(c, "gate/age-them/adult")
	if next := w.only(c); next.ID != m.ID {
		t.Error("the id of the new message was not kept")
	}
}

func TestNothingIsAccepted(t *testing.T) {
	w := newWorld(t, setup{})
	c := w.tg.Chat(4006)
	w.walk(c, "en")
	w.tg.Fail("editMessageText", 2, telegramtest.Fault{Status: 400, Description: "Bad Request: can't parse entities"})
	w.press(c, "gate/start/worried")
	m := w.only(c)
	if !strings.Contains(m.Text, "999") || len(m.Entities) != 0 {
		t.Errorf("want the plain emergency card:\n%s\n%+v", m.Text, m.Entities)
	}
	if w.tg.Waiting() != 0 || w.bot.Counts()["editMessageText: 400"] != 1 {
		t.Errorf("waiting %d, counts %v", w.tg.Waiting(), w.bot.Counts())
	}
}

// TestTooOldToEditInSight: a press under a message that Telegram no longer shows us.
func TestTooOldToEditInSight(t *testing.T) {
	w := newWorld(t, setup{})
	c := w.tg.Chat(4007)
	w.walk(c, "en")
	old := w.only(c).ID
	w.clock.add(49 * time.Hour)
	w.press(c, "gate/start/worried")
	all := c.Messages()
	if len(all) != 2 || all[0].ID != old || all[0].Text != word(t, "en", "ui.neutral") || len(all[0].Buttons) != 0 {
		t.Fatalf("want the old message to be the neutral word, and a new one:\n%s", texts(all))
	}
	if !strings.Contains(all[1].Text, word(t, "en", "gate.start.title")) {
		t.Errorf("the gate is not in the new message:\n%s", all[1].Text)
	}
}

// trap is a store that panics when it is told to.
type trap struct {
	handlers.Store
	armed atomic.Bool
}

func (s *trap) Load(ctx context.Context, c session.Chat) (session.Record, error) {
	if s.armed.Load() {
		panic("a mistake of ours")
	}
	return s.Store.Load(ctx, c)
}

func TestPanic(t *testing.T) {
	ways(t, func(t *testing.T, s setup) {
		trap := &trap{}
		s.store = func(now func() time.Time) handlers.Store {
			trap.Store = session.NewMemory(now)
			return trap
		}
		w := newWorld(t, s)
		c := w.tg.Chat(4008)
		w.walk(c, "en")
		live := w.only(c).ID
		trap.armed.Store(true)
		w.press(c, "gate/start/worried")
		c.PressOn(live, "gate/start/worried")
		w.settle()
		trap.armed.Store(false)
		all := c.Messages()
		if len(all) != 2 || !strings.Contains(all[1].Text, "999") {
			t.Fatalf("want the screen and one emergency card:\n%s", texts(all))
		}
		c.PressOn(live, "gate/start/worried")
		w.settle()
		if m := w.only(c); m.ID != live || !strings.Contains(m.Text, word(t, "en", "gate.age-them.title")) {
			t.Errorf("the next press did not go on, or the card stayed:\n%s", m.Text)
		}
		if n := w.bot.Counts()["panic"]; n < 2 {
			t.Errorf("panics counted %d times, want 2 and those of catching up", n)
		}
	})
}

func TestTooManyPresses(t *testing.T) {
	w := newWorld(t, setup{limits: bot.Limits{Presses: 5}})
	c := w.tg.Chat(4009)
	w.walk(c, "en", "gate/start/worried", "gate/age-them/adult", "adult-public/signs/+no-pay") // five
	before := w.only(c)
	w.press(c, "adult-public/signs/done")
	if m := w.only(c); m.Text != before.Text {
		t.Errorf("a press over the limit moved on:\n%s", m.Text)
	}
	answers := c.Answers()
	if got, want := answers[len(answers)-1].Text, word(t, "en", "ui.many-presses"); got != want || c.Spinning() != 0 {
		t.Errorf("answer %q, want %q; %d presses spin", got, want, c.Spinning())
	}
	w.send(c, "typed over the limit")
	w.only(c)
	w.clock.add(12 * time.Second) // one more in a fifth of a minute
	w.press(c, "adult-public/signs/done")
	if m := w.only(c); m.Text == before.Text {
		t.Error("the press after a pause did not count")
	}
	w.press(c, "!leave")
	if m := w.only(c); m.Text != word(t, "en", "ui.left") {
		t.Errorf("leaving was held up:\n%s", m.Text)
	}
}

// TestLimitOfAChat: what Telegram would refuse is held back.
func TestLimitOfAChat(t *testing.T) {
	w := newWorld(t, setup{limits: bot.Limits{Chat: 10}})
	c := w.tg.Chat(4010)
	w.walk(c, "en")
	start := time.Now()
	for range 11 {
		w.press(c, "gate/start/worried")
		w.press(c, "!back")
	}
	// 25 calls with those of the walk: 20 in a burst, then ten a second.
	if took := time.Since(start); took < 300*time.Millisecond {
		t.Errorf("25 messages took %v, want them held back", took)
	}
}
