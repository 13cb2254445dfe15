package telegramtest

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"
)

// ids lists the update ids and kinds of a batch.
func ids(batch []map[string]json.RawMessage) string {
	out := ""
	for _, u := range batch {
		kind := "?"
		for k := range u {
			if k != "update_id" {
				kind = k
			}
		}
		out += fmt.Sprintf("%s %s, ", u["update_id"], kind)
	}
	return out
}

func TestPollOffsets(t *testing.T) {
	s := New(Options{})
	t.Cleanup(s.Close)
	chat := s.Chat(7)
	for range 3 {
		chat.Send("x")
	}
	steps := []struct {
		params fields
		want   string
	}{
		{nil, "1000 message, 1001 message, 1002 message, "},
		{fields{"limit": 2}, "1000 message, 1001 message, "},
		{fields{"offset": 1001}, "1001 message, 1002 message, "},
		{nil, "1001 message, 1002 message, "},
		{fields{"offset": -1}, "1002 message, "},
		{nil, "1002 message, "},
		{fields{"offset": 5000}, "1002 message, "},
		{fields{"offset": 1003}, ""},
		{nil, ""},
	}
	for _, step := range steps {
		if got := ids(updates(t, s, step.params)); got != step.want {
			t.Errorf("getUpdates %v: %s, want %s", step.params, got, step.want)
		}
	}
	if s.Waiting() != 0 {
		t.Errorf("%d updates wait", s.Waiting())
	}
	s.JumpUpdateID(17)
	chat.Send("x")
	if got := ids(updates(t, s, fields{"offset": 1003})); got != "17 message, " {
		t.Errorf("after a jump: %s", got)
	}
	wantValid(t, s)
}

func TestPollWaits(t *testing.T) {
	s := New(Options{})
	t.Cleanup(s.Close)
	got := make(chan answer)
	go func() { got <- ask(t, s, "getUpdates", fields{"timeout": 50}) }()
	if err := s.Await(t.Context(), s.Polling); err != nil {
		t.Fatal(err)
	}
	s.Chat(7).Send("x")
	if a := <-got; len(a.Result) < 10 {
		t.Errorf("getUpdates: %s", a.Result)
	}
}

func TestPollWaitIsCapped(t *testing.T) {
	for seconds, want := range map[int64]time.Duration{-1: 0, 0: 0, 5: 5 * time.Second, 59: 50 * time.Second, 1 << 62: 50 * time.Second} {
		if got := pollWait(seconds); got != want {
			t.Errorf("timeout %d waits %v, want %v", seconds, got, want)
		}
	}
}

// Of two long polls one gets 409; the other goes on.
func TestTwoPollers(t *testing.T) {
	s := New(Options{})
	t.Cleanup(s.Close)
	got := make(chan answer, 2)
	for range 2 {
		go func() { got <- ask(t, s, "getUpdates", fields{"timeout": 50}) }()
	}
	wantError(t, <-got, 409, "Conflict: terminated by other getUpdates request")
	s.Chat(7).Send("x")
	wantOK(t, <-got)
}

func TestPollWithWebhook(t *testing.T) {
	s := New(Options{})
	t.Cleanup(s.Close)
	got := make(chan answer)
	go func() { got <- ask(t, s, "getUpdates", fields{"timeout": 50}) }()
	if err := s.Await(t.Context(), s.Polling); err != nil {
		t.Fatal(err)
	}
	wantOK(t, ask(t, s, "setWebhook", fields{"url": "http://127.0.0.1:1/"}))
	wantError(t, <-got, 409, "Conflict: terminated by setWebhook request")
	wantError(t, ask(t, s, "getUpdates", nil), 409, "Conflict: can't use getUpdates method while webhook is active")
	wantOK(t, ask(t, s, "deleteWebhook", nil))
	wantOK(t, ask(t, s, "getUpdates", nil))
}

func TestAllowedUpdates(t *testing.T) {
	s := New(Options{})
	t.Cleanup(s.Close)
	chat := s.Chat(7)
	updates(t, s, fields{"allowed_updates": []string{"callback_query"}})
	chat.Send("x")
	chat.PressOn(1, "x")
	if got := ids(updates(t, s, nil)); got != "1000 callback_query, " {
		t.Errorf("getUpdates: %s", got)
	}
	updates(t, s, fields{"allowed_updates": []string{}, "offset": 1001})
	chat.Send("x")
	if got := ids(updates(t, s, nil)); got != "1001 message, " {
		t.Errorf("getUpdates: %s", got)
	}
}

func TestUpdatesExpire(t *testing.T) {
	s, chat, clock := quiet(t)
	chat.PressOn(1, "x")
	clock.add(150 * time.Second)
	if got := ids(updates(t, s, nil)); got != "1000 message, 1001 callback_query, " {
		t.Errorf("getUpdates: %s", got)
	}
	clock.add(time.Second)
	if got := ids(updates(t, s, nil)); got != "1000 message, " {
		t.Errorf("getUpdates: %s", got)
	}
	clock.add(24 * time.Hour)
	if got := ids(updates(t, s, nil)); got != "" {
		t.Errorf("getUpdates: %s", got)
	}
}
