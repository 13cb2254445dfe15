package telegramtest

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestWhatPeopleSend(t *testing.T) {
	s := New(Options{})
	t.Cleanup(s.Close)
	chat := s.NewChat(7, ChatOptions{Person: User{FirstName: "Ann", LanguageCode: "ti"}})
	tests := []struct {
		send func() int
		want string // in the update
	}{
		{func() int { return chat.Send("/start ro") }, `"text":"/start ro","entities":[{"type":"bot_command","offset":0,"length":6}]`},
		{func() int { return chat.Send("hello") }, `"from":{"id":7,"is_bot":false,"first_name":"Ann","language_code":"ti"}`},
		{func() int { return chat.SendPhoto("mine") }, `"photo":[{"file_id":"photo-of-a-person"`},
		{chat.SendVoice, `"voice":{"duration":3`},
		{chat.SendSticker, `"sticker":{"file_id"`},
		{func() int { return chat.SendContact("Bo", "123") }, `"contact":{"first_name":"Bo","phone_number":"123"}`},
		{func() int { return chat.SendLocation(1.5, 2) }, `"location":{"latitude":1.5,"longitude":2}`},
	}
	for i, tt := range tests {
		id := tt.send()
		all := updates(t, s, fields{"offset": 1000 + i})
		if len(all) != 1 || !strings.Contains(string(all[0]["message"]), tt.want) {
			t.Errorf("update %s, want %s", all, tt.want)
		}
		if m, ok := chat.Message(id); !ok || m.FromBot {
			t.Errorf("the chat shows %+v", m)
		}
	}
	if len(chat.Notifications()) != 0 {
		t.Errorf("lock screen %+v", chat.Notifications())
	}
}

func TestEditBlockAndChannel(t *testing.T) {
	s := New(Options{})
	t.Cleanup(s.Close)
	chat := s.Chat(7)
	chat.SetPerson(User{ID: 99, FirstName: "Bo"}) // the id stays
	id := chat.Send("one")
	if err := chat.Edit(id, "two"); err != nil {
		t.Fatal(err)
	}
	if err := chat.Edit(id+1, "two"); err == nil {
		t.Error("a message that is not there was edited")
	}
	chat.Block()
	chat.Block()
	chat.Send("again") // unblocks
	chat.Unblock()
	s.NewChat(-9, ChatOptions{Kind: "channel", Title: "News"}).Send("post")
	s.NewChat(-5, ChatOptions{Kind: "group", Title: "Neighbours"}).AddBot()
	want := []string{
		`"text":"one"`, `"text":"two"`, `"status":"kicked"`, `"status":"member"`, `"text":"again"`, `"type":"channel","title":"News"`, `"status":"left"`,
	}
	kinds := "1000 message, 1001 edited_message, 1002 my_chat_member, 1003 my_chat_member, 1004 message, 1005 channel_post, 1006 my_chat_member, "
	all := updates(t, s, nil)
	if ids(all) != kinds {
		t.Fatalf("updates %s, want %s", ids(all), kinds)
	}
	for i, u := range all {
		whole, err := json.Marshal(u)
		if err != nil || !strings.Contains(string(whole), want[i]) {
			t.Errorf("update %s, want %s", whole, want[i])
		}
	}
	if !strings.Contains(string(all[0]["message"]), `"id":7,"is_bot":false,"first_name":"Bo"}`) {
		t.Errorf("person in %s", all[0]["message"])
	}
}

func TestWaitText(t *testing.T) {
	s, chat, _ := quiet(t)
	found := make(chan Message)
	go func() {
		m, err := chat.WaitText(t.Context(), "help")
		if err != nil {
			t.Error(err)
		}
		found <- m
	}()
	chat.Send("help me")
	say(t, s, "no")
	id := say(t, s, "help is here")
	if m := <-found; m.ID != id {
		t.Errorf("found %+v", m)
	}
}

func TestSnapshotsAreCopies(t *testing.T) {
	s, chat, _ := quiet(t)
	id := say(t, s, "<b>x</b>", fields{"parse_mode": "HTML"}, inline(fields{"text": "Yes", "callback_data": "y"}))
	m, _ := chat.Message(id)
	m.Buttons[0][0].Data, m.Entities[0].Kind = "changed", "changed"
	if m, _ := chat.Message(id); m.Buttons[0][0].Data != "y" || m.Entities[0].Kind != "bold" {
		t.Errorf("a test changed the chat: %+v", m)
	}
}
