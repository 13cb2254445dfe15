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
		return !ev.Quoted && h.guide.Leaves(ev.Data)
	case Other, Look, Idle, Found, Blocked:
	}
	return false
}

// Urgent reports whether an event asks to leave or for help now, which nothing may
// hold up.
func (h *Handlers) Urgent(ev Event) bool {
	return h.leaves(ev) || ev.What == Press && ev.Data == "!help" || ev.What == Command && ev.Data == "help"
}
