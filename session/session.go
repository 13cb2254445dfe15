package session

import (
	"errors"
	"log/slog"
	"time"
)

// ErrConflict says that the record was saved, dropped or has expired since it
// was loaded. Load it and decide again.
var ErrConflict = errors.New("somebody was faster")

// ErrAway says that Redis cannot be reached, took too long or refused (full,
// loading, read-only). After it a Save or Drop may still have happened.
var ErrAway = errors.New("session store is away")

// errNoChat is a programmer's mistake: all such records would share one place.
var errNoChat = errors.New("record without a chat")

// Chat names a conversation: the channel ("telegram", "web") and the channel's
// own id for it. It is never logged and never stored in clear.
type Chat struct{ Channel, ID string }

// String hides the chat from messages and errors.
func (Chat) String() string { return "a chat" }

// LogValue hides the chat from slog, whichever handler writes the line.
func (c Chat) LogValue() slog.Value { return slog.StringValue(c.String()) }

// Record is what is kept for a chat. It belongs to the store that returned it.
type Record struct {
	// Chat is sealed together with Mail, so that an idle job can reach the chat.
	Chat Chat
	// Walk is opaque. Empty: no walk, because it is forgotten or never was.
	Walk []byte
	// Mail is opaque: the message ids with their sent minute. It outlives Walk.
	Mail []byte

	// version is what the stored record must still carry when this one is
	// saved; "" for a record that was absent. Random for each write, so that it
	// tells neither order nor time.
	version string
	// home is which of the store's keys sealed the record; it moves to key 0
	// with the next save.
	home int
	// spot is where the record lies under that key, so that saving need not work
	// it out again; empty for a record that was absent.
	spot spot
}

// Keep says for how long a saved record stays. Expiries and Due are rounded up
// to whole minutes.
type Keep struct {
	// Walk is the time until the walk expires.
	Walk time.Duration
	// Mail is the time until the rest expires, but never before the walk.
	// With no time for either, saving removes the record; that it has gone
	// already is then no conflict.
	Mail time.Duration
	// Due is when Lease returns the chat next; zero for never.
	Due time.Time
}

// life returns how long the walk of r and the record as a whole stay.
func (k Keep) life(r Record) (walk, whole time.Duration) {
	if len(r.Walk) > 0 {
		walk = max(k.Walk, 0)
	}
	return walk, max(k.Mail, walk, 0)
}

// minuteUp returns the minutes since 1970 at t, a started minute counting whole.
func minuteUp(t time.Time) int64 {
	m := minuteDown(t)
	if t.After(time.Unix(m*60, 0)) {
		m++
	}
	return m
}

// minuteDown returns the full minutes since 1970 at t.
func minuteDown(t time.Time) int64 { return t.Unix() / 60 }

// leaseEnd returns the minute at which a lease taken now runs out: at least the
// next one, so that no chat is leased twice by one call.
func leaseEnd(now time.Time, lease time.Duration) int64 {
	return max(minuteUp(now.Add(lease)), minuteDown(now)+1)
}
