package handlers

import (
	"strings"

	"pathwaybot/flows"
)

// decide says what an event means for a walk, and what is shown.
func (h *Handlers) decide(w Walk, ev Event) (Walk, Reply) {
	cover, _ := h.patience(w)
	switch {
	case ev.What == Idle:
		return h.idle(w, ev)
	case ev.What == Found:
		r := h.plain(w, ev, "")
		r.Do = Note
		return w, r
	case ev.What == Press && ev.Data == "!"+drop:
		r := h.plain(w, ev, "")
		r.Do = Drop
		return w, r
	}
	if w.Flow != nil && w.idleFor(ev.Now) >= cover {
		w = w.forget() // somebody else may hold the phone now
	}
	if ev.What == Look {
		return h.look(w, ev)
	}
	known := w.Flow != nil
	if h.leaves(ev) && w.began(ev) {
		r := h.plain(w, ev, "")
		r.Do = Undo
		return w, r
	}
	repeat := w.seen(ev.ID)
	w.Touched = ev.Now.Unix() / 60
	if w.Flow != nil {
		s := h.guide.Graph.Mend(*w.Flow)
		w.Flow = &s
	}
	var note string
	failed := len(w.Failed)
	switch {
	case ev.What == Blocked:
		return w, Reply{Do: Clean}
	case h.leaves(ev):
		return w, h.leave(w, ev)
	case repeat && !known: // forgotten since
		w = h.begin(w, ev)
	case repeat:
	case ev.What == Press:
		w, note = h.press(w, ev, known)
	case ev.What == Command && ev.Data == "find" && ev.Arg != "":
		return h.lookUp(w, ev, ev.Arg)
	case ev.What == Command:
		w, note = h.command(w, ev)
	case ev.What == Text && w.choosingArea():
		return h.typedPlace(w, ev)
	case ev.What == Text:
		return h.lookUp(w, ev, ev.Data)
	default:
		note = "ui.typed"
	}
	r := h.screen(w, ev)
	r.Urgent = h.urgent(w)
	if s, line := h.saved(w, ev); s != nil {
		r.Saved, note = s, line
	}
	w.Note = note
	if note != "" {
		r.Note = h.word(w, ev, note)
	}
	r.Patience, _ = h.patience(w)
	if n := len(w.Failed); n > failed {
		r.Wrong = w.Failed[n-1]
	}
	if ev.What == Press && note == "" && !repeat && !strings.HasPrefix(ev.Data, "!") {
		if n := h.guide.Graph.Here(*w.Flow); n.Kind == flows.Outcome {
			r.Pathway, r.Outcome = n.Ref.Pathway(), n.Outcome
		}
	}
	return w, r
}

// look shows where a walk stands, and a cover where it has been forgotten.
func (h *Handlers) look(w Walk, ev Event) (Walk, Reply) {
	switch {
	case w.Flow == nil && w.Lang != "":
		return w, h.cover(w, ev)
	case w.Flow != nil:
		s := h.guide.Graph.Mend(*w.Flow)
		w.Flow = &s
	}
	r := h.screen(w, ev)
	if w.Note != "" {
		r.Note = h.word(w, ev, w.Note)
	}
	if !ev.Again {
		w.Note = ""
	}
	cover, _ := h.patience(w)
	r.Patience = cover - w.idleFor(ev.Now)
	return w, r
}

// press applies a button and returns the key of a line to show above the screen.
func (h *Handlers) press(w Walk, ev Event, known bool) (Walk, string) {
	verb, isVerb := strings.CutPrefix(ev.Data, "!")
	if isVerb {
		return h.verb(w, ev, verb, known)
	}
	pathway, rest, _ := strings.Cut(ev.Data, "/")
	node, option, ok := strings.Cut(rest, "/")
	if !known {
		return h.begin(w, ev), "ui.new-walk"
	}
	s, counted := h.guide.Graph.Press(*w.Flow, flows.Ref(pathway+"/"+node), option)
	if !ok || counted == flows.Ignored {
		return w, "ui.old-press"
	}
	w.Flow = &s
	w.Over, w.More = "", 0
	return w, ""
}

