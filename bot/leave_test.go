package bot_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"pathwaybot/bot"
	"pathwaybot/bot/telegramtest"
)

func TestLeave(t *testing.T) {
	leave := map[string]func(*world, *telegramtest.Chat){
		"button": func(w *world, c *telegramtest.Chat) { w.press(c, "!leave") },
		"/stop":  func(w *world, c *telegramtest.Chat) { w.send(c, "/stop") },
	}
	for name, leave := range leave {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, setup{})
			c := w.tg.Chat(5001)
			w.walk(c, "ar", outcome...)
			live := w.only(c).ID
			// What could not be deleted when it came is deleted now.
			w.tg.Fail("deleteMessages", 1, telegramtest.Fault{Status: 400})
			w.send(c, "a name that stays at first")
			if n := len(c.Messages()); n != 2 {
				t.Fatalf("%d messages, want the typed one to stay at first", n)
			}
			leave(w, c)
			m := w.only(c)
			if m.ID != live || m.Text != word(t, "ar", "ui.left") || len(m.Buttons) != 0 {
				t.Errorf("what stays:\n%s\n%+v", m.Text, m.Buttons)
			}
			if n := len(strings.Fields(m.Text)); n > 12 {
				t.Errorf("the dull line has %d words, want at most 12", n)
			}
			if got := seen(c); !slices.Equal(got, []string{word(t, "en", "ui.neutral")}) {
				t.Errorf("a lock screen showed %q", got)
			}
			// Everything is forgotten: an old button opens the first screen.
			c.PressOn(live, "adult-public/signs/done")
			w.settle()
			if m := w.only(c); !strings.Contains(m.Text, word(t, "en", "ui.new-walk")) {
				t.Errorf("after leaving:\n%s", m.Text)
			}
		})
	}
}

// TestLeaveOldMessages: past 48 hours Telegram deletes nothing, and one such message
// refuses the whole batch.
func TestLeaveOldMessages(t *testing.T) {
	w := newWorld(t, setup{})
	c := w.tg.Chat(5002)
	w.walk(c, "en")
	old := w.only(c).ID
	w.tg.Fail("deleteMessages", -1, telegramtest.Fault{Status: 400, Chat: c.ID()})
	typed := w.send(c, "typed early")
	for range 10 { // presses keep the chat alive
		w.clock.add(5 * time.Hour)
		last, _ := c.Last()
		c.PressOn(last.ID, "!open")
		w.settle()
	}
	w.tg.Heal()
	for range 3 {
		w.send(c, "typed late")
	}
	w.press(c, "!leave")
	for _, m := range c.Messages() {
		switch {
		case m.ID == typed: // out of reach
		case m.Text == word(t, "en", "ui.left"), m.ID == old && m.Text == word(t, "en", "ui.neutral"):
		default:
			t.Errorf("message %d stays: %s", m.ID, m.Text)
		}
	}
}

func TestLeaveWithNothingToEdit(t *testing.T) {
	w := newWorld(t, setup{})
	c := w.tg.Chat(5003)
	w.send(c, "/stop")
	if m := w.only(c); m.Text != word(t, "en", "ui.left") || !m.Silent {
		t.Errorf("what stays: %+v", m)
	}
}

func TestManyMessagesAreDeleted(t *testing.T) {
	w := newWorld(t, setup{})
	c := w.tg.Chat(5004)
	w.walk(c, "en")
	w.tg.Fail("deleteMessages", -1, telegramtest.Fault{Status: 400, Chat: c.ID()})
	for range 230 {
		c.Send("a line")
	}
	w.settle()
	if n := len(c.Messages()); n != 231 {
		t.Fatalf("%d messages, want 231", n)
	}
	w.tg.Heal()
	w.press(c, "!leave")
	w.only(c)
}

