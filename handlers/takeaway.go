package handlers

import (
	"maps"
	"slices"

	"pathwaybot/flows"
	"pathwaybot/guide"
	"pathwaybot/locales"
)

// takeaway adds the buttons of what a person takes away from an outcome: what they
// will say and a card to show; for somebody who works with people, the link.
func (h *Handlers) takeaway(r *Reply, w Walk, n *flows.Node) {
	if h.takesAway(w, n) {
		r.Rows = append(r.Rows, Row{Buttons: []Button{
			h.button(r.Lang.Tag, "ui.button.say", "!say"), h.button(r.Lang.Tag, "ui.button.card", "!card"),
		}})
	}
}

// takesAway reports whether a node is one from which a person takes sentences away.
func (h *Handlers) takesAway(w Walk, n *flows.Node) bool {
	return n.Kind == flows.Outcome && n.Outcome != flows.Goodbye && n.Ref.Pathway() != helpAside && !h.professional(w)
}

// helpAside is the aside that Help now opens.
const helpAside = "help"

// base is the pathway under whatever lies over the screen.
func (h *Handlers) base(w Walk) *flows.Pathway {
	return h.guide.Graph.Of(h.guide.Graph.Base(*w.Flow))
}

func (h *Handlers) professional(w Walk) bool { return h.base(w).Audience == "professional" }

// sentences writes shared words and words of nodes in English, with the person's
// language under each where it is another.
type sentences struct {
	h    *Handlers
	l    locales.Language
	out  []Block
	args map[string]string
}

func (s *sentences) key(key string) {
	words := s.h.guide.Words
	english := words.Format(guide.English, key, s.args)
	own := maps.Clone(s.args)
	own["Language"] = s.l.Name // in its own language it has its own name
	s.pair(english, words.Format(s.l.Tag, key, own))
}

func (s *sentences) pair(english, own string) {
	if english == "" {
		return
	}
	text := locales.Sentence(s.l.RTL, english)
	if own != "" && s.l.Tag != guide.English && own != english {
		text += "\n" + own
	}
	s.out = append(s.out, Block{Kind: Say, Text: text})
}

func (h *Handlers) sentences(l locales.Language) *sentences {
	return &sentences{h: h, l: l, args: map[string]string{"Language": l.Spoken}}
}

// sayScreen is what a person will say: the sentences of the answers in the order
// walked. It holds nothing but choices.
func (h *Handlers) sayScreen(w Walk, ev Event) Reply {
	r := h.plain(w, ev, "ui.say.title")
	s := h.sentences(r.Lang)
	s.key(map[bool]string{true: "ui.say.report", false: "ui.say.hello"}[h.base(w).Audience == "public"])
	if w.Mute {
		s.key("ui.say.mute")
	}
	if r.Lang.Tag != guide.English {
		s.key("ui.say.language")
	}
	for _, a := range w.Flow.Main.Walk {
		h.answer(s, a)
	}
	if a, ok := h.guide.Areas.Area(w.Area); ok {
		s.args["Name"] = a.Name
		s.key("ui.say.area")
	}
	s.key("ui.say.end")
	how := Block{Kind: Notice, Text: h.guide.Words.Text(r.Lang.Tag, "ui.say.how")}
	r.Blocks = append([]Block{how}, s.out...)
	r.Rows = []Row{{Buttons: []Button{h.button(r.Lang.Tag, "ui.button.card", "!card")}}}
	r.saveRow(h, w, ev, saveSay)
	r.Rows = append(r.Rows, Row{Buttons: []Button{h.button(r.Lang.Tag, "ui.button.return", "!close")}})
	return h.foot(r, w)
}

// saveRow adds the button that puts what is on the screen into a message of its own.
func (r *Reply) saveRow(h *Handlers, w Walk, ev Event, what string) {
	if h.savable(w, ev, what) {
		r.Rows = append(r.Rows, Row{Buttons: []Button{h.button(r.Lang.Tag, "ui.button.save-this", "!save/"+what)}})
	}
}

// answer says one answer: the option chosen, or each sign that was ticked.
func (h *Handlers) answer(s *sentences, a flows.Answer) {
	n := h.guide.Graph.Node(a.Node)
	if n == nil {
		return
	}
	english, own := h.guide.Screen(guide.English, n), h.guide.Screen(s.l.Tag, n)
	if n.Kind == flows.Ask {
		s.pair(english.Sums[a.Option], own.Sums[a.Option])
	}
	for _, g := range n.Groups {
		for _, sign := range g.Signs {
			if slices.Contains(a.Ticks, sign.ID) {
				s.pair(english.Sums[sign.ID], own.Sums[sign.ID])
			}
		}
	}
}

// questions are those on the reverse of the card, which a helper can show.
func questions() []string {
	return []string{
		"ui.card.q.danger", "ui.card.q.safe-here", "ui.card.q.alone", "ui.card.q.child", "ui.card.q.doctor",
		"ui.card.q.food", "ui.card.q.bed", "ui.card.q.others", "ui.card.q.police", "ui.card.q.helpline",
	}
}

// cardScreen is the card to show to somebody who can help, and its reverse.
func (h *Handlers) cardScreen(w Walk, ev Event) Reply {
	title, how, turn := "ui.card.title", "ui.card.how", h.button(h.tag(w, ev), "ui.button.card-back", "!card/back")
	if w.Over == overCardBack {
		title, how, turn = "ui.card.back.title", "ui.card.back.how", h.button(h.tag(w, ev), "ui.button.card-front", "!card")
	}
	r := h.plain(w, ev, title)
	s := h.sentences(r.Lang)
	if w.Over == overCardBack {
		s.key(how) // it is the helper who reads it
		for _, q := range questions() {
			s.key(q)
		}
		s.key("ui.card.answer")
		r.Blocks = s.out
	} else {
		h.front(s, w)
		r.Blocks = append([]Block{{Kind: Notice, Text: h.guide.Words.Text(r.Lang.Tag, how)}}, s.out...)
	}
	r.Rows = []Row{{Buttons: []Button{turn}}}
	if w.Over == overCard {
		r.saveRow(h, w, ev, saveCard)
	}
	r.Rows = append(r.Rows, Row{Buttons: []Button{h.button(r.Lang.Tag, "ui.button.return", "!close")}})
	return h.foot(r, w)
}

func (h *Handlers) front(s *sentences, w Walk) {
	public := h.base(w).Audience == "public"
	s.key(map[bool]string{true: "ui.card.report", false: "ui.card.help"}[public])
	if w.Mute {
		s.key("ui.say.mute")
	}
	if s.l.Tag != guide.English {
		s.key("ui.say.language")
	}
	s.key("ui.card.alone")
	if !public {
		s.key("ui.card.companion")
	}
	s.key("ui.card.quiet")
}
