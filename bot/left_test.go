package bot_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"pathwaybot/bot"
	"pathwaybot/bot/telegramtest"
	"pathwaybot/handlers"
	"pathwaybot/session"
	"pathwaybot/session/redistest"
)

// replica is a second program on the same store, which gets what the test posts.
type replica struct {
	w    *world
	bot  *bot.Bot
	hook string
}

func (w *world) replica() *replica {
	w.t.Helper()
	b, err := bot.New(w.config)
	if err != nil {
		w.t.Fatal(err)
	}
	server := httptest.NewServer(b.Webhook())
	w.t.Cleanup(server.Close)
	return &replica{w, b, server.URL}
}

// post delivers one update and returns the status of the answer.
func (r *replica) post(body string) int {
	r.w.t.Helper()
	req, err := http.NewRequest(http.MethodPost, r.hook, strings.NewReader(body))
	if err != nil {
		r.w.t.Fatal(err)
	}
	req.Header = signed()
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		r.w.t.Error(err)
		return 0
	}
	defer func() { _ = resp.Body.Close() }()
	return resp.StatusCode
}

// pressed is an update of a press, said one of a message typed.
//
// An update numbered from 900 happens after all that the chat has done by itself.
func (w *world) pressed(update int, chat int64, message int, data string) string {
	update = lateID(update)
	return fmt.Sprintf(`{"update_id":%d,"callback_query":{"id":"7","from":{"id":%d,"language_code":"en"},"data":%q,"message":{"message_id":%d,"date":%d,"chat":{"id":%d,"type":"private"}}}}`,
		update, chat, data, message, w.clock.Now().Unix(), chat)
}

func (w *world) said(update int, chat int64, message int, text string) string {
	update = lateID(update)
	return fmt.Sprintf(`{"update_id":%d,"message":{"message_id":%d,"date":%d,"chat":{"id":%d,"type":"private"},"from":{"id":%d,"language_code":"en"},"text":%q}}`,
		update, message, w.clock.Now().Unix(), chat, chat, text)
}

func lateID(update int) int {
	if update >= 900 {
		return update + 1_900_000_000
	}
	return update
}

// What Telegram delivers after Leave now, but happened before, brings nothing back:
// on the same replica and on another one.
func TestLateUpdates(t *testing.T) {
	w := newWorld(t, setup{})
	other := w.replica()
	c := w.tg.Chat(7101)
	w.walk(c, "en", outcome...)
	live := w.only(c).ID
	w.press(c, "!leave")
	w.tg.ForgetCalls()
	for name, body := range map[string]string{
		"a press":       w.pressed(1, c.ID(), live, "gate/start/worried"),
		"a typed line":  w.said(2, c.ID(), live+1, "a name"),
		"/start":        w.said(3, c.ID(), live+2, "/start"),
		"Leave now":     w.pressed(4, c.ID(), live, "!leave"),
		"help":          w.pressed(5, c.ID(), live, "!help"),
		"a kept number": w.pressed(6, c.ID(), live, "!keep/numbers"),
	} {
		for _, status := range []int{w.post(http.MethodPost, body, signed()).StatusCode, other.post(body)} {
			if status != http.StatusOK {
				t.Errorf("%s: answered %d", name, status)
			}
		}
		if m := w.only(c); m.Text != word(t, "en", "ui.left") {
			t.Errorf("%s brought back:\n%s", name, m.Text)
		}
	}
	if n := w.tg.CountCalls("sendMessage", "editMessageText"); n != 0 {
		t.Errorf("%d messages and edits after leaving, want none", n)
	}
	if n := w.tg.CountCalls("deleteMessages"); n != 4 {
		t.Errorf("%d deletions, want one for each line typed and replica", n)
	}
	// What happens later is a new walk, of which nothing is known.
	w.send(c, "/start")
	if last, _ := c.Last(); !strings.Contains(last.Text, "Language") {
		t.Errorf("a new start shows:\n%s", last.Text)
	}
}

// After ten minutes the mark is gone, as if the person had never been here.
func TestTheMarkExpires(t *testing.T) {
	w := newWorld(t, setup{})
	c := w.tg.Chat(7102)
	w.walk(c, "ar", outcome...)
	live := w.only(c).ID
	w.press(c, "!leave")
	w.clock.add(2 * time.Minute)
	w.bot.LookAtIdle(t.Context()) // sweeps
	w.clock.add(15 * time.Minute)
	w.post(http.MethodPost, w.pressed(1, c.ID(), live, "gate/start/worried"), signed())
	if m := w.only(c); !strings.Contains(m.Text, word(t, "en", "ui.new-walk")) {
		t.Errorf("long after leaving:\n%s", m.Text)
	}
}

