package telegramtest

import (
	"maps"
	"regexp"
	"unicode/utf8"
)

// Telegram's limits for the profile, in characters:
// https://core.telegram.org/bots/api#setmyname and its neighbours.
const (
	maxCommands         = 100
	maxCommandHelp      = 256
	maxName             = 64
	maxShortDescription = 120
	maxDescription      = 512
)

// Command is one line of the bot's menu.
type Command struct {
	Command     string `json:"command"`
	Description string `json:"description"`
}

// profile is the bot's menu and texts by language code, "" for all others.
type profile struct {
	commands     map[string][]Command // by scope and language
	names        map[string]string
	short, about map[string]string
}

func newProfile() profile {
	return profile{map[string][]Command{}, map[string]string{}, map[string]string{}, map[string]string{}}
}

// Commands returns the menu for a scope ("default", "all_private_chats", …) and a
// language code.
func (s *Server) Commands(scope, language string) []Command {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Command(nil), s.profile.commands[scope+"/"+language]...)
}

// Profile returns the bot's names, short descriptions and descriptions by
// language code, "" for all others.
func (s *Server) Profile() (names, short, descriptions map[string]string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return maps.Clone(s.profile.names), maps.Clone(s.profile.short), maps.Clone(s.profile.about)
}

// language reads language_code: empty, or exactly two lower-case letters, so that
// "ckb" and "zh-hans" are refused (source of the official server).
func language(c *Call) (string, *apiError) {
	code := c.params.values["language_code"]
	two := len(code) == 2 && 'a' <= code[0] && code[0] <= 'z' && 'a' <= code[1] && code[1] <= 'z'
	if code != "" && !two {
		return "", broken("invalid language code specified")
	}
	return code, nil
}

// scope reads the scope of commands.
func scope(c *Call) (string, *apiError) {
	in := struct {
		Type string
		Chat any `json:"chat_id"`
		User any `json:"user_id"`
	}{Type: "default"}
	if failed := c.params.json("scope", &in); failed != nil {
		return "", failed
	}
	switch in.Type {
	case "default", "all_private_chats", "all_group_chats", "all_chat_administrators":
		return in.Type, nil
	case "chat", "chat_administrators", "chat_member":
		return in.Type + " " + c.params.values["scope"], nil
	}
	return "", broken("can't parse BotCommandScope: unsupported type specified")
}

func commandsKey(c *Call) (string, *apiError) {
	code, failed := language(c)
	if failed != nil {
		return "", failed
	}
	where, failed := scope(c)
	return where + "/" + code, failed
}

func (s *Server) setMyCommands(c *Call) (any, *apiError) {
	key, failed := commandsKey(c)
	if failed != nil {
		return nil, failed
	}
	var commands []Command
	if failed := c.params.json("commands", &commands); failed != nil {
		return nil, failed
	}
	if len(commands) > maxCommands {
		return nil, broken("BOT_COMMANDS_TOO_MUCH") // our words
	}
	name := regexp.MustCompile(`^[a-z0-9_]{1,32}$`)
	for _, command := range commands {
		if !name.MatchString(command.Command) {
			return nil, broken("BOT_COMMAND_INVALID")
		}
		if n := utf8.RuneCountInString(command.Description); n < 1 || n > maxCommandHelp {
			return nil, broken("BOT_COMMAND_DESCRIPTION_INVALID")
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.profile.commands[key] = commands
	s.notify()
	return true, nil
}

func (s *Server) getMyCommands(c *Call) (any, *apiError) {
	key, failed := commandsKey(c)
	if failed != nil {
		return nil, failed
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Command{}, s.profile.commands[key]...), nil
}

// setText and getText are the six methods for the three texts of the profile. For
// a language without a text of its own the getters answer an empty one, except
// that a bot always has a name.
func (s *Server) setText(c *Call, texts map[string]string, field string, limit int) (any, *apiError) {
	code, failed := language(c)
	if failed != nil {
		return nil, failed
	}
	text := c.params.values[field]
	if utf8.RuneCountInString(text) > limit {
		return nil, broken("%s is too long", field) // our words
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if text == "" {
		delete(texts, code)
	} else {
		texts[code] = text
	}
	s.notify()
	return true, nil
}

func (s *Server) getText(c *Call, texts map[string]string, field, otherwise string) (any, *apiError) {
	code, failed := language(c)
	if failed != nil {
		return nil, failed
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	text := texts[code]
	if text == "" && code == "" {
		text = otherwise
	}
	return map[string]string{field: text}, nil
}

func (s *Server) setMyName(c *Call) (any, *apiError) {
	return s.setText(c, s.profile.names, "name", maxName)
}

func (s *Server) getMyName(c *Call) (any, *apiError) {
	return s.getText(c, s.profile.names, "name", s.opts.Bot.FirstName)
}

func (s *Server) setMyShortDescription(c *Call) (any, *apiError) {
	return s.setText(c, s.profile.short, "short_description", maxShortDescription)
}

func (s *Server) getMyShortDescription(c *Call) (any, *apiError) {
	return s.getText(c, s.profile.short, "short_description", "")
}

func (s *Server) setMyDescription(c *Call) (any, *apiError) {
	return s.setText(c, s.profile.about, "description", maxDescription)
}

func (s *Server) getMyDescription(c *Call) (any, *apiError) {
	return s.getText(c, s.profile.about, "description", "")
}
