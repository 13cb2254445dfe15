package session

import (
	"fmt"
	"strconv"
	"testing"
	"time"

	"pathwaybot/session/redistest"
)

func TestStore(t *testing.T) {
	t.Run("memory", func(t *testing.T) {
		testStore(t, func(*testing.T) replicas {
			now := start
			m := NewMemory(func() time.Time { return now })
			return replicas{m, m, func(d time.Duration) { now = now.Add(d) }}
		})
	})
	onRedis := func(server *redistest.Server) func(t *testing.T) replicas {
		return func(t *testing.T) replicas {
			a, b := openRedis(t, server.URL()), openRedis(t, server.URL())
			if err := a.client.FlushAll(t.Context()).Err(); err != nil {
				t.Fatal(err)
			}
			return replicas{a, b, func(d time.Duration) { sooner(t, a, d) }}
		}
	}
	t.Run("redis", func(t *testing.T) { testStore(t, onRedis(redistest.Start(t))) })
	t.Run("cluster", func(t *testing.T) { testStore(t, onRedis(redistest.StartCluster(t))) })
}

func testStore(t *testing.T, open func(*testing.T) replicas) {
	tests := []struct {
		name string
		run  func(*testing.T, replicas)
	}{
		{"nothing there", func(t *testing.T, r replicas) {
			if got := load(t, r.a, amina); got.Chat != amina || got.Walk != nil || len(got.Mail) != 0 || got.version != "" {
				t.Errorf("Load = %+v, want only the chat", got)
			}
			if err := r.a.Ping(t.Context()); err != nil {
				t.Errorf("Ping: %v", err)
			}
		}},
		{"saved and loaded", func(t *testing.T, r replicas) {
			saved := save(t, r.a, record(amina, "walk", "mail"), usual)
			wantRecord(t, load(t, r.b, amina), "walk", "mail")
			saved.Walk = []byte("further")
			save(t, r.a, saved, usual)
			wantRecord(t, load(t, r.b, amina), "further", "mail")
			wantRecord(t, load(t, r.b, bilal), "", "")
			wantRecord(t, load(t, r.b, Chat{"web", amina.ID}), "", "")
		}},
		{"what is stored is a copy", func(t *testing.T, r replicas) {
			rec := record(amina, "walk", "mail")
			save(t, r.a, rec, usual)
			rec.Walk[0], rec.Mail[0] = 'X', 'X'
			got := load(t, r.a, amina)
			wantRecord(t, got, "walk", "mail")
			got.Walk[0], got.Mail[0] = 'X', 'X'
			wantRecord(t, load(t, r.a, amina), "walk", "mail")
		}},
		{"the second of two is refused", func(t *testing.T, r replicas) {
			save(t, r.a, record(amina, "first", ""), usual)
			wantConflict(t, r.b, record(amina, "also new", ""))
			old := load(t, r.b, amina)
			save(t, r.a, load(t, r.a, amina), usual)
			wantConflict(t, r.b, old)
			wantRecord(t, load(t, r.b, amina), "first", "")
		}},
		{"a walk that was dropped does not come back", func(t *testing.T, r replicas) {
			saved := save(t, r.a, record(amina, "walk", "mail"), usual)
			if err := r.b.Drop(t.Context(), amina); err != nil {
				t.Fatal(err)
			}
			wantRecord(t, load(t, r.a, amina), "", "")
			wantConflict(t, r.a, saved)
			wantRecord(t, load(t, r.a, amina), "", "")
			save(t, r.a, load(t, r.a, amina), usual)
		}},
		{"forgetting the walk keeps the mail", func(t *testing.T, r replicas) {
			saved := save(t, r.a, record(amina, "walk", "mail"), usual)
			old := saved
			saved.Walk = nil
			save(t, r.a, saved, usual)
			wantRecord(t, load(t, r.b, amina), "", "mail")
			wantConflict(t, r.b, old)
			again := load(t, r.b, amina)
			again.Walk = []byte("again")
			save(t, r.b, again, usual)
			wantRecord(t, load(t, r.a, amina), "again", "mail")
		}},
		{"the walk expires, then the mail", func(t *testing.T, r replicas) {
			saved := save(t, r.a, record(amina, "walk", "mail"), usual)
			r.pass(14 * time.Minute)
			wantRecord(t, load(t, r.a, amina), "walk", "mail")
			r.pass(3 * time.Minute)
			wantRecord(t, load(t, r.a, amina), "", "mail")
			saved.Walk = nil
			saved = save(t, r.a, saved, usual) // still the same version
			r.pass(48 * time.Hour)
			wantRecord(t, load(t, r.a, amina), "", "")
			wantConflict(t, r.a, saved)
		}},
		{"saving keeps it alive", func(t *testing.T, r replicas) {
			save(t, r.a, record(amina, "walk", "mail"), usual)
			for range 5 {
				r.pass(10 * time.Minute)
				save(t, r.a, load(t, r.a, amina), usual)
			}
			wantRecord(t, load(t, r.a, amina), "walk", "mail")
		}},
		{"a record lives as long as its walk", func(t *testing.T, r replicas) {
			saved := save(t, r.a, record(amina, "walk", ""), Keep{Walk: time.Hour})
			r.pass(59 * time.Minute)
			wantRecord(t, load(t, r.a, amina), "walk", "")
			save(t, r.a, saved, Keep{Walk: time.Hour})
		}},
		{"nothing to keep removes it", func(t *testing.T, r replicas) {
			saved := save(t, r.a, record(amina, "walk", "mail"), due(start))
			gone := save(t, r.a, saved, Keep{Due: start})
			save(t, r.b, saved, Keep{})
			wantRecord(t, load(t, r.a, amina), "", "")
			wantLeased(t, r.a, start.Add(time.Hour), 10)
			save(t, r.a, gone, usual)
		}},
		{"a record needs a chat", func(t *testing.T, r replicas) {
			if _, err := r.a.Save(t.Context(), Record{Walk: []byte("walk")}, usual); err == nil {
				t.Error("Save took a record without a chat")
			}
		}},
		{"due from the next whole minute", func(t *testing.T, r replicas) {
			save(t, r.a, record(amina, "walk", "mail"), due(start)) // 09:30:20
			save(t, r.a, record(bilal, "walk", "mail"), usual)      // never
			wantLeased(t, r.a, start.Add(39*time.Second), 10)
			wantLeased(t, r.a, start.Add(40*time.Second), 10, amina)
		}},
		{"a leased record is whole", func(t *testing.T, r replicas) {
			save(t, r.a, record(amina, "walk", "mail"), due(start))
			got, err := r.b.Lease(t.Context(), start.Add(time.Minute), time.Minute, 1)
			if err != nil || len(got) != 1 {
				t.Fatalf("Lease = %d records, %v; want 1", len(got), err)
			}
			wantRecord(t, got[0], "walk", "mail")
			got[0].Walk = nil
			save(t, r.b, got[0], due(start.Add(time.Hour)))
			wantLeased(t, r.a, start.Add(59*time.Minute), 10)
			wantLeased(t, r.a, start.Add(61*time.Minute), 10, amina)
		}},
		{"a lease comes back if nobody saves", func(t *testing.T, r replicas) {
			save(t, r.a, record(amina, "walk", "mail"), due(start))
			now := start.Add(time.Minute)
			wantLeased(t, r.a, now, 10, amina)
			wantLeased(t, r.b, now, 10)
			wantLeased(t, r.b, now.Add(time.Minute), 10)     // of two minutes
			wantLeased(t, r.b, now.Add(130*time.Second), 10) // up to the whole minute
			wantLeased(t, r.b, now.Add(3*time.Minute), 10, amina)
		}},
		{"a press during a lease wins", func(t *testing.T, r replicas) {
			save(t, r.a, record(amina, "walk", "mail"), due(start))
			leased, err := r.a.Lease(t.Context(), start.Add(time.Minute), time.Minute, 1)
			if err != nil || len(leased) != 1 {
				t.Fatalf("Lease = %d records, %v; want 1", len(leased), err)
			}
			pressed := load(t, r.b, amina)
			pressed.Walk = []byte("pressed")
			save(t, r.b, pressed, usual)
			wantConflict(t, r.a, leased[0])
			wantLeased(t, r.a, start.Add(time.Hour), 10)
		}},
		{"the longest waiting first", func(t *testing.T, r replicas) {
			for i := range 9 {
				chat := Chat{"telegram", strconv.Itoa(i)}
				save(t, r.a, record(chat, "walk", "mail"), due(start.Add(-time.Duration(i)*time.Minute)))
			}
			now := start.Add(time.Minute)
			wantLeased(t, r.a, now, 0)
			wantLeased(t, r.a, now, -1)
			wantLeased(t, r.a, now, 2, Chat{"telegram", "7"}, Chat{"telegram", "8"})
			wantLeased(t, r.b, now, 1, Chat{"telegram", "6"})
		}},
		{"what has expired or was dropped is not due", func(t *testing.T, r replicas) {
			save(t, r.a, record(amina, "walk", "mail"), due(start))
			save(t, r.a, record(bilal, "walk", "mail"), due(start))
			if err := r.a.Drop(t.Context(), bilal); err != nil {
				t.Fatal(err)
			}
			r.pass(48 * time.Hour)
			wantLeased(t, r.a, start.Add(48*time.Hour), 10)
			save(t, r.a, record(amina, "new", ""), usual)
			wantLeased(t, r.a, start.Add(48*time.Hour), 10)
		}},
		{"a lease without length still moves on", func(t *testing.T, r replicas) {
			save(t, r.a, record(amina, "walk", "mail"), due(start))
			for _, want := range []int{1, 0} {
				if got, err := r.a.Lease(t.Context(), start.Add(40*time.Second), 0, 5); err != nil || len(got) != want {
					t.Errorf("Lease = %d records, %v; want %d", len(got), err, want)
				}
			}
		}},
		{"two replicas share what is due", testShare},
		{"no save is lost", testContention},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { tt.run(t, open(t)) })
	}
}

func TestChatIsHidden(t *testing.T) {
	for _, verb := range []string{"%v", "%+v", "%s"} {
		if got := fmt.Sprintf(verb, Record{Chat: amina}); containsAny(got, amina.ID) {
			t.Errorf("%s of a record shows its chat: %s", verb, got)
		}
	}
}
