package handlers

import (
	"pathwaybot/flows"
	"pathwaybot/guide"
)

// findable returns which screens looking something up may offer at a place of a
// walk: the pages of every aside, and the steps of professionals to those who have
// said that they work with people, or nothing yet.
func (h *Handlers) findable(w Walk) func(*flows.Node) bool {
	audience := h.guide.Graph.Of(h.guide.Graph.Base(*w.Flow)).Audience
	return func(n *flows.Node) bool {
		pw := h.guide.Graph.Of(n)
		return pw.Audience != "professional" || audience == "professional" || audience == ""
	}
}

// lookUp answers typed words, which are forgotten after the turn. A word of danger
// brings the help card; what was found stands below it.
func (h *Handlers) lookUp(w Walk, ev Event, typed string) (Walk, Reply) {
	begun := w
	if w.Flow == nil {
		begun = h.begin(w, ev)
	}
	found := h.guide.Find(h.tag(w, ev), typed, h.findable(begun))
	if w.Flow == nil || w.Lang == "" && w.atGate(h) {
		found.Hits = nil // the language is asked before anything else is said
	}
	rows := h.hitRows(found.Hits)
	asked := ev.What == Command || w.Over == overFind // else the words came unasked
	note := "ui.find.danger"
	if !asked {
		note = "ui.typed"
	}
	var r Reply
	switch {
	case found.Danger:
		w, _ = h.aside(begun, helpAside)
		r = h.screen(w, ev)
		r.Rows = append(rows, r.Rows...)
	case len(rows) > 0:
		w.Over = overFound
		r = h.plain(w, ev, "ui.find.title")
		r.Typing = true
		r.Blocks = []Block{{Kind: Ask, Text: h.guide.Words.Text(r.Lang.Tag, "ui.find.found")}}
		r.Rows = append(rows, Row{Buttons: []Button{h.button(r.Lang.Tag, "ui.button.return", "!close")}})
		r = h.foot(r, w)
	case asked && w.Flow != nil:
		w.Over = overFind
		r = h.screen(w, ev)
		none := Block{Kind: Notice, Text: h.guide.Words.Text(r.Lang.Tag, "ui.find.none")}
		r.Blocks = append([]Block{none}, r.Blocks...)
	default:
		r = h.screen(w, ev)
	}
	w.Note = note
	r.Note = h.word(w, ev, note)
	r.Patience, _ = h.patience(w)
	r.Urgent = found.Danger
	return w, r
}

// hitRows makes a button of each screen that was found.
func (h *Handlers) hitRows(hits []guide.Hit) []Row {
	rows := make([]Row, 0, len(hits))
	for _, hit := range hits {
		verb := "!go/"
		if h.guide.Graph.Of(hit.Node).Aside {
			verb = "!page/"
		}
		rows = append(rows, Row{Buttons: []Button{{Label: hit.Title, Press: verb + string(hit.Node.Ref)}}})
	}
	return rows
}

// findScreen asks for the words to look up.
func (h *Handlers) findScreen(w Walk, ev Event) Reply {
	r := h.plain(w, ev, "ui.find.title")
	r.Typing = true
	r.Blocks = []Block{{Kind: Ask, Text: h.guide.Words.Text(r.Lang.Tag, "ui.find.ask")}}
	r.Rows = []Row{{Buttons: []Button{h.button(r.Lang.Tag, "ui.button.return", "!close")}}}
	return h.foot(r, w)
}

// page opens an aside at one of its screens.
func (h *Handlers) page(w Walk, ref flows.Ref) (Walk, string) {
	s, ok := h.guide.Graph.OpenAt(*w.Flow, ref)
	return h.put(w, s, ok)
}

// enter goes to an entry node, over the gate where it has not been answered.
func (h *Handlers) enter(w Walk, ref flows.Ref) (Walk, string) {
	s, ok := h.guide.Graph.Enter(*w.Flow, ref)
	w, note := h.put(w, s, ok)
	if ok && s.Entry != "" {
		note = "ui.find.first"
	}
	return w, note
}

// put moves a walk to a state, and away from what lay over its screen.
func (h *Handlers) put(w Walk, s flows.State, ok bool) (Walk, string) {
	if !ok {
		return w, "ui.old-press"
	}
	w.Flow = &s
	w.Over, w.More = "", 0
	return w, ""
}
