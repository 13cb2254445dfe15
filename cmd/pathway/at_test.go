package main

import (
	"errors"
	"strings"
	"testing"
	"time"
)

func TestParseAt(t *testing.T) {
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ text, want string }{
		{"2026-12-25 03:00", "2026-12-25T03:00:00Z"},
		{"2026-07-01 03:00", "2026-07-01T02:00:00Z"},
		{"2026-12-25", "2026-12-25T12:00:00Z"},
		{"2026-07-01", "2026-07-01T11:00:00Z"},
		{"2027-03-28 00:59", "2027-03-28T00:59:00Z"},
		{"2027-03-28 01:00", "does not exist"},
		{"2027-03-28 01:59", "does not exist"},
		{"2027-03-28 02:00", "2027-03-28T01:00:00Z"},
		{"2026-10-25 00:59", "2026-10-24T23:59:00Z"},
		{"2026-10-25 01:00", "is there twice"},
		{"2026-10-25 01:59", "is there twice"},
		{"2026-10-25 02:00", "2026-10-25T02:00:00Z"},
		{"2026-02-29", "is not a moment"},
		{"2026-12-25 24:00", "is not a moment"},
		{"03:00", "is not a moment"},
		{"tomorrow", "is not a moment"},
	} {
		at, err := parseAt(tt.text, london)
		got := at.UTC().Format(time.RFC3339)
		if err != nil {
			got = err.Error()
			if !errors.Is(err, errUsage) || !strings.Contains(got, tt.text) {
				t.Errorf("%s: %v does not name what was typed", tt.text, err)
			}
		}
		if got != tt.want && (err == nil || !strings.Contains(got, tt.want)) {
			t.Errorf("%s: %s, want %s", tt.text, got, tt.want)
		}
	}
}
