package main

import (
	"fmt"
	"slices"
	"strings"
	"sync"
)

// counts are what the trial counts.
type counts struct {
	updates   int // that people made
	lost      int // answered, or given up, without effect
	reordered int // took effect after a later one of their queue
	repeated  int // took effect twice
	wrong     int // a screen that no answer explains
	leaked    int // words left after Leave now, or anything of a person in a log
	twice     int // a screen shown again: no fault
	again     int // a question asked again, because the answer was forgotten: no fault
}

func (c *counts) add(o counts) {
	c.updates += o.updates
	c.lost += o.lost
	c.reordered += o.reordered
	c.repeated += o.repeated
	c.wrong += o.wrong
	c.leaked += o.leaked
	c.twice += o.twice
	c.again += o.again
}

// bad reports whether a person came to harm.
func (c counts) bad() bool { return c.lost+c.reordered+c.repeated+c.wrong+c.leaked > 0 }

// account compares what one person did with what their chat showed. Each button
// changes the screen, so that a button without effect, one that took effect late and
// one that took effect twice each leave a row of screens that no other does.
type account struct {
	words *words

	mu        sync.Mutex
	counts    counts
	cur       state         // what the chat showed last
	waiting   []string      // buttons that were pressed and have not shown
	skipped   []string      // buttons that a later one overtook
	done      []string      // the last that have shown, and may not show again
	past      []state       // where the walk was lately, the newest last
	starting  bool          // /start was sent and has not shown
	forgiving bool          // answers may have been forgotten: the store lost data
	pictures  bool          // they were switched on, and none has come
	typed     int           // texts that were typed and not answered yet
	spoke     bool          // something was typed since the last reckoning
	shows     int           // screens since the last reckoning
	leaving   bool          // Leave now was pressed
	gone      bool          // and the dull line has come
	hidden    bool          // the cover has come
	opening   bool          // it was opened and the gate has not come
	live      int           // the message that showed the last screen
	untaken   int           // updates on their way
	dropped   int           // updates that waited too long
	rest      chan struct{} // says that there may be none left
	cards     int           // emergency cards
	stale     bool          // the last screen is from further back
	flashes   int           // screens that were
	doubt     bool          // the last screen is the next, or one from further back that looks like it
	trail     []string      // the last things that happened
	strange   []string      // the first screens that nothing explains
}

// remembered is how many buttons and places an account looks back on.
const remembered = 12

// start notes /start. What was open is reckoned up.
func (a *account) start() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.reckon()
	a.trace("/start")
	a.starting, a.leaving, a.gone, a.hidden, a.forgiving = true, false, false, false, false
	a.done, a.past = nil, nil
	a.did()
}

// did notes that one more update is on its way.
func (a *account) did() {
	a.counts.updates++
	a.untaken++
}

// gotTo notes that the bot has taken an update, or that it was dropped.
func (a *account) gotTo(dropped bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.untaken--
	if dropped {
		a.dropped++
	}
	if a.untaken > 0 {
		return
	}
	select {
	case a.rest <- struct{}{}:
	default: // it says so already
	}
}

// press notes a button.
func (a *account) press(data string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.did()
	a.waiting = append(a.waiting, data)
	a.trace("press " + data)
}

// typing notes typed words.
func (a *account) typing() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.did()
	a.typed++
	a.spoke = true
}

// switchOn notes that pictures were switched on.
func (a *account) switchOn() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.did()
	a.pictures = true
}

// leave notes Leave now.
func (a *account) leave() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.did()
	a.leaving = true
	a.trace("Leave now")
}

// uncover notes that the cover was opened.
func (a *account) uncover() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.did()
	a.hidden, a.opening = false, true
}

// isHidden reports whether the cover has come.
func (a *account) isHidden() bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.hidden
}

// quiet reports whether all that was pressed has shown.
func (a *account) quiet() bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return len(a.waiting) == 0
}

// forgive notes that the store has lost data, or may have.
func (a *account) forgive() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.forgiving = true
	a.trace("data are lost")
}

// forgiven reports whether answers may have been forgotten since /start.
func (a *account) forgiven() bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.forgiving
}

// ahead is where the walk is when all that was pressed has shown.
func (a *account) ahead() state {
	a.mu.Lock()
	defer a.mu.Unlock()
	s := a.cur
	if a.starting {
		s = a.words.begin()
	}
	for _, data := range a.waiting {
		s = a.words.press(s, data)
	}
	return s
}

// show notes a screen. same says that it was there already.
func (a *account) show(message int, s seen, same bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	switch {
	case s.card:
		a.cards++
		a.trace("an emergency card")
		return
	case s.screen == other:
		return
	case s.screen == left && a.leaving:
		a.gone = true
		return
	case s.screen == left:
		if message == a.live && !a.starting { // not the line of a leaving before, written once more
			a.counts.wrong++
			a.wonder("left, though nobody asked for it")
		}
		return
	case s.screen == covered:
		a.hidden, a.live = true, message
		return
	}
	a.live = message
	a.trace(fmt.Sprintf("shows %q", s.screen))
	if a.gone { // what shows after Leave now is looked for when everything is done
		return
	}
	a.shows++
	if s.screen == a.words.screen(a.cur) {
		a.stale = false
	}
	if a.pictures && s.picture {
		a.pictures = false
		if s.screen == a.words.screen(a.cur) {
			return
		}
	}
	if s.typed && a.typed > 0 {
		a.typed--
		if s.screen == a.words.screen(a.cur) {
			return
		}
	}
	switch {
	case a.starting:
		if s.screen == picker {
			a.starting, a.cur = false, a.words.begin()
		}
		return
	case a.opening && s.screen == string(a.words.guide.Graph.Start()):
		a.opening, a.cur = false, a.words.begin()
		a.cur.language = true
		return
	case same:
		a.counts.twice++
		return
	}
	a.stale = a.explain(s)
}

