package handlers

import (
	"strings"

	"pathwaybot/flows"
)

// payload names the step of a professional that a colleague can open, and the area:
// never an answer, and no language, since the colleague chooses one. It is empty
// where no step on the way is an entry.
func (h *Handlers) payload(w Walk) string {
	refs := make([]flows.Ref, 0, len(w.Flow.Main.Walk)+1)
	for _, a := range w.Flow.Main.Walk {
		refs = append(refs, a.Node)
	}
	refs = append(refs, w.Flow.Main.At)
	for i := len(refs) - 1; i >= 0; i-- {
		if n := h.guide.Graph.Node(refs[i]); n != nil && n.Entry {
			step := strings.Replace(string(n.Ref), "/", "--", 1)
			if w.Area != "" {
				return w.Area + "_" + step
			}
			return step
		}
	}
	return ""
}

// link adds the button of the link to a professional's step.
func (h *Handlers) link(r *Reply, w Walk, n *flows.Node) {
	if w.Flow.Aside == nil && h.professional(w) && (n.Step > 0 || n.Kind == flows.Outcome) && h.payload(w) != "" {
		r.Rows = append(r.Rows, Row{Buttons: []Button{h.button(r.Lang.Tag, "ui.button.link", "!link")}})
	}
}

// StartWords begin what a colleague sends to the chat: every channel that knows the
// command understands it, and one that has an address of its own shows that instead.
const StartWords = "/start "

func (h *Handlers) linkScreen(w Walk, ev Event) Reply {
	r := h.plain(w, ev, "ui.link.title")
	start := StartWords + h.payload(w)
	r.Blocks = []Block{
		{Kind: Say, Text: h.guide.Words.Text(r.Lang.Tag, "ui.link.say")},
		{Kind: Say, Text: start},
	}
	r.Rows = []Row{
		{Buttons: []Button{{Label: h.guide.Words.Text(r.Lang.Tag, "ui.button.copy-link"), Copy: start}}},
		{Buttons: []Button{h.button(r.Lang.Tag, "ui.button.return", "!close")}},
	}
	return h.foot(r, w)
}
