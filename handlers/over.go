package handlers

import (
	"strings"

	"pathwaybot/areas"
	"pathwaybot/guide"
	"pathwaybot/locales"
)

// What can lie over a screen, and closes to show it again: choosing the language,
// choosing an area ("area", "area/<code>" for the places inside one,
// "area/<code>/<page>"), two pages about the service, looking something up, why a
// question is asked, what a person takes away, and how long it stays ("save/card").
const (
	overLanguage = "lang"
	overArea     = "area"
	overPrivacy  = "privacy"
	overAbout    = "about"
	overFind     = "find"
	overFound    = "found" // what was found stood here; it is not kept, so the screen is shown
	overWhy      = "why"
	overSay      = "say"
	overCard     = "card"
	overCardBack = "card/back"
	overLink     = "link"
)

// language changes the language and keeps the place; without a tag it opens the picker.
func (h *Handlers) language(w Walk, tag string) (Walk, string) {
	if tag == "" {
		w.Over = overLanguage
		return w, ""
	}
	l, ok := h.guide.Words.Language(tag)
	if !ok {
		return w, "ui.old-press"
	}
	first := w.Lang == ""
	w.Lang, w.Over = l.Tag, ""
	if first || w.atGate(h) {
		return w, noteDraft
	}
	return w, ""
}

// noteDraft asks for the line that says that nobody has checked a translation.
const noteDraft = "ui.draft"

func (w Walk) atGate(h *Handlers) bool {
	return w.Flow != nil && w.Flow.Aside == nil && w.Flow.Main.At == h.guide.Graph.Start()
}

func (w Walk) choosingArea() bool {
	return w.Flow != nil && (w.Over == overArea || strings.HasPrefix(w.Over, overArea+"/"))
}

// picker is the first screen: a greeting in each language and their own names.
func (h *Handlers) picker(w Walk, ev Event) Reply {
	tag := w.Lang
	guess := h.guide.Words.Match(ev.Hint)
	if tag == "" {
		tag = guide.English
		if guess.Exact {
			tag = guess.Tag
		}
	}
	l, _ := h.guide.Words.Language(tag)
	r := Reply{Lang: l}
	langs := h.pickerOrder(w.Lang, guess.Suggest)
	var row Row
	for _, l := range langs {
		r.Blocks = append(r.Blocks, Block{Kind: Say, Text: h.guide.Words.Text(l.Tag, "ui.pick"), Lang: &l})
		row.Buttons = append(row.Buttons, Button{Label: l.Name, Press: "!lang/" + l.Tag})
		if len(row.Buttons) == 2 {
			r.Rows = append(r.Rows, row)
			row = Row{}
		}
	}
	if len(row.Buttons) > 0 {
		r.Rows = append(r.Rows, row)
	}
	r.Title = "🌐 Language"
	if w.Over == overLanguage {
		r.Rows = append(r.Rows, Row{Buttons: []Button{h.button(tag, "ui.button.back", "!back")}})
	}
	r.Rows = append(r.Rows, Row{Buttons: []Button{
		h.button(tag, "ui.button.help", "!help"), h.button(tag, "ui.button.leave", "!leave"),
	}})
	return r
}

// pickerOrder puts the person's language first, then the likely ones.
func (h *Handlers) pickerOrder(own string, likely []string) []locales.Language {
	var out []locales.Language
	have := map[string]bool{}
	add := func(tag string) {
		if l, ok := h.guide.Words.Language(tag); ok && !have[tag] {
			have[tag] = true
			out = append(out, l)
		}
	}
	add(own)
	for _, tag := range likely {
		add(tag)
	}
	for _, l := range h.guide.Words.Languages() {
		add(l.Tag)
	}
	return out
}

// under returns what lies under something that lies over the screen: inside the
// areas one level up, otherwise the screen itself.
func (h *Handlers) under(over string) string {
	switch over {
	case overCardBack, overSave + "/" + saveCard:
		return overCard
	case overSave + "/" + saveSay:
		return overSay
	}
	code, ok := strings.CutPrefix(over, overArea+"/")
	if !ok {
		return ""
	}
	code, _, _ = strings.Cut(code, "/")
	a, ok := h.guide.Areas.Area(code)
	if !ok || a.Parent == "" {
		return overArea
	}
	if p, ok := h.guide.Areas.Area(a.Parent); ok && p.Kind == "nation" {
		return overArea
	}
	return overArea + "/" + a.Parent
}

// areasAScreen is how many places stand on one screen, in two columns.
const areasAScreen = 12

