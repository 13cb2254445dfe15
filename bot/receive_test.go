package bot_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"pathwaybot/bot/telegramtest"
)

func TestWebhookDoor(t *testing.T) {
	w := newWorld(t, setup{})
	wrong, short := signed(), signed()
	wrong.Set("X-Telegram-Bot-Api-Secret-Token", secret[:len(secret)-1]+"X")
	short.Del("X-Telegram-Bot-Api-Secret-Token")
	good := `{"update_id":1,"message":{"message_id":1,"date":1,"chat":{"id":5,"type":"private"},"text":"/start"}}`
	tests := []struct {
		name, method, body string
		header             http.Header
		want               int
		counted            string
	}{
		{"wrong secret", http.MethodPost, good, wrong, http.StatusUnauthorized, "webhook: 401"},
		{"no secret", http.MethodPost, good, short, http.StatusUnauthorized, "webhook: 401"},
		{"not POST", http.MethodGet, "", signed(), http.StatusMethodNotAllowed, ""},
		{"too large", http.MethodPost, `{"update_id":2,"x":"` + strings.Repeat("x", 1<<20) + `"}`, signed(), http.StatusOK, "update too large"},
		{"not JSON", http.MethodPost, "hello", signed(), http.StatusOK, "update not understood"},
		{"JSON of another form", http.MethodPost, `{"update_id":3,"message":{"text":{"no":"text"}}}`, signed(), http.StatusOK, "update not understood"},
		{"unknown kind", http.MethodPost, `{"update_id":4,"telepathy":{"chat":{"id":5}}}`, signed(), http.StatusOK, "update of no use"},
		{"press under a message that is not ours", http.MethodPost, `{"update_id":5,"callback_query":{"id":"x","data":"!leave","inline_message_id":"y"}}`, signed(), http.StatusOK, "update of no use"},
	}
	for _, tt := range tests {
		before := w.bot.Counts()[tt.counted]
		resp := w.post(tt.method, tt.body, tt.header)
		if resp.StatusCode != tt.want {
			t.Errorf("%s: status %d, want %d", tt.name, resp.StatusCode, tt.want)
		}
		if n := w.bot.Counts()[tt.counted] - before; tt.counted != "" && n != 1 {
			t.Errorf("%s: %q was counted %d times, want 1", tt.name, tt.counted, n)
		}
	}
	if n := w.tg.CountCalls("sendMessage", "editMessageText", "deleteMessages"); n != 0 {
		t.Errorf("%d calls about chats, want none", n)
	}
}

// TestPoison: an update that cannot be read stops nobody.
func TestPoison(t *testing.T) {
	ways(t, func(t *testing.T, s setup) {
		w := newWorld(t, s)
		c := w.tg.Chat(3001)
		if _, err := c.Raw(`{"message": {"message_id": "no number", "chat": []}}`); err != nil {
			t.Fatal(err)
		}
		w.send(c, "/start")
		if m := w.only(c); !strings.Contains(m.Text, "Language") {
			t.Errorf("no screen after an update that cannot be read:\n%s", m.Text)
		}
		if n := w.bot.Counts()["update not understood"]; n != 1 {
			t.Errorf("counted %d times, want 1", n)
		}
	})
}

func TestPersonsMessagesAreDeleted(t *testing.T) {
	w := newWorld(t, setup{})
	c := w.tg.Chat(3002)
	w.walk(c, "en", "gate/start/worried")
	live := w.only(c)
	for name, send := range map[string]func() int{
		"text":     func() int { return c.Send("zzxq vvkq") },
		"after ar": func() int { return c.Send("ههههه /zzxq") },
		"photo":    func() int { return c.SendPhoto("look") },
		"voice":    c.SendVoice,
		"sticker":  c.SendSticker,
		"contact":  func() int { return c.SendContact("Anna", "+44 7700 900000") },
		"place":    func() int { return c.SendLocation(51, 0) },
		"command":  func() int { return c.Send("/nonsense of mine") },
	} {
		send()
		w.settle()
		m := w.only(c)
		if m.ID != live.ID || !strings.Contains(m.Text, word(t, "en", "ui.typed")) || !strings.HasSuffix(m.Text, live.Text) {
			t.Errorf("%s: want the line of what was typed and the same question:\n%s", name, m.Text)
		}
	}
	// A message that changes after it could not be deleted is deleted then.
	w.tg.Fail("deleteMessages", 1, telegramtest.Fault{Status: 400})
	id := w.send(c, "first words")
	if err := c.Edit(id, "/start"); err != nil {
		t.Fatal(err)
	}
	w.settle()
	if m := w.only(c); m.ID != live.ID {
		t.Error("an edited message was taken for a command, want it deleted like any text")
	}
}

