package session

import (
	"context"
	"errors"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"pathwaybot/session/redistest"
)

// tap sees every round trip, and can make each command run twice, as happens
// when go-redis tries again because an answer was lost.
type tap struct {
	trips int
	twice bool
}

func (h *tap) DialHook(next redis.DialHook) redis.DialHook {
	return func(ctx context.Context, network, addr string) (net.Conn, error) { return next(ctx, network, addr) }
}

func (h *tap) ProcessHook(next redis.ProcessHook) redis.ProcessHook {
	return func(ctx context.Context, cmd redis.Cmder) error {
		h.trips++
		if h.twice {
			_ = next(ctx, cmd)
		}
		return next(ctx, cmd)
	}
}

func (h *tap) ProcessPipelineHook(next redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return func(ctx context.Context, cmds []redis.Cmder) error {
		h.trips++
		return next(ctx, cmds)
	}
}

func TestOneRoundTrip(t *testing.T) {
	r := openRedis(t, redistest.Start(t).URL())
	rec := save(t, r, record(amina, "walk", "mail"), usual) // the first save also sends the script
	var h tap
	r.client.AddHook(&h)
	tests := []struct {
		name string
		want int
		run  func() error
	}{
		{"Load", 1, func() error { _, err := r.Load(t.Context(), amina); return err }},
		{"Save", 1, func() (err error) { rec, err = r.Save(t.Context(), rec, due(start)); return err }},
		{"Lease of one", 2, func() error { _, err := r.Lease(t.Context(), start.Add(time.Hour), time.Hour, 9); return err }},
		{"Lease of none", 1, func() error { _, err := r.Lease(t.Context(), start, time.Hour, 9); return err }},
		{"Drop", 1, func() error { return r.Drop(t.Context(), amina) }},
	}
	for _, tt := range tests {
		h.trips = 0
		if err := tt.run(); err != nil || h.trips != tt.want {
			t.Errorf("%s: %d round trips, %v; want %d", tt.name, h.trips, err, tt.want)
		}
	}
}

func TestSaveSurvivesItsOwnRetry(t *testing.T) {
	r := openRedis(t, redistest.Start(t).URL())
	r.client.AddHook(&tap{twice: true})
	saved := save(t, r, record(amina, "walk", "mail"), usual)
	saved.Walk = []byte("further")
	saved = save(t, r, saved, usual)
	wantRecord(t, load(t, r, amina), "further", "mail")
	save(t, r, saved, Keep{}) // removing twice is no conflict either
	wantRecord(t, load(t, r, amina), "", "")
}

// A walk that is forgotten is gone, not only out of reach.
func TestForgottenIsDeleted(t *testing.T) {
	r := openRedis(t, redistest.Start(t).URL())
	at := r.ring.spots(amina)[0]
	rec := save(t, r, record(amina, "walk", "mail"), due(start))
	rec.Walk = nil
	rec = save(t, r, rec, due(start))
	if r.client.Exists(t.Context(), at.walk).Val() != 0 {
		t.Error("the walk is still there")
	}
	save(t, r, rec, Keep{})
	if keys := allKeys(t, r); len(keys) != 0 {
		t.Errorf("still there: %q", keys)
	}
	save(t, r, record(amina, "walk", "mail"), due(start))
	if err := r.Drop(t.Context(), amina); err != nil {
		t.Fatal(err)
	}
	if keys := allKeys(t, r); len(keys) != 0 {
		t.Errorf("still there after Drop: %q", keys)
	}
	save(t, r, record(amina, "walk", "mail"), due(start))
	r.client.Del(t.Context(), at.mail, at.walk) // as if expired
	wantLeased(t, r, start.Add(time.Minute), 10)
	if keys := allKeys(t, r); len(keys) != 0 {
		t.Errorf("still there after expiry: %q", keys)
	}
}

// What was read too long ago is no reason to remove what is there now.
func TestForgetComparesVersions(t *testing.T) {
	r := openRedis(t, redistest.Start(t).URL())
	old := save(t, r, record(amina, "walk", "mail"), usual)
	save(t, r, old, usual)
	if err := r.forget(t.Context(), r.ring.spots(amina)[0], old.version); err != nil {
		t.Fatal(err)
	}
	wantRecord(t, load(t, r, amina), "walk", "mail")
}

func TestNewRedisRefuses(t *testing.T) {
	tests := []struct {
		name, url string
		keys      [][]byte
		want      string
	}{
		{"no key", "redis://localhost", nil, "no session key"},
		{"short key", "redis://localhost", [][]byte{[]byte("short")}, "session key 1: 5 bytes"},
		{"same key twice", "redis://localhost", [][]byte{testKey("a"), testKey("a")}, "session key 2: stands there twice"},
		{"no address", "", [][]byte{testKey("a")}, "no host"},
	}
	for _, tt := range tests {
		if _, err := NewRedis(Config{URL: tt.url, Keys: tt.keys}); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.want)
		}
	}
}

func TestRefusedIsAway(t *testing.T) {
	r := openRedis(t, redistest.Start(t).URL())
	saved := save(t, r, record(amina, "walk", "mail"), usual)
	ctx := t.Context()
	for _, tt := range []struct {
		name      string
		set, undo []any
	}{
		{"full", []any{"config", "set", "maxmemory", "1"}, []any{"config", "set", "maxmemory", "0"}},
		{"read-only", []any{"replicaof", "127.0.0.1", "1"}, []any{"replicaof", "no", "one"}},
	} {
		if err := r.client.Do(ctx, tt.set...).Err(); err != nil {
			t.Fatal(err)
		}
		if _, err := r.Save(ctx, saved, usual); !errors.Is(err, ErrAway) {
			t.Errorf("%s: Save = %v, want %v", tt.name, err, ErrAway)
		}
		wantRecord(t, load(t, r, amina), "walk", "mail")
		if err := r.client.Do(ctx, tt.undo...).Err(); err != nil {
			t.Fatal(err)
		}
	}
	save(t, r, saved, usual)
}
