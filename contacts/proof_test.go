package contacts

import (
	"slices"
	"testing"
	"time"
)

func TestMomentsAreWhenSomethingChanges(t *testing.T) {
	d := mustLoad(t)
	c, _ := d.Contact("brighton-hove-children")
	got := d.Moments([]*Contact{c}, at(t, "2026-11-27 12:00"), at(t, "2026-11-30 12:00"))
	want := []time.Time{
		at(t, "2026-11-27 12:00"), at(t, "2026-11-27 17:00"), at(t, "2026-11-28 00:00"),
		at(t, "2026-11-29 00:00"), at(t, "2026-11-30 00:00"), at(t, "2026-11-30 09:00"), at(t, "2026-11-30 12:00"),
	}
	if !slices.EqualFunc(got, want, time.Time.Equal) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// TestNothingChangesBetweenMoments looks at every quarter of an hour of two
// months, with both kinds of holiday and a clock change in them, and finds what
// the moment before said.
func TestNothingChangesBetweenMoments(t *testing.T) {
	d := mustLoad(t)
	for _, id := range []string{"sandwell-adults", "east-sussex-children", "surrey-adults", "portsmouth-adults", "karma-nirvana", "reading-adults"} {
		c, _ := d.Contact(id)
		q := Query{Audience: professional}
		from, to := at(t, "2027-03-10 00:00"), at(t, "2027-05-10 00:00")
		moments := d.Moments([]*Contact{c}, from, to)
		i := 0
		for now := from; now.Before(to); now = now.Add(15 * time.Minute) {
			for i+1 < len(moments) && !moments[i+1].After(now) {
				i++
			}
			then, here := d.calendar.moment(moments[i]), d.calendar.moment(now)
			a, b := d.resolve(placed{contact: c}, &q, &then), d.resolve(placed{contact: c}, &q, &here)
			if a.State != b.State || a.Phone != b.Phone {
				t.Fatalf("%s at %v: %s %v, but the moment before, %v, said %s %v", id, now, b.Phone, b.State, moments[i], a.Phone, a.State)
			}
		}
	}
}

func TestProveFindsWhereOnly999And101Answer(t *testing.T) {
	d := mustLoad(t)
	from, to := at(t, "2026-11-21 00:00"), at(t, "2028-11-21 00:00")
	p := d.Prove([]Query{
		{Want: []string{"police", "salvation-army-referral-helpline"}, Subject: "adult"},                          // somebody always answers
		{Want: []string{"police", "modern-slavery-helpline"}},                                                     // hours not stated: never sure
		{Want: []string{"police", "karma-nirvana"}},                                                               // office hours
		{Want: []string{"adult-safeguarding", "police"}, Area: "E07000243", Subject: "adult", Audience: "public"}, // Hertfordshire: day and night
		{Want: []string{"adult-safeguarding", "police"}, Area: "E07000242", Subject: "adult", Audience: "public"}, // the same list
		{Want: []string{"child-safeguarding", "police"}, Area: "E06000043", Subject: "child", Audience: "public"}, // Brighton: nights not stated
	}, from, to)
	if p.Queries != 6 || p.Lists != 5 {
		t.Errorf("%d queries, %d lists; want 6 and 5", p.Queries, p.Lists)
	}
	if len(p.Bare) != 3 {
		t.Fatalf("bare: %+v, want three lists", p.Bare)
	}
	if !p.Bare[0].Always || p.Bare[1].Always || p.Bare[2].Always {
		t.Errorf("only the helpline without stated hours is bare at every moment: %+v", p.Bare)
	}
	// Closed every evening and twice reopened after each weekend, for two years.
	if got := p.Bare[1].Spans; got < 490 || got > 530 {
		t.Errorf("Karma Nirvana's line closes %d times in two years, want about 505", got)
	}
}

func BenchmarkProve(b *testing.B) {
	d := mustLoad(b)
	var queries []Query
	for _, a := range d.places.All() {
		for _, subject := range []string{"adult", "child"} {
			for _, audience := range []string{"public", "professional", "victim"} {
				for _, want := range [][]string{adultReport, childReport, adultSelf, childSelf, {"police"}, {"child-safeguarding"}, {"adult-safeguarding"}} {
					queries = append(queries, Query{Want: want, Area: a.Code, Subject: subject, Audience: audience})
				}
			}
		}
	}
	from, to := at(b, "2026-11-21 00:00"), at(b, "2028-11-21 00:00")
	for b.Loop() {
		d.Prove(queries, from, to)
	}
	b.ReportMetric(float64(len(queries)), "queries")
}
