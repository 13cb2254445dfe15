package handlers

import (
	"slices"
	"strings"

	"pathwaybot/flows"
	"pathwaybot/guide"
	"pathwaybot/locales"
)

// What a person can take away in a message of its own, and what the buttons for it
// carry: "!save/numbers" asks how long it stays, "!note/numbers" lets it go with
// Leave now, "!keep/numbers" lets it stay, "!drop" deletes the message that it is
// under, whatever is known of the chat.
const (
	overSave  = "save"
	saveUntil = "note"
	saveKeep  = "keep"
	drop      = "drop"

	saveNumbers = "numbers"
	saveSay     = "say"
	saveCard    = "card"
)

// savable reports whether a thing can be taken away where a walk stands.
func (h *Handlers) savable(w Walk, ev Event, what string) bool {
	if !ev.Apart || w.Flow == nil {
		return false
	}
	n := h.guide.Graph.Here(*w.Flow)
	switch what {
	case saveNumbers:
		return n.Kind == flows.Outcome && len(h.numbers(w, ev, n)) > 0
	case saveSay, saveCard:
		return h.takesAway(w, n)
	}
	return false
}

// askToSave opens the screen that says what saving means.
func (h *Handlers) askToSave(w Walk, ev Event, what string) (Walk, string) {
	if !h.savable(w, ev, what) {
		return w, "ui.old-press"
	}
	w.Over = overSave + "/" + what
	return w, ""
}

// doSave returns to the screen from which something is saved.
func (h *Handlers) doSave(w Walk, ev Event, what string) (Walk, string) {
	if !h.savable(w, ev, what) {
		return w, "ui.old-press"
	}
	w.Over = h.under(overSave + "/" + what)
	return w, ""
}

// saveScreen says how long a saved message can stay, and who can read it then.
func (h *Handlers) saveScreen(w Walk, ev Event) Reply {
	_, what, _ := strings.Cut(w.Over, "/")
	r := h.plain(w, ev, "ui.save.title")
	words, tag := h.guide.Words, r.Lang.Tag
	r.Blocks = []Block{{Kind: Say, Text: words.Text(tag, "ui.save.say")}}
	if what == saveNumbers {
		r.Blocks = append(r.Blocks, Block{Kind: Notice, Text: words.Text(tag, "ui.save.numbers")})
	}
	r.Blocks = append(r.Blocks, Block{Kind: Say, Text: words.Text(tag, "ui.save.warn")})
	if tag != guide.English && words.State(tag, "ui.save.warn") != locales.Reviewed {
		r.Blocks = append(r.Blocks, Block{
			Kind: Beside, Head: words.Text(tag, "ui.english"), Text: words.Text(guide.English, "ui.save.warn"),
		})
	}
	r.Rows = []Row{
		{Buttons: []Button{h.button(tag, "ui.button.save-until", "!"+saveUntil+"/"+what)}},
		{Buttons: []Button{h.button(tag, "ui.button.save-keep", "!"+saveKeep+"/"+what)}},
		{Buttons: []Button{h.button(tag, "ui.button.return", "!back")}},
	}
	return h.foot(r, w)
}

// saved is what a press has just asked to have in a message of its own, with the key
// of the line that says so; nil for any other event. A repeat of the press gives the
// same again, as long as nothing else has happened since.
func (h *Handlers) saved(w Walk, ev Event) (*Saved, string) {
	name, what, _ := strings.Cut(strings.TrimPrefix(ev.Data, "!"), "/")
	keep := name == saveKeep
	if ev.What != Press || !keep && name != saveUntil || !h.savable(w, ev, what) {
		return nil, ""
	}
	if n := len(w.Seen); ev.ID != 0 && w.Seen[n-1] != ev.ID {
		return nil, ""
	}
	s := &Saved{Keep: keep}
	tag := h.tag(w, ev)
	switch what {
	case saveNumbers:
		s.Title = h.guide.Words.Text(tag, "ui.save.head")
		for _, number := range h.numbers(w, ev, h.guide.Graph.Here(*w.Flow)) {
			s.Blocks = append(s.Blocks, Block{Kind: Notice, Text: number})
		}
	case saveSay:
		r := h.sayScreen(w, ev)
		s.Title, s.Blocks = r.Title, r.Blocks[1:] // without how to use the screen
	case saveCard:
		w.Over = overCard
		r := h.cardScreen(w, ev)
		s.Title, s.Blocks = r.Title, r.Blocks[1:]
	}
	s.Rows = []Row{{Buttons: []Button{h.button(tag, "ui.button.drop", "!"+drop)}}}
	if keep {
		return s, "ui.saved.keep"
	}
	return s, "ui.saved.until"
}

// numbers are those on an outcome's screen, as they are printed. No name stands
// beside them: who finds the message learns nothing from it.
func (h *Handlers) numbers(w Walk, ev Event, n *flows.Node) []string {
	l, _ := h.guide.Words.Language(h.tag(w, ev))
	shown, _ := h.shown(w, ev, n)
	var out []string
	for i := range shown {
		number := locales.Isolate(l.RTL, shown[i].Phone)
		if shown[i].Phone != "" && !slices.Contains(out, number) {
			out = append(out, number)
		}
	}
	return out
}
