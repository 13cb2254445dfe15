package handlers

import (
	"pathwaybot/contacts"
	"pathwaybot/locales"
)

// said is what is said of one contact in one language whatever the hour and the
// place, made once at the start.
type said struct {
	name, who, note string
	explains        bool // the note explains what to press after the answer
	form, site      string
	copy            map[string]string       // by number
	ways            map[contacts.Way]string // without a voice; forms and chats are buttons instead
	below           map[string]string       // what is said of those buttons, by kind of way
}

func (h *Handlers) sayings(l locales.Language) map[string]said {
	out := map[string]said{}
	words := h.guide.Words
	below := map[string]string{"form": words.Text(l.Tag, "ui.contact.form"), "chat": words.Text(l.Tag, "ui.contact.chat")}
	for _, c := range h.guide.Contacts.All() {
		key := "contact." + c.ID
		s := said{
			name: words.Text(l.Tag, key+".name"), who: words.Text(l.Tag, key+".who"), note: words.Text(l.Tag, key+".note"),
			explains: len(words.Placeholders(key+".note")) > 0,
			copy:     map[string]string{}, ways: map[contacts.Way]string{}, below: below,
		}
		name := map[string]string{"Name": s.name}
		s.form = words.Format(l.Tag, "ui.button.form", name)
		s.site = words.Format(l.Tag, "ui.button.site", name)
		lines := []*contacts.Line{&c.Line, c.Duty}
		for _, line := range lines {
			if line == nil {
				continue
			}
			for _, number := range []string{line.Phone, line.Second} {
				s.copy[number] = words.Format(l.Tag, "ui.button.copy", map[string]string{"Number": number})
			}
		}
		for _, way := range c.EveryWay() {
			s.ways[way] = h.way(l, way)
		}
		out[c.ID] = s
	}
	return out
}

// texting is the words for a number for text messages, by what a text needs.
var texting = map[string]string{
	"": "ui.contact.text", "register": "ui.contact.text-register", "deaf": "ui.contact.text-deaf",
}

// way writes a way without a voice.
func (h *Handlers) way(l locales.Language, way contacts.Way) string {
	words := h.guide.Words
	switch way.Kind {
	case "sms":
		return words.Format(l.Tag, texting[way.Needs], map[string]string{"Number": way.Value})
	case "relay":
		return words.Format(l.Tag, "ui.contact.relay", map[string]string{"Number": way.Value})
	case "email":
		return words.Format(l.Tag, "ui.contact.email", map[string]string{"Address": way.Value})
	case "app":
		return words.Format(l.Tag, "ui.contact.app", map[string]string{"Name": way.Value})
	case "bsl":
		return words.Text(l.Tag, "ui.contact.sign-language")
	}
	return ""
}
