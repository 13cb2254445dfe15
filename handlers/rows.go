package handlers

import (
	"unicode"

	"golang.org/x/text/width"

	"pathwaybot/flows"
)

// feet and tails are rows of buttons that are the same at every turn. They are made
// once and shared by all replies, so nobody may change them.

// feet are the last rows of every screen in one language, by whether "I cannot talk"
// is switched on.
func (h *Handlers) footRows(tag string) map[bool][]Row {
	out := map[bool][]Row{}
	for _, mute := range []bool{false, true} {
		voice := h.button(tag, "ui.button.mute", "!mute/on")
		if mute {
			voice = h.button(tag, "ui.button.unmute", "!mute/off")
		}
		help := h.button(tag, "ui.button.help", "!help")
		help.Style = Danger
		language := h.button(tag, "ui.button.language", "!lang")
		language.Label = "🌐 " + language.Label
		out[mute] = []Row{
			{Buttons: []Button{help, voice}},
			{Buttons: []Button{h.button(tag, "ui.button.back", "!back"), language}},
			{Buttons: []Button{h.button(tag, "ui.button.leave", "!leave")}},
		}
	}
	return out
}

// tailRows are what a node's screen offers below its own buttons: the asides, the
// search in a list of pages, and beginning again.
func (h *Handlers) tailRows(tag string, n *flows.Node) []Row {
	s := h.guide.Screen(tag, n)
	var rows []Row
	for _, a := range n.Asides {
		rows = append(rows, Row{Buttons: []Button{{Label: s.Asides[a], Press: "!aside/" + a}}})
	}
	if n.Menu && h.guide.Graph.Of(n).Aside {
		rows = append(rows, Row{Buttons: []Button{h.button(tag, "ui.button.find", "!find")}})
	}
	if n.Kind == flows.Outcome {
		if n.Next.To == "" && n.Outcome != flows.Goodbye {
			rows = append(rows, Row{Buttons: []Button{h.button(tag, "ui.button.start", "!start")}})
		}
		rows = share(rows)
	}
	return rows
}

// shortLabel is the widest button, in Latin letters, that two to a row leave whole on
// a small phone.
const shortLabel = 18

// labelWidth is how wide a label is, in Latin letters: signs that stand on others take no
// room, Chinese characters take two.
func labelWidth(label string) int {
	n := 0
	for _, r := range label {
		switch k := width.LookupRune(r).Kind(); {
		case unicode.In(r, unicode.Mn, unicode.Cf):
		case k == width.EastAsianWide || k == width.EastAsianFullwidth:
			n += 2
		default:
			n++
		}
	}
	return n
}

// share puts neighbours with short labels into one row, so that the foot of an
// outcome stays in reach.
func share(rows []Row) []Row {
	var out []Row
	for _, row := range rows {
		if last := len(out) - 1; last >= 0 && len(row.Buttons) == 1 && len(out[last].Buttons) == 1 &&
			labelWidth(row.Buttons[0].Label) <= shortLabel && labelWidth(out[last].Buttons[0].Label) <= shortLabel {
			out[last].Buttons = append(out[last].Buttons, row.Buttons[0])
			continue
		}
		out = append(out, row)
	}
	return out
}
