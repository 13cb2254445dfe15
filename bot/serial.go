package bot

import (
	"sync"
	"time"
)

// order handles what happens in one chat one after another, in the order in which
// it came, and chats beside each other, so many at once.
type order struct {
	slots chan struct{}

	mu      sync.Mutex
	last    map[int64]chan struct{} // chat to the end of its newest job
	closed  bool
	running sync.WaitGroup
}

func newOrder(atOnce int) *order {
	return &order{slots: make(chan struct{}, atOnce), last: map[int64]chan struct{}{}}
}

// ticket is a place in a chat's queue.
type ticket struct {
	order *order
	chat  int64
	after chan struct{} // the end of the job before; nil for none
	done  chan struct{}
}

// join takes the next place in a chat's queue. It reports false once drain has
// begun. Whoever has a ticket must call its run.
func (o *order) join(chat int64) (ticket, bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.closed {
		return ticket{}, false
	}
	t := ticket{order: o, chat: chat, after: o.last[chat], done: make(chan struct{})}
	o.last[chat] = t.done
	o.running.Add(1)
	return t, true
}

// run does a job when its turn has come, and lets the next one begin even if the
// job panics.
func (t ticket) run(job func()) {
	o := t.order
	defer o.running.Done()
	defer func() {
		o.mu.Lock()
		if o.last[t.chat] == t.done {
			delete(o.last, t.chat)
		}
		o.mu.Unlock()
		close(t.done)
	}()
	if t.after != nil {
		<-t.after
	}
	o.slots <- struct{}{}
	defer func() { <-o.slots }()
	job()
}

// drain takes no more jobs and waits for those that have a place, at most so long.
// It reports whether all were done.
func (o *order) drain(limit time.Duration) bool {
	o.mu.Lock()
	o.closed = true
	o.mu.Unlock()
	done := make(chan struct{})
	go func() {
		o.running.Wait()
		close(done)
	}()
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case <-done:
		return true
	case <-timer.C:
		return false
	}
}