// A replica whose edit is slow must not put the screen back after another one has
// left the chat: it looks again by itself, and if it dies, or its store is away, the
// sweep a minute later writes the dull line once more.
func TestSlowReplica(t *testing.T) {
	for name, dies := range map[string]bool{"looks again": false, "is swept": true} {
		t.Run(name, func(t *testing.T) {
			url := redistest.Start(t).URL()
			w := newWorld(t, setup{store: inRedis(t, url)})
			theirs := inRedis(t, url)(w.clock.Now)
			w.config.Conversation = handlers.New(project(t), theirs, handlers.Settings{Cover: 15 * time.Minute, Clean: 45 * time.Minute})
			other := w.replica()
			c := w.tg.Chat(7103)
			w.walk(c, "en", outcome[:2]...)
			live := w.only(c).ID
			w.meanwhile("editMessageText", c, telegramtest.Fault{}, func() {
				other.post(w.pressed(900, c.ID(), live, "adult-public/signs/done"))
			}, func() {
				w.post(http.MethodPost, w.pressed(901, c.ID(), live, "!leave"), signed())
				if m := w.only(c); m.Text != word(t, "en", "ui.left") {
					t.Errorf("leaving shows:\n%s", m.Text)
				}
				if dies {
					_ = theirs.(*session.Redis).Close()
				}
			})
			if dies {
				if m := w.only(c); m.Text == word(t, "en", "ui.left") {
					t.Fatal("the plan did not work: the slow edit changed nothing")
				}
				w.clock.add(2 * time.Minute)
				w.bot.LookAtIdle(t.Context())
			}
			if m := w.only(c); m.Text != word(t, "en", "ui.left") || len(m.Buttons) != 0 {
				t.Errorf("after a slow edit of another replica the chat shows:\n%s", m.Text)
			}
		})
	}
}

// A screen that another replica's step has overtaken while it was on its way is
// brought up to date.
func TestOvertakenScreen(t *testing.T) {
	w := newWorld(t, setup{store: inRedis(t, redistest.Start(t).URL())})
	other := w.replica()
	c := w.tg.Chat(7111)
	w.walk(c, "en", outcome[:2]...)
	live := w.only(c).ID
	var next string
	w.meanwhile("editMessageText", c, telegramtest.Fault{}, func() {
		other.post(w.said(900, c.ID(), live+1, "zzxq vvkq"))
	}, func() {
		w.post(http.MethodPost, w.pressed(901, c.ID(), live, "adult-public/signs/done"), signed())
		next = w.only(c).Text
	})
	other.bot.ShowLater()
	if m := w.only(c); m.Text != next {
		t.Errorf("a late screen stays over the newer one:\n%s", m.Text)
	}
}

// A replica that had made a new message when another one left takes it back.
func TestNewMessageMeetsLeaving(t *testing.T) {
	w := newWorld(t, setup{store: inRedis(t, redistest.Start(t).URL())})
	other := w.replica()
	c := w.tg.Chat(7104)
	w.walk(c, "en", outcome...)
	live := w.only(c).ID
	w.meanwhile("sendMessage", c, telegramtest.Fault{AfterEffect: true}, func() {
		other.post(w.said(900, c.ID(), live+50, "/start"))
	}, func() {
		w.post(http.MethodPost, w.pressed(901, c.ID(), live, "!leave"), signed())
	})
	if m := w.only(c); m.Text != word(t, "en", "ui.left") {
		t.Errorf("what stays:\n%s", m.Text)
	}
}

// Typing a word for leaving leaves, whatever the language, and what only holds such a
// word does not.
func TestLeaveWords(t *testing.T) {
	for _, typed := range []string{"stop", "Stop!", "EXIT", "/x", "/exit", "/stop@testbot"} {
		w := newWorld(t, setup{})
		c := w.tg.Chat(7105)
		w.walk(c, "ro", outcome...)
		w.send(c, typed)
		if m := w.only(c); m.Text != word(t, "ro", "ui.left") {
			t.Errorf("%q shows:\n%s", typed, m.Text)
		}
	}
	w := newWorld(t, setup{})
	c := w.tg.Chat(7106)
	w.walk(c, "en", outcome...)
	w.send(c, "they do not let me stop")
	if m := w.only(c); m.Text == word(t, "en", "ui.left") {
		t.Error("a sentence with such a word in it left the chat")
	}
}

// On a lock screen a new message is one neutral word, also where the dull line needs a
// new message.
func TestLeaveShowsOnlyTheNeutralWord(t *testing.T) {
	w := newWorld(t, setup{})
	c := w.tg.Chat(7107)
	w.send(c, "/stop")
	for _, n := range c.Notifications() {
		if n.Text != word(t, "en", "ui.neutral") {
			t.Errorf("a lock screen shows %q", n.Text)
		}
	}
	if m := w.only(c); m.Text != word(t, "en", "ui.left") {
		t.Errorf("what stays:\n%s", m.Text)
	}
	w.send(c, "/stop") // once more: the line is the same one
	if n := w.tg.CountCalls("sendMessage"); n != 1 {
		t.Errorf("%d messages for leaving twice, want 1", n)
	}
}

