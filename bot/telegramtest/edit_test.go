package telegramtest

import (
	"strings"
	"testing"
	"time"
)

const notModified = "Bad Request: message is not modified"

func TestEditText(t *testing.T) {
	s, chat, clock := quiet(t)
	id := say(t, s, "one", inline(fields{"text": "x", "callback_data": "x"}))
	clock.add(1000 * time.Hour) // no limit of age
	p := fields{"chat_id": 7, "message_id": id, "text": "<b>two</b>", "parse_mode": "HTML"}
	wantOK(t, ask(t, s, "editMessageText", p))
	m, _ := chat.Message(id)
	if m.Text != "two" || show(m.Entities) != "bold:two" || len(m.Buttons) != 0 || !m.Edited.Equal(clock.Now()) || m.Sent.Equal(m.Edited) {
		t.Errorf("the chat shows %+v", m)
	}
	if lock := chat.Notifications(); len(lock) != 1 || lock[0].Text != "one" {
		t.Errorf("lock screen %+v", lock)
	}
	wantError(t, ask(t, s, "editMessageText", p), 400, notModified)
	p["text"] = "<i>two</i>"
	wantOK(t, ask(t, s, "editMessageText", p))
	for k, v := range inline(fields{"text": "y", "callback_data": "y"}) {
		p[k] = v
	}
	wantOK(t, ask(t, s, "editMessageText", p))
	wantError(t, ask(t, s, "editMessageText", p), 400, notModified)
	wantValid(t, s)
	p["text"] = strings.Repeat("x", maxText+1)
	wantError(t, ask(t, s, "editMessageText", p), 400, "Bad Request: MESSAGE_TOO_LONG")
	p["text"] = ""
	wantError(t, ask(t, s, "editMessageText", p), 400, "Bad Request: message text is empty")
}

func TestEditWhatCannotBeEdited(t *testing.T) {
	s, chat, _ := quiet(t)
	edit := func(id int) answer {
		return ask(t, s, "editMessageText", fields{"chat_id": 7, "message_id": id, "text": "new"})
	}
	wantError(t, edit(999), 400, "Bad Request: message to edit not found")
	wantError(t, edit(chat.Send("mine")), 400, "Bad Request: message can't be edited")
	reply := say(t, s, "x", fields{"reply_markup": fields{"keyboard": [][]fields{{{"text": "Yes"}}}}})
	wantError(t, edit(reply), 400, "Bad Request: message can't be edited")
	gone := say(t, s, "x", fields{"reply_markup": fields{"remove_keyboard": true}})
	wantError(t, edit(gone), 400, "Bad Request: message can't be edited")
	removed := say(t, s, "x")
	if err := chat.Remove(removed); err != nil {
		t.Fatal(err)
	}
	wantError(t, edit(removed), 400, "Bad Request: message to edit not found")
	if err := chat.Remove(removed); err == nil {
		t.Error("a message was removed twice")
	}
	wantValid(t, s)
	plain := say(t, s, "x")
	wantError(t, ask(t, s, "editMessageText", fields{
		"chat_id": 7, "message_id": plain, "text": "y", "reply_markup": fields{"force_reply": true},
	}), 400, "Bad Request: inline keyboard expected")
}

