package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/redis/go-redis/v9"

	"pathwaybot/bot/telegramtest"
	"pathwaybot/session/redistest"
)

// house is a program with its secrets in files, and folders of its own for what it
// might write; more are settings beside the usual.
type house struct {
	world
	path, admin, public string
	folders             []string
	said                voice
	ended               chan struct{}
}

func newHouse(t *testing.T, path string, more ...string) *house {
	t.Helper()
	h := &house{world: world{t: t, redis: redistest.Start(t)}, path: path, admin: freeAddr(t), public: freeAddr(t)}
	h.tg = telegramtest.New(telegramtest.Options{Token: secretToken, RetryScale: 0.05})
	api := h.tg.Start(t)
	secrets := t.TempDir()
	for name, value := range map[string]string{
		"token": secretToken, "hook": secretHook, "key": base64.StdEncoding.EncodeToString([]byte(secretKey)) + "\n",
	} {
		if err := os.WriteFile(filepath.Join(secrets, name), []byte(value), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	h.folders = []string{t.TempDir(), t.TempDir(), t.TempDir()}
	h.env = []string{
		"TELEGRAM_BOT_TOKEN_FILE=" + secrets + "/token", "WEBHOOK_SECRET_FILE=" + secrets + "/hook", "SESSION_KEY_FILE=" + secrets + "/key",
		"TELEGRAM_API_URL=" + api, "REDIS_URL=" + h.redis.URL(), "WEBHOOK_URL=http://" + h.public + "/a-path", "WEB=on",
		"LISTEN=" + h.public, "ADMIN_LISTEN=" + h.admin, "PRESSES_A_MINUTE=1000000", "TELEGRAM_RATE=1000000",
		"HOME=" + h.folders[0], "TMPDIR=" + h.folders[1],
	}
	h.env = append(h.env, more...)
	h.start()
	t.Cleanup(func() {
		_ = h.run.Process.Kill()
		<-h.ended
		if t.Failed() {
			t.Logf("%.5000s", h.said.all())
		}
	})
	return h
}

// voice is what a program says, on both of its outputs.
type voice struct {
	mu    sync.Mutex
	said  []byte
	ready chan struct{}
}

func (v *voice) Write(p []byte) (int, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	had := bytes.Contains(v.said, []byte("receiving by"))
	v.said = append(v.said, p...)
	if !had && bytes.Contains(v.said, []byte("receiving by")) {
		close(v.ready)
	}
	return len(p), nil
}

func (v *voice) all() []byte {
	v.mu.Lock()
	defer v.mu.Unlock()
	return bytes.Clone(v.said)
}

// start hides the world's: another program, and both outputs are kept.
func (h *house) start() {
	h.t.Helper()
	h.said.ready, h.ended = make(chan struct{}), make(chan struct{})
	h.run = exec.Command(h.path)
	h.run.Env, h.run.Dir, h.run.Stdout, h.run.Stderr = h.env, h.folders[2], &h.said, &h.said
	if err := h.run.Start(); err != nil {
		h.t.Fatal(err)
	}
	go func() {
		_ = h.run.Wait()
		close(h.ended)
	}()
	select {
	case <-h.said.ready:
	case <-h.ended:
		h.t.Fatalf("the program ended:\n%s", h.said.all())
	}
}

func (h *house) do(command ...any) any {
	h.t.Helper()
	options, err := redis.ParseURL(h.redis.URL())
	if err != nil {
		h.t.Fatal(err)
	}
	client := redis.NewClient(options)
	defer func() { _ = client.Close() }()
	v, err := client.Do(h.t.Context(), command...).Result()
	if err != nil {
		h.t.Fatalf("%v: %v", command, err)
	}
	return v
}

// goWrong lets Telegram and Redis fail in many ways while somebody writes, so that
// there is a log.
func (h *house) goWrong() {
	h.t.Helper()
	c := h.tg.NewChat(people()[2].id, telegramtest.ChatOptions{Person: telegramtest.User{
		FirstName: "qzfirst", LastName: "qzlast", Username: "qzuser", LanguageCode: "qzlanguage",
	}})
	for _, f := range []telegramtest.Fault{
		{Status: 400, Description: "Bad Request: qzfault"},
		{Status: 500, Description: "qzfault"},
		{HTMLBody: true},
		{Outage: true},
		{CloseMidAnswer: true},
	} {
		for _, method := range []string{"sendMessage", "editMessageText", "deleteMessages", "answerCallbackQuery"} {
			h.tg.Fail(method, 1, f)
		}
		c.Send("/start qzpayload")
		c.Send("qztyped")
		h.settle()
		h.tg.Heal()
	}
	h.redis.Pause()
	c.Send("qztyped")
	if err := h.tg.Await(context.Background(), func() bool { return strings.Contains(shown(c), "999") }); err != nil {
		h.t.Fatal(err)
	}
	h.redis.Resume()
	h.settle()
	c.Send("/stop")
	h.settle()
}

// talk is a walk in Telegram with a marker in everything that can be sent.
func (h *house) talk(p person) {
	h.t.Helper()
	c := h.tg.NewChat(p.id, telegramtest.ChatOptions{})
	c.SetPerson(telegramtest.User{FirstName: "qzfirst", LastName: "qzlast", Username: "qzuser", LanguageCode: p.lang + "-qzlanguage"})
	c.Send("/start qzpayload")
	h.settle()
	for _, b := range []string{"!lang/" + p.lang, "gate/start/about-me", "gate/age-me/adult", "adult-self/what-happens/+debt"} {
		h.press(c, b)
	}
	for _, text := range []string{"/qzcommand qzargument", "/find qzlookup", "qztyped: my name is qzfirst", "علامةسرية"} {
		c.Send(text)
	}
	c.SendPhoto("qzcaption")
	c.SendVoice()
	c.SendContact("qzcontact", "447700900461")
	c.SendLocation(51.903177, -0.203177)
	h.settle()
	id := c.Send("qztyped")
	if err := c.Edit(id, "qzedited"); err != nil {
		h.t.Fatal(err)
	}
	for _, raw := range []string{`{"message": {"text": {"qzraw": 1}, "message_id": "qzraw"}}`, `{"qzraw": {"text": "qzraw"}}`} {
		if _, err := c.Raw(raw); err != nil {
			h.t.Fatal(err)
		}
	}
	h.settle()
	last, _ := c.Last()
	for _, data := range []string{
		"qzforged/start/qzforged", "adult-self/what-happens/+qzforged", "!lang/qzforged", "!area/qzforged", "!here/qzforged",
		"!wrong/qzforged", "!aside/qzforged", "!qzforged", strings.Repeat("qzforged/", 7),
	} {
		c.PressOn(last.ID, data)
	}
	h.settle()
	for _, b := range []string{"adult-self/what-happens/done", "adult-self/want/safe-place", "!area"} {
		c.PressOn(last.ID, b)
		h.settle()
	}
	for _, place := range []string{"qzplace", "Stevenage"} {
		c.Send(place)
		h.settle()
	}
	h.press(c, "!here/E07000243")
	group := h.tg.NewChat(-1009876543210, telegramtest.ChatOptions{Kind: "supergroup", Title: "qztitle"})
	group.AddBot()
	group.Send("qztyped")
	h.settle()
	if m, _ := c.Last(); !strings.Contains(strings.ReplaceAll(m.Text, "\u200e", ""), "0800 808 3733") {
		h.t.Fatalf("%s: the walk did not reach the line:\n%s", p.lang, shown(c))
	}
}

// browse is the same walk in a browser, and a visit with a forged cookie.
func (h *house) browse(lang string) {
	h.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		h.t.Fatal(err)
	}
	client := &http.Client{Jar: jar}
	at := "http://" + h.public + "/?q=qzquery"
	send := func(method string, form url.Values) string {
		req, err := http.NewRequestWithContext(h.t.Context(), method, at, strings.NewReader(form.Encode()))
		if err != nil {
			h.t.Fatal(err)
		}
		for name, value := range map[string]string{
			"User-Agent": "qzagent", "X-Forwarded-For": "198.51.100.77", "Forwarded": "for=198.51.100.77",
			"Accept-Language": lang + "-qzlanguage", "Content-Type": "application/x-www-form-urlencoded",
		} {
			req.Header.Set(name, value)
		}
		resp, err := client.Do(req)
		if err != nil {
			h.t.Fatal(err)
		}
		defer func() { _ = resp.Body.Close() }()
		body, err := io.ReadAll(resp.Body)
		if err != nil {
			h.t.Fatal(err)
		}
		return string(body)
	}
	send(http.MethodGet, nil)
	for _, b := range []string{
		"!lang/" + lang, "gate/start/about-me", "gate/age-me/adult", "adult-self/what-happens/+debt", "qzpress/qzpress/qzpress",
		"adult-self/what-happens/done", "adult-self/want/safe-place", "!area",
	} {
		send(http.MethodPost, url.Values{"press": {b}})
	}
	send(http.MethodPost, url.Values{"place": {"qzwebplace"}})
	send(http.MethodPost, url.Values{"press": {"!here/E07000243"}})
	if page := send(http.MethodGet, nil); !strings.Contains(strings.ReplaceAll(page, "\u200e", ""), "0800 808 3733") {
		h.t.Fatalf("%s: the walk in the browser did not reach the line", lang)
	}
	address, _ := url.Parse(at)
	jar.SetCookies(address, []*http.Cookie{{Name: "s", Value: "qzcookieqzcookieqzcookieqz", Path: "/"}})
	send(http.MethodPost, url.Values{"press": {"!lang/" + lang}})
}

// copied is Redis copied whole in each of the ways there are: its files, the keys with
// what MIGRATE would send, the values as they are read, and what it keeps of commands.
func (h *house) copied() map[string][]byte {
	h.t.Helper()
	out := h.redis.Disk()
	delete(out, "appendonlydir/appendonly.aof.1.base.rdb") // what was there before the conversations
	delete(out, "appendonlydir/appendonly.aof.manifest")
	var dumps, values bytes.Buffer
	for cursor, page := "0", []any(nil); ; {
		page = h.do("SCAN", cursor).([]any)
		for _, key := range page[1].([]any) {
			fmt.Fprint(&dumps, key, " ", h.do("DUMP", key), "\n")
			switch key := key.(string); key[0] {
			case 'd':
				fmt.Fprint(&values, key, " ", h.do("ZRANGE", key, "0", "-1", "WITHSCORES"), "\n")
			default:
				fmt.Fprint(&values, key, " ", h.do("GET", key), "\n")
			}
		}
		if cursor = page[0].(string); cursor == "0" {
			break
		}
	}
	out["as migrated"], out["keys and values"] = dumps.Bytes(), values.Bytes()
	out["slow commands"] = fmt.Append(nil, h.do("SLOWLOG", "GET", "-1"))
	return out
}

// inspect looks at everything else: what a program says, shows, writes, and what the
// machine shows of it.
func (h *house) inspect(out map[string][]byte) {
	h.t.Helper()
	for _, page := range []string{"/metrics", "/healthz", "/readyz", "/", "/debug/pprof/cmdline"} {
		resp, err := http.Get("http://" + h.admin + page)
		if err != nil {
			h.t.Fatal(err)
		}
		body, err := io.ReadAll(resp.Body)
		_ = resp.Body.Close()
		if err != nil {
			h.t.Fatal(err)
		}
		out[page] = append(fmt.Append(nil, resp.Header, "\n"), body...)
	}
	proc := fmt.Sprintf("/proc/%d/", h.run.Process.Pid)
	for _, name := range []string{"cmdline", "environ", "comm", "status"} {
		b, err := os.ReadFile(proc + name)
		if err != nil {
			h.t.Fatal(err)
		}
		out[name] = b
	}
	open, err := os.ReadDir(proc + "fd")
	if err != nil {
		h.t.Fatal(err)
	}
	for _, fd := range open {
		to, err := os.Readlink(proc + "fd/" + fd.Name())
		if err == nil && strings.HasPrefix(to, "/") && !strings.HasPrefix(to, "/sys/") && !strings.HasPrefix(to, "/dev/") {
			h.t.Errorf("a file stays open: %s", to)
		}
	}
	for i, folder := range h.folders {
		if files, err := os.ReadDir(folder); err != nil || len(files) > 0 {
			h.t.Errorf("%s is not empty: %v, %v", []string{"home", "the folder for temporary files", "the working folder"}[i], files, err)
		}
	}
	_ = h.run.Process.Signal(syscall.SIGTERM)
	<-h.ended
	out["log"] = h.said.all()
	if !bytes.Contains(out["log"], []byte("msg=\"telegram: turn: network\"")) {
		h.t.Error("there is no log of faults")
	}
}
