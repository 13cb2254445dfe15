package handlers

// leaves reports whether an event asks to leave: the button, a command, or a typed
// word for it in whatever language.
func (h *Handlers) leaves(ev Event) bool {
	switch ev.What {
	case Press:
		return ev.Data == "!leave"
	case Command:
		return ev.Data == "stop" || ev.Data == "x" || ev.Data == "exit"
	case Text:
		return h.guide.Leaves(ev.Data)
	case Other, Look, Idle, Found, Blocked:
	}
	return false
}

// Urgent reports whether an event asks to leave or for help now, which nothing may
// hold up.
func (h *Handlers) Urgent(ev Event) bool {
	return h.leaves(ev) || ev.What == Press && ev.Data == "!help" || ev.What == Command && ev.Data == "help"
}

// Without is what an event gets when no walk can be read: whoever leaves, the dull
// line; whoever starts, the first screen, since what was never begun cannot be
// lost; everybody else, the emergency card.
func (h *Handlers) Without(ev Event) Reply {
	switch {
	case h.leaves(ev):
		return h.leave(Walk{}, ev)
	case ev.What == Command && ev.Data == "start":
		return h.First(ev.Hint)
	case ev.What == Press && ev.Data == "!"+drop:
		r := h.plain(Walk{}, ev, "")
		r.Do = Drop
		return r
	}
	return h.Away(ev.Hint)
}