func TestTextBecomesPictureAndNeverBack(t *testing.T) {
	s, chat, _ := quiet(t)
	first := ask(t, s, "sendPhoto", fields{"chat_id": 7, "photo": "https://a.org/a.png", "caption": "<b>a</b>", "parse_mode": "HTML"}).messageID(t)
	m, _ := chat.Message(first)
	if m.Kind != "photo" || m.Text != "a" || m.Picture.Name != "https://a.org/a.png" || chat.Notifications()[0].Text != "[photo] a" {
		t.Errorf("the chat shows %+v", m)
	}
	media := func(id int, more fields) answer {
		in := fields{"type": "photo", "media": m.Picture.FileID, "caption": "c"}
		for k, v := range more {
			in[k] = v
		}
		return ask(t, s, "editMessageMedia", fields{"chat_id": 7, "message_id": id, "media": in})
	}
	id := say(t, s, "text")
	wantOK(t, media(id, nil))
	if m, _ := chat.Message(id); m.Kind != "photo" || m.Text != "c" || m.Picture == nil {
		t.Errorf("the chat shows %+v", m)
	}
	wantError(t, media(id, nil), 400, notModified)
	wantOK(t, media(id, fields{"caption": "d"}))
	wantOK(t, media(id, fields{"caption": "d", "media": "https://a.org/other.png"}))
	wantError(t, ask(t, s, "editMessageText", fields{"chat_id": 7, "message_id": id, "text": "x"}), 400,
		"Bad Request: there is no text in the message to edit")
	caption := fields{"chat_id": 7, "message_id": id, "caption": "e"}
	wantOK(t, ask(t, s, "editMessageCaption", caption))
	wantError(t, ask(t, s, "editMessageCaption", caption), 400, notModified)
	caption["message_id"] = say(t, s, "text")
	wantError(t, ask(t, s, "editMessageCaption", caption), 400, "Bad Request: there is no caption in the message to edit")
	wantValid(t, s)
	caption["caption"] = strings.Repeat("x", maxCaption+1)
	wantError(t, ask(t, s, "editMessageCaption", caption), 400, "Bad Request: MEDIA_CAPTION_TOO_LONG")
	wantError(t, media(id, fields{"caption": strings.Repeat("x", maxCaption+1)}), 400, "Bad Request: MEDIA_CAPTION_TOO_LONG")
	wantError(t, media(id, fields{"media": "unknown"}), 400, "Bad Request: wrong file identifier/HTTP URL specified")
	wantError(t, media(id, fields{"media": "attach://x"}), 400, "Bad Request: wrong file attachment name")
	wantError(t, media(id, fields{"type": "video"}), 400, "Bad Request: this fake")
	wantError(t, ask(t, s, "sendPhoto", fields{"chat_id": 7, "photo": m.Picture.FileID, "caption": strings.Repeat("x", maxCaption+1)}), 400,
		"Bad Request: message caption is too long")
}

func TestEditReplyMarkup(t *testing.T) {
	s, chat, _ := quiet(t)
	id := say(t, s, "x", inline(fields{"text": "a", "callback_data": "a"}))
	p := fields{"chat_id": 7, "message_id": id}
	wantOK(t, ask(t, s, "editMessageReplyMarkup", p))
	if m, _ := chat.Message(id); len(m.Buttons) != 0 || m.Text != "x" {
		t.Errorf("the chat shows %+v", m)
	}
	wantError(t, ask(t, s, "editMessageReplyMarkup", p), 400, notModified)
	wantValid(t, s)
}

func TestDelete(t *testing.T) {
	s, chat, clock := quiet(t)
	mine, theirs := say(t, s, "mine"), chat.Send("theirs")
	clock.add(48*time.Hour - time.Second)
	remove := func(id int) answer {
		return ask(t, s, "deleteMessage", fields{"chat_id": 7, "message_id": id})
	}
	wantOK(t, remove(mine))
	wantOK(t, remove(theirs))
	wantError(t, remove(theirs), 400, "Bad Request: message to delete not found")
	if gone := chat.Deleted(); len(gone) != 2 || gone[1].Text != "theirs" || len(chat.Messages()) != 1 {
		t.Errorf("deleted %+v", gone)
	}
	old := say(t, s, "old")
	clock.add(48 * time.Hour)
	wantError(t, remove(old), 400, "Bad Request: message can't be deleted")
	wantValid(t, s)
}

func TestDeleteInGroup(t *testing.T) {
	s, _, _ := quiet(t)
	group := s.NewChat(-5, ChatOptions{Kind: "supergroup", Title: "x", Person: User{ID: 9, FirstName: "Ann"}})
	theirs := group.Send("hello")
	wantError(t, ask(t, s, "deleteMessage", fields{"chat_id": -5, "message_id": theirs}), 400, "Bad Request: message can't be deleted")
}

func TestDeleteMany(t *testing.T) {
	s, chat, clock := quiet(t)
	old := say(t, s, "old")
	clock.add(47 * time.Hour)
	young, theirs := say(t, s, "young"), chat.Send("theirs")
	clock.add(time.Hour)
	remove := func(ids ...int) answer {
		return ask(t, s, "deleteMessages", fields{"chat_id": 7, "message_ids": ids})
	}
	wantError(t, remove(young, old), 400, "Bad Request: message can't be deleted")
	if len(chat.Deleted()) != 0 {
		t.Errorf("deleted %+v in spite of the error", chat.Deleted())
	}
	wantOK(t, remove(young, 999, theirs, young))
	if len(chat.Deleted()) != 2 {
		t.Errorf("deleted %+v", chat.Deleted())
	}
	wantOK(t, remove(999))
	wantValid(t, s)
	wantError(t, remove(), 400, "Bad Request: message identifiers are not specified")
	wantError(t, remove(make([]int, 101)...), 400, "Bad Request: too many message identifiers specified")
}