// explain finds the button that led to a screen. It reports whether the screen is from
// further back, shown late.
func (a *account) explain(s seen) (late bool) {
	is := func(from state, data string) bool { return a.words.screen(a.words.press(from, data)) == s.screen }
	if a.doubt {
		a.doubt = false
		if s.screen == a.words.screen(a.past[len(a.past)-1]) { // it was the late one
			a.back()
			a.counts.twice++
			a.flashes++
			return false
		}
	}
	unchanged := s.screen == a.words.screen(a.cur)
	if unchanged && a.forgiving && s.forgot && len(a.waiting) > 0 {
		a.counts.again++
		a.waiting = a.waiting[1:]
		return false
	}
	if unchanged {
		a.counts.twice++
		return false
	}
	// Typed words and buttons come in two queues, which two replicas can handle at the
	// same time. The screen of the one can come late, and show for a moment where the
	// walk was before, as can the screen by which that is put right. It is wrong only if
	// it stays. At most one button has been handled and not shown, since the next is
	// handed over when the one before is dealt with.
	behind := slices.ContainsFunc(a.past, func(from state) bool { return a.words.screen(from) == s.screen })
	next := len(a.waiting) > 0 && is(a.cur, a.waiting[0])
	if a.spoke && behind && !next && !a.forgiving {
		a.counts.twice++
		a.flashes++
		return true
	}
	a.doubt = s.typed && behind && next
	for i, data := range a.waiting {
		if is(a.cur, data) {
			a.skipped = append(a.skipped, a.waiting[:i]...)
			a.waiting = a.waiting[i+1:]
			a.took(data)
			return false
		}
	}
	for i, data := range a.skipped {
		if is(a.cur, data) {
			a.skipped = slices.Delete(a.skipped, i, i+1)
			a.counts.reordered++
			a.took(data)
			return false
		}
	}
	if a.forgiving {
		a.resume(s, is)
		return false
	}
	for _, data := range slices.Backward(a.done) {
		if is(a.cur, data) {
			a.counts.repeated++
			a.took(data)
			return false
		}
	}
	a.counts.wrong++
	a.wonder("%q after %q, with %v on their way", s.screen, a.words.screen(a.cur), a.waiting)
	a.goTo(s.screen)
	return false
}

// took moves on by a button that has shown.
func (a *account) took(data string) {
	a.past = append(a.past, a.cur)
	a.cur = a.words.press(a.cur, data)
	a.done = append(a.done, data)
	if len(a.past) > remembered {
		a.past, a.done = a.past[1:], a.done[1:]
	}
}

// back takes the last button to have not shown yet.
func (a *account) back() {
	end := len(a.past) - 1
	a.waiting = append([]string{a.done[end]}, a.waiting...)
	a.cur, a.past, a.done = a.past[end], a.past[:end], a.done[:end]
}

// resume explains a screen after the store has lost some of the answers: the button
// counted where the walk was before, or the walk is shown from further back.
func (a *account) resume(s seen, is func(state, string) bool) {
	a.counts.again++
	if len(a.waiting) > 0 {
		for _, from := range slices.Backward(a.past) {
			if is(from, a.waiting[0]) {
				a.cur = a.words.press(from, a.waiting[0])
				a.waiting = a.waiting[1:]
				return
			}
		}
		a.waiting = a.waiting[1:]
	}
	a.goTo(s.screen)
}

// goTo believes a screen.
func (a *account) goTo(screen string) {
	for _, from := range slices.Backward(a.past) {
		if a.words.screen(from) == screen {
			a.cur = from
			return
		}
	}
	a.cur = a.words.begin()
	a.cur.language = screen != picker
}

// settled reckons up when the bot has taken all that the person did: what has not
// shown by now never will.
func (a *account) settled() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.reckon()
}

func (a *account) reckon() {
	missing := len(a.waiting) + len(a.skipped)
	if a.starting {
		missing++
	}
	if a.leaving && !a.gone {
		missing++
	}
	if a.pictures {
		missing++
	}
	if a.opening {
		missing++
	}
	if a.leaving { // nobody looks at what the screens before would have been
		missing -= len(a.waiting) + len(a.skipped)
	}
	if a.stale && !a.leaving {
		a.counts.wrong++
		a.wonder("a screen from further back stays")
	}
	if a.forgiving {
		told := min(missing, a.shows)
		a.counts.again, missing = a.counts.again+told, missing-told
	}
	if missing > 0 {
		a.wonder("without effect: buttons %q, overtaken %q, /start %v, Leave now %v, pictures %v, open %v; %s",
			a.waiting, a.skipped, a.starting, a.leaving, a.pictures, a.opening, strings.Join(a.trail, ", "))
	}
	a.counts.lost += missing
	a.counts.again += a.typed // deleted, as person.check sees, but the answer was another screen
	a.waiting, a.skipped, a.starting, a.leaving, a.pictures, a.opening = nil, nil, false, false, false, false
	a.typed, a.shows, a.stale, a.doubt, a.spoke = 0, 0, false, false, false
}

// trace keeps the last things that happened, so that what was lost can be looked into.
func (a *account) trace(text string) {
	if a.trail = append(a.trail, text); len(a.trail) > remembered {
		a.trail = a.trail[1:]
	}
}

// wonder keeps the first few things that should not have been, for the table.
func (a *account) wonder(format string, args ...any) {
	if len(a.strange) < 3 {
		a.strange = append(a.strange, fmt.Sprintf(format, args...))
	}
}
