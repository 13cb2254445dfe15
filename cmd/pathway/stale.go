package main

import (
	"fmt"
	"text/tabwriter"
	"time"

	"pathwaybot/contacts"
	"pathwaybot/flows"
)

const staleLong = `
Lists the facts, sources and contacts that somebody should look at again, and the
day until which bank holidays are known. Nothing here is a mistake: time passing
alone never stops a start or fails a check.`

// sourceMonths is how long our note of a source is trusted before somebody opens
// the page again.
const sourceMonths = 12

func stale(c *call) error {
	dir, at := c.dirFlag(), c.atFlag()
	if _, err := c.parse(0); err != nil {
		return err
	}
	when, err := c.moment(*at)
	if err != nil {
		return err
	}
	g, err := load(*dir)
	if err != nil {
		return err
	}
	c.out.printf("As of %s\n", when.Format("Monday 2 January 2006"))
	c.section("Facts whose day of review has come", factRows(g.Evidence, when))
	c.section(fmt.Sprintf("Sources read more than %d months ago", sourceMonths), sourceRows(g.Evidence, when))
	due := g.Contacts.Review(when)
	for _, kind := range []struct{ why, title string }{
		{"expired", "Contacts whose last day has passed"},
		{"overdue", "Contacts to ring again, overdue"},
		{"due", "Contacts to ring again"},
		{"recheck", "Contacts with a day to look again that has come"},
		{"expiring", "Contacts whose last day is near"},
		{"never-confirmed", "Contacts that nobody has rung yet"},
	} {
		c.section(kind.title, contactRows(due, kind.why))
	}
	until := g.Contacts.HolidaysUntil()
	c.out.printf("\nBank holidays are known until %s. ", until.Format("2 January 2006"))
	if days := int(until.Sub(when).Hours() / 24); days >= 0 {
		c.out.printf("That is %s away.\n", count(days, "day"))
	} else {
		c.out.printf("That day has passed: hours count as not stated until contacts/holidays.yaml goes on.\n")
	}
	return nil
}

// section prints a heading with its number of rows, and the rows as a table.
func (c *call) section(title string, rows []string) {
	c.out.printf("\n%s: %d\n", title, len(rows))
	table := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', 0)
	lines := &printer{w: table}
	for _, row := range rows {
		lines.printf("  %s\n", row)
	}
	if err := table.Flush(); err != nil && c.out.err == nil {
		c.out.err = err
	}
}

func factRows(e *flows.Evidence, at time.Time) []string {
	var out []string
	for _, f := range e.Facts {
		if !at.Before(f.Review) {
			out = append(out, fmt.Sprintf("%s\t%s\tdue %s\tflows/facts.yaml:%d", f.Key, f.Value, f.Review.Format(time.DateOnly), f.Line))
		}
	}
	return out
}

func sourceRows(e *flows.Evidence, at time.Time) []string {
	var out []string
	for _, s := range e.Sources {
		if !at.Before(s.Read.AddDate(0, sourceMonths, 0)) {
			out = append(out, fmt.Sprintf("%s\tread %s\tflows/sources.yaml:%d\t%s", s.Key, s.Read.Format(time.DateOnly), s.Line, s.Address))
		}
	}
	return out
}

func contactRows(due []contacts.Due, why string) []string {
	var out []string
	for _, d := range due {
		if d.Why != why {
			continue
		}
		by := "compiled " + d.Contact.Compiled.Format(time.DateOnly)
		if !d.By.IsZero() {
			by = "by " + d.By.Format(time.DateOnly)
		}
		out = append(out, fmt.Sprintf("%s\t%s\t%s\tcontacts/%s", d.Contact.ID, d.Contact.Phone, by, d.Contact.Pos))
	}
	return out
}
