package telegramtest

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestSendMessage(t *testing.T) {
	s, chat, clock := quiet(t)
	a := ask(t, s, "sendMessage", fields{
		"chat_id": 7, "text": "<b>Danger</b> now? ", "parse_mode": "HTML", "disable_notification": true, "protect_content": true,
		"link_preview_options": fields{"is_disabled": true},
		"reply_markup":         fields{"inline_keyboard": [][]fields{{{"text": "Yes", "callback_data": "y", "style": "danger"}}, {{"text": "Copy", "copy_text": fields{"text": "999"}}}}},
	})
	m, ok := chat.Message(a.messageID(t))
	if !ok || !m.FromBot || m.Text != "Danger now?" || m.Pieces("bold")[0] != "Danger" || !m.Silent || !m.Protected || m.Preview || !m.Sent.Equal(clock.Now()) {
		t.Errorf("the chat shows %+v", m)
	}
	if b, _ := m.Button("Yes"); b != (Button{Label: "Yes", Data: "y", Style: "danger"}) || len(m.Buttons) != 2 || m.Buttons[1][0].Copy != "999" {
		t.Errorf("buttons %+v", m.Buttons)
	}
	var got struct {
		Text        string
		From        User
		Chat        struct{ Type string }
		Entities    []Entity
		ReplyMarkup struct {
			Keyboard [][]json.RawMessage `json:"inline_keyboard"`
		} `json:"reply_markup"`
	}
	if err := json.Unmarshal(a.Result, &got); err != nil {
		t.Fatal(err)
	}
	if got.Text != m.Text || got.From.ID != 123456 || got.Chat.Type != "private" || len(got.Entities) != 1 || len(got.ReplyMarkup.Keyboard) != 2 {
		t.Errorf("the bot got %s", a.Result)
	}
	lock := chat.Notifications()
	if len(lock) != 1 || lock[0].Text != "Danger now?" || !lock[0].Silent {
		t.Errorf("lock screen %+v", lock)
	}
	wantValid(t, s)
}

// A bot cannot write first.
func TestChatThatHasNotBegun(t *testing.T) {
	s, _, _ := quiet(t)
	s.Chat(8)
	wantError(t, ask(t, s, "sendMessage", fields{"chat_id": 8, "text": "x"}), 400, "Bad Request: chat not found")
	s.Chat(8).PressOn(1, "x")
	wantOK(t, ask(t, s, "sendMessage", fields{"chat_id": 8, "text": "x"}))
}

func TestSendRefused(t *testing.T) {
	long := strings.Repeat("ሀ", maxText)
	tests := []struct {
		name string
		more fields
		want string
	}{
		{"no text", fields{"text": ""}, "Bad Request: message text is empty"},
		{"nothing to see", fields{"text": " \u200b\u2060"}, "Bad Request: text must be non-empty"},
		{"over 4096 code points", fields{"text": long + "x"}, "Bad Request: message is too long"},
		{"unknown tag", fields{"text": "a<br>", "parse_mode": "HTML"}, `Bad Request: can't parse entities: Unsupported start tag "br"`},
		{"no such chat", fields{"chat_id": 8}, "Bad Request: chat not found"},
		{"no chat", fields{"chat_id": ""}, "Bad Request: chat_id is empty"},
		{"markdown", fields{"parse_mode": "MarkdownV2"}, "Bad Request: can't parse entities"},
	}
	for _, tt := range tests {
		s, chat, _ := quiet(t)
		p := fields{"chat_id": 7, "text": "x"}
		for k, v := range tt.more {
			p[k] = v
		}
		a := ask(t, s, "sendMessage", p)
		if a.ErrorCode != 400 || !strings.HasPrefix(a.Description, tt.want) {
			t.Errorf("%s: %d %q, want %q", tt.name, a.ErrorCode, a.Description, tt.want)
		}
		if noted := len(s.Invalid()) > 0; noted == (tt.name == "no such chat") {
			t.Errorf("%s: noted as invalid: %t", tt.name, noted)
		}
		if len(chat.Messages()) != 1 || len(chat.Notifications()) != 0 {
			t.Errorf("%s: the chat shows %+v", tt.name, chat.Messages())
		}
	}
}

func TestLengthCountsCodePointsAfterParsing(t *testing.T) {
	s, chat, _ := quiet(t)
	say(t, s, "<b>"+strings.Repeat("😀", maxText)+"</b> ", fields{"parse_mode": "HTML"})
	if m, _ := chat.Last(); len([]rune(m.Text)) != maxText || m.Entities[0].Length != 2*maxText {
		t.Errorf("%d code points, entities %v", len([]rune(m.Text)), m.Entities)
	}
	wantValid(t, s)
}

func TestEntitiesGivenAsAList(t *testing.T) {
	s, chat, _ := quiet(t)
	say(t, s, "😀 hello", fields{"entities": []fields{{"type": "bold", "offset": 3, "length": 5}, {"type": "bold", "offset": 1, "length": 1}}})
	if m, _ := chat.Last(); show(m.Entities) != "bold:hello" {
		t.Errorf("entities %s", show(m.Entities))
	}
	wantValid(t, s)
}

func TestSilentChangesAreNoted(t *testing.T) {
	s, _, _ := quiet(t)
	say(t, s, "a\u202eb")
	wantInvalid(t, s, "sendMessage: text", "U+200E")
}

func TestBlocked(t *testing.T) {
	s, chat, _ := quiet(t)
	id := say(t, s, "x")
	chat.Block()
	for method, more := range map[string]fields{
		"sendMessage": {"text": "x"}, "sendChatAction": {"action": "typing"},
		"editMessageText": {"text": "y", "message_id": id},
	} {
		more["chat_id"] = 7
		wantError(t, ask(t, s, method, more), 403, "Forbidden: bot was blocked by the user")
	}
	chat.Unblock()
	wantOK(t, ask(t, s, "sendMessage", fields{"chat_id": 7, "text": "x"}))
	wantValid(t, s)
}

