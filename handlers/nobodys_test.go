package handlers_test

import (
	"context"
	"testing"
	"time"

	"pathwaybot/handlers"
	"pathwaybot/session"
)

// A look that changes nothing overtakes no screen: whoever has just shown one would
// otherwise show it again, and so on.
func TestLookOvertakesNothing(t *testing.T) {
	c := newChat(t, session.NewMemory(clock))
	shown := c.press("!lang/en", "gate/start/about-me")
	c.event(handlers.Event{What: handlers.Look})
	c.event(handlers.Event{What: handlers.Found})
	if c.conv.Overtaken(t.Context(), shown) {
		t.Error("a look counts as a newer step")
	}
	c.press("gate/age-me/adult")
	if !c.conv.Overtaken(t.Context(), shown) {
		t.Error("a press does not count as a newer step")
	}
}

// Messages that a channel finds in a chat do not put off its cover.
func TestFoundMessagesPutNothingOff(t *testing.T) {
	store := session.NewMemory(clock)
	c := newChat(t, store)
	c.press("!lang/en", "gate/start/about-me")
	later := noon.Add(10 * time.Minute)
	found := handlers.Event{Chat: session.Chat{Channel: "test", ID: "1"}, What: handlers.Found, Now: later}
	place := func(context.Context, handlers.Reply, []byte) ([]byte, error) { return []byte("one more"), nil }
	if _, err := c.conv.Turn(t.Context(), found, place); err != nil {
		t.Fatal(err)
	}
	due, err := store.Lease(t.Context(), noon.Add(16*time.Minute), time.Minute, 10)
	if err != nil || len(due) != 1 {
		t.Errorf("due after 16 minutes: %d chats, %v; want the one", len(due), err)
	}
}

// A screen that is shown again because it was late keeps the line above it; a page that
// is opened again shows the line once.
func TestAgainKeepsTheLine(t *testing.T) {
	c := newChat(t, session.NewMemory(clock))
	c.press("!lang/en", "gate/start/about-me")
	line := c.event(handlers.Event{What: handlers.Text, Data: "xyzzy"}).Note
	if line == "" {
		t.Fatal("typed words bring no line")
	}
	for range 2 {
		if r := c.event(handlers.Event{What: handlers.Look, Again: true}); r.Note != line {
			t.Errorf("shown again: %q, want %q", r.Note, line)
		}
	}
	if r := c.event(handlers.Event{What: handlers.Look}); r.Note != line {
		t.Errorf("a page: %q, want %q", r.Note, line)
	}
	if r := c.event(handlers.Event{What: handlers.Look}); r.Note != "" {
		t.Errorf("the page once more: %q, want nothing", r.Note)
	}
}
