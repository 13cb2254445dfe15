package main

import (
	"bytes"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"pathwaybot/session/redistest"
)

// made is the bot, built once for all tests, and what removes it.
var made = sync.OnceValues(func() (*tools, error) {
	t, closing, err := newTools(1)
	if err != nil {
		return nil, err
	}
	remove, t.plain = closing, true
	return t, nil
})

var remove func()

func TestMain(m *testing.M) {
	code := m.Run()
	if remove != nil {
		remove()
	}
	os.Exit(code)
}

// need returns the built bot, where there is a redis-server. Without one the test is
// skipped, or fails if CI is set.
func need(t *testing.T) *tools {
	t.Helper()
	redistest.Start(t)
	tools, err := made()
	if err != nil {
		t.Fatal(err)
	}
	return tools
}

// TestFaults is the short form of "trial faults": nobody comes to harm.
func TestFaults(t *testing.T) {
	tools := need(t)
	var rows []row
	for _, r := range allRows() {
		if r.short {
			rows = append(rows, r)
		}
	}
	var out bytes.Buffer
	results := tryAll(tools, rows, 2)
	if table(&out, results) > 0 {
		t.Error("somebody would have come to harm")
	}
	t.Logf("\n%s", out.String())
	for _, r := range results {
		if r.counts.updates == 0 {
			t.Errorf("%s: no update stands behind the row", r.row.name)
		}
	}
}

// TestSabotage: each column counts what is done wrong on purpose. A bot that lost
// updates would look like this.
func TestSabotage(t *testing.T) {
	tools := need(t)
	columns := map[string]func(counts) int{
		"lost":      func(c counts) int { return c.lost },
		"reordered": func(c counts) int { return c.reordered },
		"repeated":  func(c counts) int { return c.repeated },
		"leaked":    func(c counts) int { return c.leaked },
		"logged":    func(c counts) int { return c.leaked },
	}
	for kind := range saboteurs() {
		t.Run(kind, func(t *testing.T) {
			r, err := sabotaged(kind)
			if err != nil {
				t.Fatal(err)
			}
			got := try(tools, r)
			if got.err != nil {
				t.Fatal(got.err)
			}
			if columns[kind](got.counts) == 0 {
				t.Errorf("not noticed: %+v", got.counts)
			}
			if !got.bad() {
				t.Error("the row counts as good")
			}
		})
	}
}

// TestSoak is the short form of "trial soak".
func TestSoak(t *testing.T) {
	tools := need(t)
	var out bytes.Buffer
	all, err := soak(tools, soaking{length: 20 * time.Second, chats: 50, every: 10 * time.Second, gap: 500 * time.Millisecond, pause: time.Second}, &out)
	t.Logf("\n%s", out.String())
	// Where faults fall on top of one another, as here every half second, two or three
	// updates in ten thousand still come to harm: docs/trial.md, "What is known".
	if err != nil || all.lost+all.reordered+all.repeated+all.wrong+all.leaked > 2 {
		t.Errorf("people would have come to harm: %+v %v", all, err)
	}
	if !strings.Contains(out.String(), "descriptors") {
		t.Error("no figures")
	}
}
