package bot

import (
	"slices"
	"strings"

	"pathwaybot/handlers"
)

// linked gives a link to a step the address of this bot, once its name is known. A
// colleague who opens it passes the gate first, as everybody does.
func (b *Bot) linked(r handlers.Reply) handlers.Reply {
	name, known := b.name.Load().(string)
	if !known || name == "" {
		return r
	}
	address := func(text string) string {
		if payload, ok := strings.CutPrefix(text, handlers.StartWords); ok {
			return "https://t.me/" + name + "?start=" + payload
		}
		return text
	}
	r.Blocks = slices.Clone(r.Blocks)
	for i := range r.Blocks {
		r.Blocks[i].Text = address(r.Blocks[i].Text)
	}
	r.Rows = slices.Clone(r.Rows)
	for i := range r.Rows {
		if slices.ContainsFunc(r.Rows[i].Buttons, func(x handlers.Button) bool { return x.Copy != "" }) {
			r.Rows[i].Buttons = slices.Clone(r.Rows[i].Buttons)
			for j := range r.Rows[i].Buttons {
				r.Rows[i].Buttons[j].Copy = address(r.Rows[i].Buttons[j].Copy)
			}
		}
	}
	return r
}
