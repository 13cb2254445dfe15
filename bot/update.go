package bot

import (
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"pathwaybot/handlers"
	"pathwaybot/session"
)

// Channel is the name under which this channel's chats are kept.
const Channel = "telegram"

// kinds are the kinds of update that we ask for.
func kinds() []string {
	return []string{"message", "edited_message", "callback_query", "my_chat_member"}
}

// update is what we take from an update of Telegram's.
type update struct {
	kind    string // "press", "message", "blocked", "group", "idle", "later"; "" for what needs nothing
	chat    int64
	message int       // the person's message, or the message whose button was pressed
	sent    time.Time // when that message was sent; zero when it is out of reach
	photo   bool      // the message whose button was pressed is a picture
	press   string    // what a press is answered by
	event   handlers.Event
}

// The parts of an update that we read. https://core.telegram.org/bots/api#update
type wireUpdate struct {
	ID      int64        `json:"update_id"`
	Message *wireMessage `json:"message"`
	Edited  *wireMessage `json:"edited_message"`
	Press   *wirePress   `json:"callback_query"`
	Member  *wireMember  `json:"my_chat_member"`
}

type wireMessage struct {
	ID   int      `json:"message_id"`
	Chat wireChat `json:"chat"`
	From wireUser `json:"from"`
	Date int64    `json:"date"`
	Text string   `json:"text"`
	// A message with a picture cannot be made one of text.
	Photo json.RawMessage `json:"photo"`
	// A person who sets messages to delete themselves has typed nothing.
	Timer json.RawMessage `json:"message_auto_delete_timer_changed"`
}

type wirePress struct {
	ID      string       `json:"id"`
	From    wireUser     `json:"from"`
	Message *wireMessage `json:"message"`
	Data    string       `json:"data"`
}

type wireMember struct {
	Chat wireChat `json:"chat"`
	Now  struct {
		Status string `json:"status"`
	} `json:"new_chat_member"`
}

type wireChat struct {
	ID   int64  `json:"id"`
	Type string `json:"type"`
}

type wireUser struct {
	Language string `json:"language_code"`
}

// readUpdate reads one update. Its error holds nothing of the update.
func readUpdate(body []byte, now time.Time) (update, error) {
	var in wireUpdate
	if err := json.Unmarshal(body, &in); err != nil {
		return update{}, fmt.Errorf("read update: not of the known form")
	}
	var u update
	switch {
	case in.Message != nil:
		u = ofMessage(in.Message)
		if in.Message.Timer != nil {
			u.kind = ""
		}
	case in.Edited != nil:
		u = ofMessage(in.Edited)
		if u.kind == "message" && u.event.What == handlers.Command {
			u.event.What, u.event.Data, u.event.Arg = handlers.Text, in.Edited.Text, ""
		}
	case in.Press != nil:
		u = ofPress(in.Press)
	case in.Member != nil:
		u = ofMember(in.Member)
	}
	u.event.Chat = chatOf(u.chat)
	u.event.ID = eventID(in.ID)
	u.event.Now = now
	u.event.Apart = true
	return u, nil
}

func ofMessage(m *wireMessage) update {
	u := update{kind: "message", chat: m.Chat.ID, message: m.ID, sent: sentAt(m.Date)}
	u.event.Hint = m.From.Language
	if m.Chat.Type != "private" {
		u.kind = "group"
		return u
	}
	name, payload, isCommand := command(m.Text)
	switch {
	case isCommand:
		u.event.What, u.event.Data, u.event.Arg = handlers.Command, name, payload
	case m.Text != "":
		u.event.What, u.event.Data = handlers.Text, m.Text
	default:
		u.event.What = handlers.Other
	}
	return u
}

func ofPress(p *wirePress) update {
	u := update{kind: "press", press: p.ID}
	u.event.What, u.event.Data, u.event.Hint = handlers.Press, p.Data, p.From.Language
	switch m := p.Message; {
	case m == nil: // under a message that is not ours
		u.kind = ""
	case m.Chat.Type != "private":
		u.kind, u.chat = "group", m.Chat.ID
	default:
		u.chat, u.message, u.sent = m.Chat.ID, m.ID, sentAt(m.Date)
		u.photo = m.Photo != nil
	}
	return u
}

func ofMember(m *wireMember) update {
	u := update{chat: m.Chat.ID}
	status := m.Now.Status
	switch {
	case m.Chat.Type == "private" && status == "kicked":
		u.kind, u.event.What = "blocked", handlers.Blocked
	case m.Chat.Type != "private" && status != "kicked" && status != "left":
		u.kind = "group"
	}
	return u
}

// sentAt is zero for the date 0 of a message that is too old to be shown to us.
func sentAt(date int64) time.Time {
	if date == 0 {
		return time.Time{}
	}
	return time.Unix(date, 0)
}

func chatOf(id int64) session.Chat {
	return session.Chat{Channel: Channel, ID: strconv.FormatInt(id, 10)}
}

// eventID makes an event's id of an update's. 0 means that there is none.
func eventID(id int64) uint32 {
	n := uint32(id) ^ uint32(id>>32)*0x9e3779b1
	if n == 0 {
		n = 1
	}
	return n
}

// chatID is the opposite of chatOf. Chats of other channels share the id 0.
func chatID(c session.Chat) (id int64, mine bool) {
	id, err := strconv.ParseInt(c.ID, 10, 64)
	if c.Channel != Channel || err != nil {
		return 0, false
	}
	return id, true
}
