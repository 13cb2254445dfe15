package bot_test

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/time/rate"

	"pathwaybot/bot"
	"pathwaybot/bot/telegramtest"
	"pathwaybot/guide"
	"pathwaybot/handlers"
	"pathwaybot/session"
)

// theGuide is the project's own, loaded once for all tests.
var theGuide = sync.OnceValues(func() (*guide.Guide, error) { return guide.Load(guide.Embedded()) })

func project(t testing.TB) *guide.Guide {
	t.Helper()
	g, err := theGuide()
	if err != nil {
		t.Fatalf("load guide: %v", err)
	}
	return g
}

// clock is a time that a test moves.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// buffer is a log that is written by many and read by one.
type buffer struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}

// setup says how a world differs from the usual: by webhook, sessions in memory.
type setup struct {
	polling bool
	store   func(now func() time.Time) handlers.Store
	limits  bot.Limits
	asked   bool // invalid requests are expected
	skip    bool // no schema, for benchmarks
}

// world is a bot between a fake Telegram and a store.
type world struct {
	t      testing.TB
	tg     *telegramtest.Server
	api    string
	bot    *bot.Bot
	clock  *clock
	log    *buffer
	hook   string // address of the webhook
	config bot.Config
}

const secret = "a-secret_of-the-webhook"

// unlimited keeps tests from waiting for Telegram's limits.
const unlimited = rate.Limit(1e6)

func newWorld(t testing.TB, s setup) *world {
	t.Helper()
	w := &world{t: t, clock: &clock{now: time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC)}, log: &buffer{}}
	w.tg = telegramtest.New(telegramtest.Options{
		Now: w.clock.Now, RetryScale: 1e-4, SkipSchema: s.skip, InaccessibleAfter: 48 * time.Hour,
	})
	w.api = w.tg.Start(t)
	if s.limits.Chat == 0 {
		s.limits.Chat = unlimited
	}
	if s.limits.Overall == 0 {
		s.limits.Overall = unlimited
	}
	if s.limits.Presses == 0 {
		s.limits.Presses = 1e6
	}
	s.limits.Retry = time.Millisecond
	var store handlers.Store = session.NewMemory(w.clock.Now)
	if s.store != nil {
		store = s.store(w.clock.Now)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	w.hook = "http://" + l.Addr().String() + "/telegram"
	g := project(t)
	lives, ok := store.(bot.Store)
	if !ok {
		lives = session.NewMemory(w.clock.Now)
	}
	c := bot.Config{
		Token: w.tg.Token(), APIURL: w.api, Store: lives,
		Conversation: handlers.New(g, store, handlers.Settings{Cover: 15 * time.Minute, Clean: 45 * time.Minute}),
		Guide:        g, Limits: s.limits, Now: w.clock.Now,
		Log: slog.New(slog.NewTextHandler(w.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}
	if !s.polling {
		c.Webhook = bot.Webhook{URL: w.hook, Secret: secret}
	}
	w.config = c
	if w.bot, err = bot.New(c); err != nil {
		t.Fatal(err)
	}
	web := &http.Server{Handler: w.bot.Webhook(), ErrorLog: nil}
	var running sync.WaitGroup
	running.Go(func() { _ = web.Serve(l) })
	ctx, stop := context.WithCancel(context.Background())
	running.Go(func() {
		if err := w.bot.Run(ctx); err != nil {
			t.Errorf("Run: %v", err)
		}
	})
	t.Cleanup(func() {
		stop()
		_ = web.Close()
		running.Wait()
		if bad := w.tg.Invalid(); len(bad) > 0 && !s.asked {
			t.Errorf("requests that Telegram would not take:\n%s", strings.Join(bad, "\n"))
		}
	})
	return w
}

// again runs a second bot, as after a restart, and returns how to end it.
func (w *world) again() (end func()) {
	w.t.Helper()
	b, err := bot.New(w.config)
	if err != nil {
		w.t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() {
		if err := b.Run(ctx); err != nil {
			w.t.Errorf("Run: %v", err)
		}
	})
	return func() {
		stop()
		running.Wait()
	}
}

// settle waits until the bot has dealt with everything.
func (w *world) settle() {
	w.t.Helper()
	if err := w.tg.Settle(context.Background()); err != nil {
		w.t.Fatal(err)
	}
}

// send types something and waits.
func (w *world) send(c *telegramtest.Chat, text string) int {
	w.t.Helper()
	id := c.Send(text)
	w.settle()
	return id
}

// press presses a button and waits.
func (w *world) press(c *telegramtest.Chat, button string) {
	w.t.Helper()
	if err := c.Press(button); err != nil {
		w.t.Fatal(err)
	}
	w.settle()
}

// walk starts, chooses a language and presses what is given.
func (w *world) walk(c *telegramtest.Chat, lang string, buttons ...string) {
	w.t.Helper()
	w.send(c, "/start")
	w.press(c, "!lang/"+lang)
	for _, b := range buttons {
		w.press(c, b)
	}
}

// only returns the one message that a chat shows.
func (w *world) only(c *telegramtest.Chat) telegramtest.Message {
	w.t.Helper()
	all := c.Messages()
	if len(all) != 1 {
		w.t.Fatalf("%d messages, want 1:\n%s", len(all), texts(all))
	}
	return all[0]
}

func texts(all []telegramtest.Message) string {
	var out []string
	for _, m := range all {
		out = append(out, m.Text)
	}
	return strings.Join(out, "\n----\n")
}

// await waits for something that the fake can see.
func (w *world) await(cond func() bool) {
	w.t.Helper()
	if err := w.tg.Await(context.Background(), cond); err != nil {
		w.t.Fatal(err)
	}
}

// word is one of the project's texts.
func word(t testing.TB, tag, key string) string {
	t.Helper()
	s := project(t).Words.Text(tag, key)
	if s == "" {
		t.Fatalf("no text %q in %q", key, tag)
	}
	return s
}

// post delivers an update to the webhook as Telegram would.
func (w *world) post(method, body string, header http.Header) *http.Response {
	w.t.Helper()
	req, err := http.NewRequest(method, w.hook, strings.NewReader(body))
	if err != nil {
		w.t.Fatal(err)
	}
	req.Header = header
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		w.t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	resp.Body = io.NopCloser(bytes.NewReader(answer))
	return resp
}

func signed() http.Header {
	return http.Header{"X-Telegram-Bot-Api-Secret-Token": {secret}, "Content-Type": {"application/json"}}
}

// ways are the two ways of receiving.
func ways(t *testing.T, test func(*testing.T, setup)) {
	for name, s := range map[string]setup{"webhook": {}, "polling": {polling: true}} {
		t.Run(name, func(t *testing.T) { test(t, s) })
	}
}

// seen are the texts of a lock screen.
func seen(c *telegramtest.Chat) []string {
	var out []string
	for _, n := range c.Notifications() {
		if !slices.Contains(out, n.Text) {
			out = append(out, n.Text)
		}
	}
	return out
}

// meanwhile holds the next call of a method about a chat, begins what makes that call,
// does something else, and then lets the first go on to its end. The fault says
// whether the call has its effect before it is held.
func (w *world) meanwhile(method string, c *telegramtest.Chat, f telegramtest.Fault, first, then func()) {
	w.t.Helper()
	hold := make(chan struct{})
	f.Hold, f.Chat = hold, c.ID()
	w.tg.Fail(method, 1, f)
	calls := w.tg.CountCalls(method)
	var slow sync.WaitGroup
	slow.Go(first)
	w.await(func() bool { return w.tg.CountCalls(method) > calls })
	then()
	close(hold)
	slow.Wait()
}
