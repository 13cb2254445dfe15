package handlers

import (
	"errors"
	"strconv"
	"strings"

	"pathwaybot/flows"
)

// A walk is kept as lines of words with a space between: ids hold neither. It is
// a third of the size of JSON and read in a tenth of the time.
//
//	walk1 ro E07000243 mp area 0 29453400 12,13 work-child/today
//	main adult-self/want
//	+ gate/start about-me
//	+ adult-self/what-happens some debt,no-pay
//	aside help/card
//
// The first line is language, area, what is switched on (m for "I cannot talk", p
// for pictures; ",ui.left" behind for a line that is still to be shown), what lies over
// the screen, which contacts, the minute, the last events ("11:12,13" where event 11
// began from the beginning) and the entry node, and where there are any the contacts
// whose number did not work; "-" stands for none.
const walkForm = "walk1"

// leftForm begins the mark of a chat that was left: "left1 29f", the event.
const leftForm = "left1"

var errWalk = errors.New("a walk of a form that is not known")

func (w Walk) write() []byte {
	if w.Left != 0 {
		return strconv.AppendUint([]byte(leftForm+" "), uint64(w.Left), 36)
	}
	b := make([]byte, 0, 320)
	word := func(s string) {
		b = append(b, ' ')
		if s == "" {
			s = "-"
		}
		b = append(b, s...)
	}
	b = append(b, walkForm...)
	word(w.Lang)
	word(w.Area)
	word(w.switches())
	word(w.Over)
	b = strconv.AppendInt(append(b, ' '), int64(w.More), 10)
	b = strconv.AppendInt(append(b, ' '), w.Touched, 10)
	b = append(b, ' ')
	if w.Began != 0 {
		b = append(strconv.AppendUint(b, uint64(w.Began), 36), ':')
	}
	for i, id := range w.Seen {
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendUint(b, uint64(id), 36)
	}
	if w.Began == 0 && len(w.Seen) == 0 {
		b = append(b, '-')
	}
	if w.Flow == nil {
		word("")
		return b
	}
	word(string(w.Flow.Entry))
	b = appendTicks(b, w.Failed)
	leg := func(name string, l *flows.Leg) {
		b = append(append(b, '\n'), name...)
		word(string(l.At))
		b = appendTicks(b, l.Ticks)
		for _, a := range l.Walk {
			b = append(b, '\n', '+')
			word(string(a.Node))
			word(a.Option)
			b = appendTicks(b, a.Ticks)
		}
	}
	leg("main", &w.Flow.Main)
	if w.Flow.Aside != nil {
		leg("aside", w.Flow.Aside)
	}
	return b
}

// switches are the letters of what is switched on, and behind a comma the key of the
// line that a page still has to show.
func (w Walk) switches() string {
	s := ""
	switch {
	case w.Mute && w.Images:
		s = "mp"
	case w.Mute:
		s = "m"
	case w.Images:
		s = "p"
	}
	if w.Note != "" {
		s += "," + w.Note
	}
	return s
}

func appendTicks(b []byte, ticks []string) []byte {
	for i, t := range ticks {
		sep := byte(',')
		if i == 0 {
			sep = ' '
		}
		b = append(append(b, sep), t...)
	}
	return b
}

// readWalk reads what write wrote. Nothing at all is an empty walk.
func readWalk(kept []byte) (Walk, error) {
	var w Walk
	if len(kept) == 0 {
		return w, nil
	}
	first, rest, _ := strings.Cut(string(kept), "\n")
	f := fields{rest: first}
	switch f.next() {
	case walkForm:
	case leftForm:
		id, err := strconv.ParseUint(f.rest, 36, 32)
		if err != nil || id == 0 || rest != "" {
			return Walk{}, errWalk
		}
		return Walk{Left: uint32(id)}, nil
	default:
		return Walk{}, errWalk
	}
	w.Lang, w.Area = f.word(), f.word()
	switches, note, _ := strings.Cut(f.word(), ",")
	w.Note = note
	w.Mute, w.Images = strings.Contains(switches, "m"), strings.Contains(switches, "p")
	w.Over = f.word()
	var err error
	if w.More, err = strconv.Atoi(f.next()); err != nil || w.More < 0 {
		return Walk{}, errWalk
	}
	if w.Touched, err = strconv.ParseInt(f.next(), 10, 64); err != nil {
		return Walk{}, errWalk
	}
	began, seen, found := strings.Cut(f.word(), ":")
	if !found {
		began, seen = "", began
	}
	if began != "" {
		n, err := strconv.ParseUint(began, 36, 32)
		if err != nil {
			return Walk{}, errWalk
		}
		w.Began = uint32(n)
	}
	if seen != "" {
		w.Seen = make([]uint32, 0, Remembered+1)
		for id := range strings.SplitSeq(seen, ",") {
			n, err := strconv.ParseUint(id, 36, 32)
			if err != nil {
				return Walk{}, errWalk
			}
			w.Seen = append(w.Seen, uint32(n))
		}
	}
	entry := f.word()
	if rest == "" {
		return w, nil
	}
	w.Failed = f.list()
	w.Flow = &flows.State{Entry: flows.Ref(entry)}
	return w, readLegs(w.Flow, rest)
}

func readLegs(s *flows.State, rest string) error {
	var leg *flows.Leg
	for line := range strings.SplitSeq(rest, "\n") {
		f := fields{rest: line}
		switch f.next() {
		case "main":
			leg = &s.Main
			leg.At, leg.Ticks = flows.Ref(f.word()), f.list()
		case "aside":
			s.Aside = &flows.Leg{At: flows.Ref(f.word()), Ticks: f.list()}
			leg = s.Aside
		case "+":
			if leg == nil {
				return errWalk
			}
			if leg.Walk == nil {
				leg.Walk = make([]flows.Answer, 0, 1+strings.Count(rest, "\n+"))
			}
			leg.Walk = append(leg.Walk, flows.Answer{Node: flows.Ref(f.word()), Option: f.word(), Ticks: f.list()})
		default:
			return errWalk
		}
	}
	if leg == nil || s.Main.At == "" {
		return errWalk
	}
	return nil
}

// fields reads the words of a line one after another.
type fields struct{ rest string }

func (f *fields) next() string {
	var word string
	word, f.rest, _ = strings.Cut(f.rest, " ")
	return word
}

func (f *fields) word() string {
	if w := f.next(); w != "-" {
		return w
	}
	return ""
}

func (f *fields) list() []string {
	if w := f.word(); w != "" {
		return strings.Split(w, ",")
	}
	return nil
}
