package handlers

import "pathwaybot/guide"

// A picture can be seen over a shoulder, so pictures are off until somebody switches
// them on, and off again when the walk is forgotten.

// picture puts the picture of a screen above its words, for who wants pictures.
func (r *Reply) picture(w Walk, s *guide.Screen) {
	if w.Images && s.Picture != "" {
		r.Blocks = append(r.Blocks, Block{Kind: Picture, Name: s.Picture, Text: s.Alt})
	}
}

// pictureSwitch adds the button that switches pictures on or off, where there is one.
func (h *Handlers) pictureSwitch(r *Reply, w Walk, s *guide.Screen) {
	switch {
	case s.Picture == "":
	case w.Images:
		r.Rows = append(r.Rows, Row{Buttons: []Button{h.button(r.Lang.Tag, "ui.button.pictures-off", "!pictures/off")}})
	default:
		r.Rows = append(r.Rows, Row{Buttons: []Button{h.button(r.Lang.Tag, "ui.button.pictures-on", "!pictures/on")}})
	}
}

// credit is who made the symbols, and the licence, as OpenMoji asks for it.
const credit = "OpenMoji (openmoji.org), CC BY-SA 4.0"

func (h *Handlers) pictureCredit(tag string) string {
	return h.guide.Words.Format(tag, "ui.about.pictures", map[string]string{"Credit": credit})
}
