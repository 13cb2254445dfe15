package bot_test

import (
	"slices"
	"testing"
	"time"

	"pathwaybot/bot"
)

// What is looked for in a chat that is left: the numbers of the last outages, the newest
// first and each once, above the oldest that is known there, and none that is known.
func TestSpans(t *testing.T) {
	now := time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC)
	nobody := func(int) bool { return false }
	var s bot.Spans
	s.Away(now)      // nothing has been seen yet
	s.Saw(9900, now) // a press on an old message
	s.Saw(9100, now)
	s.Saw(10_000, now.Add(29*time.Second))
	if got := s.Between(1, nobody, now); len(got) != 700 || got[0] != 10_100 || got[699] != 9401 {
		t.Errorf("after the start: %d numbers, from %v", len(got), got[:1])
	}
	now = now.Add(9 * time.Minute)
	s.Saw(20_000, now)
	for range 4 { // an outage of two seconds, in which forty messages come
		s.Away(now)
		s.Saw(20_040, now)
		now = now.Add(500 * time.Millisecond)
	}
	s.Away(now)
	got := s.Between(1, nobody, now)
	if len(got) != 240+700 || got[0] != 20_140 || got[239] != 19_901 || got[240] != 10_100 {
		t.Errorf("after an outage: %d numbers: %v", len(got), got)
	}
	got = s.Between(20_000, func(id int) bool { return id == 20_050 }, now)
	if len(got) != 139 || slices.Contains(got, 20_050) || got[138] != 20_001 {
		t.Errorf("of a chat that began in the outage: %d numbers: %v", len(got), got)
	}
	now = now.Add(5 * time.Second) // at once another one, whose numbers are partly the same
	s.Away(now)
	sorted := slices.Sorted(slices.Values(s.Between(1, nobody, now)))
	if len(sorted) != len(slices.Compact(slices.Clone(sorted))) || len(sorted) != 240+700 {
		t.Errorf("a number is looked for twice: %d", len(sorted))
	}
	now = now.Add(2 * time.Minute)
	if got := s.Between(1, nobody, now); len(got) != 240 {
		t.Errorf("eleven minutes after the start: %d numbers, want those of the outages", len(got))
	}
	s.Saw(30_000, now)
	s.Away(now)
	s.Saw(32_000, now)
	s.Away(now)
	if got := s.Between(1, nobody, now); len(got) != 1000 || got[0] != 32_100 {
		t.Errorf("a long outage: %d numbers, want 1000", len(got))
	}
}