func TestTypedPlace(t *testing.T) {
	w := newWorld(t, setup{})
	c := w.tg.Chat(3003)
	w.walk(c, "en", append(outcome, "!area")...)
	w.send(c, "Stevenage")
	m := w.only(c)
	if _, ok := m.Button("Stevenage"); !ok {
		t.Fatalf("no button for the typed place:\n%s\n%+v", m.Text, m.Buttons)
	}
	w.press(c, "Stevenage")
	if m := w.only(c); !strings.Contains(m.Text, "Stevenage") {
		t.Errorf("the area is not at the outcome:\n%s", m.Text)
	}
}

func TestGroupsAreLeft(t *testing.T) {
	w := newWorld(t, setup{})
	group := w.tg.NewChat(-100500, telegramtest.ChatOptions{Kind: "supergroup", Title: "A group"})
	group.AddBot()
	w.settle()
	if !group.Left() || w.tg.CountCalls("sendMessage", "deleteMessages") != 0 {
		t.Errorf("left %v, calls %d: want it left without a word", group.Left(), w.tg.CountCalls("sendMessage"))
	}
	talk := w.tg.NewChat(-100501, telegramtest.ChatOptions{Kind: "group", Title: "Another"})
	w.send(talk, "/start")
	if !talk.Left() || len(talk.Messages()) != 1 {
		t.Errorf("left %v with %d messages, want it left without a word", talk.Left(), len(talk.Messages()))
	}
}

// TestOwnTimer: a person who lets messages delete themselves has typed nothing.
func TestOwnTimer(t *testing.T) {
	w := newWorld(t, setup{})
	c := w.tg.Chat(3004)
	w.walk(c, "en")
	before := w.only(c).Text
	if _, err := c.Raw(`{"message":{"message_id":77,"date":1,"chat":{"id":3004,"type":"private"},"message_auto_delete_timer_changed":{"message_auto_delete_time":86400}}}`); err != nil {
		t.Fatal(err)
	}
	w.settle()
	if m := w.only(c); m.Text != before {
		t.Errorf("the screen changed:\n%s", m.Text)
	}
}

// Long messages of one person, more than one answer can hold, stop nobody.
func TestLargeBacklog(t *testing.T) {
	w := newWorld(t, setup{polling: true, asked: true})
	w.await(w.tg.Polling)
	w.tg.Fail("getUpdates", -1, telegramtest.Fault{Status: http.StatusBadGateway})
	a, b := w.tg.Chat(9600), w.tg.Chat(9601)
	long := strings.Repeat(`\u0416`, 4096) // 24 kB as Telegram writes it
	link := strings.Repeat(`{"type":"text_link","offset":0,"length":1,"url":"https://e.org/`+strings.Repeat("x", 1600)+`"},`, 99)
	for i := range 100 {
		update := fmt.Sprintf(`{"message":{"message_id":%d,"date":%d,"chat":{"id":9600,"type":"private"},"from":{"id":9600,"is_bot":false,"first_name":"a"},"text":"%s","entities":[%s]}}`,
			5000+i, w.clock.Now().Unix(), long, strings.TrimSuffix(link, ","))
		if _, err := a.Raw(update); err != nil {
			t.Fatal(err)
		}
	}
	b.Send("/start")
	w.tg.Heal()
	w.settle()
	if m := w.only(b); !strings.Contains(m.Text, "Language") {
		t.Errorf("somebody behind long messages gets:\n%s", m.Text)
	}
}
