package contacts

import (
	"math"
	"time"
)

// stretch is a time in which a contact shows the same number in the same state. It
// ends where the next begins.
type stretch struct {
	from   int64 // seconds since 1970
	number int   // stands for the number and what to press; -1 while the contact is not valid
	sure   bool  // stated to answer, and neither 999 nor 101
}

// stretches follows one contact through the period of a proof.
func (p *Prover) stretches(c *Contact, isProfessional bool) []stretch {
	key := line{c, isProfessional}
	if known, ok := p.lines[key]; ok {
		return known
	}
	q := Query{}
	if isProfessional {
		q.Audience = professional
	}
	var out []stretch
	for _, t := range p.changes(c) {
		now := p.d.calendar.moment(t)
		s := stretch{from: t.Unix(), number: -1}
		if c.valid(&now) {
			l := p.d.resolve(placed{contact: c}, &q, &now)
			s.number = p.numberOf(l.Phone + "\n" + l.Then)
			s.sure = l.State == Open && !police(digits(l.Phone))
		}
		if n := len(out); n == 0 || out[n-1].number != s.number || out[n-1].sure != s.sure {
			out = append(out, s)
		}
	}
	p.lines[key] = out
	return out
}

// changes are the moments at which a contact may change: one alone for a contact
// with one number that always or never is stated to answer.
func (p *Prover) changes(c *Contact) []time.Time {
	constant := c.Hours.always || !c.Hours.stated
	if constant && c.Duty == nil && c.ValidFrom.IsZero() && c.ValidTo.IsZero() {
		return []time.Time{p.from}
	}
	return p.d.Moments([]*Contact{c}, p.from, p.to)
}

func (p *Prover) numberOf(shown string) int {
	n, ok := p.numbers[shown]
	if !ok {
		n = len(p.numbers)
		p.numbers[shown] = n
	}
	return n
}

// follower is where a sweep stands in the stretches of one contact.
type follower struct {
	rest   []stretch // the first is the present one
	rivals []int     // those before it of the same kind: with the same number they stand for it
}

// sweep goes through the period from change to change and looks whether anybody on
// the list is sure to answer. As in List, a contact whose number an earlier one of
// its kind shows is not listed, so it does not count.
func (p *Prover) sweep(list []*Contact, isProfessional bool) *proved {
	at := make([]follower, len(list))
	for i, c := range list {
		at[i].rest = p.stretches(c, isProfessional)
		for j := range i {
			if list[j].Kind == c.Kind {
				at[i].rivals = append(at[i].rivals, j)
			}
		}
	}
	found := &proved{always: true}
	began := int64(-1) // when the present bare time began
	for now := p.from.Unix(); ; {
		sure := anySure(at)
		found.looked++
		if sure {
			found.always = false
		}
		switch {
		case !sure && began < 0:
			began = now
		case sure && began >= 0:
			found.times = append(found.times, p.span(began, now))
			began = -1
		}
		if now = advance(at); now == math.MaxInt64 {
			break
		}
	}
	if began >= 0 {
		found.times = append(found.times, p.span(began, p.to.Unix()))
	}
	return found
}

func (p *Prover) span(from, to int64) Span {
	london := p.d.calendar.london
	return Span{time.Unix(from, 0).In(london), time.Unix(to, 0).In(london)}
}

func anySure(at []follower) bool {
	for i := range at {
		if now := at[i].rest[0]; now.sure && !shadowed(at, i, now.number) {
			return true
		}
	}
	return false
}

// shadowed reports whether a rival shows the number. What is itself shadowed shows
// the number of one before it, so that need not be looked at.
func shadowed(at []follower, i, number int) bool {
	for _, j := range at[i].rivals {
		if at[j].rest[0].number == number {
			return true
		}
	}
	return false
}

// advance moves all on to the next change and returns its time, or the end of time
// when nothing changes any more.
func advance(at []follower) int64 {
	next := int64(math.MaxInt64)
	for i := range at {
		if len(at[i].rest) > 1 {
			next = min(next, at[i].rest[1].from)
		}
	}
	if next == math.MaxInt64 {
		return next
	}
	for i := range at {
		if len(at[i].rest) > 1 && at[i].rest[1].from == next {
			at[i].rest = at[i].rest[1:]
		}
	}
	return next
}
