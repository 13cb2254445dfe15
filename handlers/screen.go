package handlers

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"pathwaybot/flows"
	"pathwaybot/guide"
	"pathwaybot/locales"
)

// screen shows where a walk stands.
func (h *Handlers) screen(w Walk, ev Event) Reply {
	switch {
	case w.Flow == nil, w.Over == overLanguage:
		return h.picker(w, ev)
	case w.choosingArea():
		return h.areaScreen(w, ev)
	case w.Over == overPrivacy:
		return h.privacyScreen(w, ev)
	case w.Over == overAbout:
		return h.aboutScreen(w, ev)
	case w.Lang == "" && w.atGate(h):
		return h.picker(w, ev) // the language is asked before anything else is said
	case w.Over == overFind:
		return h.findScreen(w, ev)
	case w.Over == overSay:
		return h.sayScreen(w, ev)
	case w.Over == overCard, w.Over == overCardBack:
		return h.cardScreen(w, ev)
	case strings.HasPrefix(w.Over, overSave+"/"):
		return h.saveScreen(w, ev)
	case w.Over == overLink && h.payload(w) != "":
		return h.linkScreen(w, ev)
	}
	n := h.guide.Graph.Here(*w.Flow)
	if w.Over == overWrong && n.Kind == flows.Outcome {
		return h.wrongScreen(w, ev)
	}
	s := h.guide.Screen(h.tag(w, ev), n)
	r := h.plain(w, ev, "")
	r.Title = s.Title
	r.Blocks = make([]Block, 0, 7)
	r.picture(w, s)
	if s.Lacking {
		r.Blocks = append(r.Blocks, Block{Kind: Notice, Text: h.guide.Words.Text(r.Lang.Tag, "ui.only-english")})
	}
	if n.Step > 0 {
		r.Blocks = append(r.Blocks, Block{Kind: Notice, Text: h.steps(r.Lang.Tag, n, s)})
	}
	if s.Say != "" {
		r.Blocks = append(r.Blocks, Block{Kind: Say, Text: s.Say})
	}
	if s.Ask != "" {
		r.Blocks = append(r.Blocks, Block{Kind: Ask, Text: s.Ask})
	}
	if w.Over == overWhy && s.Why != "" {
		r.Blocks = append(r.Blocks, Block{Kind: Notice, Text: s.Why})
	}
	r.Rows = make([]Row, 0, 14)
	switch n.Kind {
	case flows.Ask:
		for _, o := range n.Options {
			b := Button{Label: s.Options[o.ID], Press: data(n.Ref, o.ID)}
			if o.Next.To != flows.Return && h.emergency(o.Next.To) {
				b.Style = Danger
			}
			r.Rows = append(r.Rows, Row{Buttons: []Button{b}})
		}
	case flows.Tick:
		r.Rows = h.tickRows(r.Rows, n, s, w.Flow.Ticked())
		r.Rows = append(r.Rows, Row{Buttons: []Button{h.button(r.Lang.Tag, "ui.button.done", data(n.Ref, flows.Done))}})
	case flows.Page:
		key := "ui.button.next"
		if n.Next.To == flows.Return {
			key = "ui.button.return"
		} else if h.guide.Graph.Node(n.Next.To).Menu {
			key = "ui.button.list"
		}
		r.Rows = append(r.Rows, Row{Buttons: []Button{h.button(r.Lang.Tag, key, data(n.Ref, flows.Next))}})
	case flows.Outcome:
		h.outcome(&r, w, ev, n, s)
	case flows.Fork:
	}
	if s.Why != "" && w.Over != overWhy {
		r.Rows = append(r.Rows, Row{Buttons: []Button{h.button(r.Lang.Tag, "ui.button.why", "!why")}})
	}
	if s.Sources != "" {
		r.Blocks = append(r.Blocks, Block{Kind: Notice, Text: s.Sources})
	}
	if s.English != "" {
		r.Blocks = append(r.Blocks, Block{
			Kind: Beside, Head: h.guide.Words.Text(r.Lang.Tag, "ui.english"), Text: s.English,
		})
	}
	r.Rows = append(r.Rows, h.tails[r.Lang.Tag][n.Ref]...)
	h.pictureSwitch(&r, w, s)
	h.link(&r, w, n)
	return h.foot(r, w)
}

// steps are the lines above a numbered step: where it stands on the way, who does it
// and by when.
func (h *Handlers) steps(tag string, n *flows.Node, s *guide.Screen) string {
	words := h.guide.Words
	place := map[string]string{"Number": strconv.Itoa(n.Step), "Total": strconv.Itoa(h.guide.Graph.Of(n).Steps)}
	return words.Format(tag, "ui.step", place) + "\n" +
		words.Text(tag, "ui.who") + " " + s.Who + "\n" +
		words.Text(tag, "ui.when") + " " + s.When
}

// data is what the button of an answer carries.
func data(r flows.Ref, option string) string { return string(r) + "/" + option }

