package session

import (
	"errors"
	"strconv"
	"sync"
	"testing"
	"time"
)

// testShare lets two replicas lease at once: every chat comes exactly once.
func testShare(t *testing.T, r replicas) {
	const chats = 300
	for i := range chats {
		save(t, r.a, record(Chat{"telegram", strconv.Itoa(i)}, "walk", "mail"), due(start))
	}
	var mu sync.Mutex
	times := map[Chat]int{}
	var wg sync.WaitGroup
	for _, s := range []store{r.a, r.b, r.a, r.b} {
		wg.Go(func() {
			for {
				got, err := s.Lease(t.Context(), start.Add(time.Minute), time.Hour, 7)
				if err != nil {
					t.Error(err)
				}
				if len(got) == 0 {
					return
				}
				mu.Lock()
				for _, rec := range got {
					times[rec.Chat]++
				}
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	if len(times) != chats {
		t.Errorf("%d chats leased, want %d", len(times), chats)
	}
	for _, n := range times {
		if n != 1 {
			t.Errorf("a chat was leased %d times", n)
		}
	}
}

// testContention counts up from many sides, each trying again on a conflict.
func testContention(t *testing.T, r replicas) {
	const sides, steps = 8, 25
	var wg sync.WaitGroup
	for i := range sides {
		s := []store{r.a, r.b}[i%2]
		wg.Go(func() {
			for done := 0; done < steps; {
				rec, err := s.Load(t.Context(), amina)
				if err != nil {
					t.Error(err)
					return
				}
				n, _ := strconv.Atoi(string(rec.Walk))
				rec.Walk = []byte(strconv.Itoa(n + 1))
				switch _, err := s.Save(t.Context(), rec, usual); {
				case err == nil:
					done++
				case !errors.Is(err, ErrConflict):
					t.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
	wantRecord(t, load(t, r.a, amina), strconv.Itoa(sides*steps), "")
}
