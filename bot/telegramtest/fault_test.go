package telegramtest

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

// post calls a method over the network and returns status, body and Retry-After;
// err is what the bot's HTTP client sees.
func post(t *testing.T, url, method, params string) (status int, body, retryAfter string, err error) {
	t.Helper()
	resp, err := http.Post(url+"/bot123456:fake/"+method, "application/json", strings.NewReader(params))
	if err != nil {
		return 0, "", "", err
	}
	data, err := io.ReadAll(resp.Body)
	if errClose := resp.Body.Close(); errClose != nil {
		t.Error(errClose)
	}
	return resp.StatusCode, string(data), resp.Header.Get("Retry-After"), err
}

const hello = `{"chat_id": 7, "text": "hello"}`

func TestFaults(t *testing.T) {
	tests := []struct {
		name     string
		fault    Fault
		status   int // 0: no whole answer
		body     string
		retry    string
		happened bool
	}{
		{"429", Fault{RetryAfter: 3}, 429, `{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 3","parameters":{"retry_after":3}}`, "3", false},
		{"500", Fault{Status: 500}, 500, `{"ok":false,"error_code":500,"description":"Internal Server Error"}`, "", false},
		{"400 in words", Fault{Status: 400, Description: "Bad Request: x"}, 400, `{"ok":false,"error_code":400,"description":"Bad Request: x"}`, "", false},
		{"a proxy's page", Fault{HTMLBody: true}, 502, "<html>", "", false},
		{"a page of another status", Fault{HTMLBody: true, Status: 504}, 504, "<html>", "", false},
		{"after the effect", Fault{Status: 500, AfterEffect: true}, 500, "{", "", true},
		{"outage", Fault{Outage: true}, 0, "", "", false},
		{"cut in the middle", Fault{CloseMidAnswer: true}, 0, "", "", true},
		{"slow", Fault{Delay: time.Nanosecond}, 200, `{"ok":true`, "", true},
		{"slow after the effect", Fault{Delay: time.Nanosecond, AfterEffect: true}, 200, `{"ok":true`, "", true},
	}
	for _, tt := range tests {
		s := New(Options{})
		url := s.Start(t)
		chat := s.Chat(7)
		chat.Send("/start")
		s.Fail("sendMessage", 1, tt.fault)
		status, body, retry, err := post(t, url, "sendMessage", hello)
		if tt.status == 0 && err == nil || tt.status != 0 && (err != nil || status != tt.status || !strings.HasPrefix(body, tt.body) || retry != tt.retry) {
			t.Errorf("%s: %d %s, Retry-After %q, %v", tt.name, status, body, retry, err)
		}
		if _, happened := chat.Last(); happened != tt.happened {
			t.Errorf("%s: took effect: %t", tt.name, happened)
		}
		if got := s.CallsOf("sendMessage")[0].Status; got != tt.status {
			t.Errorf("%s: recorded with status %d", tt.name, got)
		}
		if status, _, _, err := post(t, url, "sendMessage", hello); status != 200 || err != nil {
			t.Errorf("%s: the next call got %d, %v", tt.name, status, err)
		}
		wantValid(t, s)
	}
}

func TestFaultPlans(t *testing.T) {
	s, _, _ := quiet(t)
	s.Chat(8).Send("/start")
	s.Fail("getMe", 2, Fault{Status: 500})
	s.Fail("", 1, Fault{Status: 501})
	s.Fail("sendMessage", -1, Fault{Status: 502, Chat: 8})
	steps := []struct {
		method string
		chat   int
		want   int
	}{
		{"getMe", 0, 500},
		{"sendMessage", 7, 501},
		{"sendMessage", 7, 0},
		{"getMe", 0, 500},
		{"getMe", 0, 0},
		{"sendMessage", 8, 502},
		{"sendMessage", 8, 502},
		{"sendMessage", 7, 0},
	}
	for i, step := range steps {
		if a := ask(t, s, step.method, fields{"chat_id": step.chat, "text": "x"}); a.ErrorCode != step.want {
			t.Errorf("step %d: %d, want %d", i, a.ErrorCode, step.want)
		}
	}
	s.Heal()
	wantOK(t, ask(t, s, "sendMessage", fields{"chat_id": 8, "text": "x"}))
}

