package handlers

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
