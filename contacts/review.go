package contacts

import (
	"slices"
	"time"
)

// reviewMonths is how long a confirmed number is trusted before somebody rings
// or reads the live page again.
const reviewMonths = 6

// Due is a contact that somebody must look at.
type Due struct {
	Contact *Contact
	Why     string    // never-confirmed, due, overdue, recheck, expiring or expired
	By      time.Time // the day it is due; zero for never-confirmed
}

// Review lists the contacts to look at, as of a moment: never confirmed,
// confirmed six months ago (overdue a month later), with a day to look again
// that has come, or whose validity ends within 60 days or has ended. Nothing
// here stops a start.
func (d *Directory) Review(at time.Time) []Due {
	var out []Due
	for _, c := range d.all {
		out = append(out, c.due(at)...)
	}
	slices.SortStableFunc(out, func(a, b Due) int { return a.By.Compare(b.By) })
	return out
}

func (c *Contact) due(at time.Time) []Due {
	var out []Due
	add := func(why string, by time.Time) { out = append(out, Due{c, why, by}) }
	if c.Confirmed.IsZero() {
		add("never-confirmed", time.Time{})
	} else if by := c.Confirmed.AddDate(0, reviewMonths, 0); !at.Before(by.AddDate(0, 1, 0)) {
		add("overdue", by)
	} else if !at.Before(by) {
		add("due", by)
	}
	if !c.Recheck.IsZero() && !at.Before(c.Recheck) && c.Confirmed.Before(c.Recheck) {
		add("recheck", c.Recheck)
	}
	if !c.ValidTo.IsZero() {
		switch {
		case at.After(c.ValidTo.AddDate(0, 0, 1)):
			add("expired", c.ValidTo)
		case at.After(c.ValidTo.AddDate(0, 0, -60)):
			add("expiring", c.ValidTo)
		}
	}
	return out
}
