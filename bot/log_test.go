package bot_test

import (
	"log"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"pathwaybot/bot/telegramtest"
	"pathwaybot/handlers"
	"pathwaybot/session/redistest"
)

// TestLogHoldsNothingOfAPerson plays conversations and every kind of fault at debug
// level with a marker in all that a person sends and is, and searches the log. It
// looks at the log of the standard library too, which the Telegram library writes to.
func TestLogHoldsNothingOfAPerson(t *testing.T) {
	var standard buffer
	std := log.Default() //nolint:forbidigo // what others write there is looked at
	was := std.Writer()
	std.SetOutput(&standard)
	t.Cleanup(func() { std.SetOutput(was) })
	ways(t, func(t *testing.T, s setup) {
		redis := redistest.Start(t)
		trap := &trap{}
		s.store = func(now func() time.Time) handlers.Store {
			trap.Store = inRedis(t, redis.URL())(now)
			return trap
		}
		w := newWorld(t, s)
		const marker, id = "MARKER", 777000111
		slog.New(slog.NewTextHandler(w.log, nil)).Info("control line")
		c := w.tg.NewChat(id, telegramtest.ChatOptions{Person: telegramtest.User{
			FirstName: marker, LastName: marker, Username: marker, LanguageCode: marker,
		}})
		all := func() {
			c.Send("/start " + marker)
			c.Send("/" + marker + " " + marker)
			c.Send(marker)
			c.SendPhoto(marker)
			c.SendContact(marker, marker)
			if _, err := c.Raw(`{"message": {"text": {"` + marker + `": 1}, "message_id": "` + marker + `"}}`); err != nil {
				t.Fatal(err)
			}
			if _, err := c.Raw(`{"` + marker + `": {"text": "` + marker + `"}}`); err != nil {
				t.Fatal(err)
			}
			w.settle()
			last, _ := c.Last()
			c.PressOn(last.ID, marker+"/start/"+marker)
			c.PressOn(last.ID, "!"+marker)
			c.PressOn(last.ID, "!lang/en")
			w.settle()
		}
		all()
		for _, f := range []telegramtest.Fault{
			{Status: 400, Description: "Bad Request: " + marker},
			{Status: 403, Description: "Forbidden: " + marker},
			{Status: 500, Description: marker},
			{Status: 401, Description: marker},
			{HTMLBody: true},
			{Outage: true},
			{CloseMidAnswer: true},
			{RetryAfter: 11, Description: marker},
		} {
			for _, method := range []string{"sendMessage", "editMessageText", "deleteMessages", "answerCallbackQuery"} {
				w.tg.Fail(method, 3, f)
			}
			all()
			w.tg.Heal()
		}
		trap.armed.Store(true)
		all()
		trap.armed.Store(false)
		redis.Stop()
		c.Send(marker)
		c.PressOn(1, marker)
		w.await(func() bool { return w.bot.Counts()["turn: session store is away"] >= 2 })
		w.bot.LookAtIdle(t.Context())
		redis.Restart()
		w.settle()
		if !s.polling {
			w.post(http.MethodPost, marker, http.Header{"X-Telegram-Bot-Api-Secret-Token": {marker}})
			w.post(http.MethodPost, marker, signed())
		}
		all()
		got := w.log.String()
		if !strings.Contains(got, "control line") || !strings.Contains(got, "telegram: ") {
			t.Fatalf("the log was not looked at:\n%s", got)
		}
		for _, never := range []string{marker, strings.ToLower(marker), "777000111", w.tg.Token(), "fake", "127.0.0.1", secret} {
			if strings.Contains(got, never) {
				t.Errorf("the log holds %q:\n%s", never, got)
			}
		}
		if s := standard.String(); s != "" {
			t.Errorf("something wrote to the standard log:\n%s", s)
		}
	})
}
