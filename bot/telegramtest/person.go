package telegramtest

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// Send types a text or a command and returns the message's id.
func (c *Chat) Send(text string) int {
	m := &message{Message: Message{Kind: "text", Text: text}}
	if strings.HasPrefix(text, "/") {
		command, _, _ := strings.Cut(text, " ")
		m.Entities = []Entity{{Kind: "bot_command", Length: len(command), Text: command}}
	}
	return c.say(m)
}

// SendPhoto sends a photo with a caption and returns the message's id.
func (c *Chat) SendPhoto(caption string) int {
	return c.say(&message{Message: Message{
		Kind: "photo", Text: caption,
		Picture: &Picture{FileID: "photo-of-a-person", Name: "camera.jpg", Width: 90, Height: 90},
	}})
}

// SendVoice sends a voice message and returns its id.
func (c *Chat) SendVoice() int {
	return c.sayExtra("voice", map[string]any{
		"file_id": "voice-of-a-person", "file_unique_id": "voice", "duration": 3, "mime_type": "audio/ogg",
	})
}

// SendSticker sends a sticker and returns the message's id.
func (c *Chat) SendSticker() int {
	return c.sayExtra("sticker", map[string]any{
		"file_id": "sticker-of-a-person", "file_unique_id": "sticker", "type": "regular",
		"width": 512, "height": 512, "is_animated": false, "is_video": false,
	})
}

// SendContact shares somebody's name and number and returns the message's id.
func (c *Chat) SendContact(name, phone string) int {
	return c.sayExtra("contact", map[string]any{"phone_number": phone, "first_name": name})
}

// SendLocation shares a place and returns the message's id.
func (c *Chat) SendLocation(latitude, longitude float64) int {
	return c.sayExtra("location", map[string]any{"latitude": latitude, "longitude": longitude})
}

func (c *Chat) sayExtra(kind string, content map[string]any) int {
	return c.say(&message{Message: Message{Kind: kind}, extra: map[string]any{kind: content}})
}

// say puts a person's message into the chat and sends the update.
func (c *Chat) say(m *message) int {
	s := c.server
	s.mu.Lock()
	defer s.mu.Unlock()
	c.unblock()
	s.lastMsg++
	from := c.person
	m.ID, m.Sent, m.from = s.lastMsg, s.opts.Now(), &from
	c.known = true
	c.messages = append(c.messages, m)
	kind := "message"
	if c.kind == "channel" {
		kind = "channel_post"
	}
	c.push(kind, c.id, messageExpiry, c.wire(m))
	return m.ID
}

// Edit changes a text that the person sent.
func (c *Chat) Edit(messageID int, text string) error {
	s := c.server
	s.mu.Lock()
	defer s.mu.Unlock()
	m := c.find(messageID)
	if m == nil || m.FromBot || m.Kind != "text" {
		return fmt.Errorf("edit message %d: not a text of the person", messageID)
	}
	m.Text, m.Entities, m.Edited = text, nil, s.opts.Now()
	c.push("edited_message", c.id, messageExpiry, c.wire(m))
	return nil
}

// Remove deletes a message for both sides, as a person can; the bot is not told.
func (c *Chat) Remove(messageID int) error {
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	m := c.find(messageID)
	if m == nil {
		return fmt.Errorf("remove message %d: not in the chat", messageID)
	}
	c.remove(m)
	return nil
}

// Block blocks the bot.
func (c *Chat) Block() {
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	if !c.blocked {
		c.blocked = true
		c.member("member", "kicked")
	}
}

// Unblock lets the bot write again. Sending something does so too.
func (c *Chat) Unblock() {
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	c.unblock()
}

func (c *Chat) unblock() {
	if c.blocked {
		c.blocked = false
		c.member("kicked", "member")
	}
}

// AddBot adds the bot to a group or channel: the person who does so is the chat's.
func (c *Chat) AddBot() {
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	c.left, c.known = false, true
	c.member("left", "member")
}

// member sends my_chat_member.
func (c *Chat) member(was, is string) {
	s := c.server
	status := func(status string) map[string]any {
		out := map[string]any{"status": status, "user": s.opts.Bot}
		if status == "kicked" {
			out["until_date"] = 0
		}
		return out
	}
	c.push("my_chat_member", c.id+5<<33, messageExpiry, map[string]any{
		"chat": c.wireChat(), "from": c.person, "date": s.opts.Now().Unix(),
		"old_chat_member": status(was), "new_chat_member": status(is),
	})
}

// Raw sends any update, a JSON object without its update_id, in the queue of the
// chat's messages, whatever the bot asked for: `{"message": {"future": 1}}`. It
// returns the update's id.
func (c *Chat) Raw(update string) (int64, error) {
	text := strings.TrimSpace(update)
	if !json.Valid([]byte(text)) || !strings.HasPrefix(text, "{") {
		return 0, errors.New("raw update: not a JSON object")
	}
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	return c.pushBody(c.id, messageExpiry, []byte(text)), nil
}
