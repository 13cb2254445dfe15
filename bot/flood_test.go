package bot_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"pathwaybot/bot"
)

// Whoever presses faster than Telegram takes edits gets the last screen once, and what
// comes next waits for none of it.
func TestPressingFast(t *testing.T) {
	w := newWorld(t, setup{limits: bot.Limits{Chat: 0.9}}) // 20 at once, then one in 1.1 s
	c := w.tg.Chat(7301)
	w.walk(c, "en", outcome[:2]...)
	live := w.only(c).ID
	w.tg.ForgetCalls()
	signs := []string{"no-pay", "cannot-leave", "papers-held"}
	for i := range 60 {
		data := fmt.Sprintf("adult-public/signs/+%s", signs[i%len(signs)])
		if i%2 == 1 {
			data = strings.Replace(data, "+", "-", 1)
		}
		w.post(http.MethodPost, w.pressed(1000+i, c.ID(), live, data), signed())
	}
	w.post(http.MethodPost, w.pressed(2000, c.ID(), live, "adult-public/signs/done"), signed())
	w.bot.ShowLater()
	if m := w.only(c); strings.Contains(m.Text, word(t, "en", "adult-public.signs.title")) {
		t.Errorf("after many presses the last one is not shown:\n%s", m.Text)
	}
	if n := w.bot.Counts()["screen put off"]; n == 0 {
		t.Error("no screen was put off: the test floods nothing")
	}
}

// A screen that is put off is shown when its time has come, without another press.
func TestPutOffIsShown(t *testing.T) {
	w := newWorld(t, setup{limits: bot.Limits{Chat: 0.4}}) // 20 at once, then one in 2.5 s
	c := w.tg.Chat(7302)
	w.walk(c, "en", outcome[:2]...)
	live := w.only(c).ID
	for i := range 20 {
		sign := "+"
		if i%2 == 1 {
			sign = "-"
		}
		w.post(http.MethodPost, w.pressed(1000+i, c.ID(), live, "adult-public/signs/"+sign+"no-pay"), signed())
	}
	w.post(http.MethodPost, w.pressed(2000, c.ID(), live, "!leave"), signed())
	if m := w.only(c); m.Text != word(t, "en", "ui.left") {
		t.Errorf("Leave now waited behind a flood:\n%s", m.Text)
	}
	w.bot.ShowLater()
	if m := w.only(c); m.Text != word(t, "en", "ui.left") {
		t.Errorf("a screen that was put off came back after leaving:\n%s", m.Text)
	}
}

// The limits silence neither the help card nor an emergency: a person over the limit,
// and a limit of all chats that others have used up.
func TestFloodsDoNotSilenceHelp(t *testing.T) {
	t.Run("of a person", func(t *testing.T) {
		w := newWorld(t, setup{limits: bot.Limits{Presses: 5}})
		c := w.tg.Chat(7303)
		w.walk(c, "en", "gate/start/worried")
		for range 10 {
			last, _ := c.Last()
			c.PressOn(last.ID, "!lang")
		}
		w.settle()
		if n := w.bot.Counts()["update over the limit of a person"]; n == 0 {
			t.Fatal("the plan did not work: nothing was over the limit")
		}
		last, _ := c.Last()
		c.PressOn(last.ID, "!help")
		w.settle()
		if m := w.only(c); !strings.Contains(m.Text, word(t, "en", "help.card.title")) {
			t.Errorf("help over the limit shows:\n%s", m.Text)
		}
	})
	t.Run("of all", func(t *testing.T) {
		w := newWorld(t, setup{})
		w.config.Limits.Overall = 1e-9 // one call, and then none
		limited := w.replica()
		c := w.tg.Chat(7304)
		w.walk(c, "en", "gate/start/worried")
		live := w.only(c).ID
		for i := range 2 {
			limited.post(w.pressed(1000+i, c.ID(), live, "!lang"))
		}
		if limited.bot.Counts()["screen put off"] == 0 {
			t.Fatal("the plan did not work: nothing was held back")
		}
		limited.post(w.pressed(2000, c.ID(), live, "!help"))
		if m := w.only(c); !strings.Contains(m.Text, word(t, "en", "help.card.title")) {
			t.Errorf("help while all chats wait shows:\n%s", m.Text)
		}
	})
}
