package bot_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"pathwaybot/bot/telegramtest"
	"pathwaybot/pictures"
)

// booklet opens a booklet and its first two pages, which have pictures.
var booklet = []string{"!aside/nrm-adult", "nrm-adult/contents/read"}

const nextPage = "nrm-adult/what-nrm/next"

// shows checks what a message is: the picture of a name, or a text where it is "".
func shows(t *testing.T, m telegramtest.Message, name string) {
	t.Helper()
	if name == "" {
		if m.Kind != "text" || m.Picture != nil {
			t.Errorf("a %s, want a text:\n%s", m.Kind, m.Text)
		}
		return
	}
	want, ok := project(t).Pictures.PNG(name)
	if name == "blank" {
		want, ok = pictures.Blank(), true
	}
	if !ok {
		t.Fatalf("there is no picture %q", name)
	}
	if m.Kind != "photo" || !bytes.Equal(m.Picture.Content, want) {
		t.Errorf("a %s, want the picture %s:\n%s", m.Kind, name, m.Text)
	}
}

// clean checks that no call was made that Telegram refuses: a refusal is mended by a
// new message, so it would not be seen in the chat.
func clean(t *testing.T, w *world) {
	t.Helper()
	if n := w.bot.Counts()["live message lost"]; n != 0 {
		t.Errorf("%d edits were refused", n)
	}
}

func neutral(t *testing.T, c *telegramtest.Chat, news int) {
	t.Helper()
	if got, want := seen(c), []string{word(t, "en", "ui.neutral")}; !slices.Equal(got, want) {
		t.Errorf("a lock screen showed %q, want %q", got, want)
	}
	if got := len(c.Notifications()); got != news {
		t.Errorf("%d new messages, want %d", got, news)
	}
}

func TestPictures(t *testing.T) {
	ways(t, func(t *testing.T, s setup) {
		w := newWorld(t, s)
		c := w.tg.Chat(6001)
		w.walk(c, "en", booklet...)
		first := w.only(c)
		shows(t, first, "") // off, until somebody asks for them
		w.press(c, "!pictures/on")
		m := w.only(c)
		shows(t, m, "help")
		if m.ID != first.ID || m.Text != first.Text {
			t.Errorf("message %d, want the text of %d to stay under the picture:\n%s", m.ID, first.ID, m.Text)
		}
		w.press(c, nextPage)
		m = w.only(c)
		shows(t, m, "form")
		if m.ID != first.ID || !strings.Contains(m.Text, word(t, "en", "nrm-adult.who-sends.title")) {
			t.Errorf("picture to picture is no edit:\n%s", m.Text)
		}
		neutral(t, c, 1)
		w.press(c, "!aside/nrm-adult") // the list of pages has none
		m = w.only(c)
		shows(t, m, "")
		if m.ID == first.ID || !m.Silent || !strings.Contains(m.Text, word(t, "en", "nrm-adult.contents.title")) {
			t.Errorf("picture to text in message %d, silent %v:\n%s", m.ID, m.Silent, m.Text)
		}
		w.press(c, "nrm-adult/contents/read")
		shows(t, w.only(c), "help")
		w.press(c, "!pictures/off")
		m = w.only(c)
		shows(t, m, "")
		if m.Text != first.Text {
			t.Errorf("after switching off:\n%s", m.Text)
		}
		neutral(t, c, 3)
		clean(t, w)
	})
}

func TestPicturesInEveryLanguage(t *testing.T) {
	for _, l := range project(t).Words.Languages() {
		w := newWorld(t, setup{})
		c := w.tg.Chat(6002)
		w.walk(c, l.Tag, append(booklet, "!pictures/on")...)
		for range 12 {
			m := w.only(c)
			shown := project(t).Screen(l.Tag, project(t).Graph.Node("nrm-adult/what-nrm")).Picture
			if shown != "" && strings.Contains(m.Text, word(t, l.Tag, "nrm-adult.what-nrm.title")) {
				shows(t, m, shown)
			}
			i := slices.IndexFunc(m.Buttons, func(row []telegramtest.Button) bool {
				return strings.HasPrefix(row[0].Data, "nrm-adult/") && strings.HasSuffix(row[0].Data, "/next")
			})
			if i < 0 {
				t.Fatalf("%s: no next page:\n%s", l.Tag, m.Text)
			}
			w.press(c, m.Buttons[i][0].Data)
		}
	}
}

