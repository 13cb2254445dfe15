package session

import (
	"cmp"
	"context"
	_ "embed" // the script
	"errors"
	"slices"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"
)

//go:embed take.lua
var takeLua string

// waiting is a chat in a set of due chats.
type waiting struct {
	spot
	minute float64
}

// Lease returns at most n chats that are due at now, the longest waiting first,
// and moves each to now+lease: no other replica gets it, and a crash does not
// lose it. The caller's Save sets the next due time. Records beside an error are
// leased too. It takes one round trip when nothing is due and two otherwise, a
// few more when other replicas lease at the same time.
func (r *Redis) Lease(ctx context.Context, now time.Time, lease time.Duration, n int) ([]Record, error) {
	var leased []Record
	for len(leased) < n {
		want := n - len(leased)
		due, err := r.due(ctx, now, want)
		if err != nil {
			return leased, err
		}
		taken, err := r.take(ctx, due, now, lease)
		leased = append(leased, taken...)
		if err != nil || len(due) < want {
			return leased, err
		}
	}
	return leased, nil
}

// due returns the n chats that have waited longest.
func (r *Redis) due(ctx context.Context, now time.Time, n int) ([]waiting, error) {
	ctx, cancel := context.WithTimeout(ctx, r.patience)
	defer cancel()
	pipe := r.client.Pipeline()
	var replies [buckets]*redis.ZSliceCmd
	for b := range replies {
		replies[b] = pipe.ZRangeArgsWithScores(ctx, redis.ZRangeArgs{
			Key: spotAt(b, "").due, ByScore: true, Start: "-inf", Stop: minuteDown(now), Count: int64(n),
		})
	}
	if _, err := pipe.Exec(ctx); err != nil {
		return nil, away("look for due sessions", err)
	}
	var due []waiting
	for b, reply := range replies {
		for _, z := range reply.Val() {
			if name, ok := z.Member.(string); ok {
				due = append(due, waiting{spot: spotAt(b, name), minute: z.Score})
			}
		}
	}
	slices.SortFunc(due, func(a, b waiting) int { return cmp.Compare(a.minute, b.minute) })
	return due[:min(n, len(due))], nil
}

// take leases those of due that no other replica took meanwhile.
func (r *Redis) take(ctx context.Context, due []waiting, now time.Time, lease time.Duration) ([]Record, error) {
	if len(due) == 0 {
		return nil, nil
	}
	ctx, cancel := context.WithTimeout(ctx, r.patience)
	defer cancel()
	pipe := r.client.Pipeline()
	replies := make([]*redis.Cmd, len(due))
	for i, at := range due {
		replies[i] = pipe.Eval(ctx, takeLua, []string{at.mail, at.walk, at.due},
			at.name, strconv.FormatInt(minuteDown(now), 10), strconv.FormatInt(leaseEnd(now, lease), 10))
	}
	_, failed := pipe.Exec(ctx)
	var leased []Record
	for i, reply := range replies {
		values, err := reply.Slice()
		if err != nil {
			continue // counted in failed
		}
		rec, found, err := r.open(due[i].spot, values)
		switch {
		case !found: // another replica was faster, or it has expired
		case err == nil:
			leased = append(leased, rec)
		case errors.Is(err, errUnreadable):
			// Damaged: it would come back for ever.
			failed = errors.Join(failed, r.forget(ctx, due[i].spot, rec.version))
		}
	}
	if failed != nil {
		return leased, away("lease sessions", failed)
	}
	return leased, nil
}
