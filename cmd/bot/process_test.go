package main

import (
	"bufio"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"pathwaybot/bot/telegramtest"
	"pathwaybot/session/redistest"
)

// program is this command, built once for all tests.
var program = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "bot")
	if err != nil {
		return "", err
	}
	out := filepath.Join(dir, "bot")
	if b, err := exec.Command("go", "build", "-o", out, ".").CombinedOutput(); err != nil {
		return "", fmt.Errorf("build: %w\n%s", err, b)
	}
	return out, nil
})

func TestMain(m *testing.M) {
	code := m.Run()
	if out, err := program(); err == nil {
		_ = os.RemoveAll(filepath.Dir(out))
	}
	os.Exit(code)
}

// world is the program as a process of its own, between a fake Telegram and a real
// Redis.
type world struct {
	t     *testing.T
	tg    *telegramtest.Server
	redis *redistest.Server
	env   []string
	run   *exec.Cmd
	log   strings.Builder
	read  sync.WaitGroup
}

func freeAddr(t *testing.T) string {
	t.Helper()
	return net.JoinHostPort("127.0.0.1", strconv.Itoa(redistest.FreePort(t)))
}

func newWorld(t *testing.T, webhook bool) *world {
	t.Helper()
	w := &world{t: t, redis: redistest.Start(t)}
	w.tg = telegramtest.New(telegramtest.Options{RetryScale: 0.05})
	api := w.tg.Start(t)
	listen := freeAddr(t)
	w.env = []string{
		"TELEGRAM_BOT_TOKEN=" + w.tg.Token(),
		"TELEGRAM_API_URL=" + api,
		"REDIS_URL=" + w.redis.URL(),
		"SESSION_KEY=" + base64.StdEncoding.EncodeToString([]byte(strings.Repeat("k", 32))),
		"LISTEN=" + listen,
		"ADMIN_LISTEN=" + freeAddr(t),
		"PRESSES_A_MINUTE=1000000",
		"TELEGRAM_RATE=1000000",
		"PATH=" + os.Getenv("PATH"),
	}
	if webhook {
		w.env = append(w.env, "WEBHOOK_URL=http://"+listen+"/a-path", "WEBHOOK_SECRET=a-secret-of-the-webhook")
	}
	w.start()
	t.Cleanup(func() {
		w.kill()
		if bad := w.tg.Invalid(); len(bad) > 0 {
			t.Errorf("requests that Telegram would not take:\n%s", strings.Join(bad, "\n"))
		}
		if t.Failed() {
			t.Log(w.log.String())
		}
	})
	return w
}

// start runs the program and returns when it says that it receives.
func (w *world) start() {
	w.t.Helper()
	path, err := program()
	if err != nil {
		w.t.Fatal(err)
	}
	w.run = exec.Command(path)
	w.run.Env = w.env
	stderr, err := w.run.StderrPipe()
	if err != nil {
		w.t.Fatal(err)
	}
	if err := w.run.Start(); err != nil {
		w.t.Fatal(err)
	}
	ready := make(chan struct{})
	w.read.Go(func() {
		lines := bufio.NewScanner(stderr)
		told := false
		for lines.Scan() {
			w.log.WriteString(lines.Text() + "\n")
			if !told && strings.Contains(lines.Text(), "receiving by") {
				told = true
				close(ready)
			}
		}
		if !told {
			close(ready)
		}
	})
	<-ready
}

// kill ends the program as a power cut would.
func (w *world) kill() {
	_ = w.run.Process.Kill()
	w.read.Wait()
	_ = w.run.Wait()
}

func (w *world) settle() {
	w.t.Helper()
	if err := w.tg.Settle(context.Background()); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) press(c *telegramtest.Chat, data string) {
	w.t.Helper()
	if err := c.Press(data); err != nil {
		w.t.Fatalf("%v\n%s", err, shown(c))
	}
	w.settle()
}

func shown(c *telegramtest.Chat) string {
	var out []string
	for _, m := range c.Messages() {
		out = append(out, m.Text)
	}
	return strings.Join(out, "\n----\n")
}

