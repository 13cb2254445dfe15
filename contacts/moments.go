package contacts

import (
	"slices"
	"time"
)

// Moments returns every instant from one time to another, both included, at
// which one of the contacts may open, close, or change the number to show. What
// List says holds from each of them until the next.
func (d *Directory) Moments(list []*Contact, from, to time.Time) []time.Time {
	out := []time.Time{from}
	c := &d.calendar
	y, mo, day := from.In(c.london).Date()
	for i := -1; ; i++ {
		noon := time.Date(y, mo, day+i, 12, 0, 0, 0, time.UTC)
		dy, dm, dd := noon.Date()
		if c.instant(dy, dm, dd, 0).After(to) {
			break
		}
		for _, minute := range d.minutes(list, noon.Weekday(), c.days[number(dy, dm, dd)]) {
			if t := c.instant(dy, dm, dd+minute/dayMinutes, minute%dayMinutes); t.After(from) && !t.After(to) {
				out = append(out, t)
			}
			if last := c.lastInstant(dy, dm, dd+minute/dayMinutes, minute%dayMinutes); last.After(from) && !last.After(to) {
				out = append(out, last)
			}
		}
	}
	out = append(out, to)
	slices.SortFunc(out, time.Time.Compare)
	return slices.CompactFunc(out, time.Time.Equal)
}

// minutes are the wall clock times of one day at which something changes.
func (d *Directory) minutes(list []*Contact, day time.Weekday, holiday [len(nations)]bool) []int {
	at := []int{0} // a bank holiday begins or ends
	for _, c := range list {
		spans, _ := c.Hours.on(day, holiday[c.nation])
		at = appendSpans(at, spans)
		if c.Duty == nil {
			continue
		}
		spans, _ = c.Duty.Hours.on(day, holiday[c.nation])
		at = appendSpans(at, spans)
		if !c.Hours.stated {
			at = append(at, officeOpens, officeCloses)
		}
	}
	slices.Sort(at)
	return slices.Compact(at)
}

func appendSpans(at []int, spans []span) []int {
	for _, s := range spans {
		at = append(at, s.start, s.end)
	}
	return at
}

// lastInstant is instant, but the second of two where the hour is doubled.
func (c *calendar) lastInstant(y int, mo time.Month, d, minute int) time.Time {
	t := c.instant(y, mo, d, minute)
	if after := t.Add(time.Hour); after.Hour() == t.Hour() && after.Minute() == t.Minute() {
		return after
	}
	return t
}
