package handlers

// Leaves reports whether an event asks to leave, which nothing may hold up.
func Leaves(ev Event) bool { return leaves(ev) }

// Without is what an event gets when no walk can be read: whoever leaves, the dull
// line; whoever starts, the first screen, since what was never begun cannot be
// lost; everybody else, the emergency card.
func (h *Handlers) Without(ev Event) Reply {
	switch {
	case leaves(ev):
		return h.leave(Walk{}, ev)
	case ev.What == Command && ev.Data == "start":
		return h.First(ev.Hint)
	}
	return h.Away(ev.Hint)
}
