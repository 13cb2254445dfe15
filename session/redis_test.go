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

func TestRotation(t *testing.T) {
	for _, tt := range []struct {
		name  string
		start func(testing.TB) *redistest.Server
	}{{"redis", redistest.Start}, {"cluster", redistest.StartCluster}} {
		t.Run(tt.name, func(t *testing.T) {
			url := tt.start(t).URL()
			before := openRedis(t, url, testKey("old"))
			after := openRedis(t, url, testKey("new"), testKey("old"))
			only := openRedis(t, url, testKey("new"))

			save(t, before, record(amina, "walk", "mail"), due(start))
			wantRecord(t, load(t, only, amina), "", "")
			old := load(t, after, amina)
			wantRecord(t, old, "walk", "mail")
			again := load(t, after, amina)

			moved := save(t, after, old, due(start.Add(time.Hour)))
			wantRecord(t, load(t, only, amina), "walk", "mail")
			wantRecord(t, load(t, before, amina), "", "")
			wantConflict(t, after, again)
			save(t, after, moved, due(start.Add(time.Hour)))
			if keys := allKeys(t, after); len(keys) != 3 {
				t.Errorf("%d keys after moving one chat, want walk, mail and due: %q", len(keys), keys)
			}
			wantLeased(t, after, start.Add(59*time.Minute), 10) // the old due time is gone

			save(t, before, record(bilal, "walk", "mail"), due(start))
			leased, err := after.Lease(t.Context(), start.Add(time.Minute), time.Minute, 10)
			if err != nil || len(leased) != 1 {
				t.Fatalf("Lease = %d records, %v; want the one of the old key", len(leased), err)
			}
			save(t, after, leased[0], usual)
			wantRecord(t, load(t, only, bilal), "walk", "mail")

			if err := before.Drop(t.Context(), bilal); err != nil {
				t.Fatal(err)
			}
			wantRecord(t, load(t, after, bilal), "walk", "mail")
			if err := after.Drop(t.Context(), bilal); err != nil {
				t.Fatal(err)
			}
			wantRecord(t, load(t, after, bilal), "", "")
		})
	}
}

// A crash between writing under the first key and removing the older record
// leaves both. The older one goes as soon as somebody tries to save it.
func TestRotationLeftover(t *testing.T) {
	url := redistest.Start(t).URL()
	before := openRedis(t, url, testKey("old"))
	after := openRedis(t, url, testKey("new"), testKey("old"))
	only := openRedis(t, url, testKey("new"))
	save(t, before, record(amina, "old", "mail"), due(start))
	save(t, only, record(amina, "new", "mail"), usual)

	leased, err := after.Lease(t.Context(), start.Add(time.Minute), time.Minute, 10)
	if err != nil || len(leased) != 1 {
		t.Fatalf("Lease = %d records, %v; want the leftover", len(leased), err)
	}
	wantConflict(t, after, leased[0])
	wantRecord(t, load(t, before, amina), "", "")
	wantRecord(t, load(t, after, amina), "new", "mail")
	wantLeased(t, after, start.Add(time.Hour), 10)
}

// A replica that lacks the key leaves a due chat to one that has it.
func TestLeaseOfAnotherKey(t *testing.T) {
	url := redistest.Start(t).URL()
	ours, theirs := openRedis(t, url, testKey("ours")), openRedis(t, url, testKey("theirs"))
	save(t, ours, record(amina, "walk", "mail"), due(start))
	wantLeased(t, theirs, start.Add(time.Minute), 10)
	if theirs.Unreadable() != 1 {
		t.Errorf("Unreadable = %d, want 1", theirs.Unreadable())
	}
	wantLeased(t, ours, start.Add(4*time.Minute), 10, amina)
}

func TestDamagedIsAbsent(t *testing.T) {
	r := openRedis(t, redistest.Start(t).URL())
	at, other := r.ring.spots(amina)[0], r.ring.spots(bilal)[0]
	ctx := t.Context()
	set := func(key, value string) {
		if err := r.client.Set(ctx, key, value, time.Hour).Err(); err != nil {
			t.Fatal(err)
		}
	}
	get := func(key string) string { return r.client.Get(ctx, key).Val() }
	flip := func(key string, i int) {
		b := []byte(get(key))
		b[(i+len(b))%len(b)] ^= 1
		set(key, string(b))
	}
	tests := []struct {
		name       string
		walk, mail string // what is left
		counted    uint64
		foreign    bool // may be another replica's, so it stays due
		harm       func()
	}{
		{"end of the mail", "", "", 1, false, func() { flip(at.mail, -1) }},
		{"version of the mail", "", "", 1, false, func() { flip(at.mail, 0) }},
		{"schema of the mail", "", "", 1, true, func() { flip(at.mail, versionSize) }},
		{"key id of the mail", "", "", 1, true, func() { flip(at.mail, versionSize+1) }},
		{"mail cut short", "", "", 1, true, func() { set(at.mail, get(at.mail)[:versionSize+3]) }},
		{"mail shorter than a version", "", "", 1, true, func() { set(at.mail, "x") }},
		{"mail empty", "", "", 1, true, func() { set(at.mail, "") }},
		{"mail of another type", "", "", 0, false, func() { r.client.Del(ctx, at.mail); r.client.LPush(ctx, at.mail, "x") }},
		{"mail of somebody else", "", "", 1, false, func() { set(at.mail, get(other.mail)) }},
		{"walk of somebody else", "", "mail", 1, false, func() { set(at.walk, get(other.walk)) }},
		{"walk in the place of the mail", "", "", 1, false, func() { set(at.mail, get(at.mail)[:versionSize]+get(at.walk)) }},
		{"end of the walk", "", "mail", 1, false, func() { flip(at.walk, -1) }},
		{"walk of another type", "", "mail", 0, false, func() { r.client.Del(ctx, at.walk); r.client.LPush(ctx, at.walk, "x") }},
		{"an earlier walk put back", "", "mail", 1, false, func() {
			earlier := get(at.walk)
			save(t, r, load(t, r, amina), due(start))
			set(at.walk, earlier)
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r.client.FlushAll(ctx)
			save(t, r, record(amina, "walk", "mail"), due(start))
			save(t, r, record(bilal, "other", "other"), usual)
			tt.harm()
			counted := r.Unreadable()
			got := load(t, r, amina)
			wantRecord(t, got, tt.walk, tt.mail)
			if n := r.Unreadable() - counted; n != tt.counted {
				t.Errorf("%d values counted, want %d", n, tt.counted)
			}
			if got.Chat != amina {
				t.Error("the chat is lost")
			}
			if tt.mail == "" {
				wantLeased(t, r, start.Add(time.Minute), 10)
				_, err := r.client.ZScore(ctx, at.due, at.name).Result()
				if gone := errors.Is(err, redis.Nil); gone == tt.foreign {
					t.Errorf("no more due: %v, want %v", gone, !tt.foreign)
				}
				got = load(t, r, amina)
			}
			got.Walk, got.Mail = []byte("anew"), []byte("post")
			save(t, r, got, usual)
			wantRecord(t, load(t, r, amina), "anew", "post")
		})
	}
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
