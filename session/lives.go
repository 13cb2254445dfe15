package session

import (
	"context"
	"strings"
	"sync"

	"github.com/redis/go-redis/v9"
)

// lives counts the Redis processes that this program has met: one that was started
// again, or has taken over from another, may have lost what was saved last, or all.
type lives struct {
	mu  sync.Mutex
	met map[string]bool // run_id: https://redis.io/docs/latest/commands/info/
}

// connected looks at who answers on a new connection, before anything else is asked
// there. A Redis that does not tell is taken for the one that was met before.
func (l *lives) connected(ctx context.Context, c *redis.Conn) error {
	info, err := c.Info(ctx, "server").Result()
	if err != nil {
		return nil //nolint:nilerr // what is asked next on this connection says what is wrong with it
	}
	for line := range strings.Lines(info) {
		if id, ok := strings.CutPrefix(strings.TrimSpace(line), "run_id:"); ok {
			l.mu.Lock()
			defer l.mu.Unlock()
			l.met[id] = true
		}
	}
	return nil
}

// Lives is how many Redis processes have answered since the start. It grows before
// anything is read from a new one. In a cluster it grows with each node at first.
func (r *Redis) Lives() int {
	r.lives.mu.Lock()
	defer r.lives.mu.Unlock()
	return len(r.lives.met)
}
