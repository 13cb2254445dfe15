package telegramtest

import (
	"slices"
	"time"
)

// editMessageText changes the text of a text message; a picture cannot become a
// text again.
func (s *Server) editMessageText(c *Call) (any, *apiError) {
	if c.params.values["text"] == "" {
		return nil, broken("message text is empty")
	}
	text, failed := s.format(c, c.params, "text", "entities")
	switch {
	case failed != nil:
		return nil, failed
	case invisible(text.text):
		return nil, broken("text must be non-empty")
	case text.length > maxText:
		return nil, broken("MESSAGE_TOO_LONG")
	}
	return s.edit(c, func(m *message) (message, *apiError) {
		next := *m
		if m.Kind != "text" {
			return next, badRequest("there is no text in the message to edit")
		}
		next.Text, next.Entities, next.Preview = text.text, text.entities, preview(c)
		return next, nil
	})
}

func (s *Server) editMessageCaption(c *Call) (any, *apiError) {
	text, failed := s.format(c, c.params, "caption", "caption_entities")
	switch {
	case failed != nil:
		return nil, failed
	case text.length > maxCaption:
		return nil, broken("MEDIA_CAPTION_TOO_LONG")
	}
	return s.edit(c, func(m *message) (message, *apiError) {
		next := *m
		if m.Kind != "photo" {
			return next, badRequest("there is no caption in the message to edit")
		}
		next.Text, next.Entities = text.text, text.entities
		return next, nil
	})
}

// editMessageMedia puts a picture in the place of a text or of another picture.
func (s *Server) editMessageMedia(c *Call) (any, *apiError) {
	var media struct {
		Type, Media, Caption string
		ParseMode            string `json:"parse_mode"`
	}
	if c.params.values["media"] == "" {
		return nil, broken("input media is not specified") // our words
	}
	if failed := c.params.json("media", &media); failed != nil {
		return nil, failed
	}
	if media.Type != "photo" {
		return nil, broken("this fake Telegram knows photos only, not %q", media.Type) // our words
	}
	text, failed := s.format(c, params{values: map[string]string{
		"caption": media.Caption, "parse_mode": media.ParseMode,
	}}, "caption", "caption_entities")
	switch {
	case failed != nil:
		return nil, failed
	case text.length > maxCaption:
		return nil, broken("MEDIA_CAPTION_TOO_LONG")
	}
	picture, failed := s.picture(c, "", media.Media)
	if failed != nil {
		return nil, failed
	}
	return s.edit(c, func(m *message) (message, *apiError) {
		next := *m
		next.Kind, next.Picture, next.Text, next.Entities, next.Preview = "photo", picture, text.text, text.entities, false
		return next, nil
	})
}

func (s *Server) editMessageReplyMarkup(c *Call) (any, *apiError) {
	return s.edit(c, func(m *message) (message, *apiError) { return *m, nil })
}

// edit changes a message of the bot, with no limit of age; without reply_markup
// its keyboard goes. What a lock screen showed stays as it was.
func (s *Server) edit(c *Call, change func(*message) (message, *apiError)) (any, *apiError) {
	if c.params.values["inline_message_id"] != "" {
		return nil, broken("this fake Telegram knows no inline messages") // our words
	}
	k, failed := s.keyboard(c)
	if failed != nil {
		return nil, failed
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	chat, failed := s.writable(c)
	if failed != nil {
		return nil, failed
	}
	m := chat.find(int(c.params.int64("message_id")))
	switch {
	case m == nil:
		return nil, badRequest("message to edit not found")
	case !m.FromBot || m.uneditable:
		return nil, badRequest("message can't be edited")
	case k.reply:
		return nil, broken("inline keyboard expected")
	}
	next, failed := change(m)
	if failed != nil {
		return nil, failed
	}
	if next.Text == m.Text && next.Picture == m.Picture && slices.Equal(next.Entities, m.Entities) && k.equal(m.keyboard) {
		chat.tell(Same, m)
		return nil, badRequest("message is not modified: specified new message content and reply markup " +
			"are exactly the same as a current content and reply markup of the message")
	}
	next.keyboard, next.Buttons, next.Edited = k, k.rows, c.now
	*m = next
	chat.tell(Edited, m)
	s.notify()
	return chat.wire(m), nil
}

// deletable is the age to which a message may be deleted:
// https://core.telegram.org/bots/api#deletemessage
const deletable = 48 * time.Hour

// mayDelete says whether the bot may delete a message: in a private chat either
// side's, in a group only its own, all of them for 48 hours.
func (c *Chat) mayDelete(m *message, now time.Time) bool {
	return now.Sub(m.Sent) < deletable && (m.FromBot || c.kind == "private")
}

func (s *Server) deleteMessage(c *Call) (any, *apiError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	chat, failed := s.target(c)
	if failed != nil {
		return nil, failed
	}
	m := chat.find(int(c.params.int64("message_id")))
	switch {
	case m == nil:
		return nil, badRequest("message to delete not found")
	case !chat.mayDelete(m, c.now):
		return nil, badRequest("message can't be deleted for everyone")
	}
	chat.remove(m)
	return true, nil
}

// deleteMessages skips ids that are not in the chat; one that may not be deleted
// refuses them all.
func (s *Server) deleteMessages(c *Call) (any, *apiError) {
	var ids []int
	if failed := c.params.json("message_ids", &ids); failed != nil {
		return nil, failed
	}
	switch n := len(ids); {
	case n == 0:
		return nil, broken("message identifiers are not specified")
	case n > 100:
		return nil, broken("too many message identifiers specified")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	chat, failed := s.target(c)
	if failed != nil {
		return nil, failed
	}
	var found []*message
	for _, id := range ids {
		m := chat.find(id)
		if m == nil {
			continue
		}
		if !chat.mayDelete(m, c.now) {
			return nil, badRequest("message can't be deleted for everyone")
		}
		if !slices.Contains(found, m) {
			found = append(found, m)
		}
	}
	for _, m := range found {
		chat.remove(m)
	}
	return true, nil
}
