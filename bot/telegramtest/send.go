package telegramtest

import (
	"slices"
	"strings"
)

// target finds the chat a call is about and says whether the bot may write there.
// Call it with the lock held.
func (s *Server) target(c *Call) (*Chat, *apiError) {
	if c.params.values["chat_id"] == "" {
		return nil, broken("chat_id is empty")
	}
	chat := s.chats[c.params.int64("chat_id")]
	switch {
	case chat == nil || !chat.known:
		return nil, badRequest("chat not found")
	case chat.left:
		return nil, forbidden("bot is not a member of the " + chat.kind + " chat")
	}
	return chat, nil
}

// writable is target for calls that a person who blocked the bot does not get.
func (s *Server) writable(c *Call) (*Chat, *apiError) {
	chat, failed := s.target(c)
	if failed == nil && chat.blocked {
		return nil, forbidden("bot was blocked by the user")
	}
	return chat, failed
}

func (s *Server) sendMessage(c *Call) (any, *apiError) {
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
		return nil, broken("message is too long")
	}
	return s.send(c, &message{Message: Message{Kind: "text"}}, text)
}

func (s *Server) sendPhoto(c *Call) (any, *apiError) {
	text, failed := s.format(c, c.params, "caption", "caption_entities")
	switch {
	case failed != nil:
		return nil, failed
	case text.length > maxCaption:
		return nil, broken("message caption is too long")
	}
	picture, failed := s.picture(c, "photo", c.params.values["photo"])
	if failed != nil {
		return nil, failed
	}
	return s.send(c, &message{Message: Message{Kind: "photo", Picture: picture}}, text)
}

// send puts the bot's message into the chat and onto the lock screen.
func (s *Server) send(c *Call, m *message, text formatted) (any, *apiError) {
	k, failed := s.keyboard(c)
	if failed != nil {
		return nil, failed
	}
	m.FromBot, m.Text, m.Entities = true, text.text, text.entities
	m.Silent, m.Protected = c.params.bool("disable_notification"), c.params.bool("protect_content")
	m.Preview = m.Kind == "text" && preview(c)
	m.Sent = c.now
	m.keyboard, m.Buttons, m.uneditable = k, k.rows, k.reply
	s.mu.Lock()
	defer s.mu.Unlock()
	chat, failed := s.writable(c)
	if failed != nil {
		return nil, failed
	}
	s.lastMsg++
	m.ID = s.lastMsg
	chat.messages = append(chat.messages, m)
	shown := m.Text
	if m.Kind == "photo" {
		shown = strings.TrimSpace("[photo] " + shown)
	}
	chat.tell(Sent, m)
	chat.lock = append(chat.lock, Notification{m.ID, shown, m.Silent, c.now})
	s.notify()
	return chat.wire(m), nil
}

// preview says whether the app may show a preview of a link.
func preview(c *Call) bool {
	var options struct {
		Disabled bool `json:"is_disabled"`
	}
	_ = c.params.json("link_preview_options", &options) // the schema has said so
	return !options.Disabled && !c.params.bool("disable_web_page_preview")
}

// sendChatAction: https://core.telegram.org/bots/api#sendchataction
func (s *Server) sendChatAction(c *Call) (any, *apiError) {
	action := c.params.values["action"]
	known := []string{
		"typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
		"upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note",
	}
	if !slices.Contains(known, action) {
		return nil, broken("wrong parameter action in request")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	chat, failed := s.writable(c)
	if failed != nil {
		return nil, failed
	}
	chat.actions = append(chat.actions, action)
	s.notify()
	return true, nil
}

func (s *Server) leaveChat(c *Call) (any, *apiError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	chat, failed := s.target(c)
	switch {
	case failed != nil:
		return nil, failed
	case chat.kind == "private":
		return nil, badRequest("chat member status can't be changed in private chats")
	}
	chat.left = true
	s.notify()
	return true, nil
}

func (s *Server) getChat(c *Call) (any, *apiError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	chat, failed := s.target(c)
	if failed != nil {
		return nil, failed
	}
	return struct {
		wireChat
		AccentColor  int `json:"accent_color_id"`
		MaxReactions int `json:"max_reaction_count"`
	}{chat.wireChat(), 0, 11}, nil
}

func (s *Server) getMe(*Call) (any, *apiError) {
	return struct {
		User
		CanJoinGroups bool `json:"can_join_groups"`
		ReadsGroups   bool `json:"can_read_all_group_messages"`
		Inline        bool `json:"supports_inline_queries"`
		Business      bool `json:"can_connect_to_business"`
		WebApp        bool `json:"has_main_web_app"`
	}{User: s.opts.Bot}, nil
}