// While the store is away, leaving takes all that this process knows of the chat, and
// the rest when the store is back, also where Telegram does not deliver it again.
func TestLeaveKnowsTheScreenWhileAway(t *testing.T) {
	ways := map[string]func(*world, *telegramtest.Chat){
		"typed": func(w *world, c *telegramtest.Chat) {
			w.post(http.MethodPost, w.said(900, c.ID(), w.only(c).ID+1, "/stop"), signed())
		},
		"pressed": func(w *world, c *telegramtest.Chat) {
			w.post(http.MethodPost, w.pressed(900, c.ID(), w.only(c).ID, "!leave"), signed())
		},
	}
	for name, leave := range ways {
		t.Run(name, func(t *testing.T) {
			redis := redistest.Start(t)
			w := newWorld(t, setup{store: inRedis(t, redis.URL())})
			c := w.tg.Chat(7108)
			w.walk(c, "en", outcome...)
			redis.Pause()
			leave(w, c) // once: it is not delivered again
			if m := w.only(c); m.Text != word(t, "en", "ui.left") {
				t.Errorf("while the store is away:\n%s", m.Text)
			}
			redis.Resume()
			if n := w.bot.CatchUp(); n != 0 {
				t.Errorf("%d chats are still to be left", n)
			}
			w.clock.add(20 * time.Minute)
			w.bot.LookAtIdle(t.Context())
			if m := w.only(c); m.Text != word(t, "en", "ui.left") {
				t.Errorf("the chat was covered after it had been left:\n%s", m.Text)
			}
		})
	}
}

// Cards that an outage left in the chat go with Leave now, while it lasts.
func TestLeaveTakesCardsWhileAway(t *testing.T) {
	redis := redistest.Start(t)
	w := newWorld(t, setup{store: inRedis(t, redis.URL())})
	c := w.tg.Chat(7109)
	w.walk(c, "en", outcome...)
	live := w.only(c).ID
	redis.Stop()
	w.post(http.MethodPost, w.said(900, c.ID(), live+1, "hello"), signed())
	if len(c.Messages()) != 2 {
		t.Fatalf("want the screen and a card:\n%s", texts(c.Messages()))
	}
	w.post(http.MethodPost, w.pressed(901, c.ID(), live, "!leave"), signed())
	if m := w.only(c); m.ID != live || m.Text != word(t, "en", "ui.left") {
		t.Errorf("what stays:\n%s", m.Text)
	}
	redis.Restart()
	if n := w.bot.CatchUp(); n != 0 {
		t.Errorf("%d chats are still to be left", n)
	}
	w.only(c)
}

// Covering and cleaning happen on whatever replica runs, also on one that was started
// since and never saw the chat. What is pressed then, on the covered message or an
// older one, opens the gate as for a new person.
func TestAnotherReplicaCoversAndCleans(t *testing.T) {
	w := newWorld(t, setup{store: inRedis(t, redistest.Start(t).URL())})
	c := w.tg.Chat(7110)
	w.walk(c, "ar", outcome...)
	old := w.only(c)
	w.send(c, "/start") // a new message; the old one is deleted, but a phone may still show it
	w.press(c, "!lang/ar")
	for _, b := range outcome {
		w.press(c, b)
	}
	shown := w.only(c)
	started := w.replica()
	w.clock.add(17 * time.Minute)
	started.bot.LookAtIdle(t.Context())
	if m := w.only(c); m.ID != shown.ID || m.Text != word(t, "ar", "ui.covered") {
		t.Fatalf("not covered by another replica:\n%s", m.Text)
	}
	for i, press := range []struct {
		message int
		data    string
	}{{shown.ID, "adult-public/signs/done"}, {old.ID, "!say"}} {
		if status := w.replica().post(w.pressed(900+i, c.ID(), press.message, press.data)); status != http.StatusOK {
			t.Errorf("press %s: answered %d", press.data, status)
		}
		m := w.only(c)
		if !strings.Contains(m.Text, word(t, "ar", "gate.start.title")) || strings.Contains(m.Text, word(t, "ar", "adult-public.signs.title")) {
			t.Errorf("a press on a covered or older message shows:\n%s", m.Text)
		}
		w.clock.add(17 * time.Minute)
		w.replica().bot.LookAtIdle(t.Context())
	}
	w.clock.add(31 * time.Minute)
	w.replica().bot.LookAtIdle(t.Context())
	if all := c.Messages(); len(all) != 0 {
		t.Errorf("after cleaning:\n%s", texts(all))
	}
}

// The card of a program that died while the store was away is known to nobody. It
// stands right below the screen, and goes with it.
func TestLeaveTakesTheCardOfTheDead(t *testing.T) {
	redis := redistest.Start(t)
	w := newWorld(t, setup{store: inRedis(t, redis.URL())})
	dead := w.replica()
	c := w.tg.Chat(7112)
	w.walk(c, "en", outcome...)
	live := w.only(c).ID
	redis.Pause()
	dead.post(w.pressed(900, c.ID(), live, "!say"))
	if len(c.Messages()) != 2 {
		t.Fatalf("want the screen and a card:\n%s", texts(c.Messages()))
	}
	redis.Resume()
	w.post(http.MethodPost, w.pressed(901, c.ID(), live, "!leave"), signed())
	if m := w.only(c); m.Text != word(t, "en", "ui.left") {
		t.Errorf("what stays:\n%s", m.Text)
	}
}
