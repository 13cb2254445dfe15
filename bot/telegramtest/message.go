package telegramtest

import (
	"encoding/json"
	"slices"
	"time"
)

// User is a person or a bot.
type User struct {
	ID           int64  `json:"id"`
	IsBot        bool   `json:"is_bot"`
	FirstName    string `json:"first_name"`
	LastName     string `json:"last_name,omitempty"`
	Username     string `json:"username,omitempty"`
	LanguageCode string `json:"language_code,omitempty"` // of the person's app
}

// Message is what a person sees in a chat at one moment.
type Message struct {
	ID      int  `json:"id"`
	FromBot bool `json:"from_bot"`
	// Kind is text, photo, voice, sticker, contact or location.
	Kind string `json:"kind"`
	// Text is the text or caption as shown, without markup.
	Text     string     `json:"text"`
	Entities []Entity   `json:"entities,omitempty"`
	Picture  *Picture   `json:"picture,omitempty"` // of a photo; do not change it
	Buttons  [][]Button `json:"buttons,omitempty"`
	Sent     time.Time  `json:"sent"`
	Edited   time.Time  `json:"edited,omitzero"` // zero if it never was
	// Silent came without a sound, Protected cannot be forwarded or saved, and
	// Preview says that the app may show a preview of the first link.
	Silent    bool `json:"silent,omitempty"`
	Protected bool `json:"protected,omitempty"`
	Preview   bool `json:"preview,omitempty"`
}

// Button returns the button whose label or data it is.
func (m Message) Button(labelOrData string) (Button, bool) {
	for _, row := range m.Buttons {
		for _, b := range row {
			if b.Label == labelOrData || b.Data != "" && b.Data == labelOrData {
				return b, true
			}
		}
	}
	return Button{}, false
}

// Pieces returns the texts of a kind of entity: m.Pieces("bold").
func (m Message) Pieces(kind string) []string {
	var out []string
	for _, e := range m.Entities {
		if e.Kind == kind {
			out = append(out, e.Text)
		}
	}
	return out
}

// message is a Message as the server keeps it.
type message struct {
	Message
	from     *User // the person who sent it; nil for the bot
	keyboard *keyboard
	extra    map[string]any // what a voice, sticker, contact or location adds
	// uneditable is set for ever by a keyboard that is not an inline one.
	uneditable bool
}

// snapshot copies a message for a test.
func (m *message) snapshot() Message {
	out := m.Message
	out.Entities = slices.Clone(m.Entities)
	out.Buttons = nil
	for _, row := range m.Buttons {
		out.Buttons = append(out.Buttons, slices.Clone(row))
	}
	return out
}

// wireChat is a chat as bots see it.
type wireChat struct {
	ID        int64  `json:"id"`
	Type      string `json:"type"`
	Title     string `json:"title,omitempty"`
	FirstName string `json:"first_name,omitempty"`
	LastName  string `json:"last_name,omitempty"`
	Username  string `json:"username,omitempty"`
}

// wirePhoto is one size of a photo.
type wirePhoto struct {
	FileID   string `json:"file_id"`
	UniqueID string `json:"file_unique_id"`
	Width    int    `json:"width"`
	Height   int    `json:"height"`
	Size     int    `json:"file_size"`
}

// wireMessage is a message as bots see it.
type wireMessage struct {
	ID              int             `json:"message_id"`
	From            *User           `json:"from,omitempty"`
	Chat            wireChat        `json:"chat"`
	Date            int64           `json:"date"`
	EditDate        int64           `json:"edit_date,omitempty"`
	Protected       bool            `json:"has_protected_content,omitempty"`
	Text            string          `json:"text,omitempty"`
	Entities        []Entity        `json:"entities,omitempty"`
	Photo           []wirePhoto     `json:"photo,omitempty"`
	Caption         string          `json:"caption,omitempty"`
	CaptionEntities []Entity        `json:"caption_entities,omitempty"`
	Voice           any             `json:"voice,omitempty"`
	Sticker         any             `json:"sticker,omitempty"`
	Contact         any             `json:"contact,omitempty"`
	Location        any             `json:"location,omitempty"`
	ReplyMarkup     json.RawMessage `json:"reply_markup,omitempty"`
}

// wire is a message as the bot gets it.
func (c *Chat) wire(m *message) wireMessage {
	out := wireMessage{
		ID: m.ID, Chat: c.wireChat(), From: m.from, Date: m.Sent.Unix(), Protected: m.Protected,
		Voice: m.extra["voice"], Sticker: m.extra["sticker"], Contact: m.extra["contact"], Location: m.extra["location"],
	}
	if m.FromBot {
		out.From = &c.server.opts.Bot
	}
	if !m.Edited.IsZero() {
		out.EditDate = m.Edited.Unix()
	}
	if m.keyboard != nil {
		out.ReplyMarkup = m.keyboard.wire
	}
	if m.Kind != "photo" {
		out.Text, out.Entities = m.Text, m.Entities
		return out
	}
	p := m.Picture
	out.Photo = []wirePhoto{{p.FileID, p.FileID, p.Width, p.Height, len(p.Content)}}
	out.Caption, out.CaptionEntities = m.Text, m.Entities
	return out
}
