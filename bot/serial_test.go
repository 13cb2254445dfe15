package bot

import (
	"slices"
	"sync"
	"testing"
	"time"
)

func TestOrder(t *testing.T) {
	o := newOrder(8)
	var mu sync.Mutex
	got := map[int64][]int{}
	var jobs sync.WaitGroup
	first := make(chan struct{})
	for n := range 200 {
		chat := int64(n % 4)
		place, ok := o.join(chat)
		if !ok {
			t.Fatal("closed")
		}
		jobs.Go(func() {
			defer func() { _ = recover() }()
			place.run(func() {
				if n == 0 {
					<-first // the others of this chat wait, those of other chats do not
				}
				mu.Lock()
				got[chat] = append(got[chat], n)
				done := len(got[1]) + len(got[2]) + len(got[3])
				mu.Unlock()
				if done == 150 && chat != 0 {
					close(first)
				}
				if n%10 == 0 {
					panic("lets the next begin all the same")
				}
			})
		})
	}
	jobs.Wait()
	for chat, list := range got {
		if len(list) != 50 || !slices.IsSorted(list) {
			t.Errorf("chat %d: %v", chat, list)
		}
	}
	if len(o.last) != 0 {
		t.Errorf("%d chats are remembered after the last job", len(o.last))
	}
	place, _ := o.join(1)
	if o.drain(time.Millisecond) {
		t.Error("drain reports that all is done while a job waits")
	}
	if _, ok := o.join(1); ok {
		t.Error("a job was taken after the end")
	}
	place.run(func() {})
	if !o.drain(time.Hour) {
		t.Error("drain did not see the end")
	}
}
