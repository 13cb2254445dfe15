package bot

import (
	"strings"

	"github.com/go-telegram/bot/models"

	"pathwaybot/handlers"
)

// render makes a screen's HTML: title, blocks, contacts, with an empty line
// between them. Words hold no markup; it is made here from the kinds of block.
func render(r handlers.Reply) string {
	p := &page{rtl: r.Lang.RTL}
	if r.Note != "" {
		p.block()
		p.lines(r.Note, false)
	}
	if r.Title != "" {
		p.block()
		p.bold(r.Title)
	}
	for _, b := range r.Blocks {
		if b.Kind == handlers.Picture {
			continue // stands above the text: photo
		}
		p.block()
		p.rtl = r.Lang.RTL
		if b.Lang != nil {
			p.rtl = b.Lang.RTL
		}
		switch b.Kind {
		case handlers.Beside:
			p.beside(b)
		case handlers.Contact:
			p.card(b.Card)
		case handlers.Say, handlers.Ask, handlers.Notice:
			p.lines(b.Text, false)
		}
	}
	return p.String()
}

// page is a message in the making.
type page struct {
	strings.Builder
	rtl bool
}

// block begins a new block, line a new line.
func (p *page) block() {
	if p.Len() > 0 {
		p.WriteString("\n\n")
	}
}

func (p *page) line() {
	if s := p.String(); s != "" && !strings.HasSuffix(s, "\n") {
		p.WriteByte('\n')
	}
}

// lines writes a text, each line with its direction.
func (p *page) lines(text string, must bool) {
	for i, line := range strings.Split(text, "\n") {
		if i > 0 {
			p.WriteByte('\n')
		}
		if p.rtl {
			line = directed(line, must)
		}
		p.WriteString(escape(line))
	}
}

func (p *page) bold(text string) {
	p.WriteString("<b>")
	p.lines(text, true)
	p.WriteString("</b>")
}

// beside writes the English beside words that nobody has checked, folded away.
func (p *page) beside(b handlers.Block) {
	p.WriteString("<blockquote expandable>")
	if b.Head != "" {
		p.bold(b.Head)
		p.line()
	}
	p.WriteString(escape(b.Text))
	p.WriteString("</blockquote>")
}

// card writes one contact: the number stands on a line of its own, where a phone
// makes it something to tap.
func (p *page) card(c *handlers.Card) {
	p.bold(c.Name)
	own := func(text string) {
		if text != "" {
			p.line()
			p.lines(text, true)
		}
	}
	silent := func() {
		for _, way := range c.Silent {
			own(way)
		}
	}
	own(c.Who)
	if c.First {
		silent()
	}
	own(p.number(c))
	if !c.First {
		silent()
	}
	for _, fact := range c.Facts {
		own(fact)
	}
	own(c.Note)
}

// number is the line of a phone number, and what to press after the answer.
func (p *page) number(c *handlers.Card) string {
	switch {
	case c.Phone == "":
		return ""
	case c.Then == "":
		return "📞 " + c.Phone
	case p.rtl: // with marks, so that the numbers' own do not turn the line round
		return "📞 " + c.Phone + " \u200f←\u200f " + c.Then
	}
	return "📞 " + c.Phone + " → " + c.Then
}

// escape keeps words from being read as markup:
// https://core.telegram.org/bots/api#html-style
func escape(s string) string {
	return escaper.Replace(s)
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// plain is a screen without markup, for when nothing else is accepted.
func plain(r handlers.Reply) string {
	var texts []string
	for _, b := range r.Blocks {
		texts = append(texts, b.Text)
	}
	return strings.Join(texts, "\n\n")
}

// keyboard makes the buttons of a screen; nil for none.
func keyboard(rows []handlers.Row) models.ReplyMarkup {
	var keys [][]models.InlineKeyboardButton
	for _, row := range rows {
		var out []models.InlineKeyboardButton
		for _, b := range row.Buttons {
			key := models.InlineKeyboardButton{Text: b.Label, CallbackData: b.Press, URL: b.URL}
			if b.Copy != "" {
				key.CopyText = &models.CopyTextButton{Text: b.Copy}
			}
			if b.Style == handlers.Danger {
				key.Style = "danger"
			}
			out = append(out, key)
		}
		if len(out) > 0 {
			keys = append(keys, out)
		}
	}
	if len(keys) == 0 {
		return nil
	}
	return &models.InlineKeyboardMarkup{InlineKeyboard: keys}
}
