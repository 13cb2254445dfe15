package bot

import (
	"testing"
	"time"
)

// What is remembered of chats in memory is bounded, however many there are.
func TestMemoryIsBounded(t *testing.T) {
	s := strays{newMemory[[]item]()}
	for chat := range int64(mostRecalled + 10) {
		s.add(chat, item{id: 1})
		s.add(chat, item{id: 1})
	}
	if n := len(s.copy()); n != mostRecalled || len(s.of(mostRecalled+9)) != 1 {
		t.Errorf("%d chats, %v", n, s.of(mostRecalled+9))
	}
	s.forget(mostRecalled + 9)
	if s.of(mostRecalled+9) != nil {
		t.Error("not forgotten")
	}
}

func TestLimitersForgetChatsAtRest(t *testing.T) {
	l := newPressLimiters(60)
	now := time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC)
	for chat := range int64(mostLimiters) {
		l.of(chat, now).AllowN(now, 1)
	}
	l.of(-1, now.Add(time.Hour))
	if n := len(l.all); n != 1 {
		t.Errorf("%d limiters after an hour, want 1", n)
	}
}
