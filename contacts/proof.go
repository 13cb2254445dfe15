package contacts

import (
	"slices"
	"strings"
	"time"
)

// Bare is a list of contacts that at some moments leaves a person with 999 and
// 101 alone: no other number is stated to answer.
type Bare struct {
	Query  Query     // the first query that gives this list
	Alike  int       // how many queries give it, this one included
	Since  time.Time // the first such moment
	Spans  int       // how many times in the period it begins
	Always bool      // at every moment
}

// Proof is what Prove found.
type Proof struct {
	Queries int // asked
	Lists   int // distinct lists of contacts among them
	Moments int // looked at
	Bare    []Bare
}

// Prove looks at every distinct list of contacts that the queries give, at every
// moment of a period at which one of them opens or closes. It finds where only
// 999 and 101 are sure to answer. The hour of a query is not used.
func (d *Directory) Prove(queries []Query, from, to time.Time) Proof {
	p := Proof{Queries: len(queries)}
	lists := map[string]*Bare{}
	var order []string
	for _, q := range queries {
		key := d.key(q, from)
		if b := lists[key]; b != nil {
			b.Alike++
			continue
		}
		lists[key] = &Bare{Query: q, Alike: 1}
		order = append(order, key)
	}
	p.Lists = len(lists)
	for _, key := range order {
		b := lists[key]
		p.Moments += d.prove(b, from, to)
		if b.Spans > 0 {
			p.Bare = append(p.Bare, *b)
		}
	}
	return p
}

// key names a list by its contacts; whether low numbers are shown is part of it.
func (d *Directory) key(q Query, at time.Time) string {
	q.At, q.NoVoice = at, false
	ids := []string{q.Audience}
	for _, l := range d.List(q) {
		ids = append(ids, l.Contact.ID)
	}
	slices.Sort(ids[1:])
	return strings.Join(ids, " ")
}

// prove walks one list through the period and returns how many moments it saw.
func (d *Directory) prove(b *Bare, from, to time.Time) int {
	b.Query.At = from
	var list []*Contact
	for _, l := range d.List(b.Query) {
		if digits(l.Phone) == "999" || digits(l.Phone) == "101" || l.Phone == "" {
			continue
		}
		if l.Contact.Hours.always && l.Contact.valid(&moment{date: 99991231}) {
			return 1 // somebody always answers
		}
		list = append(list, l.Contact)
	}
	moments := d.Moments(list, from, to)
	answered, bare := true, 0
	for _, t := range moments {
		now := d.calendar.moment(t)
		open := slices.ContainsFunc(list, func(c *Contact) bool {
			return c.valid(&now) && d.resolve(placed{contact: c}, &b.Query, &now).State == Open
		})
		if !open {
			bare++
			if answered {
				b.Spans++
			}
			if b.Since.IsZero() {
				b.Since = t
			}
		}
		answered = open
	}
	b.Always = bare == len(moments)
	return len(moments)
}
