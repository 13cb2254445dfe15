package main

import (
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"pathwaybot/bot/telegramtest"
	"pathwaybot/session"
	"pathwaybot/session/redistest"
)

// TestCrashTellsNoChat: a program that is told to say what it is doing (SIGQUIT, the
// signal after which Go prints every stack with its arguments) does so for no chat.
func TestCrashTellsNoChat(t *testing.T) {
	h := ours(t)
	hold := make(chan struct{})
	h.tg.Fail("", -1, telegramtest.Fault{Hold: hold})
	calls := h.tg.CountCalls()
	for _, p := range people() { // each turn is held in the middle
		h.tg.NewChat(p.id, telegramtest.ChatOptions{}).Send("qztyped")
	}
	if err := h.tg.Await(t.Context(), func() bool { return h.tg.CountCalls() >= calls+len(people()) }); err != nil {
		t.Fatal(err)
	}
	if err := h.run.Process.Signal(syscall.SIGQUIT); err != nil {
		t.Fatal(err)
	}
	close(hold)
	<-h.ended
	if found := redistest.Find(h.said.all(), append(marks(), operatorSecrets()...)...); len(found) > 0 {
		t.Errorf("found %q", found)
	}
}

// ours is a house with the program as it is.
func ours(t *testing.T) *house {
	t.Helper()
	path, err := program()
	if err != nil {
		t.Fatal(err)
	}
	return newHouse(t, path)
}

// values returns the values of a kind of key, as Redis has them.
func (h *house) values(kind string) []string {
	h.t.Helper()
	var out []string
	for _, key := range h.do("KEYS", kind+":*").([]any) {
		out = append(out, h.do("GET", key).(string))
	}
	return out
}

// TestLengthTellsNotHowMuchWasTyped: up to sixty messages in a chat, the mail keeps its
// length. How many it takes to leave the floor stands in the log of the test.
func TestLengthTellsNotHowMuchWasTyped(t *testing.T) {
	h := ours(t)
	c := h.tg.NewChat(people()[2].id, telegramtest.ChatOptions{})
	c.Send("/start")
	h.settle()
	h.press(c, "!lang/en")
	was := len(h.values("m")[0])
	var steps []string
	for typed := 1; typed <= 450; typed++ {
		c.Send("qztyped")
		h.settle()
		if typed > 60 && typed%5 != 0 {
			continue
		}
		now := len(h.values("m")[0])
		if now == was {
			continue
		}
		steps = append(steps, fmt.Sprintf("%d bytes from %d messages", now, typed))
		if typed <= 60 {
			t.Errorf("after %d messages the mail takes %d bytes, was %d", typed, now, was)
		}
		was = now
	}
	t.Log(steps)
}

// TestKeysRotate: a walk goes on while the operator changes the key in the order that
// docs/operations.md gives, and at the end the former key opens nothing.
func TestKeysRotate(t *testing.T) {
	h := ours(t)
	a := base64.StdEncoding.EncodeToString([]byte(secretKey))
	b := base64.StdEncoding.EncodeToString([]byte("another-key-of-32-bytes-in-place"))
	c := h.tg.NewChat(people()[1].id, telegramtest.ChatOptions{})
	c.Send("/start")
	h.settle()
	h.press(c, "!lang/ar")
	key := func(n int) string { return strings.Fields("under-A A,B B,A B")[n] }
	underA := h.values("s")[0][:5]
	for n, step := range []struct {
		keys, press, then string
	}{
		{a, "gate/start/about-me", "gate/age-me/adult"},
		{a + "," + b, "gate/age-me/adult", "adult-self/what-happens/done"},
		{b + "," + a, "adult-self/what-happens/+debt", "adult-self/what-happens/-debt"},
		{b, "adult-self/what-happens/done", "adult-self/want/safe-place"},
	} {
		h.again("SESSION_KEY", step.keys)
		h.press(c, step.press)
		if m, _ := c.Last(); !slices.ContainsFunc(m.Buttons, func(r []telegramtest.Button) bool { return r[0].Data == step.then }) {
			t.Fatalf("keys %s: the walk does not go on:\n%s", key(n), shown(c))
		}
	}
	for _, kind := range []string{"s", "m"} {
		values := h.values(kind)
		if len(values) != 1 {
			t.Errorf("%d values of %s, want one: what was under the former key is gone", len(values), kind)
		}
		for _, v := range values {
			if strings.Contains(v, underA) {
				t.Error("a value lies under the former key")
			}
		}
	}
	old, err := session.NewRedis(session.Config{URL: h.redis.URL(), Keys: [][]byte{[]byte(secretKey)}})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = old.Close() }()
	rec, err := old.Load(t.Context(), session.Chat{Channel: "telegram", ID: fmt.Sprint(c.ID())})
	if err != nil || len(rec.Walk)+len(rec.Mail) > 0 {
		t.Errorf("the former key opens %d bytes, %v", len(rec.Walk)+len(rec.Mail), err)
	}
	if recs, err := old.Lease(t.Context(), time.Now().Add(48*time.Hour), time.Minute, 10); err != nil || len(recs) > 0 || old.Unreadable() != 1 {
		t.Errorf("with the former key %d chats are due, %v, and %d cannot be opened; want none and the one", len(recs), err, old.Unreadable())
	}
}

// again ends the program as an update does, and starts it with another secret.
func (h *house) again(name, value string) {
	h.t.Helper()
	_ = h.run.Process.Signal(syscall.SIGTERM)
	<-h.ended
	h.env = slices.DeleteFunc(h.env, func(s string) bool { return strings.HasPrefix(s, name+"=") || strings.HasPrefix(s, name+"_FILE=") })
	h.env = append(h.env, name+"="+value)
	h.said.said = nil
	h.start()
}
