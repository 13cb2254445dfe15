package bot

import "strings"

// maxCommand is the longest name of a command:
// https://core.telegram.org/bots/api#botcommand
const maxCommand = 32

// command reads "/start@Bot payload" as start and payload. It looks at the text and
// not at Telegram's offsets, which count in UTF-16 units and are easily mistaken
// for bytes.
func command(text string) (name, payload string, ok bool) {
	rest, ok := strings.CutPrefix(text, "/")
	if !ok {
		return "", "", false
	}
	word := rest
	if i := strings.IndexAny(rest, " \t\r\n\u00a0"); i >= 0 {
		word, payload = rest[:i], strings.TrimSpace(rest[i:])
	}
	name, _, _ = strings.Cut(word, "@")
	name = strings.ToLower(name)
	if name == "" || len(name) > maxCommand || strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789_") != "" {
		return "", "", false
	}
	return name, payload, true
}