func TestCoverAPicture(t *testing.T) {
	w := newWorld(t, setup{})
	c := w.tg.Chat(6003)
	w.walk(c, "ar", append(booklet, "!pictures/on")...)
	picture := w.only(c)
	shows(t, picture, "help")
	w.clock.add(17 * time.Minute)
	w.bot.LookAtIdle(t.Context())
	m := w.only(c)
	shows(t, m, "blank")
	if m.ID != picture.ID || m.Text != word(t, "ar", "ui.covered") || len(m.Buttons) != 1 {
		t.Errorf("covered:\n%s\n%+v", m.Text, m.Buttons)
	}
	neutral(t, c, 1) // nothing was sent
	w.press(c, "!open")
	m = w.only(c)
	shows(t, m, "")
	if !strings.Contains(m.Text, word(t, "ar", "gate.start.title")) {
		t.Errorf("the button of a covered picture opens\n%s", m.Text)
	}
	w.press(c, "!aside/nrm-adult")
	w.press(c, "nrm-adult/contents/read")
	shows(t, w.only(c), "") // who holds the phone now has not asked for pictures
	w.press(c, "!pictures/on")
	w.clock.add(17 * time.Minute)
	w.bot.LookAtIdle(t.Context())
	w.clock.add(31 * time.Minute)
	w.bot.LookAtIdle(t.Context())
	if all := c.Messages(); len(all) != 0 {
		t.Errorf("after cleaning:\n%s", texts(all))
	}
}

func TestLeaveAPicture(t *testing.T) {
	w := newWorld(t, setup{})
	c := w.tg.Chat(6004)
	w.walk(c, "en", append(booklet, "!pictures/on")...)
	w.tg.ForgetCalls()
	w.press(c, "!leave")
	if n := w.tg.CountCalls("editMessageText"); n != 2 {
		t.Errorf("%d edits, want the dull line in the new message twice: a picture cannot be made a text", n)
	}
	m := w.only(c)
	shows(t, m, "")
	if m.Text != word(t, "en", "ui.left") || len(m.Buttons) != 0 || !m.Silent {
		t.Errorf("what stays, silent %v:\n%s\n%+v", m.Silent, m.Text, m.Buttons)
	}
}

// TestPictureThatCannotBeDeleted: it gives way to a white strip.
func TestPictureThatCannotBeDeleted(t *testing.T) {
	w := newWorld(t, setup{})
	c := w.tg.Chat(6005)
	w.walk(c, "en", append(booklet, "!pictures/on")...)
	picture := w.only(c)
	w.tg.Fail("deleteMessages", -1, telegramtest.Fault{Status: 400, Chat: c.ID()})
	w.press(c, "!leave")
	m, ok := c.Message(picture.ID)
	if !ok {
		t.Fatal("the plan did not work")
	}
	shows(t, m, "blank")
	if m.Text != word(t, "en", "ui.neutral") || len(m.Buttons) != 0 {
		t.Errorf("under the strip:\n%s\n%+v", m.Text, m.Buttons)
	}
	// Its id is kept nowhere now; a press on it comes from the phone of somebody whose
	// app has not heard.
	w.tg.Heal()
	c.PressOn(picture.ID, "!open")
	w.settle()
	last, _ := c.Last()
	shows(t, last, "")
	if _, still := c.Message(picture.ID); still || !strings.Contains(last.Text, word(t, "en", "gate.start.title")) {
		t.Errorf("after a press on an old picture:\n%s", texts(c.Messages()))
	}
	clean(t, w)
}

// TestPictureRefused: the words stand alone then, in a message of their own.
func TestPictureRefused(t *testing.T) {
	w := newWorld(t, setup{asked: true})
	c := w.tg.Chat(6006)
	w.walk(c, "en", booklet...)
	want := w.only(c).Text
	w.tg.Fail("editMessageMedia", 1, telegramtest.Fault{Status: 400, Description: "Bad Request: IMAGE_PROCESS_FAILED"})
	w.press(c, "!pictures/on")
	m := w.only(c)
	shows(t, m, "")
	if m.Text != want || w.tg.Waiting() != 0 {
		t.Errorf("%d waiting, and\n%s", w.tg.Waiting(), m.Text)
	}
	w.press(c, nextPage)
	shows(t, w.only(c), "form")
}

// TestPictureAgain: what fails at the picture comes again and is the same message.
func TestPictureAgain(t *testing.T) {
	w := newWorld(t, setup{})
	c := w.tg.Chat(6007)
	w.walk(c, "en", booklet...)
	live := w.only(c).ID
	w.tg.Fail("editMessageMedia", 1, telegramtest.Fault{Status: 500})
	w.press(c, "!pictures/on")
	m := w.only(c)
	shows(t, m, "help")
	if m.ID != live {
		t.Errorf("message %d, want %d", m.ID, live)
	}
	w.tg.Fail("deleteMessages", 1, telegramtest.Fault{Status: 500})
	w.press(c, "!pictures/off")
	shows(t, w.only(c), "")
	neutral(t, c, 2)
}
