package telegramtest

import (
	"fmt"
	"slices"
	"testing"
	"time"
)

// TestWatch: whoever watches is told of each change in the order of effect, also of
// one whose answer never came.
func TestWatch(t *testing.T) {
	var got []string
	names := []string{"sent", "edited", "same", "deleted", "taken", "expired"}
	clock := newClock()
	s := New(Options{Now: clock.Now, Watch: func(c Change) {
		got = append(got, fmt.Sprintf("%d %s %s", c.Chat, names[c.What], c.Message.Text))
	}})
	t.Cleanup(s.Close)
	chat := s.Chat(7)
	mine := chat.Send("/start")
	updates(t, s, fields{"offset": 1001})
	id := say(t, s, "one")
	s.Fail("editMessageText", 1, Fault{AfterEffect: true, Status: 500})
	for range 2 {
		ask(t, s, "editMessageText", fields{"chat_id": 7, "message_id": id, "text": "two"})
	}
	s.Fail("editMessageText", 1, Fault{Status: 500})
	ask(t, s, "editMessageText", fields{"chat_id": 7, "message_id": id, "text": "three"})
	wantOK(t, ask(t, s, "deleteMessages", fields{"chat_id": 7, "message_ids": []int{mine, id}}))
	chat.Send("too late")
	clock.add(25 * time.Hour)
	updates(t, s, fields{"offset": 1001})
	want := []string{"7 taken ", "7 sent one", "7 edited two", "7 same two", "7 deleted /start", "7 deleted two", "7 expired "}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

// TestFaultDo: what a test does at a fault happens before the effect, or after it.
func TestFaultDo(t *testing.T) {
	for _, after := range []bool{false, true} {
		s, chat, _ := quiet(t)
		called, shown := 0, false
		s.Fail("sendMessage", 1, Fault{Status: 500, AfterEffect: after, Do: func() {
			called++
			_, shown = chat.Last()
		}})
		for range 2 {
			ask(t, s, "sendMessage", fields{"chat_id": 7, "text": "x"})
		}
		if called != 1 || shown != after {
			t.Errorf("after the effect %v: called %d times, message there %v", after, called, shown)
		}
	}
}
