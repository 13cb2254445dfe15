package telegramtest

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
)

// updates takes all waiting updates without waiting.
func updates(t *testing.T, s *Server, params fields) []map[string]json.RawMessage {
	t.Helper()
	a := ask(t, s, "getUpdates", params)
	var out []map[string]json.RawMessage
	if err := json.Unmarshal(a.Result, &out); err != nil {
		t.Fatalf("getUpdates: %v in %s (%s)", err, a.Result, a.Description)
	}
	return out
}

type callback struct {
	ID   string
	From User
	Data string
	Msg  struct {
		ID   int `json:"message_id"`
		Date int64
		Text string
		Chat struct{ ID int64 }
	} `json:"message"`
}

// lastPress takes all updates and returns the last, which must be a press.
func lastPress(t *testing.T, s *Server) callback {
	t.Helper()
	all := updates(t, s, nil)
	var out callback
	if err := json.Unmarshal(all[len(all)-1]["callback_query"], &out); err != nil {
		t.Fatalf("%v in %s", err, all[len(all)-1])
	}
	return out
}

func TestPress(t *testing.T) {
	s, chat, clock := quiet(t)
	old := say(t, s, "old", inline(fields{"text": "Yes", "callback_data": "old"}))
	id := say(t, s, "new", inline(fields{"text": "Yes", "callback_data": "new"}, fields{"text": "Site", "url": "https://a.org"}))
	if err := chat.Press("Yes"); err != nil {
		t.Fatal(err)
	}
	got := lastPress(t, s)
	if got.Data != "new" || got.Msg.ID != id || got.Msg.Date != clock.Now().Unix() || got.Msg.Text != "new" || got.From.LanguageCode != "en" || got.Msg.Chat.ID != 7 {
		t.Errorf("press %+v", got)
	}
	if err := chat.Press("old"); err != nil {
		t.Fatal(err)
	}
	if got := lastPress(t, s); got.Msg.ID != old {
		t.Errorf("press %+v, want message %d", got, old)
	}
	for button, want := range map[string]string{"No": "no message has such a button", "Site": "tells the bot nothing"} {
		if err := chat.Press(button); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Press(%q): %v, want %q", button, err, want)
		}
	}
	chat.PressOn(id, "forged")
	if got := lastPress(t, s); got.Data != "forged" || got.Msg.Text != "new" {
		t.Errorf("press %+v", got)
	}
}

func TestPressOnMessageThatIsGone(t *testing.T) {
	s, chat, _ := quiet(t)
	chat.PressOn(999, "x")
	if got := lastPress(t, s); got.Msg.ID != 999 || got.Msg.Date != 0 || got.Data != "x" {
		t.Errorf("press %+v", got)
	}
}

func TestPressOnOldMessageIsInaccessible(t *testing.T) {
	clock := newClock()
	s := New(Options{Now: clock.Now, InaccessibleAfter: time.Hour})
	t.Cleanup(s.Close)
	chat := s.Chat(7)
	chat.Send("/start")
	say(t, s, "x", inline(fields{"text": "Yes", "callback_data": "y"}))
	clock.add(time.Hour - time.Second)
	for _, want := range []string{"x", ""} {
		if err := chat.Press("Yes"); err != nil {
			t.Fatal(err)
		}
		if got := lastPress(t, s); got.Msg.Text != want || (got.Msg.Date == 0) != (want == "") {
			t.Errorf("press %+v, want text %q", got, want)
		}
		clock.add(time.Second)
	}
}

func TestAnswerPress(t *testing.T) {
	s, chat, clock := quiet(t)
	press := func() string { chat.PressOn(1, "x"); return lastPress(t, s).ID }
	first := press()
	if chat.Spinning() != 1 {
		t.Errorf("%d buttons spin, want 1", chat.Spinning())
	}
	wantOK(t, ask(t, s, "answerCallbackQuery", fields{"callback_query_id": first, "text": "Done", "show_alert": true}))
	if got := chat.Answers(); len(got) != 1 || got[0] != (Answer{"Done", true}) || chat.Spinning() != 0 {
		t.Errorf("answers %+v, %d spin", got, chat.Spinning())
	}
	second := press()
	clock.add(16 * time.Second)
	tooOld := "Bad Request: query is too old and response timeout expired or query ID is invalid"
	wantError(t, ask(t, s, "answerCallbackQuery", fields{"callback_query_id": second}), 400, tooOld)
	wantError(t, ask(t, s, "answerCallbackQuery", fields{"callback_query_id": "forged"}), 400, tooOld)
	wantValid(t, s)
	wantError(t, ask(t, s, "answerCallbackQuery", fields{"callback_query_id": press(), "text": strings.Repeat("x", 201)}), 400, "Bad Request: MESSAGE_TOO_LONG")
	wantInvalid(t, s, "answerCallbackQuery")
}
