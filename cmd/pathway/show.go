package main

import (
	"strings"

	"pathwaybot/handlers"
)

// show writes a screen, every line that a person would see, and returns its
// buttons in the order of their numbers.
func show(out *printer, r handlers.Reply) []handlers.Button {
	out.printf("%s\n", strings.Repeat("─", 60))
	line := func(prefix, text string) {
		if text == "" {
			return
		}
		for l := range strings.SplitSeq(text, "\n") {
			out.printf("%s\n", strings.TrimRight(prefix+l, " "))
		}
	}
	switch r.Do {
	case handlers.Cover:
		out.printf("(a line covers the screen, because nobody pressed for a while)\n")
	case handlers.Leave:
		out.printf("(the messages are deleted and the answers forgotten; /start begins again)\n")
	case handlers.Clean:
		out.printf("(the messages are deleted and the answers forgotten, silently)\n")
	case handlers.Show, handlers.Nothing:
	}
	line("! ", r.Note)
	line("== ", r.Title)
	for _, b := range r.Blocks {
		switch b.Kind {
		case handlers.Contact:
			card(line, b.Card)
		case handlers.Beside:
			line("", b.Head)
			line("  | ", b.Text)
		case handlers.Picture:
			line("", "(picture: "+b.Text+")")
		case handlers.Notice:
			line("- ", b.Text)
		case handlers.Say, handlers.Ask:
			line("", b.Text)
		}
	}
	var buttons []handlers.Button
	for _, row := range r.Rows {
		line("  ", row.Heading)
		for _, b := range row.Buttons {
			buttons = append(buttons, b)
			out.printf("%4d  [%s]", len(buttons), b.Label)
			if b.URL != "" {
				out.printf(" %s", b.URL)
			}
			out.printf("\n")
		}
	}
	return buttons
}

// card writes one contact in the order in which a person reads it.
func card(line func(prefix, text string), c *handlers.Card) {
	head := c.Name
	if c.Who != "" {
		head += ": " + c.Who
	}
	line("* ", head)
	phone := c.Phone
	if c.Then != "" {
		phone += " → " + c.Then
	}
	if !c.First {
		line("    ☎ ", phone)
	}
	for _, s := range c.Silent {
		line("    ✎ ", s)
	}
	if c.First {
		line("    ☎ ", phone)
	}
	line("    ", c.Note)
	line("    ", strings.Join(c.Facts, ". "))
}
