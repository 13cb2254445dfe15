package main

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
	"time"
)

// A thousand faults of one kind are one line a minute; another kind is not held up.
func TestLogIsCalm(t *testing.T) {
	now := time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC)
	var out bytes.Buffer
	log := slog.New(newCalm(slog.NewTextHandler(&out, nil), func() time.Time { return now }))
	for range 1000 {
		log.Error("web: store away")
	}
	log.Error("web: turn")
	now = now.Add(time.Minute)
	log.Error("web: store away")
	now = now.Add(-time.Hour) // a clock that is set back does not silence it
	log.Error("web: turn")
	if n := strings.Count(out.String(), "\n"); n != 4 {
		t.Errorf("%d lines, want 4:\n%s", n, out.String())
	}
}
