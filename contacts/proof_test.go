package contacts

import (
	"slices"
	"testing"
	"testing/fstest"
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
	if got := len(p.Bare[1].Times); got < 490 || got > 530 {
		t.Errorf("Karma Nirvana's line closes %d times in two years, want about 505", got)
	}
}

// TestTheProofKnowsDatesAndNumbers has contacts that begin and end, and two of a kind
// with one number, of which only the nearer is listed.
func TestTheProofKnowsDatesAndNumbers(t *testing.T) {
	block := func(id, area, phone, hours, more string) string {
		return "  - {id: " + id + ", kind: adult-safeguarding, for: [adult], audience: [public], areas: [" + area + "], phone: \"" + phone +
			"\", hours: \"" + hours + "\", source: x, compiled: \"2026-11-21\", confidence: high" + more + "}\n"
	}
	text := "contacts:\n" +
		block("near", "E07000243", "01438 242666", "not stated", "") +
		block("far", "E10000015", "01438 242666", "24/7", "") + // the same number: not listed below "near"
		block("until", "E07000242", "01279 655261", "24/7", ", valid_to: \"2026-12-01\"") +
		block("after", "E07000242", "01279 655262", "24/7", ", valid_from: \"2026-12-05\"")
	d, err := Load(fstest.MapFS{"x.yaml": {Data: []byte(text)}}, mustPlaces(t))
	if err != nil {
		t.Fatal(err)
	}
	from, to := at(t, "2026-11-21 00:00"), at(t, "2026-12-21 00:00")
	for _, tt := range []struct {
		want []string
		area string
		bare []Span
	}{
		{[]string{"near", "far"}, "E07000243", []Span{{from, to}}},
		{[]string{"far"}, "E07000243", nil},
		{[]string{"far", "near"}, "E07000243", nil},
		{[]string{"until", "after"}, "E07000242", []Span{{at(t, "2026-12-02 00:00"), at(t, "2026-12-05 00:00")}}},
	} {
		var got []Span
		for _, b := range d.Prove([]Query{{Want: tt.want, Area: tt.area, Subject: "adult", Audience: "public"}}, from, to).Bare {
			got = b.Times
		}
		if !slices.EqualFunc(got, tt.bare, func(a, b Span) bool { return a.From.Equal(b.From) && a.To.Equal(b.To) }) {
			t.Errorf("%v: %v, want %v", tt.want, got, tt.bare)
		}
	}
	if open := d.AlwaysOpen(Query{Area: "E07000242", Subject: "adult", Audience: "public", At: from}); len(open) != 2 || open[0].ID != "far" || open[1].ID != "until" {
		t.Errorf("always open in East Hertfordshire: %d contacts", len(open))
	}
	if open := d.AlwaysOpen(Query{Area: "E07000242", Subject: "child", Audience: "public", At: from}); len(open) != 0 {
		t.Errorf("always open for a child: %v", open[0].ID)
	}
}

// TestTheProofSaysWhatListSays asks List at every quarter of an hour of five weeks,
// with Christmas and a clock change among them, and counts the times at which nobody
// is sure to answer.
func TestTheProofSaysWhatListSays(t *testing.T) {
	d := mustLoad(t)
	for _, period := range [][2]string{{"2026-12-05 00:00", "2027-01-09 00:00"}, {"2027-03-15 00:00", "2027-04-19 00:00"}} {
		from, to := at(t, period[0]), at(t, period[1])
		for _, q := range []Query{
			{Want: childReport[:3], Area: "E06000043", Subject: "child", Audience: "public"},
			{Want: childReport[:3], Area: "E10000011", Subject: "child", Audience: "professional"},
			{Want: adultReport[:4], Area: "E08000028", Subject: "adult", Audience: "public"},
			{Want: adultReport[:4], Area: "E06000044", Subject: "adult", Audience: "public"},
			{Want: adultReport[:4], Area: "E07000207", Subject: "adult", Audience: "professional"},
			{Want: []string{"karma-nirvana", "forced-marriage-unit"}, Subject: "adult", Audience: "professional"},
			{Want: adultReport, Area: "E06000038", Subject: "adult", Audience: "victim"},
		} {
			proved := d.Prove([]Query{q}, from, to)
			var times []Span
			for _, b := range proved.Bare {
				times = b.Times
			}
			quarters := 0
			for now := from; now.Before(to); now = now.Add(15 * time.Minute) {
				q.At = now
				sure := slices.ContainsFunc(d.List(q), func(l Listed) bool {
					return l.State == Open && l.Phone != "999" && l.Phone != "101" && l.Phone != ""
				})
				within := slices.ContainsFunc(times, func(s Span) bool { return !now.Before(s.From) && now.Before(s.To) })
				if sure == within {
					t.Fatalf("%s for %s %s at %v: List has somebody: %v, the proof has nobody: %v", q.Area, q.Subject, q.Audience, now, sure, within)
				}
				if within {
					quarters++
				}
			}
			t.Logf("%s %s %s: %d of %d quarters of an hour with 999 and 101 alone, %d times", q.Area, q.Subject, q.Audience, quarters, 35*96, len(times))
		}
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
