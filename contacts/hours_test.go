package contacts

import (
	"strings"
	"testing"
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/gb"
)

func mustHours(t testing.TB, s string) Hours {
	t.Helper()
	h, err := ParseHours(s)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func TestHoursSayOpenClosedOrNotStated(t *testing.T) {
	d := mustLoad(t)
	const weekdays, noPH = "Mo-Th 08:30-17:00; Fr 08:30-16:30; PH off", "Mo-Fr 09:00-17:00"
	const night = "Mo-Th 17:00-09:00+1; Fr 17:00-24:00; Sa-Su 00:00-24:00; PH 00:00-24:00"
	tests := []struct {
		hours, when string
		want        State
	}{
		{"not stated", "2026-11-24 10:00", NotStated},
		{"24/7", "2026-12-25 03:00", Open},
		{"24/7", "2040-12-25 03:00", Open}, // beyond the table too
		{weekdays, "2026-11-24 08:29", Closed},
		{weekdays, "2026-11-24 08:30", Open},
		{weekdays, "2026-11-24 16:59", Open},
		{weekdays, "2026-11-24 17:00", Closed},
		{weekdays, "2026-11-27 16:30", Closed},
		{weekdays, "2026-12-25 10:00", Closed}, // Christmas Day, a Friday
		{weekdays, "2026-12-28 10:00", Closed}, // Boxing Day's substitute
		{noPH, "2026-12-25 10:00", NotStated},
		{noPH, "2026-12-25 22:00", NotStated},
		{noPH, "2026-11-28 10:00", Closed},
		{noPH, "2040-11-27 10:00", NotStated}, // beyond the table
		{night, "2026-11-24 08:59", Open},     // since Monday
		{night, "2026-11-24 09:00", Closed},
		{night, "2026-11-24 17:00", Open},
		{night, "2026-11-23 08:59", Closed},                    // Sunday ended at midnight
		{"Mo-Fr 17:00-09:00+1", "2026-12-26 08:00", NotStated}, // since Christmas Day, which is not stated
	}
	for _, tt := range tests {
		h, now := mustHours(t, tt.hours), d.calendar.moment(at(t, tt.when))
		if got := h.at(&now, 0); got != tt.want {
			t.Errorf("%s at %s: %v, want %v", tt.hours, tt.when, got, tt.want)
		}
	}
}

func TestBankHolidaysDifferByNation(t *testing.T) {
	d := mustLoad(t)
	h := mustHours(t, "Mo-Fr 09:00-17:00; PH off")
	for _, tt := range []struct {
		nation, when string
		want         State
	}{
		{"england", "2026-11-30 10:00", Open},
		{"scotland", "2026-11-30 10:00", Closed},         // St Andrew's Day
		{"northern-ireland", "2026-03-17 10:00", Closed}, // St Patrick's Day
		{"wales", "2026-04-06 10:00", Closed},            // Easter Monday
		{"scotland", "2026-04-06 10:00", Open},
	} {
		now := d.calendar.moment(at(t, tt.when))
		if got := h.at(&now, nationNumber(tt.nation)); got != tt.want {
			t.Errorf("%s, %s: %v, want %v", tt.nation, tt.when, got, tt.want)
		}
	}
}

func TestClockChanges(t *testing.T) {
	d := mustLoad(t)
	utc := func(s string) time.Time {
		at, err := time.Parse(time.RFC3339, s)
		if err != nil {
			t.Fatal(err)
		}
		return at
	}
	// 28 March 2027: 01:00 becomes 02:00. 25 October 2026: 02:00 becomes 01:00.
	h := mustHours(t, "Sa-Su 01:30-02:30")
	for _, tt := range []struct {
		when string
		want State
	}{
		{"2027-03-28T00:59:00Z", Closed},
		{"2027-03-28T01:00:00Z", Open}, // the clock shows 02:00: the skipped 01:30 has gone by
		{"2027-03-28T01:30:00Z", Closed},
		{"2026-10-25T00:30:00Z", Open},   // 01:30 summer time
		{"2026-10-25T01:00:00Z", Closed}, // 01:00 for the second time
		{"2026-10-25T01:30:00Z", Open},   // 01:30 for the second time
		{"2026-10-25T02:30:00Z", Closed},
	} {
		now := d.calendar.moment(utc(tt.when))
		if got := h.at(&now, 0); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.when, got, tt.want)
		}
	}
	if got := d.calendar.instant(2027, 3, 28, 90); !got.Equal(utc("2027-03-28T01:00:00Z")) {
		t.Errorf("01:30 on a day that skips it is %v, want the next that exists", got)
	}
	if got := d.calendar.instant(2026, 10, 25, 90); !got.Equal(utc("2026-10-25T00:30:00Z")) {
		t.Errorf("01:30 on a day that has it twice is %v, want the first", got)
	}
	if got := d.calendar.lastInstant(2026, 10, 25, 90); !got.Equal(utc("2026-10-25T01:30:00Z")) {
		t.Errorf("the second 01:30 is %v", got)
	}
}

