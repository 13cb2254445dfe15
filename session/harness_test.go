package session

import (
	"context"
	"crypto/sha256"
	"errors"
	"slices"
	"testing"
	"time"
)

// store is what both stores do.
type store interface {
	Load(ctx context.Context, chat Chat) (Record, error)
	Save(ctx context.Context, r Record, keep Keep) (Record, error)
	Drop(ctx context.Context, chat Chat) error
	Lease(ctx context.Context, now time.Time, lease time.Duration, n int) ([]Record, error)
	Ping(ctx context.Context) error
	Close() error
}

// replicas is one store seen by two replicas, and its clock.
type replicas struct {
	a, b store
	pass func(time.Duration) // lets time pass for expiries
}

var (
	start = time.Date(2026, 3, 2, 9, 30, 20, 0, time.UTC)
	amina = Chat{"telegram", "5550001234"}
	bilal = Chat{"telegram", "5550005678"}
	usual = Keep{Walk: 15 * time.Minute, Mail: 47 * time.Hour}
)

// testKey returns a master key that is the same in every run.
func testKey(name string) []byte {
	sum := sha256.Sum256([]byte(name))
	return sum[:]
}

func openRedis(t testing.TB, url string, keys ...[]byte) *Redis {
	t.Helper()
	if len(keys) == 0 {
		keys = [][]byte{testKey("one")}
	}
	r, err := NewRedis(Config{URL: url, Keys: keys})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Close() })
	return r
}

// sooner brings every expiry in Redis nearer, so that no test has to wait.
func sooner(t testing.TB, r *Redis, d time.Duration) {
	t.Helper()
	for _, key := range allKeys(t, r) {
		left, err := r.client.PTTL(t.Context(), key).Result()
		if err != nil {
			t.Fatal(err)
		}
		if left > 0 {
			r.client.PExpire(t.Context(), key, left-d)
		}
	}
}

func allKeys(t testing.TB, r *Redis) []string {
	t.Helper()
	keys, err := r.client.Keys(t.Context(), "*").Result()
	if err != nil {
		t.Fatal(err)
	}
	return keys
}

func record(chat Chat, walk, mail string) Record {
	return Record{Chat: chat, Walk: []byte(walk), Mail: []byte(mail)}
}

// due keeps as usual, with a next idle job.
func due(at time.Time) Keep {
	k := usual
	k.Due = at
	return k
}

func load(t *testing.T, s store, chat Chat) Record {
	t.Helper()
	r, err := s.Load(t.Context(), chat)
	if err != nil {
		t.Fatalf("Load: %v", err)
	}
	return r
}

func save(t *testing.T, s store, r Record, keep Keep) Record {
	t.Helper()
	saved, err := s.Save(t.Context(), r, keep)
	if err != nil {
		t.Fatalf("Save: %v", err)
	}
	return saved
}

func wantRecord(t *testing.T, got Record, walk, mail string) {
	t.Helper()
	if string(got.Walk) != walk || string(got.Mail) != mail {
		t.Errorf("walk %q and mail %q, want %q and %q", got.Walk, got.Mail, walk, mail)
	}
}

func wantConflict(t *testing.T, s store, r Record) {
	t.Helper()
	if _, err := s.Save(t.Context(), r, usual); !errors.Is(err, ErrConflict) {
		t.Errorf("Save = %v, want %v", err, ErrConflict)
	}
}

// wantLeased leases for two minutes and compares the chats, in any order.
func wantLeased(t *testing.T, s store, now time.Time, n int, want ...Chat) {
	t.Helper()
	recs, err := s.Lease(t.Context(), now, 2*time.Minute, n)
	if err != nil {
		t.Fatalf("Lease: %v", err)
	}
	var got []string
	for _, rec := range recs {
		got = append(got, rec.Chat.ID)
	}
	var ids []string
	for _, chat := range want {
		ids = append(ids, chat.ID)
	}
	slices.Sort(got)
	if !slices.Equal(got, ids) {
		t.Errorf("leased %q, want %q", got, ids)
	}
}
