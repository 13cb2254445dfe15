package contacts

import (
	"slices"
	"strings"
	"time"
)

// Query is what an outcome asks for, here and now.
type Query struct {
	Want     []string // ids or kinds, in the author's order
	Area     string   // area code; empty when the person chose none: then England's national contacts
	Subject  string   // adult or child; empty for both
	Audience string   // public, professional or victim; empty for all of them
	NoVoice  bool     // the person cannot talk
	At       time.Time
	Hide     []string // ids that an operator took off every screen; 999 cannot be
}

// Listed is a contact as it stands at one place and moment.
type Listed struct {
	Contact   *Contact
	Phone     string // the number to show first at this hour; empty for a contact without a telephone
	E164      string
	Then      string    // what to press after the answer; empty for nothing
	Duty      bool      // Phone is the number for outside working hours
	State     State     // of Phone
	Opens     time.Time // when Phone answers next; zero unless it is closed and that is known
	Also      []Number  // further numbers to try, in order
	Level     Level
	Ways      []Way  // ways without a voice, best first; shared, not to be changed
	Cost      string // of Phone: free, local-rate, may-cost-more, or empty where not known
	Anonymous string // yes, limited, guaranteed, on-request, or empty where not stated
	Low       bool   // Phone is of low confidence: only professionals meet it
}

// Number is a further number of a contact.
type Number struct {
	Phone string
	Then  string
	Duty  bool
	State State
	Low   bool
}

// Level is how near a contact is to the place asked about.
type Level int

// The levels, nearest first. District includes councils that are district and
// county in one.
const (
	District Level = iota
	County
	Police
	Region
	Nation
	UK
)

// Way is one way to reach a contact without a voice.
type Way struct {
	Kind  string // silent, sms, chat, form, email, relay, bsl or app
	Value string // number, address or name; empty for bsl
	Needs string // what an sms needs: register, deaf, or empty
}

// Dial returns digits and spaces only, for a button that copies the number.
func (l Listed) Dial() string { return strings.TrimPrefix(l.Phone, "+") }

// List returns the contacts for a query, best first: the author's order, within
// a kind nearest first; those known to be closed last; for somebody who cannot
// talk those with a way without a voice first. A contact outside its area,
// audience, subject or dates is never listed, one of low confidence only to
// professionals.
func (d *Directory) List(q Query) []Listed {
	place := d.serving[q.Area]
	if place == nil {
		place = d.serving[nations[0]]
	}
	if place == nil {
		return nil
	}
	now := d.calendar.moment(q.At)
	out := make([]Listed, 0, len(q.Want))
	for _, want := range q.Want {
		if c, ok := d.byID[want]; ok {
			if level, here := place.level[c]; here {
				out = d.add(out, placed{c, level}, &q, &now)
			}
			continue
		}
		for _, p := range place.byKind[want] {
			out = d.add(out, p, &q, &now)
		}
	}
	sortByRank(out, q.NoVoice)
	return out
}

// sortByRank keeps the order of equals. A list is short and mostly in order, so
// each contact is let down from its place.
func sortByRank(list []Listed, noVoice bool) {
	for i := 1; i < len(list); i++ {
		for j := i; j > 0 && list[j].rank(noVoice) < list[j-1].rank(noVoice); j-- {
			list[j], list[j-1] = list[j-1], list[j]
		}
	}
}

// add appends one contact unless it does not fit or is there already. A farther
// contact of the same kind with the same number says nothing new (101).
func (d *Directory) add(out []Listed, p placed, q *Query, now *moment) []Listed {
	if !p.contact.fits(q, now) {
		return out
	}
	l := d.resolve(p, q, now)
	for i := range out {
		have := &out[i]
		if have.Contact == p.contact || l.Phone != "" && have.Contact.Kind == p.contact.Kind &&
			have.Phone == l.Phone && have.Then == l.Then {
			return out
		}
	}
	return append(out, l)
}

func (c *Contact) fits(q *Query, now *moment) bool { return c.suits(q) && c.valid(now) }

// suits is fits on whatever day.
func (c *Contact) suits(q *Query) bool {
	if q.Subject != "" && !slices.Contains(c.For, q.Subject) {
		return false
	}
	if q.Audience != "" && !slices.Contains(c.Audience, q.Audience) {
		return false
	}
	if c.Confidence == low && q.Audience != professional {
		return false
	}
	return c.Kind == emergency || !slices.Contains(q.Hide, c.ID)
}

// valid compares calendar days, so that a contact ends at midnight in the UK.
func (c *Contact) valid(now *moment) bool {
	from, to := c.ValidFrom, c.ValidTo
	return (from.IsZero() || number(from.Date()) <= now.date) && (to.IsZero() || now.date <= number(to.Date()))
}

const (
	low          = "low"
	professional = "professional"
	emergency    = "emergency"
)

// rank is lower for what stands higher.
func (l *Listed) rank(noVoice bool) int {
	r := 0
	if l.State == Closed {
		r = 1
	}
	if noVoice {
		switch {
		case l.Contact.Silent:
			r--
		case len(l.Ways) == 0:
			r += 2
		}
	}
	return r
}
