package bot

import (
	"context"
	"log/slog"
	"maps"
	"sync"
	"time"
)

// quiet is how long one class of fault is counted and not logged again.
const quiet = time.Minute

// counter counts what happens by class, and logs faults. A class is one of our own
// words and never holds anything from an update.
type counter struct {
	log *slog.Logger
	now func() time.Time

	mu     sync.Mutex
	counts map[string]uint64
	logged map[string]time.Time
}

func newCounter(log *slog.Logger, now func() time.Time) *counter {
	return &counter{log: log, now: now, counts: map[string]uint64{}, logged: map[string]time.Time{}}
}

// count counts something that is no fault.
func (c *counter) count(class string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.counts[class]++
}

// fault counts a fault and logs it, at most once a minute for each class.
func (c *counter) fault(class string) {
	now := c.now()
	c.mu.Lock()
	c.counts[class]++
	last, known := c.logged[class]
	loud := !known || now.Sub(last) >= quiet
	if loud {
		c.logged[class] = now
	}
	n := c.counts[class]
	c.mu.Unlock()
	if loud {
		c.log.LogAttrs(context.Background(), slog.LevelWarn, "telegram: "+class, slog.Uint64("count", n))
	}
}

func (c *counter) all() map[string]uint64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return maps.Clone(c.counts)
}
