package main

import (
	"context"
	"log/slog"
	"sync"
	"time"
)

// calm hands on one line of each kind a minute, so that a flood of faults fills no
// disk. Lines are of our own words, so there are few kinds.
type calm struct {
	slog.Handler
	now  func() time.Time
	last *lastLines
}

type lastLines struct {
	mu sync.Mutex
	at map[string]time.Time
}

// mostKinds is how many kinds of line are remembered.
const mostKinds = 1000

func newCalm(h slog.Handler, now func() time.Time) calm {
	return calm{h, now, &lastLines{at: map[string]time.Time{}}}
}

// Handle drops a line whose like was written less than a minute ago.
func (c calm) Handle(ctx context.Context, r slog.Record) error {
	now := c.now()
	c.last.mu.Lock()
	at, known := c.last.at[r.Message]
	loud := !known || now.Sub(at) >= time.Minute || now.Before(at)
	if loud {
		if len(c.last.at) >= mostKinds {
			clear(c.last.at)
		}
		c.last.at[r.Message] = now
	}
	c.last.mu.Unlock()
	if !loud {
		return nil
	}
	return c.Handler.Handle(ctx, r)
}
