package telegramtest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// receiver is a bot's webhook: it keeps what it gets and answers as it is told.
type receiver struct {
	mu     sync.Mutex
	bodies []string
	secret []string
	answer func(w http.ResponseWriter, body string)
}

func (b *receiver) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	b.mu.Lock()
	b.bodies = append(b.bodies, string(body))
	b.secret = r.Header["X-Telegram-Bot-Api-Secret-Token"]
	answer := b.answer
	b.mu.Unlock()
	if answer != nil {
		answer(w, string(body))
	}
}

func (b *receiver) got() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return append([]string(nil), b.bodies...)
}

// hooked starts a server with a webhook; its retries take no time.
func hooked(t *testing.T, answer func(w http.ResponseWriter, body string)) (*Server, *receiver, *clock) {
	t.Helper()
	clock := newClock()
	s := New(Options{Now: clock.Now, RetryScale: 1e-9})
	t.Cleanup(s.Close)
	b := &receiver{answer: answer}
	web := httptest.NewServer(b)
	t.Cleanup(web.Close)
	wantOK(t, ask(t, s, "setWebhook", fields{
		"url": web.URL, "secret_token": "s-e_C1", "max_connections": 10,
		"allowed_updates": []string{"message", "callback_query", "my_chat_member"},
	}))
	return s, b, clock
}

