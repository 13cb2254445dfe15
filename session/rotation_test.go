package session

import (
	"testing"
	"time"

	"pathwaybot/session/redistest"
)

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

// In the first step of a rotation every replica can read the new key and writes the old
// one; in the second it is the other way round. Both steps are there at the same time.
func TestRotationStepByStep(t *testing.T) {
	url := redistest.Start(t).URL()
	first := openRedis(t, url, testKey("old"), testKey("new"))
	second := openRedis(t, url, testKey("new"), testKey("old"))
	save(t, second, record(amina, "walk", "mail"), due(start))
	rec := load(t, first, amina)
	wantRecord(t, rec, "walk", "mail")
	rec.Walk = []byte("next")
	save(t, first, rec, due(start.Add(time.Hour)))
	rec = load(t, second, amina)
	wantRecord(t, rec, "next", "mail")
	rec.Walk = []byte("last")
	save(t, second, rec, due(start.Add(time.Hour)))
	wantRecord(t, load(t, first, amina), "last", "mail")
	if keys := allKeys(t, first); len(keys) != 3 {
		t.Errorf("%d keys, want walk, mail and due: %q", len(keys), keys)
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
