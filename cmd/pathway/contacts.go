package main

import (
	"encoding/csv"
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"pathwaybot/areas"
	"pathwaybot/contacts"
	"pathwaybot/guide"
)

const contactsLong = `
Lists every contact in the order of the files. With --csv the list holds all that
a coordinator needs to ring them one by one; a spreadsheet opens it.`

func listContacts(c *call) error {
	dir := c.dirFlag()
	asCSV := c.flags.Bool("csv", false, "print comma separated values, with more columns")
	if _, err := c.parse(0); err != nil {
		return err
	}
	g, err := load(*dir)
	if err != nil {
		return err
	}
	if *asCSV {
		return c.csv(g)
	}
	table := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', 0)
	lines := &printer{w: table}
	lines.printf("CONTACT\tKIND\tWHERE\tPHONE\tHOURS\tOUT OF HOURS\tCONFIRMED\n")
	for _, ct := range g.Contacts.All() {
		duty := "-"
		if ct.Duty != nil {
			duty = ct.Duty.Phone
		}
		lines.printf("%s\t%s\t%s\t%s\t%s\t%s\t%s\n",
			ct.ID, ct.Kind, where(g.Areas, ct), or(ct.Phone, "-"), ct.Hours, duty, or(day(ct.Confirmed), "no"))
	}
	if err := table.Flush(); err != nil {
		return fmt.Errorf("print contacts: %w", err)
	}
	return nil
}

func (c *call) csv(g *guide.Guide) error {
	w := csv.NewWriter(c.out)
	rows := [][]string{{
		"id", "name", "kind", "for", "audience", "areas", "phone", "then", "hours", "duty phone", "duty hours",
		"sms", "relay", "form", "e-mail", "web", "anonymous", "confidence", "compiled", "confirmed", "valid from",
		"valid to", "source", "remark", "file",
	}}
	for _, ct := range g.Contacts.All() {
		var duty contacts.Line
		dutyHours := ""
		if ct.Duty != nil {
			duty, dutyHours = *ct.Duty, ct.Duty.Hours.String()
		}
		rows = append(rows, []string{
			ct.ID, g.Words.Text(guide.English, "contact."+ct.ID+".name"), ct.Kind,
			strings.Join(ct.For, " "), strings.Join(ct.Audience, " "), strings.Join(names(g.Areas, ct), "; "),
			ct.Phone, ct.Then, ct.Hours.String(), duty.Phone, dutyHours,
			ct.SMS, ct.Relay, ct.Form, ct.Email, ct.Web, ct.Anonymous, ct.Confidence,
			day(ct.Compiled), day(ct.Confirmed), day(ct.ValidFrom), day(ct.ValidTo),
			ct.Source, ct.Remark, "contacts/" + ct.Pos,
		})
	}
	if err := w.WriteAll(rows); err != nil {
		return fmt.Errorf("print contacts: %w", err)
	}
	return nil
}

// names returns the names of the places that a contact serves.
func names(m *areas.Map, ct *contacts.Contact) []string {
	var out []string
	for _, code := range ct.Areas {
		if a, ok := m.Area(code); ok {
			out = append(out, a.Name)
		}
	}
	return out
}

// where names the place that a contact serves, and how many more.
func where(m *areas.Map, ct *contacts.Contact) string {
	all := names(m, ct)
	switch len(all) {
	case 0:
		return "United Kingdom"
	case 1:
		return all[0]
	}
	return fmt.Sprintf("%s and %d more", all[0], len(all)-1)
}

func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}
