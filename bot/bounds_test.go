package bot

import (
	"testing"
	"time"
)

func TestStraysAreBounded(t *testing.T) {
	s := newStrays()
	for chat := range int64(mostStrays + 10) {
		s.add(chat, item{id: 1})
		s.add(chat, item{id: 1})
	}
	if len(s.all) != mostStrays || len(s.of(mostStrays+9)) != 1 {
		t.Errorf("%d chats, %v", len(s.all), s.of(mostStrays+9))
	}
	s.forget(mostStrays + 9)
	if s.of(mostStrays+9) != nil {
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
