package telegramtest

import (
	"encoding/json"
	"fmt"
	"unicode/utf8"
)

// Telegram's limits for inline keyboards. It drops what is over the first two
// without a word (source of the official server); https://core.telegram.org/bots/api#inlinekeyboardbutton
const (
	maxRow      = 12
	maxButtons  = 300
	maxData     = 64  // bytes
	maxCopyText = 256 // characters
)

// Button is one key below a message. One of Data, URL and Copy is set, none of
// them for a kind that the fake cannot press.
type Button struct {
	Label string `json:"label"`
	Data  string `json:"data,omitempty"`  // sent to the bot when pressed
	URL   string `json:"url,omitempty"`   // opened when pressed
	Copy  string `json:"copy,omitempty"`  // copied when pressed
	Style string `json:"style,omitempty"` // danger, success or primary
}

// keyboard is a reply_markup: an inline keyboard, or one of the kinds that belong
// to the person's own keyboard and make a message uneditable.
type keyboard struct {
	rows  [][]Button
	reply bool
	wire  json.RawMessage // the inline keyboard as the bot gets it back
}

func (k *keyboard) equal(other *keyboard) bool { return string(k.wire) == string(other.wire) }

// keyboard reads reply_markup; without one it is empty.
func (s *Server) keyboard(c *Call) (*keyboard, *apiError) {
	k := &keyboard{}
	text := c.params.values["reply_markup"]
	if text == "" {
		return k, nil
	}
	var markup struct {
		Inline     [][]json.RawMessage `json:"inline_keyboard"`
		Keyboard   json.RawMessage     `json:"keyboard"`
		Remove     bool                `json:"remove_keyboard"`
		ForceReply bool                `json:"force_reply"`
	}
	if err := json.Unmarshal([]byte(text), &markup); err != nil {
		return nil, broken("object expected as reply markup")
	}
	k.reply = markup.Inline == nil && (markup.Keyboard != nil || markup.Remove || markup.ForceReply)
	var wire [][]json.RawMessage
	total := 0
	for _, in := range markup.Inline {
		var row []Button
		var raws []json.RawMessage
		for _, raw := range in {
			if len(row) == maxRow || total == maxButtons {
				s.note(c.Method, fmt.Sprintf("button after the %dth of a row or the %dth of all: dropped", maxRow, maxButtons))
				break
			}
			b, failed := s.button(c, raw)
			if failed != nil {
				return nil, failed
			}
			row, raws = append(row, b), append(raws, raw)
			total++
		}
		if len(row) > 0 {
			k.rows, wire = append(k.rows, row), append(wire, raws)
		}
	}
	if len(wire) > 0 {
		encoded, err := json.Marshal(map[string]any{"inline_keyboard": wire})
		if err != nil {
			return nil, broken("object expected as reply markup")
		}
		k.wire = encoded
	}
	return k, nil
}

// button reads and checks one inline button.
func (s *Server) button(c *Call, raw json.RawMessage) (Button, *apiError) {
	var in struct {
		Text, URL, Style string
		Data             string                     `json:"callback_data"`
		CopyText         *struct{ Text string }     `json:"copy_text"`
		Others           map[string]json.RawMessage `json:"-"`
	}
	if json.Unmarshal(raw, &in) != nil || json.Unmarshal(raw, &in.Others) != nil {
		return Button{}, broken("can't parse inline keyboard button: object expected")
	}
	b := Button{Label: in.Text, Data: in.Data, URL: in.URL, Style: in.Style}
	if in.CopyText != nil {
		b.Copy = in.CopyText.Text
	}
	for _, look := range []string{"text", "style", "icon_custom_emoji_id", "disabled"} {
		delete(in.Others, look)
	}
	_, hasData := in.Others["callback_data"]
	switch {
	case invisible(in.Text):
		return b, broken("button %q: text must be non-empty", in.Data) // our words
	case len(in.Others) == 0, hasData && in.Data == "" && len(in.Others) == 1:
		return b, broken("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
	case len(in.Others) > 1:
		s.note(c.Method, fmt.Sprintf("button %q does several things; Telegram takes one of them", in.Text))
	}
	if in.URL != "" {
		if _, err := checkURL(in.URL); err != nil {
			return b, broken("inline keyboard button URL '%s' is invalid: %v", in.URL, err)
		}
	}
	if len(in.Data) > maxData {
		return b, broken("BUTTON_DATA_INVALID")
	}
	if n := utf8.RuneCountInString(b.Copy); in.CopyText != nil && (n == 0 || n > maxCopyText) {
		return b, broken("BUTTON_COPY_TEXT_INVALID")
	}
	return b, nil
}
