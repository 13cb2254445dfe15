package bot_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"pathwaybot/bot/telegramtest"
	"pathwaybot/session/redistest"
)

// The two benchmarks measure one press through the webhook, answered 200, with all
// parts on one machine: our bot with Redis, and a bare echo bot on the same library,
// both against the fake Telegram. Compare them in one run:
//
//	go test ./bot -run '^$' -bench . -benchmem
//
// Every worker is one person who presses as soon as the press before is answered.

func BenchmarkPressWebhook(b *testing.B) {
	redis := redistest.Start(b)
	w := newWorld(b, setup{store: inRedis(b, redis.URL()), skip: true})
	var updates atomic.Int64
	updates.Store(1 << 20)
	post := poster(b, w.hook)
	people := make(chan func(string), runtime.GOMAXPROCS(0))
	for id := range cap(people) {
		c := w.tg.Chat(100_000 + int64(id))
		w.walk(c, "en", outcome[:2]...)
		live := w.only(c)
		people <- func(data string) {
			post(fmt.Sprintf(`{"update_id":%d,"callback_query":{"id":"x","from":{"id":%d,"is_bot":false,"first_name":"A","language_code":"en"},`+
				`"message":{"message_id":%d,"date":%d,"chat":{"id":%d,"type":"private"},"text":"x"},"chat_instance":"1","data":%q}}`,
				updates.Add(1), c.ID(), live.ID, w.clock.Now().Unix(), c.ID(), data))
		}
	}
	b.ReportAllocs()
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		press := <-people
		for n := 0; pb.Next(); n++ {
			press([]string{"adult-public/signs/+no-pay", "adult-public/signs/-no-pay"}[n%2])
		}
	})
	b.StopTimer()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "presses/s")
}

// BenchmarkEchoBot answers each press with one message and nothing else, by its own
// webhook handler, since the library's would lose updates.
func BenchmarkEchoBot(b *testing.B) {
	fake := telegramtest.New(telegramtest.Options{SkipSchema: true})
	api := fake.Start(b)
	echo, err := tg.New(fake.Token(), tg.WithSkipGetMe(), tg.WithServerURL(api), tg.WithNotAsyncHandlers(),
		tg.WithHTTPClient(time.Minute, &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}}),
		tg.WithErrorsHandler(func(err error) { b.Error(err) }),
		tg.WithDefaultHandler(func(ctx context.Context, bot *tg.Bot, u *models.Update) {
			_, err := bot.SendMessage(ctx, &tg.SendMessageParams{ChatID: u.Message.Chat.ID, Text: u.Message.Text})
			if err != nil {
				b.Error(err)
			}
		}))
	if err != nil {
		b.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	web := &http.Server{ReadHeaderTimeout: time.Minute, Handler: http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		var u models.Update
		if err := json.NewDecoder(r.Body).Decode(&u); err != nil {
			b.Error(err)
			return
		}
		echo.ProcessUpdate(r.Context(), &u)
	})}
	go func() { _ = web.Serve(l) }()
	b.Cleanup(func() { _ = web.Close() })
	post := poster(b, "http://"+l.Addr().String()+"/telegram")
	var people, updates atomic.Int64
	b.ReportAllocs()
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		c := fake.Chat(200_000 + people.Add(1))
		c.Send("so that the bot may write")
		for pb.Next() {
			post(fmt.Sprintf(`{"update_id":%d,"message":{"message_id":1,"date":1,"from":{"id":%d,"is_bot":false,"first_name":"A","language_code":"en"},`+
				`"chat":{"id":%d,"type":"private"},"text":"hello"}}`, updates.Add(1), c.ID(), c.ID()))
		}
	})
	b.StopTimer()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "presses/s")
}

// poster posts an update and waits for the 200.
func poster(b *testing.B, hook string) func(string) {
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}}
	return func(body string) {
		req, err := http.NewRequest(http.MethodPost, hook, strings.NewReader(body))
		if err != nil {
			b.Error(err)
			return
		}
		req.Header = signed()
		resp, err := client.Do(req)
		if err != nil {
			b.Error(err)
			return
		}
		_, _ = io.Copy(io.Discard, resp.Body)
		if err := resp.Body.Close(); err != nil || resp.StatusCode != http.StatusOK {
			b.Errorf("status %d, %v", resp.StatusCode, err)
		}
	}
}