// urgent reports whether a walk stands where somebody is in danger: at an emergency or
// at the help card.
func (h *Handlers) urgent(w Walk) bool {
	if w.Flow == nil || w.Over != "" {
		return false
	}
	n := h.guide.Graph.Here(*w.Flow)
	return n.Outcome == flows.Emergency || n.Ref.Pathway() == helpAside
}

func (h *Handlers) emergency(r flows.Ref) bool {
	n := h.guide.Graph.Node(r)
	return n != nil && n.Outcome == flows.Emergency
}

// tickRows lays the boxes of a tick out, two to a row where both are short.
func (h *Handlers) tickRows(rows []Row, n *flows.Node, s *guide.Screen, ticked []string) []Row {
	for _, g := range n.Groups {
		for i, sign := range g.Signs {
			b := Button{Label: "☐ " + s.Ticks[sign.ID], Press: data(n.Ref, "+"+sign.ID)}
			if slices.Contains(ticked, sign.ID) {
				b = Button{Label: "☑ " + s.Ticks[sign.ID], Press: data(n.Ref, "-"+sign.ID), Style: Ticked}
			}
			heading := ""
			if i == 0 {
				heading = s.Groups[g.ID]
			}
			rows = append(rows, Row{Heading: heading, Buttons: []Button{b}})
		}
	}
	return rows
}

// plain begins a reply in the language of the walk, with a title from a shared key.
func (h *Handlers) plain(w Walk, ev Event, title string) Reply {
	l, _ := h.guide.Words.Language(h.tag(w, ev))
	r := Reply{Lang: l}
	if title != "" {
		r.Title = h.guide.Words.Text(l.Tag, title)
	}
	return r
}

// tag is the language to speak: the chosen one, else the app's where it is exactly
// one of ours, else English.
func (h *Handlers) tag(w Walk, ev Event) string {
	if w.Lang != "" {
		if _, ok := h.guide.Words.Language(w.Lang); ok {
			return w.Lang
		}
	}
	if guess := h.guide.Words.Match(ev.Hint); guess.Exact {
		return guess.Tag
	}
	return guide.English
}

// word is a shared line in the language of the walk.
func (h *Handlers) word(w Walk, ev Event, key string) string {
	tag := h.tag(w, ev)
	text := h.guide.Words.Text(tag, key)
	if key == noteDraft {
		if !h.unchecked(tag) {
			return ""
		}
		text += "\n" + h.guide.Words.Text(guide.English, key)
	}
	return text
}

func (h *Handlers) button(tag, key, press string) Button {
	return Button{Label: h.guide.Words.Text(tag, key), Press: press}
}

// foot adds what every screen has: help now, the silent ways, back, the language
// and leaving.
func (h *Handlers) foot(r Reply, w Walk) Reply {
	r.Rows = append(r.Rows, h.feet[r.Lang.Tag][w.Mute]...)
	return r
}

// unchecked reports whether no native speaker has checked all of a language.
func (h *Handlers) unchecked(tag string) bool {
	if tag == guide.English {
		return false
	}
	return slices.ContainsFunc(h.guide.Words.Keys(), func(key string) bool {
		return h.guide.Words.State(tag, key) != locales.Reviewed
	})
}

func (h *Handlers) draftNames() string {
	var names []string
	for _, l := range h.guide.Words.Languages() {
		if h.unchecked(l.Tag) {
			names = append(names, l.English)
		}
	}
	return strings.Join(names, ", ")
}

// aboutScreen says what the service is.
func (h *Handlers) aboutScreen(w Walk, ev Event) Reply {
	r := h.plain(w, ev, "ui.about.title")
	text := h.guide.Words.Format(r.Lang.Tag, "ui.about.say", map[string]string{"Languages": h.draft})
	r.Blocks = []Block{{Kind: Say, Text: text}, {Kind: Notice, Text: h.pictureCredit(r.Lang.Tag)}}
	r.Rows = []Row{{Buttons: []Button{h.button(r.Lang.Tag, "ui.button.return", "!close")}}}
	return h.foot(r, w)
}

// privacyScreen says what is kept and for how long, what others can see, and has one
// press that deletes everything.
func (h *Handlers) privacyScreen(w Walk, ev Event) Reply {
	r := h.plain(w, ev, "ui.privacy.title")
	figures := map[string]string{
		"Minutes": strconv.Itoa(int(h.set.Clean / time.Minute)),
		"Hours":   strconv.Itoa(int(MailKept / time.Hour)),
		"Mark":    strconv.Itoa(int(LeftKept / time.Minute)),
	}
	for _, key := range []string{"ui.privacy.kept", "ui.privacy.telegram", "ui.privacy.delete"} {
		r.Blocks = append(r.Blocks, Block{Kind: Say, Text: h.guide.Words.Format(r.Lang.Tag, key, figures)})
	}
	r.Rows = []Row{
		{Buttons: []Button{h.button(r.Lang.Tag, "ui.button.delete-all", "!leave")}},
		{Buttons: []Button{h.button(r.Lang.Tag, "ui.button.return", "!close")}},
	}
	return h.foot(r, w)
}
