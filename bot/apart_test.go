package bot_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"pathwaybot/bot/telegramtest"
)

// apart returns the messages of a chat but the live one, which is the first with a
// button to leave.
func apart(c *telegramtest.Chat) []telegramtest.Message {
	return slices.DeleteFunc(c.Messages(), func(m telegramtest.Message) bool {
		_, live := m.Button("!leave")
		return live
	})
}

// saves walks to an outcome and saves what is given: "!note/numbers" and the like.
func (w *world) saves(c *telegramtest.Chat, lang string, press string) telegramtest.Message {
	w.t.Helper()
	w.walk(c, lang, outcome...)
	live := w.only(c).ID
	_, what, _ := strings.Cut(press, "/")
	if what != "numbers" {
		w.press(c, "!"+what)
	}
	w.press(c, "!save/"+what)
	if warned, _ := c.Message(live); !strings.Contains(warned.Text, word(w.t, lang, "ui.save.warn")) {
		w.t.Errorf("nobody is warned before saving:\n%s", warned.Text)
	}
	c.PressOn(live, press)
	w.settle()
	all := apart(c)
	if len(all) != 1 {
		w.t.Fatalf("%d messages of their own after %s, want 1:\n%s", len(all), press, texts(c.Messages()))
	}
	return all[0]
}

func TestSaved(t *testing.T) {
	for what, want := range map[string]string{
		"numbers": "08000 121 700", "say": word(t, "en", "ui.say.end"), "card": word(t, "en", "ui.card.report"),
	} {
		w := newWorld(t, setup{})
		c := w.tg.Chat(7201)
		m := w.saves(c, "en", "!note/"+what)
		if !strings.Contains(m.Text, want) {
			t.Errorf("%s saved without %q:\n%s", what, want, m.Text)
		}
		if what == "numbers" && strings.Contains(strings.ToLower(m.Text), "slavery") {
			t.Errorf("the numbers say what they are for:\n%s", m.Text)
		}
		if got := seen(c); !slices.Equal(got, []string{word(t, "en", "ui.neutral")}) {
			t.Errorf("a lock screen showed %q", got)
		}
		// A repeat of the press makes no second one.
		if err := c.Repeat(); err != nil {
			t.Fatal(err)
		}
		w.settle()
		if n := len(apart(c)); n != 1 {
			t.Errorf("%d messages after a repeat, want 1", n)
		}
	}
}

// What was saved goes with Leave now, with the cover and with the clean-up, whatever
// it is, unless the person has chosen that it stays.
func TestLeaveTakesSavedMessages(t *testing.T) {
	ends := map[string]func(*world, *telegramtest.Chat){
		"leave": func(w *world, c *telegramtest.Chat) {
			c.PressOn(c.Messages()[0].ID, "!leave")
			w.settle()
		},
		"typed stop": func(w *world, c *telegramtest.Chat) { w.send(c, "stop") },
		"cover": func(w *world, _ *telegramtest.Chat) {
			w.clock.add(17 * time.Minute)
			w.bot.LookAtIdle(w.t.Context())
		},
		"clean": func(w *world, _ *telegramtest.Chat) {
			for range 2 {
				w.clock.add(31 * time.Minute)
				w.bot.LookAtIdle(w.t.Context())
			}
		},
		"leaving by a late replica": func(w *world, c *telegramtest.Chat) {
			w.post(http.MethodPost, w.pressed(901, c.ID(), c.Messages()[0].ID, "!leave"), signed())
		},
	}
	for end, do := range ends {
		for press, stays := range map[string]bool{
			"!note/numbers": false, "!note/say": false, "!note/card": false, "!keep/numbers": true, "!keep/card": true,
		} {
			w := newWorld(t, setup{})
			c := w.tg.Chat(7202)
			m := w.saves(c, "ar", press)
			do(w, c)
			if _, there := c.Message(m.ID); there != stays {
				t.Errorf("%s, then %s: it is there: %v, want %v", press, end, there, stays)
			}
		}
	}
}

// One message can be kept: a second one takes its place.
func TestKeepThis(t *testing.T) {
	w := newWorld(t, setup{})
	c := w.tg.Chat(7203)
	first := w.saves(c, "en", "!keep/numbers")
	live := c.Messages()[0].ID
	c.PressOn(live, "!keep/card")
	w.settle()
	all := apart(c)
	if len(all) != 1 || all[0].ID == first.ID || !strings.Contains(all[0].Text, word(t, "en", "ui.card.report")) {
		t.Fatalf("after keeping a second one:\n%s", texts(all))
	}
	c.PressOn(live, "!leave")
	w.settle()
	if n := len(c.Messages()); n != 2 {
		t.Fatalf("%d messages after leaving, want the dull line and the one kept", n)
	}
	// Its own button deletes it, although nothing is known of the chat any longer, and
	// makes nothing new.
	w.tg.ForgetCalls()
	c.PressOn(all[0].ID, "!drop")
	w.settle()
	if m := w.only(c); m.ID != live {
		t.Errorf("what stays:\n%s", m.Text)
	}
	if n := w.tg.CountCalls("sendMessage", "editMessageText"); n != 0 {
		t.Errorf("%d messages and edits for deleting one", n)
	}
}

// Nothing can be kept from where there is nothing to keep: a forged press changes nothing.
func TestForgedKeep(t *testing.T) {
	w := newWorld(t, setup{})
	c := w.tg.Chat(7204)
	w.walk(c, "en", "gate/start/worried")
	for _, data := range []string{"!keep/numbers", "!note/card", "!keep/", "!note", "!keep/say/x", "!save/walk"} {
		last, _ := c.Last()
		c.PressOn(last.ID, data)
		w.settle()
		if m := w.only(c); !strings.Contains(m.Text, word(t, "en", "gate.age-them.title")) {
			t.Errorf("%s shows:\n%s", data, m.Text)
		}
	}
}