// TestWalkKillAndGoOn: in each language, by polling and by webhook, a walk reaches
// the Salvation Army's line; after a kill -9, and after an outage of a Redis that
// kept its data, the last screen's buttons go on where it was; with a Redis that
// came back empty they open the gate; /start begins again.
func TestWalkKillAndGoOn(t *testing.T) {
	for name, webhook := range map[string]bool{"webhook": true, "polling": false} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, webhook)
			for i, lang := range []string{"en", "ar", "ro"} {
				c := w.tg.Chat(int64(100 + i))
				c.Send("/start")
				w.settle()
				for _, b := range []string{"!lang/" + lang, "gate/start/about-me", "gate/age-me/adult", "adult-self/what-happens/+debt"} {
					w.press(c, b)
				}
				w.kill()
				w.start()
				w.press(c, "adult-self/what-happens/done")
				w.redis.Pause()
				if err := c.Press("adult-self/want/safe-place"); err != nil {
					t.Fatal(err)
				}
				if err := w.tg.Await(context.Background(), func() bool { return strings.Contains(shown(c), "999") }); err != nil {
					t.Fatalf("%s: no emergency card while Redis is away: %v", lang, err)
				}
				w.redis.Resume()
				w.settle()
				if got := shown(c); !strings.Contains(strings.ReplaceAll(got, "\u200e", ""), "0800 808 3733") {
					t.Errorf("%s: the press that Redis missed did not go on:\n%s", lang, got)
				}
				w.redis.Restart()
				w.press(c, "!aside/after")
				if m, _ := c.Last(); !slices.ContainsFunc(m.Buttons, func(r []telegramtest.Button) bool {
					return r[0].Data == "gate/start/danger" || r[0].Data == "!lang/en"
				}) {
					t.Errorf("%s: with an empty Redis a press does not open the gate:\n%s", lang, shown(c))
				}
				c.Send("/start")
				w.settle()
				if m, ok := c.Last(); !ok || len(c.Messages()) != 1 || !strings.Contains(m.Text, "Choose your language") {
					t.Errorf("%s: /start does not begin again:\n%s", lang, shown(c))
				}
			}
		})
	}
}

// ticks are boxes of one screen. A chat's updates set and clear them in a fixed
// order, so that one update lost, repeated late or out of order shows.
var ticks = []string{"made-to-work", "no-pay", "cannot-leave", "papers-held", "debt", "threats", "made-sex", "made-crime"}

// TestTenThousandUpdates: 200 chats send 50 updates each through the webhook, and
// the program is killed and started again in the middle. Every update must show in
// the chat's screens, in its order, and at the end.
func TestTenThousandUpdates(t *testing.T) {
	const chats, updates = 200, 50
	w := newWorld(t, true)
	all := make([]*telegramtest.Chat, chats)
	for i := range all {
		all[i] = w.tg.Chat(int64(1000 + i))
		all[i].Send("/start")
	}
	w.settle()
	for _, b := range []string{"!lang/en", "gate/start/about-me", "gate/age-me/adult"} {
		for _, c := range all {
			if err := c.Press(b); err != nil {
				t.Fatal(err)
			}
		}
		w.settle()
	}
	const had = 4
	w.tg.ForgetCalls()
	want := make([][]string, chats) // the states of each chat's boxes, in order
	for n := range updates - had {
		for i, c := range all {
			tick := ticks[(n*(i%7+1)+i)%len(ticks)]
			var state []string
			if n > 0 {
				state = strings.Fields(want[i][n-1])
			}
			sign := "+"
			if at := slices.Index(state, tick); at >= 0 {
				sign, state = "-", slices.Delete(state, at, at+1)
			} else {
				state = append(state, tick)
			}
			want[i] = append(want[i], strings.Join(state, " "))
			m, _ := c.Last()
			c.PressOn(m.ID, "adult-self/what-happens/"+sign+tick)
		}
	}
	if err := w.tg.Await(context.Background(), func() bool {
		return w.tg.CountCalls("editMessageText") > chats*(updates-had)/2
	}); err != nil {
		t.Fatal(err)
	}
	w.kill()
	w.start()
	w.settle()
	screens := map[int64][]string{}
	for _, call := range w.tg.CallsOf("editMessageText") {
		if call.Status == 200 || strings.Contains(call.Error, "not modified") {
			screens[call.ChatID()] = append(screens[call.ChatID()], ticked(call))
		}
	}
	lost, reordered, repeated := 0, 0, 0
	for i, c := range all {
		l, r, again := compare(want[i], screens[c.ID()])
		lost, reordered, repeated = lost+l, reordered+r, repeated+again
	}
	t.Logf("%d updates of %d chats, killed and started in the middle: lost %d, out of order %d, shown twice %d",
		chats*updates, chats, lost, reordered, repeated)
	if lost > 0 || reordered > 0 {
		t.Errorf("lost %d, out of order %d, want none", lost, reordered)
	}
}

// ticked returns the boxes that a screen shows as ticked, in the order of the want.
func ticked(c telegramtest.Call) string {
	var keys struct {
		Rows [][]struct {
			Data string `json:"callback_data"`
		} `json:"inline_keyboard"`
	}
	if err := json.Unmarshal([]byte(c.Params["reply_markup"]), &keys); err != nil {
		return err.Error()
	}
	var out []string
	for _, row := range keys.Rows {
		if tick, ok := strings.CutPrefix(row[0].Data, "adult-self/what-happens/-"); ok {
			out = append(out, tick)
		}
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

// compare walks both lists. A screen shown twice in a row is a repeat and no fault.
func compare(want, got []string) (lost, reordered, repeated int) {
	n := 0
	for _, w := range want {
		set := strings.Fields(w)
		slices.Sort(set)
		w = strings.Join(set, " ")
		for n < len(got) && n > 0 && got[n] == got[n-1] && got[n] != w {
			n++
			repeated++
		}
		switch {
		case n < len(got) && got[n] == w:
			n++
		case slices.Contains(got, w):
			reordered++
		default:
			lost++
		}
	}
	return lost, reordered, repeated
}
