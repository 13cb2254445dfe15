package session

import (
	"testing"

	"pathwaybot/session/redistest"
)

// Another Redis process is noticed with the first answer that it gives, not later.
func TestLives(t *testing.T) {
	server := redistest.Start(t)
	r := openRedis(t, server.URL())
	if n := r.Lives(); n != 0 {
		t.Errorf("before anything was asked: %d lives", n)
	}
	save(t, r, record(amina, "walk", "mail"), usual)
	server.Pause() // away for a while, and the same
	server.Resume()
	wantRecord(t, load(t, r, amina), "walk", "mail")
	if n := r.Lives(); n != 1 {
		t.Errorf("%d lives, want 1", n)
	}
	server.Restart()
	wantRecord(t, load(t, r, amina), "", "")
	if n := r.Lives(); n != 2 {
		t.Errorf("after a new start: %d lives, want 2", n)
	}
	server.StopKeeping()
	server.Resurrect()
	if err := r.Ping(t.Context()); err != nil || r.Lives() != 3 {
		t.Errorf("after a start with its data: %d lives, %v; want 3", r.Lives(), err)
	}
}
