package telegramtest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Chat is a chat as one person's phone shows it, and what that person does there.
type Chat struct {
	server *Server
	id     int64
	kind   string
	title  string

	// Guarded by the server's lock.
	person   User
	known    bool // the person has written, so the bot may
	blocked  bool
	left     bool // a group the bot has left
	messages []*message
	deleted  []Message
	newest   *update
	lock     []Notification
	answers  []Answer
	actions  []string
}

// ChatOptions say what a new chat is; the zero value is a private chat with a
// person called "Person" whose app is in English.
type ChatOptions struct {
	Kind   string // private, group, supergroup or channel
	Title  string // of a group or channel
	Person User   // who writes; in a private chat their id is the chat's
}

// Notification is what a locked phone shows when a message comes. Editing never
// makes one.
type Notification struct {
	MessageID int       `json:"message_id"`
	Text      string    `json:"text"`   // "[photo]" before a caption
	Silent    bool      `json:"silent"` // no sound, but shown all the same
	At        time.Time `json:"at"`
}

// Answer is the bot's answer to a press.
type Answer struct {
	// Text is shown for a moment at the top, or in a window if Alert is set.
	Text  string `json:"text"`
	Alert bool   `json:"alert"`
}

// Chat returns the private chat of that id, a new one if need be.
func (s *Server) Chat(id int64) *Chat { return s.NewChat(id, ChatOptions{}) }

// NewChat returns the chat of that id; one that exists stays as it is.
func (s *Server) NewChat(id int64, o ChatOptions) *Chat {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c := s.chats[id]; c != nil {
		return c
	}
	c := &Chat{server: s, id: id, kind: o.Kind, title: o.Title, person: o.Person}
	if c.kind == "" {
		c.kind = "private"
	}
	if c.person.FirstName == "" {
		c.person.FirstName = "Person"
	}
	if c.person.LanguageCode == "" && o.Person == (User{}) {
		c.person.LanguageCode = "en"
	}
	if c.kind == "private" {
		c.person.ID = id
	} else if c.person.ID == 0 {
		c.person.ID = max(id, -id)
	}
	s.chats[id] = c
	s.notify()
	return c
}

// ID is the chat's id.
func (c *Chat) ID() int64 { return c.id }

// Person is who sits at this phone.
func (c *Chat) Person() User {
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	return c.person
}

// SetPerson changes the person's names or the language of their app.
func (c *Chat) SetPerson(p User) {
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	p.ID = c.person.ID
	c.person = p
}

func (c *Chat) wireChat() wireChat {
	out := wireChat{ID: c.id, Type: c.kind, Title: c.title}
	if c.kind == "private" {
		out.FirstName, out.LastName, out.Username = c.person.FirstName, c.person.LastName, c.person.Username
	}
	return out
}

// Messages returns what the chat shows now, the oldest first.
func (c *Chat) Messages() []Message {
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	out := make([]Message, len(c.messages))
	for i, m := range c.messages {
		out[i] = m.snapshot()
	}
	return out
}

// Message returns one message that the chat shows now.
func (c *Chat) Message(id int) (Message, bool) {
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	m := c.find(id)
	if m == nil {
		return Message{}, false
	}
	return m.snapshot(), true
}

// Last returns the newest message that the chat shows from the bot.
func (c *Chat) Last() (Message, bool) {
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	for _, m := range slices.Backward(c.messages) {
		if m.FromBot {
			return m.snapshot(), true
		}
	}
	return Message{}, false
}

// Deleted returns what the chat no longer shows, in the order in which it went.
func (c *Chat) Deleted() []Message {
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	return slices.Clone(c.deleted)
}

// Notifications returns all that a locked phone would have shown so far.
func (c *Chat) Notifications() []Notification {
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	return slices.Clone(c.lock)
}

// Answers returns what the bot answered to presses.
func (c *Chat) Answers() []Answer {
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	return slices.Clone(c.answers)
}

// Actions returns the chat actions shown so far, such as "typing".
func (c *Chat) Actions() []string {
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	return slices.Clone(c.actions)
}

// Left says whether the bot has left the group.
func (c *Chat) Left() bool {
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	return c.left
}

// WaitText waits until the bot shows a text in the chat and returns the newest
// message that holds it.
func (c *Chat) WaitText(ctx context.Context, text string) (Message, error) {
	var found Message
	err := c.server.Await(ctx, func() bool {
		for _, m := range slices.Backward(c.Messages()) {
			if m.FromBot && strings.Contains(m.Text, text) {
				found = m
				return true
			}
		}
		return false
	})
	if err != nil {
		return Message{}, fmt.Errorf("wait for %q: %w", text, err)
	}
	return found, nil
}

// find returns a message the chat shows, or nil. Call it with the lock held, as
// the functions below.
func (c *Chat) find(id int) *message {
	for _, m := range slices.Backward(c.messages) {
		if m.ID == id {
			return m
		}
	}
	return nil
}

func (c *Chat) remove(m *message) {
	c.messages = slices.DeleteFunc(c.messages, func(other *message) bool { return other == m })
	c.deleted = append(c.deleted, m.snapshot())
	c.tell(Deleted, m)
	c.server.notify()
}