func TestIdle(t *testing.T) {
	w := newWorld(t, setup{})
	c := w.tg.Chat(5005)
	w.walk(c, "ar", outcome...)
	screen := w.only(c)
	w.clock.add(10 * time.Minute)
	w.bot.LookAtIdle(t.Context())
	if m := w.only(c); m.Text != screen.Text {
		t.Fatalf("covered too early:\n%s", m.Text)
	}
	w.clock.add(7 * time.Minute)
	w.bot.LookAtIdle(t.Context())
	m := w.only(c)
	if m.Text != word(t, "ar", "ui.covered") || len(m.Buttons) != 1 || m.ID != screen.ID {
		t.Fatalf("covered:\n%s\n%+v", m.Text, m.Buttons)
	}
	w.press(c, "!open")
	if m := w.only(c); !strings.Contains(m.Text, word(t, "ar", "gate.start.title")) {
		t.Errorf("the button of a covered screen opens\n%s", m.Text)
	}
	w.clock.add(17 * time.Minute)
	w.bot.LookAtIdle(t.Context())
	w.clock.add(31 * time.Minute)
	w.bot.LookAtIdle(t.Context())
	if all := c.Messages(); len(all) != 0 {
		t.Errorf("after cleaning:\n%s", texts(all))
	}
	if got := seen(c); !slices.Equal(got, []string{word(t, "en", "ui.neutral")}) {
		t.Errorf("a lock screen showed %q", got)
	}
}

// TestIdleIsTriedAgain: what fails is still there when the lease is over.
func TestIdleIsTriedAgain(t *testing.T) {
	w := newWorld(t, setup{})
	c := w.tg.Chat(5006)
	w.walk(c, "en")
	w.clock.add(17 * time.Minute)
	w.tg.Fail("editMessageText", 1, telegramtest.Fault{Status: 500})
	w.bot.LookAtIdle(t.Context())
	if m := w.only(c); m.Text == word(t, "en", "ui.covered") {
		t.Fatal("the plan did not work")
	}
	w.clock.add(3 * time.Minute)
	w.bot.LookAtIdle(t.Context())
	if m := w.only(c); m.Text != word(t, "en", "ui.covered") {
		t.Errorf("not covered at the second look:\n%s", m.Text)
	}
}

// Leave now deletes all that can be deleted also while Telegram takes no edit, and
// waits for no limit of ours.
func TestLeaveWaitsForNothing(t *testing.T) {
	w := newWorld(t, setup{limits: bot.Limits{Chat: 1e-6}})
	c := w.tg.Chat(9500)
	w.walk(c, "en", outcome...)
	w.tg.Fail("editMessageText", -1, telegramtest.Fault{RetryAfter: 60})
	if err := c.Press("!leave"); err != nil {
		t.Fatal(err)
	}
	w.await(func() bool { return len(c.Messages()) == 0 })
	w.tg.Heal()
	w.settle()
	if m := w.only(c); m.Text != word(t, "en", "ui.left") {
		t.Errorf("after leaving the chat shows:\n%s", m.Text)
	}
}

// A former screen that Telegram would not delete does not outlive the cover.
func TestCoverTakesFormerScreensAway(t *testing.T) {
	w := newWorld(t, setup{})
	c := w.tg.Chat(9005)
	w.walk(c, "en", outcome...)
	old := w.only(c)
	w.tg.Fail("deleteMessages", 1, telegramtest.Fault{Status: 502})
	body := fmt.Sprintf(`{"update_id":700001,"message":{"message_id":%d,"date":%d,"chat":{"id":9005,"type":"private"},"from":{"id":9005,"language_code":"en"},"text":"/start"}}`, old.ID+1000, w.clock.Now().Unix())
	w.post(http.MethodPost, body, signed())
	last, _ := c.Last()
	c.PressOn(last.ID, "!lang/en") // before Telegram sends /start again
	w.settle()
	w.post(http.MethodPost, body, signed())
	w.clock.add(20 * time.Minute)
	w.bot.LookAtIdle(t.Context())
	if m, ok := c.Message(old.ID); ok && m.Text == old.Text {
		t.Errorf("the covered chat still shows:\n%s", m.Text)
	}
}