// browse opens the list of places inside one, "" for the first list.
func (h *Handlers) browse(w Walk, arg string) Walk {
	w.Over = overArea
	code, page, paged := strings.Cut(arg, "/")
	if len(h.guide.Areas.Children(code)) > 0 && code != "" {
		w.Over += "/" + code
		if paged && moreOf(page) > 0 {
			w.Over += "/" + page
		}
	}
	return w
}

// choose sets the area. The code "" skips it.
func (h *Handlers) choose(w Walk, code string) (Walk, string) {
	if _, ok := h.guide.Areas.Area(code); !ok && code != "" {
		return w, "ui.old-press"
	}
	w.Area, w.Over, w.More = code, "", 0
	return w, ""
}

// areaScreen shows the places inside one, and buttons for the whole and for skipping.
func (h *Handlers) areaScreen(w Walk, ev Event) Reply {
	r := h.plain(w, ev, "ui.area.title")
	r.Typing = true
	tag := r.Lang.Tag
	r.Blocks = []Block{{Kind: Ask, Text: h.guide.Words.Text(tag, "ui.area.ask")}}
	if h.set.Postcodes != nil {
		r.Blocks = append(r.Blocks, Block{Kind: Notice, Text: h.guide.Words.Text(tag, "ui.area.half")})
	}
	_, rest, _ := strings.Cut(w.Over, "/")
	code, page, _ := strings.Cut(rest, "/")
	list := h.guide.Areas.ChildrenAt(code, ev.Now)
	from := moreOf(page) * areasAScreen
	if from >= len(list) {
		from = 0
	}
	shown := list[from:min(from+areasAScreen, len(list))]
	r.Rows = append(r.Rows, h.areaRows(r.Lang, shown)...)
	if from+areasAScreen < len(list) {
		r.Rows = append(r.Rows, Row{Buttons: []Button{
			h.button(tag, "ui.button.next", "!area/"+code+"/"+string(rune('1'+from/areasAScreen))),
		}})
	}
	if a, ok := h.guide.Areas.Area(code); ok && a.Kind != "region" {
		label := h.guide.Words.Format(tag, "ui.area.all", map[string]string{"Name": a.Name})
		r.Rows = append(r.Rows, Row{Buttons: []Button{{Label: label, Press: "!here/" + code}}})
	}
	r.Rows = append(r.Rows, Row{Buttons: []Button{h.button(tag, "ui.button.skip", "!here")}})
	return h.foot(r, w)
}

func (h *Handlers) areaRows(l locales.Language, list []areas.Area) []Row {
	var rows []Row
	for i, a := range list {
		b := Button{Label: locales.Isolate(l.RTL, a.Name), Press: "!here/" + a.Code}
		if len(h.guide.Areas.Children(a.Code)) > 0 {
			b.Press = "!area/" + a.Code
		}
		if i%2 == 0 {
			rows = append(rows, Row{})
		}
		last := &rows[len(rows)-1]
		last.Buttons = append(last.Buttons, b)
	}
	return rows
}

// asked is the question over what was found: one place is confirmed, several are offered.
func asked(found []areas.Match) string {
	if len(found) == 1 {
		return "ui.area.found-one"
	}
	return "ui.area.found"
}

// typedPlace looks a typed text up among the places, or half a postcode among the
// councils, and forgets it.
func (h *Handlers) typedPlace(w Walk, ev Event) (Walk, Reply) {
	found := h.guide.Areas.Find(ev.Data)
	if len(found) == 0 && h.guide.Danger(ev.Data) {
		return h.lookUp(w, ev, ev.Data)
	}
	if len(found) == 0 {
		found = h.set.Postcodes.Find(ev.Data)
	}
	if len(found) == 0 {
		r := h.areaScreen(w, ev)
		r.Note = h.guide.Words.Text(r.Lang.Tag, "ui.area.not-found")
		return w, r
	}
	r := h.plain(w, ev, "ui.area.title")
	r.Blocks = []Block{{Kind: Ask, Text: h.guide.Words.Text(r.Lang.Tag, asked(found))}}
	for _, m := range found {
		label := m.Area.Name
		if m.Name != m.Area.Name {
			label = m.Name + " (" + m.Area.Name + ")"
		}
		b := Button{Label: locales.Isolate(r.Lang.RTL, label), Press: "!here/" + m.Area.Code}
		if m.Area.Kind == "region" || m.Area.Kind == "nation" && len(h.guide.Areas.Children(m.Area.Code)) > 0 {
			b.Press = "!area/" + m.Area.Code
		}
		r.Rows = append(r.Rows, Row{Buttons: []Button{b}})
	}
	r.Rows = append(r.Rows, Row{Buttons: []Button{h.button(r.Lang.Tag, "ui.button.area", "!area")}})
	return w, h.foot(r, w)
}