func TestHoursThatAreRefused(t *testing.T) {
	for hours, want := range map[string]string{
		"Mo-Fr 17:00-09:00":            "end before they start; past midnight is 17:00-09:00+1",
		"Mo-Fr 09:00-09:00":            "end before they start",
		"Mo-Fr 09:00-25:00":            "a time of day is 00:00 to 24:00",
		"Mo-Fr 9:00-17:00":             "a time of day is 00:00 to 24:00",
		"Mo-Fr":                        "needs days and times",
		"Mon-Fri 09:00-17:00":          "use Mo Tu We Th Fr Sa Su or PH",
		"Mo-Fr 09:00":                  "use 09:00-17:00 or off",
		"Mo-Fr 08:00-09:00+1":          "longer than a day",
		"Mo-Fr 09:00-17:00; every day": "use Mo Tu We Th Fr Sa Su or PH",
	} {
		_, err := ParseHours(hours)
		if hours == "Mo-Fr 09:00-17:00; every day" {
			want = `times "day"`
		}
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", hours, err, want)
		}
	}
}

// TestBankHolidaysAgree compares our table with another library's. For England
// and Wales every day must agree; Scotland and Northern Ireland have days of
// their own that the library does not know.
func TestBankHolidaysAgree(t *testing.T) {
	d := mustLoad(t)
	england := map[int]bool{}
	for _, h := range gb.Holidays {
		for year := 2026; year <= 2031; year++ {
			actual, observed := h.Calc(year)
			for _, day := range []time.Time{actual, observed} {
				if !day.IsZero() {
					england[number(day.Date())] = true
				}
			}
		}
	}
	for day := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC); day.Year() < 2032; day = day.AddDate(0, 0, 1) {
		n := number(day.Date())
		for _, nation := range []string{"england", "wales"} {
			if got := d.calendar.days[n][nationNumber(nation)]; got != england[n] {
				t.Errorf("%s, %d: ours says %v, the library %v", nation, n, got, england[n])
			}
		}
	}
	everywhere := []*cal.Holiday{gb.NewYear, gb.GoodFriday, gb.EarlyMay, gb.SpringHoliday, gb.ChristmasDay, gb.BoxingDay}
	scotland := append([]*cal.Holiday{gb.SummerHolidayScotland}, everywhere...)
	ireland := append([]*cal.Holiday{gb.EasterMonday, gb.SummerHoliday}, everywhere...)
	for nation, list := range map[string][]*cal.Holiday{"scotland": scotland, "northern-ireland": ireland} {
		for _, h := range list {
			for year := 2026; year <= 2031; year++ {
				_, observed := h.Calc(year)
				if !observed.IsZero() && !d.calendar.days[number(observed.Date())][nationNumber(nation)] {
					t.Errorf("%s: %s %d is missing", nation, h.Name, number(observed.Date()))
				}
			}
		}
	}
}
