package contacts

import (
	"time"
	_ "time/tzdata" // UK time must be known on a machine without a time zone database
)

// nations are those whose bank holidays differ, in the order of moment.holiday.
var nations = [...]string{"england", "wales", "scotland", "northern-ireland"}

func nationNumber(code string) int {
	for i, n := range nations {
		if n == code {
			return i
		}
	}
	return 0
}

// moment is an instant as the clock on a wall in the United Kingdom shows it.
// An hour that a clock change skips never shows; one that it doubles shows twice
// and counts both times.
type moment struct {
	instant       time.Time
	date          int // yyyymmdd
	weekday       time.Weekday
	minute        int
	known         bool // the bank holidays of this day are in the table
	holiday       [len(nations)]bool
	holidayBefore [len(nations)]bool // of the day before
}

// calendar is UK time and the bank holidays of each nation.
type calendar struct {
	london *time.Location
	days   map[int][len(nations)]bool // by yyyymmdd
	first  int
	last   int // the last day for which the table is complete
}

func (c *calendar) moment(t time.Time) moment {
	t = t.In(c.london)
	y, mo, d := t.Date()
	m := moment{
		instant: t, date: number(y, mo, d), weekday: t.Weekday(), minute: t.Hour()*60 + t.Minute(),
	}
	m.known = c.first <= m.date && m.date <= c.last
	m.holiday = c.days[m.date]
	m.holidayBefore = c.days[number(time.Date(y, mo, d-1, 12, 0, 0, 0, time.UTC).Date())]
	return m
}

func number(y int, m time.Month, d int) int { return y*10000 + int(m)*100 + d }

// office reports whether it is a weekday in office hours in a nation.
func (m *moment) office(nation int) bool {
	return m.weekday != time.Saturday && m.weekday != time.Sunday && !m.holiday[nation] &&
		officeOpens <= m.minute && m.minute < officeCloses
}

// instant returns when the wall clock shows a minute of a day: the next that
// exists where a clock change skips it, the first of two where it is doubled.
func (c *calendar) instant(y int, mo time.Month, d, minute int) time.Time {
	t := time.Date(y, mo, d, 0, minute, 0, 0, c.london)
	if t.Hour()*60+t.Minute() != minute%dayMinutes {
		from, to := t.ZoneBounds()
		if near := t.Sub(from); near >= 0 && near < 2*time.Hour {
			return from.In(c.london)
		}
		return to.In(c.london)
	}
	if before := t.Add(-time.Hour); before.Hour() == t.Hour() && before.Minute() == t.Minute() {
		return before
	}
	return t
}

// opens returns when a line that is closed now answers next, within a fortnight;
// zero when that is not known.
func (c *calendar) opens(h *Hours, m *moment, nation int) time.Time {
	y, mo, d := m.instant.Date()
	for i := range 15 {
		day := time.Date(y, mo, d+i, 12, 0, 0, 0, time.UTC)
		dy, dm, dd := day.Date()
		n := number(dy, dm, dd)
		if n > c.last {
			break
		}
		spans, known := h.on(day.Weekday(), c.days[n][nation])
		if !known {
			continue
		}
		var first time.Time
		for _, s := range spans {
			t := c.instant(dy, dm, dd, s.start)
			if t.After(m.instant) && (first.IsZero() || t.Before(first)) {
				first = t
			}
		}
		if !first.IsZero() {
			return first
		}
	}
	return time.Time{}
}
