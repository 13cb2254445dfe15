package main

import "time"

// atLayout is how a moment is typed. A day alone means its noon.
const atLayout = "2006-01-02 15:04"

// parseAt reads a moment by the clock on a wall in the United Kingdom. An hour
// that a clock change skips is none, and one that it doubles does not say which of
// the two is meant: both are refused.
func parseAt(text string, london *time.Location) (time.Time, error) {
	typed, err := time.Parse(atLayout, text)
	if day, dayErr := time.Parse(time.DateOnly, text); dayErr == nil {
		typed, err = day.Add(12*time.Hour), nil
	}
	if err != nil {
		return time.Time{}, wrong("--at %q is not a moment such as \"2026-12-25 03:00\", nor a day such as 2026-12-25", text)
	}
	y, mo, d := typed.Date()
	at := time.Date(y, mo, d, typed.Hour(), typed.Minute(), 0, 0, london)
	if !sameClock(at, typed) {
		return time.Time{}, wrong("--at %q does not exist: the clocks go forward at 01:00 that day. Take 02:00 or later, or before 01:00.", text)
	}
	// time.Date takes either of the two and does not promise which.
	if sameClock(at.Add(time.Hour), typed) || sameClock(at.Add(-time.Hour), typed) {
		return time.Time{}, wrong("--at %q is there twice: the clocks go back at 02:00 that day. Take 02:00 or later, or before 01:00.", text)
	}
	return at, nil
}

func sameClock(a, b time.Time) bool { return a.Hour() == b.Hour() && a.Minute() == b.Minute() }
