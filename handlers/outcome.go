package handlers

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"pathwaybot/contacts"
	"pathwaybot/flows"
	"pathwaybot/guide"
	"pathwaybot/locales"
)

// contactsAScreen is how many contacts stand on one screen: more is no help to
// somebody who must choose now.
const contactsAScreen = 3

// wantsArea reports whether an outcome wants contacts that serve an area smaller
// than a nation.
func (h *Handlers) wantsArea(n *flows.Node) bool {
	if n.Kind != flows.Outcome {
		return false
	}
	for _, c := range h.guide.Contacts.All() {
		if !slices.Contains(n.Contacts, c.ID) && !slices.Contains(n.Contacts, c.Kind) {
			continue
		}
		for _, code := range c.Areas {
			if a, ok := h.guide.Areas.Area(code); ok && a.Kind != "nation" {
				return true
			}
		}
	}
	return false
}

func (h *Handlers) outcome(r *Reply, w Walk, ev Event, n *flows.Node, s *guide.Screen) {
	tag, words := r.Lang.Tag, h.guide.Words
	if h.local[n.Ref] {
		key := "ui.button.area"
		if a, ok := h.guide.Areas.Area(w.Area); ok {
			key = "ui.button.change-area"
			name := map[string]string{"Name": a.Name}
			r.Blocks = append(r.Blocks, Block{Kind: Notice, Text: words.Format(tag, "ui.area.chosen", name)})
			if a.Nation == "scotland" || a.Nation == "northern-ireland" {
				r.Blocks = append(r.Blocks, Block{Kind: Notice, Text: words.Text(tag, "ui.england-wales")})
			}
		}
		r.Rows = append(r.Rows, Row{Buttons: []Button{h.button(tag, key, "!area")}, Top: w.Area == ""})
	}
	if w.Mute {
		r.Blocks = append(r.Blocks, Block{Kind: Notice, Text: words.Text(tag, "ui.muted")})
	}
	shown, rest := h.shown(w, ev, n)
	if len(shown) == 0 {
		r.Blocks = append(r.Blocks, Block{Kind: Notice, Text: words.Text(tag, "ui.contact.none")})
	}
	for i := range shown {
		r.Blocks = append(r.Blocks, Block{Kind: Contact, Card: h.card(r.Lang, &shown[i], w.Mute, ev)})
		if row := h.contactRow(r.Lang, &shown[i], w.Mute); len(row.Buttons) > 0 {
			r.Rows = append(r.Rows, row)
		}
	}
	var next Row
	if rest {
		next.Buttons = append(next.Buttons, h.button(tag, "ui.button.more", "!more/"+string(rune('1'+w.More))))
	}
	if slices.ContainsFunc(shown, func(c contacts.Listed) bool { return h.mayFail(w, &c) }) {
		next.Buttons = append(next.Buttons, h.button(tag, "ui.button.wrong", "!"+overWrong))
	}
	if n.Outcome != flows.Goodbye && n.Outcome != flows.Emergency && h.savable(w, ev, saveNumbers) {
		if len(next.Buttons) > 1 {
			r.Rows = append(r.Rows, next)
			next = Row{}
		}
		next.Buttons = append(next.Buttons, h.button(tag, "ui.button.save", "!"+overSave+"/"+saveNumbers))
	}
	if len(next.Buttons) > 0 {
		r.Rows = append(r.Rows, next)
	}
	h.takeaway(r, w, n)
	if n.Next.To != "" {
		r.Rows = append(r.Rows, Row{Buttons: []Button{{Label: s.Then, Press: data(n.Ref, flows.Next)}}})
	}
}

// list returns the contacts of an outcome for this walk and hour, those whose number
// did not work for the person last.
func (h *Handlers) list(w Walk, ev Event, n *flows.Node) []contacts.Listed {
	base := h.guide.Graph.Of(h.guide.Graph.Base(*w.Flow))
	list := h.guide.Contacts.List(contacts.Query{
		Want: n.Contacts, Area: w.Area, Subject: cmp.Or(n.For, base.Subject), Audience: base.Audience,
		NoVoice: w.Mute, At: ev.Now, Hide: h.guide.Hidden,
	})
	if len(w.Failed) > 0 {
		slices.SortStableFunc(list, func(a, b contacts.Listed) int { return h.failed(w, &a) - h.failed(w, &b) })
	}
	return list
}

// shown returns the contacts that stand on the screen, and whether more follow.
func (h *Handlers) shown(w Walk, ev Event, n *flows.Node) ([]contacts.Listed, bool) {
	list := h.list(w, ev, n)
	from := w.More * contactsAScreen
	if from >= len(list) {
		from = 0
	}
	to := min(from+contactsAScreen, len(list))
	return list[from:to], to < len(list)
}

// card writes one contact in a language.
func (h *Handlers) card(l locales.Language, c *contacts.Listed, mute bool, ev Event) *Card {
	said := h.said[l.Tag][c.Contact.ID]
	card := &Card{
		ID:    c.Contact.ID,
		Name:  said.name,
		Who:   said.who,
		Note:  said.note,
		Phone: locales.Isolate(l.RTL, c.Phone),
		Then:  locales.Isolate(l.RTL, c.Then),
		Dial:  c.Dial(),
		First: mute,
	}
	if said.explains { // what to press, so only where there is something
		card.Note = ""
		if c.Then != "" {
			card.Note = h.guide.Words.Format(l.Tag, "contact."+c.Contact.ID+".note", map[string]string{"Then": c.Then})
		}
	}
	for _, way := range c.Ways {
		line := said.ways[way]
		if mute && line == "" { // forms and chats are buttons, which somebody who cannot talk is told of
			line = said.below[way.Kind]
		}
		if line != "" {
			card.Silent = append(card.Silent, line)
		}
	}
	card.Facts = h.facts(l, c, ev)
	return card
}

