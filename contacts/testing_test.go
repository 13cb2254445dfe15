package contacts

import (
	"testing"
	"time"

	"pathwaybot/areas"
)

func mustPlaces(t testing.TB) *areas.Map {
	t.Helper()
	m, err := areas.Load(areas.Files())
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func mustLoad(t testing.TB) *Directory {
	t.Helper()
	d, err := Load(Files(), mustPlaces(t))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// at reads a UK wall clock time: "2026-11-24 10:00".
func at(t testing.TB, s string) time.Time {
	t.Helper()
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	at, err := time.ParseInLocation("2006-01-02 15:04", s, london)
	if err != nil {
		t.Fatal(err)
	}
	return at
}