// settled says whether Settle would return at once.
func settled(t *testing.T, s *Server) bool {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	return s.Settle(ctx) == nil
}

// A held call waits for the test, before or after its effect.
func TestHold(t *testing.T) {
	for _, after := range []bool{false, true} {
		s, chat, _ := quiet(t)
		updates(t, s, fields{"offset": 1001}) // nothing waits for the bot
		if !settled(t, s) {
			t.Error("not settled with nothing to do")
		}
		hold := make(chan struct{})
		s.Fail("sendMessage", 1, Fault{Hold: hold, AfterEffect: after})
		done := make(chan answer)
		go func() { done <- ask(t, s, "sendMessage", fields{"chat_id": 7, "text": "x"}) }()
		shown := func() bool { _, ok := chat.Last(); return ok }
		if err := s.Await(t.Context(), func() bool { return len(s.CallsOf("sendMessage")) == 1 && shown() == after }); err != nil {
			t.Fatal(err)
		}
		select {
		case <-done:
			t.Error("the call was not held")
		default:
		}
		if settled(t, s) {
			t.Error("settled while a call is held")
		}
		close(hold)
		wantOK(t, <-done)
		if !shown() {
			t.Error("the message is not there")
		}
	}
}

// A call that the bot gives up while it is held before its effect has none.
func TestHoldAndGiveUp(t *testing.T) {
	s := New(Options{})
	url := s.Start(t)
	chat := s.Chat(7)
	chat.Send("/start")
	s.Fail("sendMessage", 1, Fault{Hold: make(chan struct{})})
	ctx, giveUp := context.WithCancel(t.Context())
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url+"/bot123456:fake/sendMessage?chat_id=7&text=x", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error)
	go func() {
		resp, err := http.DefaultClient.Do(req)
		if err == nil {
			_ = resp.Body.Close()
		}
		ended <- err
	}()
	if err := s.Await(t.Context(), func() bool { return s.CountCalls("sendMessage") == 1 }); err != nil {
		t.Fatal(err)
	}
	giveUp()
	if err := <-ended; err == nil {
		t.Error("the held call was answered")
	}
	if err := s.Await(t.Context(), func() bool { s.mu.Lock(); defer s.mu.Unlock(); return s.inFlight == 0 }); err != nil {
		t.Fatal(err)
	}
	if m, ok := chat.Last(); ok {
		t.Errorf("the chat shows %+v", m)
	}
}

func TestFaultInWebhookAnswer(t *testing.T) {
	s, _, _ := hooked(t, func(w http.ResponseWriter, _ string) {
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		_, _ = io.WriteString(w, `{"method": "sendMessage", "chat_id": 7, "text": "x"}`)
	})
	s.Fail("sendMessage", 1, Fault{Status: 500})
	chat := s.Chat(7)
	chat.Send("one")
	chat.Send("two")
	settle(t, s)
	calls := s.CallsOf("sendMessage")
	if len(calls) != 2 || calls[0].Status != 500 || calls[1].Status != 200 || len(chat.Messages()) != 3 {
		t.Errorf("calls %+v", calls)
	}
}

func TestUnauthorisedAndUnknown(t *testing.T) {
	s := New(Options{})
	url := s.Start(t)
	resp, err := http.Get(url + "/bot1:wrong/getMe")
	if err != nil {
		t.Fatal(err)
	}
	var a answer
	if err := errors.Join(json.NewDecoder(resp.Body).Decode(&a), resp.Body.Close()); err != nil {
		t.Fatal(err)
	}
	wantError(t, a, 401, "Unauthorized")
	wantValid(t, s)
	wantOK(t, ask(t, s, "test/getMe", nil))
	wantError(t, ask(t, s, "sendDice", nil), 404, "Not Found: method not found")
	wantInvalid(t, s, "sendDice")
}
