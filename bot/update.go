package bot

import (
	"encoding/json"
	"errors"
	"math"
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
	kind    string // "press", "message", "blocked", "group", "idle", "later", "found"; "" for what needs nothing
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
	ID   int64    `json:"message_id"`
	Chat wireChat `json:"chat"`
	From wireUser `json:"from"`
	Date int64    `json:"date"`
	Text string   `json:"text"`
	// A message with a picture cannot be made one of text.
	Photo json.RawMessage `json:"photo"`
	// A person who sets messages to delete themselves has typed nothing.
	Timer json.RawMessage `json:"message_auto_delete_timer_changed"`
	// Somebody else's words, or another bot's, brought here by the person.
	Forwarded json.RawMessage `json:"forward_origin"`
	Via       json.RawMessage `json:"via_bot"`
	// A message between two other people, where the bot has been let in.
	Business json.RawMessage `json:"business_connection_id"`
}

type wirePress struct {
	ID      string       `json:"id"`
	From    wireUser     `json:"from"`
	Message *wireMessage `json:"message"`
	Data    string       `json:"data"`
}

type wireMember struct {
	Chat wireChat `json:"chat"`
	From wireUser `json:"from"`
	Now  struct {
		Status string `json:"status"`
	} `json:"new_chat_member"`
}

type wireChat struct {
	ID   int64  `json:"id"`
	Type string `json:"type"`
}

type wireUser struct {
	ID       int64  `json:"id"`
	Bot      bool   `json:"is_bot"`
	Language string `json:"language_code"`
}

// readUpdate reads one update. Its error holds nothing of the update.
//
// What is not surely one person's, in that person's own chat, is of no use: a forged
// or new kind of update must not reach somebody else's walk or messages.
func readUpdate(body []byte, now time.Time) (update, error) {
	var in wireUpdate
	if err := json.Unmarshal(body, &in); err != nil || in.ID < 1 {
		return update{}, errors.New("read update: not of the known form")
	}
	var u update
	switch {
	case in.parts() != 1: // Telegram: at most one
	case in.Message != nil:
		u = ofMessage(in.Message, now)
		if u.event.Quoted = !in.Message.typed(); !u.event.Quoted {
			u.readCommand(in.Message.Text)
		}
		if there(in.Message.Timer) {
			u.kind = ""
		}
	case in.Edited != nil: // its words are no command, however they begin
		u = ofMessage(in.Edited, now)
	case in.Press != nil:
		u = ofPress(in.Press, now)
	case in.Member != nil:
		u = ofMember(in.Member)
	}
	u.event.Chat = chatOf(u.chat)
	u.event.ID = eventID(in.ID)
	u.event.Now = now
	u.event.Apart = true
	return u, nil
}

// parts is how many kinds of update it claims to be.
func (in *wireUpdate) parts() int {
	n := 0
	for _, is := range []bool{in.Message != nil, in.Edited != nil, in.Press != nil, in.Member != nil} {
		if is {
			n++
		}
	}
	return n
}

func ofMessage(m *wireMessage, now time.Time) update {
	switch {
	case m.Chat.public():
		return update{kind: "group", chat: m.Chat.ID}
	case !m.Chat.of(m.From) || !m.known():
		return update{}
	}
	u := update{kind: "message", chat: m.Chat.ID, message: int(m.ID), sent: sentAt(m.Date, now)}
	u.event.Hint, u.event.What = m.From.Language, handlers.Other
	if m.Text != "" {
		u.event.What, u.event.Data = handlers.Text, m.Text
	}
	return u
}

// typed reports whether the person's own hand wrote a message.
func (m *wireMessage) typed() bool { return !there(m.Forwarded) && !there(m.Via) }

// readCommand takes a message for a command where its words are one.
func (u *update) readCommand(text string) {
	if name, payload, ok := command(text); ok && u.kind == "message" {
		u.event.What, u.event.Data, u.event.Arg = handlers.Command, name, payload
	}
}

func ofPress(p *wirePress, now time.Time) update {
	u := update{press: p.ID}
	u.event.What, u.event.Data, u.event.Hint = handlers.Press, p.Data, p.From.Language
	switch m := p.Message; {
	case m == nil: // under a message that is not ours
	case m.Chat.public():
		u.kind, u.chat = "group", m.Chat.ID
	case m.Chat.of(p.From) && m.known():
		u.kind, u.chat, u.message, u.sent = "press", m.Chat.ID, int(m.ID), sentAt(m.Date, now)
		u.photo = there(m.Photo)
	}
	return u
}

func ofMember(m *wireMember) update {
	var u update
	status := m.Now.Status
	switch {
	case m.Chat.of(m.From) && status == "kicked":
		u.kind, u.chat, u.event.What = "blocked", m.Chat.ID, handlers.Blocked
	case m.Chat.public() && status != "kicked" && status != "left":
		u.kind, u.chat = "group", m.Chat.ID
	}
	return u
}

// public reports whether a chat is one where others read along. Their ids are
// negative: https://core.telegram.org/bots/api#chat
func (c wireChat) public() bool {
	return c.ID < 0 && (c.Type == "group" || c.Type == "supergroup" || c.Type == "channel")
}

// of reports whether a chat is the private one of this person: its id is theirs.
func (c wireChat) of(u wireUser) bool {
	return c.Type == "private" && c.ID > 0 && c.ID == u.ID && !u.Bot
}

// known reports whether a message is one that we could delete: in our own chat, and
// with an id as Telegram counts messages, in 31 bits from 1.
func (m *wireMessage) known() bool {
	return m.ID > 0 && m.ID <= math.MaxInt32 && !there(m.Business)
}

// there reports whether a field is present.
func there(raw json.RawMessage) bool { return len(raw) > 0 && string(raw) != "null" }

// sentAt is zero for the date 0 of a message that is too old to be shown to us. What
// comes from the future, by our clock, has come now: it would never grow old.
func sentAt(date int64, now time.Time) time.Time {
	switch {
	case date <= 0:
		return time.Time{}
	case date > now.Unix():
		return now
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
