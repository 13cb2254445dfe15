package contacts

import (
	"testing"
	"testing/fstest"
)

func TestReview(t *testing.T) {
	d, err := Load(fstest.MapFS{"x.yaml": {Data: []byte(goodContact)}}, mustPlaces(t))
	if err != nil {
		t.Fatal(err)
	}
	c, _ := d.Contact("a-council")
	for _, tt := range []struct {
		name, confirmed, recheck, validTo, on string
		want                                  []string
	}{
		{"nobody has rung", "", "", "", "2026-12-01", []string{"never-confirmed"}},
		{"confirmed", "2026-12-01", "", "", "2027-05-31", nil},
		{"six months later", "2026-12-01", "", "", "2027-06-01", []string{"due"}},
		{"a month after that", "2026-12-01", "", "", "2027-07-01", []string{"overdue"}},
		{"a day to look again", "2026-12-01", "2027-03-01", "", "2027-03-01", []string{"recheck"}},
		{"looked again", "2027-03-01", "2027-03-01", "", "2027-03-02", nil},
		{"ends soon", "2027-03-01", "", "2027-03-31", "2027-03-10", []string{"expiring"}},
		{"has ended", "2027-03-01", "", "2027-03-31", "2027-04-02", []string{"expired"}},
	} {
		day := func(s string) (out string) {
			if s == "" {
				return "0001-01-01 00:00"
			}
			return s + " 12:00"
		}
		set := *c
		if tt.confirmed != "" {
			set.Confirmed = at(t, day(tt.confirmed))
		}
		if tt.recheck != "" {
			set.Recheck = at(t, day(tt.recheck))
		}
		if tt.validTo != "" {
			set.ValidTo = at(t, day(tt.validTo))
		}
		var got []string
		for _, due := range set.due(at(t, day(tt.on))) {
			got = append(got, due.Why)
		}
		if len(got) != len(tt.want) || len(got) > 0 && got[0] != tt.want[0] {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestAContactOutsideItsDatesIsNotListed(t *testing.T) {
	text := goodContact + "    valid_from: \"2026-11-24\"\n    valid_to: \"2026-11-25\"\n"
	d, err := Load(fstest.MapFS{"x.yaml": {Data: []byte(text)}}, mustPlaces(t))
	if err != nil {
		t.Fatal(err)
	}
	for when, want := range map[string]int{
		"2026-11-23 23:59": 0, "2026-11-24 00:00": 1, "2026-11-25 23:59": 1, "2026-11-26 00:00": 0,
	} {
		if got := d.List(Query{Want: []string{"a-council"}, Area: "E07000243", At: at(t, when)}); len(got) != want {
			t.Errorf("%s: %d listed, want %d", when, len(got), want)
		}
	}
}