func settle(t *testing.T, s *Server) {
	t.Helper()
	if err := s.Settle(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func TestWebhookDelivers(t *testing.T) {
	s, b, _ := hooked(t, nil)
	chat := s.Chat(7)
	chat.Send("one")
	chat.Send("two")
	if err := chat.Edit(1, "three"); err != nil { // not among allowed_updates
		t.Fatal(err)
	}
	settle(t, s)
	got := b.got()
	if len(got) != 2 || !strings.HasPrefix(got[0], `{"update_id":1000,"message":{`) || !strings.Contains(got[1], `"two"`) || len(b.secret) != 1 || b.secret[0] != "s-e_C1" {
		t.Errorf("delivered %q with secret %q", got, b.secret)
	}
	a := ask(t, s, "getWebhookInfo", nil)
	var info struct {
		Pending int      `json:"pending_update_count"`
		Max     int      `json:"max_connections"`
		Allowed []string `json:"allowed_updates"`
	}
	if err := json.Unmarshal(a.Result, &info); err != nil || info.Pending != 0 || info.Max != 10 || len(info.Allowed) != 3 {
		t.Errorf("getWebhookInfo: %s (%v)", a.Result, err)
	}
	wantValid(t, s)
}

func TestWebhookRefused(t *testing.T) {
	s, _, _ := quiet(t)
	wantError(t, ask(t, s, "setWebhook", fields{"url": "ftp://a.org"}), 400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
	for _, secret := range []string{"sécret", "a b", strings.Repeat("x", 257)} {
		wantError(t, ask(t, s, "setWebhook", fields{"url": "https://a.org", "secret_token": secret}), 400, "Bad Request: secret token contains unallowed characters")
	}
}

// A queue's next update goes out only after a 2xx for the one before; a message
// and a press of one person wait in different queues.
func TestWebhookQueues(t *testing.T) {
	held, release := make(chan struct{}), make(chan struct{})
	s, b, _ := hooked(t, func(_ http.ResponseWriter, body string) {
		if strings.Contains(body, `"held"`) {
			close(held)
			<-release
		}
	})
	chat := s.Chat(7)
	chat.Send("held")
	chat.Send("after")
	chat.PressOn(999, "press") // not on "held", which would be in its update
	chat.Block()
	s.Chat(8).Send("other")
	arrived := func(what string) bool { return strings.Contains(strings.Join(b.got(), ""), `"`+what+`"`) }
	<-held
	if err := s.Await(t.Context(), func() bool { return s.Waiting() == 2 }); err != nil {
		t.Fatal(err)
	}
	if !arrived("press") || !arrived("other") || !arrived("my_chat_member") {
		t.Errorf("other queues waited: %q", b.got())
	}
	if arrived("after") {
		t.Errorf("the second message did not wait: %q", b.got())
	}
	close(release)
	settle(t, s)
	if !arrived("after") {
		t.Errorf("delivered %q", b.got())
	}
}

func TestWebhookRetries(t *testing.T) {
	tries := 0
	s, b, _ := hooked(t, func(w http.ResponseWriter, _ string) {
		if tries++; tries < 5 {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
	})
	s.Chat(7).Send("x")
	settle(t, s)
	got := b.got()
	if len(got) != 5 || got[0] != got[4] {
		t.Errorf("delivered %d times: %q", len(got), got)
	}
	a := ask(t, s, "getWebhookInfo", nil)
	if !strings.Contains(string(a.Result), "Wrong response from the webhook: 503") {
		t.Errorf("getWebhookInfo: %s", a.Result)
	}
}

func TestBackoff(t *testing.T) {
	var b backoff
	var got []time.Duration
	for range 8 {
		got = append(got, b.next(0))
	}
	if want := "[0s 2s 4s 8s 16s 32s"; !strings.HasPrefix(fmt.Sprint(got), want) {
		t.Errorf("waits %v, want %s…", got, want)
	}
	for _, wait := range got[6:] {
		if wait < minResend || wait > maxResend {
			t.Errorf("waits %v", got)
		}
	}
	if got := b.next(5 * time.Second); got != 5*time.Second {
		t.Errorf("Retry-After 5 waits %v", got)
	}
	if got := b.next(5 * time.Hour); got != time.Hour {
		t.Errorf("Retry-After of 5 hours waits %v", got)
	}
}

// With a real clock an hour would pass: the wait of Retry-After is scaled too, but
// its length counts against the update's life.
func TestWebhookHonoursRetryAfter(t *testing.T) {
	s, b, _ := hooked(t, func(w http.ResponseWriter, _ string) {
		w.Header().Set("Retry-After", "151")
		w.WriteHeader(http.StatusTooManyRequests)
	})
	s.Chat(7).PressOn(1, "x") // lives 150 seconds
	settle(t, s)
	if got := b.got(); len(got) != 1 {
		t.Errorf("delivered %d times", len(got))
	}
}

func TestWebhookDropsWhatExpired(t *testing.T) {
	var s *Server
	var clock *clock
	s, b, clock := hooked(t, func(w http.ResponseWriter, _ string) {
		clock.add(50 * time.Second)
		w.WriteHeader(http.StatusInternalServerError)
	})
	s.Chat(7).PressOn(1, "x")
	settle(t, s)
	// Tries at 0, 50 and 100 seconds; a fourth would be 150 + 4 seconds after.
	if got := b.got(); len(got) != 3 {
		t.Errorf("delivered %d times, want 3", len(got))
	}
}

func TestCallInWebhookAnswer(t *testing.T) {
	s, _, _ := hooked(t, func(w http.ResponseWriter, body string) {
		w.Header().Set("Content-Type", "application/json")
		switch {
		case strings.Contains(body, `"send"`):
			_, _ = io.WriteString(w, `{"method": "sendMessage", "chat_id": 7, "text": "<b>here</b>", "parse_mode": "HTML"}`)
		case strings.Contains(body, `"hook"`):
			_, _ = io.WriteString(w, `{"method": "setWebhook", "url": ""}`)
		case strings.Contains(body, `"get"`):
			_, _ = io.WriteString(w, `{"method": "getMe"}`)
		case strings.Contains(body, `"press"`):
			_, _ = io.WriteString(w, `{"method": "answerCallbackQuery", "callback_query_id": "press-1"}`)
		case strings.Contains(body, `"fail"`):
			w.WriteHeader(http.StatusServiceUnavailable)
			_, _ = io.WriteString(w, `{"method": "sendMessage", "chat_id": 7, "text": "never"}`)
		default:
			_, _ = io.WriteString(w, `{}`)
		}
	})
	chat := s.Chat(7)
	chat.Send("send")
	chat.Send("hook")
	chat.Send("get")
	chat.PressOn(999, "press")
	settle(t, s)
	if m, ok := chat.Last(); !ok || show(m.Entities) != "bold:here" {
		t.Errorf("the chat shows %+v", chat.Messages())
	}
	if chat.Spinning() != 0 {
		t.Error("the press was not answered")
	}
	calls := s.Calls()[1:] // after setWebhook
	if len(calls) != 2 || !calls[0].InWebhook || !calls[1].InWebhook {
		t.Errorf("calls %+v", calls)
	}
	wantValid(t, s)

	chat.Send("fail")
	if err := s.Await(t.Context(), func() bool { s.mu.Lock(); defer s.mu.Unlock(); return s.hookError.text != "" }); err != nil {
		t.Fatal(err)
	}
	if n := len(s.CallsOf("sendMessage")); n != 1 {
		t.Errorf("%d messages sent: the body of a 503 was executed", n)
	}
}

func TestRepeat(t *testing.T) {
	s, b, _ := hooked(t, nil)
	chat := s.Chat(7)
	if err := chat.Repeat(); err == nil {
		t.Error("nothing was repeated without an error")
	}
	chat.Send("x")
	if err := chat.Repeat(); err != nil {
		t.Fatal(err)
	}
	settle(t, s)
	if got := b.got(); len(got) != 2 || got[0] != got[1] {
		t.Errorf("delivered %q", got)
	}
}

func TestRaw(t *testing.T) {
	s, b, _ := hooked(t, nil)
	chat := s.Chat(7)
	for _, bad := range []string{"", "[1]", `{"a":`, "x"} {
		if _, err := chat.Raw(bad); err == nil {
			t.Errorf("Raw(%q): no error", bad)
		}
	}
	for i, good := range []string{`{}`, ` {"future": {"x": 1}} `} {
		if id, err := chat.Raw(good); err != nil || id != int64(1000+i) {
			t.Errorf("Raw(%q): %d, %v", good, id, err)
		}
	}
	settle(t, s)
	if got := b.got(); got[0] != `{"update_id":1000}` || got[1] != `{"update_id":1001,"future": {"x": 1}}` {
		t.Errorf("delivered %q", got)
	}
}

func TestWebhookLaterGetsWhatWaited(t *testing.T) {
	s := New(Options{RetryScale: 1e-9})
	t.Cleanup(s.Close)
	s.Chat(7).Send("dropped")
	b := &receiver{}
	web := httptest.NewServer(b)
	t.Cleanup(web.Close)
	wantOK(t, ask(t, s, "setWebhook", fields{"url": "http://127.0.0.1:1/", "drop_pending_updates": true}))
	s.Chat(7).Send("kept")
	wantOK(t, ask(t, s, "setWebhook", fields{"url": web.URL}))
	settle(t, s)
	if got := b.got(); len(got) != 1 || !strings.Contains(got[0], "kept") || b.secret != nil {
		t.Errorf("delivered %q with secret %q", got, b.secret)
	}
}

// What a webhook refused until it was deleted is there for a poll.
func TestPollGetsWhatAWebhookRefused(t *testing.T) {
	s, b, _ := hooked(t, func(w http.ResponseWriter, _ string) { w.WriteHeader(http.StatusServiceUnavailable) })
	s.Chat(7).Send("x")
	if err := s.Await(t.Context(), func() bool { return len(b.got()) > 1 }); err != nil {
		t.Fatal(err)
	}
	wantOK(t, ask(t, s, "deleteWebhook", nil))
	if err := s.Await(t.Context(), func() bool { s.mu.Lock(); defer s.mu.Unlock(); return s.queues[7].runner == nil }); err != nil {
		t.Fatal(err)
	}
	if got := ids(updates(t, s, nil)); got != "1000 message, " {
		t.Errorf("getUpdates: %s", got)
	}
}

// Two hundred chats at once: within a chat everything in order, nothing lost.
func TestWebhookOrderInManyChats(t *testing.T) {
	refused := map[string]bool{}
	var mu sync.Mutex
	s, b, _ := hooked(t, func(w http.ResponseWriter, body string) {
		mu.Lock()
		defer mu.Unlock()
		if !refused[body] && len(refused)%3 == 0 {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
		refused[body] = true
	})
	for i := range 10 {
		for id := range int64(200) {
			s.Chat(id + 1).Send(fmt.Sprint("step ", i))
		}
	}
	settle(t, s)
	next := map[int64]int{}
	for _, body := range b.got() {
		var u struct {
			Message struct {
				Text string
				Chat struct{ ID int64 }
			}
		}
		if err := json.Unmarshal([]byte(body), &u); err != nil {
			t.Fatal(err)
		}
		id := u.Message.Chat.ID
		switch u.Message.Text {
		case fmt.Sprint("step ", next[id]):
			next[id]++
		case fmt.Sprint("step ", next[id]-1): // the retry of a refused one
		default:
			t.Fatalf("chat %d: %q instead of step %d", id, u.Message.Text, next[id])
		}
	}
	for id := range int64(200) {
		if next[id+1] != 10 {
			t.Errorf("chat %d: %d of 10 delivered", id+1, next[id+1])
		}
	}
}

func TestAwaitEnds(t *testing.T) {
	s := New(Options{})
	never := func() bool { return false }
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.Await(ctx, never); err == nil || errors.Is(err, ErrClosed) {
		t.Errorf("Await with a context that ended: %v", err)
	}
	s.Close()
	if err := s.Await(t.Context(), never); !errors.Is(err, ErrClosed) {
		t.Errorf("Await on a closed server: %v", err)
	}
	if _, err := s.Chat(7).WaitText(t.Context(), "x"); err == nil {
		t.Error("WaitText on a closed server: no error")
	}
}
