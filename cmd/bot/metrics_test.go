package main

import (
	"bytes"
	"context"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pathwaybot/areas"
	"pathwaybot/guide"
)

func testService(t *testing.T, c config, now func() time.Time) *service {
	t.Helper()
	g, err := guide.Load(guide.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	c.idleCover, c.idleClean = 15*time.Minute, 45*time.Minute
	s := &service{config: c, guide: g, now: now}
	if err := s.build(); err != nil {
		t.Fatal(err)
	}
	return s
}

// What people did shows when the hour is over, with no word of who or when.
func TestCountsShowWhenTheHourIsOver(t *testing.T) {
	now := time.Date(2026, 11, 24, 10, 20, 0, 0, time.UTC)
	s := testService(t, config{}, func() time.Time { return now })
	metrics := func() string {
		rec := httptest.NewRecorder()
		s.admin().ServeHTTP(rec, httptest.NewRequestWithContext(t.Context(), "GET", "/metrics", nil))
		return rec.Body.String()
	}
	s.outcomes.count("adult-self", "refer")
	s.wrong.count("police-101")
	s.wrong.count("police-101")
	if got := metrics(); strings.Contains(got, "police-101") || strings.Contains(got, "adult-self") {
		t.Errorf("shown within the hour:\n%s", got)
	}
	now = now.Add(40 * time.Minute)
	for _, want := range []string{
		`contact_did_not_work_total{contact="police-101"} 2`,
		`pathway_outcomes_total{outcome="refer",pathway="adult-self"} 1`,
	} {
		if got := metrics(); !strings.Contains(got, want+"\n") {
			t.Errorf("%s is not in\n%s", want, got)
		}
	}
}

// madeUp is a table in the columns of the official directory.
const madeUp = "pcds,lad25cd\nSG1 1CC,E07000243\n"

func TestPostcodesAreLoadedOrRefusedAtTheStart(t *testing.T) {
	path := filepath.Join(t.TempDir(), "postcodes.txt")
	var file bytes.Buffer
	tables := areas.NewTables()
	if _, err := tables.Read("made-up.csv", strings.NewReader(madeUp)); err != nil {
		t.Fatal(err)
	}
	if _, err := tables.Write(&file); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, file.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	if s := testService(t, config{postcodes: path}, time.Now); s.postcodes.Sectors() != 1 {
		t.Errorf("%d sectors, want 1", s.postcodes.Sectors())
	}
	if s := testService(t, config{}, time.Now); s.postcodes != nil {
		t.Error("postcodes without a file")
	}
	if err := os.WriteFile(path, []byte(madeUp), 0o600); err != nil {
		t.Fatal(err)
	}
	for set, want := range map[string]string{
		path:          `POSTCODES: this is not a file that "pathway areas import" has made`,
		path + ".not": "POSTCODES: cannot be read: ",
	} {
		err := run(context.Background(), env(map[string]string{"POSTCODES": set}), &bytes.Buffer{})
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: %v, want %s", set, err, want)
		}
	}
}
