package session

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"pathwaybot/session/redistest"
)

// methods calls everything a store does.
func methods(s store) map[string]func(context.Context) error {
	return map[string]func(context.Context) error{
		"Load": func(ctx context.Context) error { _, err := s.Load(ctx, amina); return err },
		"Save": func(ctx context.Context) error {
			_, err := s.Save(ctx, record(amina, "walk", "mail"), usual)
			return err
		},
		"Drop":  func(ctx context.Context) error { return s.Drop(ctx, amina) },
		"Lease": func(ctx context.Context) error { _, err := s.Lease(ctx, start, time.Minute, 1); return err },
		"Ping":  s.Ping,
	}
}

// Only one of two limits is short, so a call that ignores it hangs.
func TestDeadlineIsKept(t *testing.T) {
	server := redistest.Start(t)
	options, err := parseURL(server.URL())
	if err != nil {
		t.Fatal(err)
	}
	options.ReadTimeout, options.WriteTimeout, options.DialTimeout = time.Hour, time.Hour, time.Hour
	r, err := newRedis(options, [][]byte{testKey("one")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Close() })
	save(t, r, record(bilal, "walk", "mail"), usual)
	const short = 20 * time.Millisecond
	for _, tt := range []struct {
		name           string
		caller, inside time.Duration
	}{{"of the caller", short, time.Hour}, {"of the store", time.Hour, short}} {
		r.patience = tt.inside
		server.Pause()
		for name, call := range methods(r) {
			ctx, cancel := context.WithTimeout(t.Context(), tt.caller)
			if err := call(ctx); !errors.Is(err, ErrAway) {
				t.Errorf("deadline %s: %s = %v, want %v", tt.name, name, err, ErrAway)
			}
			cancel()
		}
		server.Resume()
		r.patience = time.Hour
		wantRecord(t, load(t, r, bilal), "walk", "mail")
	}
}

func TestOutage(t *testing.T) {
	for _, tt := range []struct {
		name  string
		start func(testing.TB) *redistest.Server
	}{{"redis", redistest.Start}, {"cluster", redistest.StartCluster}} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			server := tt.start(t)
			r := openRedis(t, server.URL())
			save(t, r, record(bilal, "walk", "mail"), usual)
			server.Pause()
			wantAway(t, r) // ends by itself, with no deadline of the caller
			server.Resume()
			wantRecord(t, load(t, r, bilal), "walk", "mail")
			server.Stop()
			wantAway(t, r)
			server.Restart()
			wantRecord(t, load(t, r, bilal), "", "")
			save(t, r, record(bilal, "walk", "mail"), usual)
		})
	}
}

// wantAway makes all calls at once, since each may take its full patience.
func wantAway(t *testing.T, s store) {
	t.Helper()
	var wg sync.WaitGroup
	for name, call := range methods(s) {
		wg.Go(func() {
			if err := call(t.Context()); !errors.Is(err, ErrAway) {
				t.Errorf("%s = %v, want %v", name, err, ErrAway)
			}
		})
	}
	wg.Wait()
}
