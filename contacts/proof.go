package contacts

import (
	"slices"
	"time"
)

// Bare is a list of contacts that at some moments leaves a person with 999 and
// 101 alone: no other number is stated to answer.
type Bare struct {
	Query  Query    // the first query that gives this list
	Areas  []string // the area of each query that gives it
	Times  []Span   // when, in order
	Always bool     // at every moment
}

// Span is a time from one moment to another, the latter not included.
type Span struct{ From, To time.Time }

// Proof is what Prove found.
type Proof struct {
	Queries int // asked
	Lists   int // distinct lists of contacts among them
	Moments int // at which one of a list opens, closes or changes its number, over all these lists
	Bare    []Bare
}

// Prover proves lists of contacts over one period. What it has worked out for a
// contact or a list it knows for the next query, so it is for one goroutine.
type Prover struct {
	d        *Directory
	from, to time.Time
	lines    map[line][]stretch
	lists    map[string]*proved
	numbers  map[string]int
	moments  int
}

// line is a contact as one audience meets it: professionals are given more numbers.
type line struct {
	contact      *Contact
	professional bool
}

// proved is what is known of a list.
type proved struct {
	times  []Span
	always bool
	looked int // moments
}

// Prover returns a prover for the period from one time to another.
func (d *Directory) Prover(from, to time.Time) *Prover {
	return &Prover{
		d: d, from: from, to: to,
		lines: map[line][]stretch{}, lists: map[string]*proved{}, numbers: map[string]int{},
	}
}

// Lists returns how many distinct lists were proved so far, and at how many moments.
func (p *Prover) Lists() (lists, moments int) { return len(p.lists), p.moments }

// Prove looks at every distinct list of contacts that the queries give, at every
// moment of the period at which one of them opens or closes. It finds where only
// 999 and 101 are sure to answer. The hour of a query is not used.
func (p *Prover) Prove(queries []Query) Proof {
	out := Proof{Queries: len(queries)}
	here := map[*proved]*Bare{}
	var order []*proved
	for i := range queries {
		q := &queries[i]
		list := p.d.candidates(q)
		found := p.list(list, q.Audience == professional)
		if b := here[found]; b != nil {
			b.Areas = append(b.Areas, q.Area)
			continue
		}
		b := &Bare{Query: *q, Areas: []string{q.Area}, Times: found.times, Always: found.always}
		b.Query.At = p.from
		here[found] = b
		order = append(order, found)
		out.Moments += found.looked
	}
	out.Lists = len(order)
	for _, found := range order {
		if len(found.times) > 0 {
			out.Bare = append(out.Bare, *here[found])
		}
	}
	return out
}

// Prove is Prover.Prove for one period and one set of queries.
func (d *Directory) Prove(queries []Query, from, to time.Time) Proof {
	return d.Prover(from, to).Prove(queries)
}

// candidates returns, in order, every contact that List could give for a query on
// any day: dates of validity are left to the stretches.
func (d *Directory) candidates(q *Query) []*Contact {
	place := d.serving[q.Area]
	if place == nil {
		place = d.serving[nations[0]]
	}
	if place == nil {
		return nil
	}
	var out []*Contact
	take := func(c *Contact) {
		if c.suits(q) && !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	for _, want := range q.Want {
		if c, ok := d.byID[want]; ok {
			if _, here := place.level[c]; here {
				take(c)
			}
			continue
		}
		for _, at := range place.byKind[want] {
			take(at.contact)
		}
	}
	return out
}

// AlwaysOpen returns the contacts of the place of a query that fit its person, are
// neither 999 nor 101, and answer day and night on every day of the query's own
// date: what an author could add to an outcome that leaves a person without one.
func (d *Directory) AlwaysOpen(q Query) []*Contact {
	place := d.serving[q.Area]
	if place == nil {
		place = d.serving[nations[0]]
	}
	now := d.calendar.moment(q.At)
	var out []*Contact
	for _, c := range d.all {
		if place == nil || !c.Hours.always || police(c.bare) || !c.fits(&q, &now) {
			continue
		}
		if _, here := place.level[c]; here {
			out = append(out, c)
		}
	}
	return out
}

// police reports whether a number is one of the two that everybody knows, or none.
func police(bare string) bool { return bare == "" || bare == "999" || bare == "101" }

// list proves one list, unless that was done before.
func (p *Prover) list(list []*Contact, professional bool) *proved {
	key := make([]byte, 0, 2*len(list)+1)
	for _, c := range list {
		key = append(key, byte(c.number), byte(c.number>>8))
	}
	if professional {
		key = append(key, 'p')
	}
	if found := p.lists[string(key)]; found != nil {
		return found
	}
	found := p.sweep(list, professional)
	p.lists[string(key)] = found
	p.moments += found.looked
	return found
}
