package handlers

import (
	"slices"

	"pathwaybot/contacts"
	"pathwaybot/flows"
	"pathwaybot/locales"
)

// overWrong lies over an outcome: which of its numbers did not work.
const overWrong = "wrong"

// failedMost is how many numbers that did not work a walk remembers.
const failedMost = 8

// mayFail reports whether a person can say that the number of a contact did not work.
// 999 stays where it is.
func (h *Handlers) mayFail(w Walk, c *contacts.Listed) bool {
	return c.Phone != "" && c.Contact.Kind != "emergency" && h.failed(w, c) == 0
}

// failed returns 1 for a contact whose number did not work for this person, under
// this name or another, else 0.
func (h *Handlers) failed(w Walk, c *contacts.Listed) int {
	for _, id := range w.Failed {
		if id == c.Contact.ID {
			return 1
		}
		if other, ok := h.guide.Contacts.Contact(id); ok && other.Phone == c.Phone && c.Contact.Kind != "emergency" {
			return 1
		}
	}
	return 0
}

// wrong notes that a number did not work: it is listed last from now on. Without an
// id it asks which.
func (h *Handlers) wrong(w Walk, ev Event, id string) (Walk, string) {
	n := h.guide.Graph.Here(*w.Flow)
	if n.Kind != flows.Outcome {
		return w, "ui.old-press"
	}
	if id == "" {
		w.Over = overWrong
		return w, ""
	}
	list := h.list(w, ev, n)
	i := slices.IndexFunc(list, func(c contacts.Listed) bool { return c.Contact.ID == id })
	if i < 0 || list[i].Contact.Kind == "emergency" || list[i].Phone == "" {
		return w, "ui.old-press"
	}
	w.Over = ""
	if h.mayFail(w, &list[i]) && len(w.Failed) < failedMost {
		w.Failed = append(slices.Clip(w.Failed), id)
	}
	return w, "ui.wrong.noted"
}

// wrongScreen asks which number did not work, of those that stood on the screen.
func (h *Handlers) wrongScreen(w Walk, ev Event) Reply {
	r := h.plain(w, ev, "ui.wrong.title")
	r.Blocks = []Block{{Kind: Say, Text: h.guide.Words.Text(r.Lang.Tag, "ui.wrong.say")}}
	shown, _ := h.shown(w, ev, h.guide.Graph.Here(*w.Flow))
	for i := range shown {
		if c := &shown[i]; h.mayFail(w, c) {
			r.Rows = append(r.Rows, Row{Buttons: []Button{{Label: h.wrongLabel(r.Lang, c), Press: "!" + overWrong + "/" + c.Contact.ID}}})
		}
	}
	return h.foot(r, w)
}

// wrongLabel is a number and whose it is.
func (h *Handlers) wrongLabel(l locales.Language, c *contacts.Listed) string {
	return h.guide.Words.Format(l.Tag, "ui.wrong.number", map[string]string{
		"Number": c.Phone, "Name": h.said[l.Tag][c.Contact.ID].name,
	})
}