// facts are the short lines below a number: when it answers, what it costs, whether
// one may stay unnamed, further numbers, how far it has been checked.
func (h *Handlers) facts(l locales.Language, c *contacts.Listed, ev Event) []string {
	words := h.guide.Words
	out := make([]string, 0, 5)
	add := func(key string) {
		if key != "" {
			out = append(out, words.Text(l.Tag, key))
		}
	}
	if c.Phone != "" {
		if c.Duty {
			add("ui.contact.duty")
		}
		out = append(out, h.opening(l, c, ev))
	}
	for _, n := range c.Also {
		key := "ui.contact.also"
		switch {
		case n.Low:
			key = "ui.contact.also-low"
		case n.Duty:
			key = "ui.contact.also-duty"
		}
		out = append(out, words.Format(l.Tag, key, map[string]string{"Number": n.Phone}))
	}
	add(cost[c.Cost])
	if c.Contact.OffBill {
		add("ui.contact.off-bill")
	}
	add(anonymity[c.Anonymous])
	if c.Low {
		add("ui.contact.low")
	}
	if c.Contact.Kind != "emergency" {
		out = append(out, h.checked(l, c.Contact))
	}
	return out
}

// What the directory calls cost and anonymity, and the words for it.
var (
	cost = map[string]string{
		"free": "ui.contact.free", "local-rate": "ui.contact.local-rate", "may-cost-more": "ui.contact.may-cost-more",
	}
	anonymity = map[string]string{
		"yes": "ui.contact.anonymous", "guaranteed": "ui.contact.guaranteed", "limited": "ui.contact.limited",
		"on-request": "ui.contact.on-request",
	}
)

// opening says whether a number answers now, and one that is closed when it opens and
// how long that is. What is not stated is never called open.
func (h *Handlers) opening(l locales.Language, c *contacts.Listed, ev Event) string {
	words := h.guide.Words
	switch c.State {
	case contacts.Open:
		return words.Text(l.Tag, "ui.contact.open")
	case contacts.Closed:
		if !c.Opens.IsZero() {
			return h.closed(l, c.Opens, ev.Now)
		}
		return words.Text(l.Tag, "ui.contact.shut")
	case contacts.NotStated:
	}
	return words.Text(l.Tag, "ui.contact.not-stated")
}

// closed says when a line opens: today or within a day with the hours and minutes
// until then, within a week by the day, later by the date.
func (h *Handlers) closed(l locales.Language, opens, now time.Time) string {
	now = now.In(opens.Location())
	wait := opens.Sub(now)
	minutes := int((wait + time.Minute - 1) / time.Minute)
	args := map[string]string{
		"Time": opens.Format("15:04"), "Hours": strconv.Itoa(minutes / 60), "Minutes": strconv.Itoa(minutes % 60),
	}
	key := "ui.contact.closed"
	switch {
	case wait > 6*24*time.Hour:
		key, args["Date"] = "ui.contact.closed-date", opens.Format("02.01.2006")
	case wait > 24*time.Hour:
		key = "ui.contact.closed-days"
	case minutes < 60:
		key = "ui.contact.closed-soon"
	case opens.Day() != now.Day():
		key = "ui.contact.closed-day"
	}
	args["Day"] = h.guide.Words.Text(l.Tag, "ui.day."+strings.ToLower(opens.Weekday().String()[:2]))
	return h.guide.Words.Format(l.Tag, key, args)
}

// checked says how far a contact has been checked, and never more than that.
func (h *Handlers) checked(l locales.Language, c *contacts.Contact) string {
	words := h.guide.Words
	switch {
	case !c.Confirmed.IsZero():
		return words.Format(l.Tag, "ui.contact.confirmed", map[string]string{"Date": c.Confirmed.Format("02.01.2006")})
	case strings.HasPrefix(c.SourceKind, "owner"):
		return words.Text(l.Tag, "ui.contact.not-rung")
	}
	return words.Text(l.Tag, "ui.contact.copied")
}

// contactRow is the buttons of one contact: copy the number, chat, open the form. For
// somebody who cannot talk, copying comes last.
func (h *Handlers) contactRow(l locales.Language, c *contacts.Listed, mute bool) Row {
	row := Row{Buttons: make([]Button, 0, 3)}
	said := h.said[l.Tag][c.Contact.ID]
	dial := c.Dial()
	number := dial != "" && c.Contact.Kind != "emergency"
	if number && !mute {
		row.Buttons = append(row.Buttons, Button{Label: said.copy[c.Phone], Copy: dial})
	}
	if c.Contact.Chat != "" {
		row.Buttons = append(row.Buttons, Button{Label: h.guide.Words.Text(l.Tag, "ui.button.chat"), URL: c.Contact.Chat})
	}
	switch {
	case c.Contact.Form != "" && (number || len(row.Buttons) > 0):
		row.Buttons = append(row.Buttons, Button{Label: h.guide.Words.Text(l.Tag, "ui.button.form-short"), URL: c.Contact.Form})
	case c.Contact.Form != "":
		row.Buttons = append(row.Buttons, Button{Label: said.form, URL: c.Contact.Form})
	case c.Contact.Web != "" && c.Phone == "":
		row.Buttons = append(row.Buttons, Button{Label: said.site, URL: c.Contact.Web})
	}
	if number && mute {
		row.Buttons = append(row.Buttons, Button{Label: said.copy[c.Phone], Copy: dial})
	}
	return row
}