func TestChatActionAndGetChat(t *testing.T) {
	s, chat, _ := quiet(t)
	wantOK(t, ask(t, s, "sendChatAction", fields{"chat_id": 7, "action": "typing"}))
	if got := chat.Actions(); len(got) != 1 || got[0] != "typing" {
		t.Errorf("actions %q", got)
	}
	a := ask(t, s, "getChat", fields{"chat_id": 7})
	if !strings.Contains(string(a.Result), `"first_name":"Person"`) {
		t.Errorf("getChat: %s", a.Result)
	}
	wantValid(t, s)
	wantError(t, ask(t, s, "sendChatAction", fields{"chat_id": 7, "action": "dancing"}), 400, "Bad Request: wrong parameter action")
}

func TestLeaveGroup(t *testing.T) {
	s, _, _ := quiet(t)
	group := s.NewChat(-5, ChatOptions{Kind: "group", Title: "Neighbours"})
	group.AddBot()
	wantOK(t, ask(t, s, "sendMessage", fields{"chat_id": -5, "text": "x"}))
	wantOK(t, ask(t, s, "leaveChat", fields{"chat_id": -5}))
	if !group.Left() {
		t.Error("the bot is still in the group")
	}
	wantError(t, ask(t, s, "sendMessage", fields{"chat_id": -5, "text": "x"}), 403, "Forbidden: bot is not a member of the group chat")
	wantError(t, ask(t, s, "leaveChat", fields{"chat_id": 7}), 400, "Bad Request: chat member status can't be changed in private chats")
}

func TestButtons(t *testing.T) {
	tests := []struct {
		name   string
		button fields
		want   string // the error; empty if the button is accepted
	}{
		{"data of 64 bytes", fields{"text": "x", "callback_data": strings.Repeat("ሀ", 21) + "x"}, ""},
		{"data of 65 bytes", fields{"text": "x", "callback_data": strings.Repeat("x", 65)}, "Bad Request: BUTTON_DATA_INVALID"},
		{"data of 22 letters of 3 bytes", fields{"text": "x", "callback_data": strings.Repeat("ሀ", 22)}, "Bad Request: BUTTON_DATA_INVALID"},
		{"empty data", fields{"text": "x", "callback_data": ""}, "Bad Request: can't parse inline keyboard button: Text buttons are unallowed"},
		{"nothing to do", fields{"text": "x"}, "Bad Request: can't parse inline keyboard button: Text buttons are unallowed"},
		{"no label", fields{"text": " ", "callback_data": "x"}, `Bad Request: button "x": text must be non-empty`},
		{"address", fields{"text": "x", "url": "https://a.org"}, ""},
		{"telephone", fields{"text": "x", "url": "tel:999"}, "Bad Request: inline keyboard button URL 'tel:999' is invalid: Wrong HTTP URL"},
		{"other scheme", fields{"text": "x", "url": "ftp://a.org"}, "Bad Request: inline keyboard button URL 'ftp://a.org' is invalid: Unsupported URL protocol"},
		{"copy 256 letters", fields{"text": "x", "copy_text": fields{"text": strings.Repeat("ሀ", 256)}}, ""},
		{"copy 257 letters", fields{"text": "x", "copy_text": fields{"text": strings.Repeat("x", 257)}}, "Bad Request: BUTTON_COPY_TEXT_INVALID"},
		{"copy nothing", fields{"text": "x", "copy_text": fields{"text": ""}}, "Bad Request: BUTTON_COPY_TEXT_INVALID"},
	}
	for _, tt := range tests {
		s, _, _ := quiet(t)
		p := inline(tt.button)
		p["chat_id"], p["text"] = 7, "x"
		a := ask(t, s, "sendMessage", p)
		if a.OK != (tt.want == "") || !strings.HasPrefix(a.Description, tt.want) {
			t.Errorf("%s: %q, want %q", tt.name, a.Description, tt.want)
		}
		if a.OK != (len(s.Invalid()) == 0) {
			t.Errorf("%s: invalid %q", tt.name, s.Invalid())
		}
	}
}

func TestButtonWithTwoDeeds(t *testing.T) {
	s, _, _ := quiet(t)
	say(t, s, "x", inline(fields{"text": "x", "callback_data": "x", "url": "https://a.org"}))
	wantInvalid(t, s, `button "x" does several things`)
}

func TestTooManyButtonsAreDropped(t *testing.T) {
	s, chat, _ := quiet(t)
	row := make([]fields, 13)
	for i := range row {
		row[i] = fields{"text": "x", "callback_data": "x"}
	}
	say(t, s, "x", fields{"reply_markup": fields{"inline_keyboard": [][]fields{row}}})
	if m, _ := chat.Last(); len(m.Buttons[0]) != 12 {
		t.Errorf("%d buttons in a row", len(m.Buttons[0]))
	}
	wantInvalid(t, s, "dropped")

	s, chat, _ = quiet(t)
	rows := make([][]fields, 30)
	for i := range rows {
		rows[i] = row[:11]
	}
	say(t, s, "x", fields{"reply_markup": fields{"inline_keyboard": rows}})
	m, _ := chat.Last()
	if total := 11*(len(m.Buttons)-1) + len(m.Buttons[len(m.Buttons)-1]); total != 300 || len(s.Invalid()) == 0 {
		t.Errorf("%d buttons in all, invalid %q", total, s.Invalid())
	}
}
