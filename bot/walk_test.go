package bot_test

import (
	"slices"
	"strings"
	"testing"

	"pathwaybot/bot/telegramtest"
	"pathwaybot/locales"
)

// outcome leads to a screen with contacts.
var outcome = []string{
	"gate/start/worried", "gate/age-them/adult", "adult-public/signs/+no-pay",
	"adult-public/signs/done", "adult-public/person-or-place/place",
}

func TestWalk(t *testing.T) {
	ways(t, func(t *testing.T, s setup) {
		for _, lang := range []string{"en", "ar", "ro"} {
			t.Run(lang, func(t *testing.T) {
				w := newWorld(t, s)
				c := w.tg.Chat(1001)
				w.send(c, "/start")
				check := func() telegramtest.Message {
					m := w.only(c)
					if err := locales.NumbersInOrder(m.Text, false); err != nil {
						t.Errorf("%v\n%s", err, m.Text)
					}
					if m.Preview || !m.Silent {
						t.Errorf("preview %v, silent %v", m.Preview, m.Silent)
					}
					return m
				}
				first := check()
				for _, b := range append([]string{"!lang/" + lang}, outcome...) {
					w.press(c, b)
					if m := check(); m.ID != first.ID {
						t.Fatalf("after %s the screen is in message %d, want %d as before", b, m.ID, first.ID)
					}
				}
				last := check()
				if phone := "08000 121 700"; !strings.Contains(last.Text, phone) {
					t.Errorf("no %s at the outcome:\n%s", phone, last.Text)
				}
				if got, want := seen(c), []string{word(t, "en", "ui.neutral")}; !slices.Equal(got, want) {
					t.Errorf("a lock screen showed %q, want %q", got, want)
				}
				if n := c.Spinning(); n != 0 {
					t.Errorf("%d presses were never answered", n)
				}
				if b, ok := last.Button("!help"); !ok || b.Style != "danger" {
					t.Errorf("help button %+v, want one of style danger", b)
				}
			})
		}
	})
}

// TestCallsOfAPress: with a webhook one press is the answer in its body and one edit.
func TestCallsOfAPress(t *testing.T) {
	w := newWorld(t, setup{})
	c := w.tg.Chat(1002)
	w.walk(c, "en", outcome[:2]...)
	for _, b := range []string{"adult-public/signs/+no-pay", "adult-public/signs/-no-pay", "adult-public/signs/done"} {
		w.tg.ForgetCalls()
		w.press(c, b)
		var got []string
		for _, call := range w.tg.Calls() {
			if call.ChatID() == c.ID() || call.Method == "answerCallbackQuery" {
				got = append(got, call.Method)
			}
		}
		slices.Sort(got)
		if want := []string{"answerCallbackQuery", "editMessageText"}; !slices.Equal(got, want) {
			t.Errorf("%s: calls %v, want %v", b, got, want)
		}
	}
	if calls := w.tg.CallsOf("answerCallbackQuery"); len(calls) != 1 || !calls[0].InWebhook {
		t.Errorf("answers to a press %+v, want one, in the webhook's own answer", calls)
	}
}

func TestStartMakesANewMessage(t *testing.T) {
	ways(t, func(t *testing.T, s setup) {
		w := newWorld(t, s)
		c := w.tg.Chat(1003)
		w.walk(c, "en")
		old := w.only(c).ID
		w.send(c, "/start@fake_bot ro")
		m := w.only(c)
		if m.ID == old {
			t.Error("the screen is still in the old message, want a new one and the old deleted")
		}
		if want := word(t, "ro", "gate.start.title"); !strings.Contains(m.Text, want) {
			t.Errorf("no %q in\n%s", want, m.Text)
		}
	})
}

func TestPressOnAnOlderMessage(t *testing.T) {
	w := newWorld(t, setup{})
	c := w.tg.Chat(1004)
	w.walk(c, "en")
	live := w.only(c).ID
	// A message that was lost from sight: the store forgot it, the phone did not.
	w.tg.Fail("deleteMessages", 3, telegramtest.Fault{Status: 400, Description: "Bad Request: message can't be deleted for everyone"})
	w.tg.Fail("editMessageText", 1, telegramtest.Fault{Status: 400, Description: "Bad Request: message can't be edited"})
	w.send(c, "/start")
	if n := len(c.Messages()); n < 2 {
		t.Fatalf("%d messages: the old one should have stayed", n)
	}
	c.PressOn(live, "!lang/en")
	w.settle()
	m, ok := c.Message(live)
	if last, _ := c.Last(); !ok || last.ID != live {
		t.Errorf("the pressed message is not the only one of the bot's:\n%s", texts(c.Messages()))
	}
	if want := word(t, "en", "gate.start.title"); !strings.Contains(m.Text, want) {
		t.Errorf("no %q in the pressed message:\n%s", want, m.Text)
	}
}

func TestRepeatShowsTheSameScreen(t *testing.T) {
	w := newWorld(t, setup{})
	c := w.tg.Chat(1005)
	w.walk(c, "en", outcome[:2]...)
	w.press(c, "adult-public/signs/+no-pay")
	before := w.only(c)
	w.press(c, "adult-public/signs/done")
	after := w.only(c)
	if err := c.Repeat(); err != nil {
		t.Fatal(err)
	}
	w.settle()
	if m := w.only(c); m.Text != after.Text || m.Text == before.Text {
		t.Errorf("after a repeat:\n%s\nwant\n%s", m.Text, after.Text)
	}
	w.send(c, "/start")
	start := w.only(c).ID
	if err := c.Repeat(); err != nil {
		t.Fatal(err)
	}
	w.settle()
	if m := w.only(c); m.ID != start {
		t.Errorf("a repeated /start made message %d, want %d to stay", m.ID, start)
	}
}

func TestManyChatsAtOnce(t *testing.T) {
	ways(t, func(t *testing.T, s setup) {
		w := newWorld(t, s)
		var chats []*telegramtest.Chat
		for id := range int64(12) {
			c := w.tg.Chat(2000 + id)
			chats = append(chats, c)
			c.Send("/start")
		}
		w.settle()
		for _, c := range chats {
			live := w.only(c).ID
			c.Send("zzxq vvkq")
			for _, b := range append([]string{"!lang/en"}, outcome[:2]...) {
				c.PressOn(live, b)
			}
			for range 4 {
				c.PressOn(live, "adult-public/signs/+no-pay")
				c.PressOn(live, "adult-public/signs/-no-pay")
			}
			c.PressOn(live, "adult-public/signs/+papers-held")
			c.Send("vvkq zzxq")
		}
		w.settle()
		for _, c := range chats {
			m := w.only(c)
			var ticked []string
			for _, row := range m.Buttons {
				if strings.HasPrefix(row[0].Label, "☑") {
					ticked = append(ticked, row[0].Data)
				}
			}
			if want := []string{"adult-public/signs/-papers-held"}; !slices.Equal(ticked, want) {
				t.Errorf("chat %d: ticked %v, want %v", c.ID(), ticked, want)
			}
		}
	})
}