// begin starts a walk for somebody of whom nothing is known but perhaps the
// language: the gate, or the picker where the language is not known either.
func (h *Handlers) begin(w Walk, ev Event) Walk {
	if w.Lang == "" {
		if guess := h.guide.Words.Match(ev.Hint); guess.Exact {
			w.Lang = guess.Tag
		}
	}
	s := h.guide.Graph.Begin()
	w.Flow, w.Over, w.More, w.Failed = &s, "", 0, nil
	return w
}

func (h *Handlers) verb(w Walk, ev Event, verb string, known bool) (Walk, string) {
	name, arg, _ := strings.Cut(verb, "/")
	if !known {
		w = h.begin(w, ev)
		if name != "lang" && name != "help" && name != "open" && name != "mute" {
			return w, "ui.new-walk"
		}
	}
	switch name {
	case "open", "close":
		w.Over, w.More = "", 0
	case "start":
		w = h.begin(w, ev)
	case "help":
		return h.aside(w, helpAside)
	case "aside":
		return h.aside(w, arg)
	case "back":
		w = h.back(w)
	case "mute":
		w.Mute = arg == "on"
	case "pictures":
		w.Images = arg == "on"
	case "more":
		w.More = moreOf(arg)
	case "lang":
		return h.language(w, arg)
	case "area":
		return h.browse(w, arg), ""
	case "here":
		return h.choose(w, arg)
	case "page":
		return h.page(w, flows.Ref(arg))
	case "go":
		return h.enter(w, flows.Ref(arg))
	case overFind, overWhy, overSay, overCard, overLink:
		w.Over = name
		if verb == overCardBack {
			w.Over = verb
		}
	case overSave:
		return h.askToSave(w, ev, arg)
	case saveUntil, saveKeep:
		return h.doSave(w, ev, arg)
	case overWrong:
		return h.wrong(w, ev, arg)
	default:
		return w, "ui.old-press"
	}
	return w, ""
}

func (h *Handlers) aside(w Walk, id string) (Walk, string) {
	s, ok := h.guide.Graph.Open(*w.Flow, id)
	return h.put(w, s, ok)
}

// back goes one screen back: what lies over the screen first, then the next
// contacts, then along the walk, and from the first screen to the languages.
func (h *Handlers) back(w Walk) Walk {
	switch {
	case w.Over != "":
		w.Over = h.under(w.Over)
	case w.More > 0:
		w.More--
	default:
		s, ok := w.Flow.Back()
		w.Flow = &s
		if !ok {
			w.Over = overLanguage
		}
	}
	return w
}

func moreOf(arg string) int {
	if len(arg) == 1 && arg[0] >= '0' && arg[0] <= '9' {
		return int(arg[0] - '0')
	}
	return 0
}

func (h *Handlers) command(w Walk, ev Event) (Walk, string) {
	if w.Flow == nil && ev.Data != "start" {
		w = h.begin(w, ev)
	}
	switch ev.Data {
	case "start":
		if w = h.start(w, ev); w.Lang != "" && h.unchecked(w.Lang) {
			return w, noteDraft // a link has chosen the language
		}
		return w, ""
	case "help":
		return h.aside(w, helpAside)
	case "language", "settings":
		w.Over = overLanguage
	case "find":
		w.Over = overFind
	case "privacy":
		w.Over = overPrivacy
	case "about", "developer_info":
		w.Over = overAbout
	default:
		return w, "ui.typed"
	}
	return w, ""
}

// start begins again, as for somebody new. A link may name a language, an area and
// an entry node, in any order and joined by "_": "ro_E07000243_work-child--today".
// It never holds answers: who opens it passes the gate first.
func (h *Handlers) start(w Walk, ev Event) Walk {
	w = Walk{Seen: w.Seen, Touched: w.Touched, Began: ev.ID}
	s := h.guide.Graph.Begin()
	for _, part := range strings.Split(ev.Arg, "_") {
		if l, ok := h.guide.Words.Language(part); ok {
			w.Lang = l.Tag
		}
		if _, ok := h.guide.Areas.Area(part); ok {
			w.Area = part
		}
		ref := flows.Ref(strings.Replace(part, "--", "/", 1))
		if n := h.guide.Graph.Node(ref); n != nil && n.Entry {
			s.Entry = n.Ref
		}
	}
	w.Flow = &s
	return w
}
