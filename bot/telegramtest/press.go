package telegramtest

import (
	"fmt"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"
)

// maxAnswer is the length of an answer to a press:
// https://core.telegram.org/bots/api#answercallbackquery
const maxAnswer = 200

// press is a button that was pressed.
type press struct {
	chat     *Chat
	at       time.Time
	answered bool
}

// Press presses a button of the newest message that has it, by label or by what
// it carries. Other kinds of buttons than those that tell the bot do nothing and
// are an error.
func (c *Chat) Press(labelOrData string) error {
	s := c.server
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, m := range slices.Backward(c.messages) {
		if b, ok := m.Button(labelOrData); ok {
			if b.Data == "" {
				return fmt.Errorf("press %q: the button tells the bot nothing", labelOrData)
			}
			c.press(m.ID, b.Data)
			return nil
		}
	}
	return fmt.Errorf("press %q: no message has such a button", labelOrData)
}

// PressOn presses a button with that data on a message, whether the message has
// one or not: forged data, and screens that a phone still shows, come this way.
// The bot gets a message that is gone or too old without its content.
func (c *Chat) PressOn(messageID int, data string) {
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	c.press(messageID, data)
}

func (c *Chat) press(messageID int, data string) {
	s := c.server
	now := s.opts.Now()
	c.unblock()
	c.known = true
	m := c.find(messageID)
	tooOld := m != nil && s.opts.InaccessibleAfter > 0 && now.Sub(m.Sent) >= s.opts.InaccessibleAfter
	var shown any
	if m == nil || tooOld {
		shown = map[string]any{"chat": c.wireChat(), "message_id": messageID, "date": 0}
	} else {
		shown = c.wire(m)
	}
	id := "press-" + strconv.Itoa(len(s.presses)+1)
	s.presses[id] = &press{chat: c, at: now}
	c.push("callback_query", c.person.ID+3<<33, pressExpiry, map[string]any{
		"id": id, "from": c.person, "message": shown, "chat_instance": strconv.FormatInt(c.id, 10), "data": data,
	})
}

// Spinning returns how many pressed buttons still wait for the bot's answer.
func (c *Chat) Spinning() int {
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	n := 0
	for _, p := range c.server.presses {
		if p.chat == c && !p.answered {
			n++
		}
	}
	return n
}

func (s *Server) answerCallbackQuery(c *Call) (any, *apiError) {
	text := c.params.values["text"]
	if utf8.RuneCountInString(text) > maxAnswer {
		return nil, broken("MESSAGE_TOO_LONG")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.presses[c.params.values["callback_query_id"]]
	if p == nil || c.now.Sub(p.at) > s.opts.PressAnswer {
		return nil, badRequest("query is too old and response timeout expired or query ID is invalid")
	}
	if !p.answered {
		p.answered = true
		p.chat.answers = append(p.chat.answers, Answer{Text: text, Alert: c.params.bool("show_alert")})
	}
	return true, nil
}
