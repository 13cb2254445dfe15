package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"
)

// row is one fault and what is tried with it.
type row struct {
	name  string
	short bool // it is tried in "make check" too
	waits bool // it mostly waits: it runs beside all others
	setup setup
	play  func(*world) counts
}

// result is what came of a row.
type result struct {
	row    row
	counts counts
	notes  []string
	err    error // the row could not be played to its end
	took   time.Duration
}

func (r result) bad() bool { return r.err != nil || r.counts.bad() }

// try plays one row in a world of its own.
func try(t *tools, r row) result {
	out := result{row: r}
	begin := time.Now()
	rig := t.rig()
	out.err = rig.run(func() {
		w := newWorld(rig, t, r.setup)
		defer func() { out.notes = w.remarks() }()
		out.counts = r.play(w)
	})
	out.took = time.Since(begin)
	return out
}

// head is the first line of the table.
const head = "fault\tupdates\tlost\treordered\trepeated\twrong screen\tleaked\tshown twice\tasked again\tnote\t"

// table writes results under each other, below them what is known of the bad ones, and
// returns how many those are.
func table(out io.Writer, results []result) (bad int) {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	line := func(name string, c counts, note string) {
		_, _ = fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%s\t\n",
			name, c.updates, c.lost, c.reordered, c.repeated, c.wrong, c.leaked, c.twice, c.again, note)
	}
	_, _ = fmt.Fprintln(w, head)
	var all counts
	for _, r := range results {
		note := strings.Join(r.notes, "; ")
		switch {
		case r.err != nil:
			note = "NOT PLAYED TO ITS END, see below"
		case r.bad():
			note = "see below"
		}
		if r.bad() {
			bad++
		}
		line(r.row.name, r.counts, note)
		all.add(r.counts)
	}
	line(fmt.Sprintf("all %d", len(results)), all, "")
	_ = w.Flush() // the terminal has gone: nobody to tell
	for _, r := range results {
		if !r.bad() {
			continue
		}
		_, _ = fmt.Fprintf(out, "\n%s\n", r.row.name)
		if r.err != nil {
			_, _ = fmt.Fprintf(out, "  could not go on: %v\n", r.err)
		}
		for _, note := range r.notes {
			_, _ = fmt.Fprintf(out, "  %s\n", note)
		}
	}
	return bad
}
