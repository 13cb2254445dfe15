package bot

import (
	"sync"
	"time"
)

// spans are the numbers of messages that Telegram gave while the store was away. What
// was put into chats then may be known to no program that still runs: the card of one
// that was killed. Telegram numbers the messages of all chats of a bot in one row.
type spans struct {
	mu     sync.Mutex
	newest int       // the highest number that was seen
	begun  time.Time // when the first was
	all    []span
}

type span struct {
	from, to int
	at       time.Time // when the store was seen to be away last
}

const (
	spanMargin = 100             // numbers before and behind, which other replicas may have got
	spanStart  = 500             // numbers before the first that a new program sees: what the one before it may have left
	spanGap    = 2 * time.Second // an outage that is noticed again so soon is the same

	// spanOpen is how long what a new program sees counts to what may have been left: the
	// first presses are on old messages, whose numbers tell nothing of the last ones.
	spanOpen = 30 * time.Second
)

// mostUnknown is how many messages that nobody knows of are looked for in a chat.
const mostUnknown = 1000

// saw notes a message's number.
func (s *spans) saw(id int, now time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case id == 0:
	case s.newest == 0:
		s.begun = now
		s.all = append(s.all, span{id - spanStart, id + spanMargin, now})
	case id > s.newest && now.Sub(s.begun) < spanOpen:
		s.all[0].to = id + spanMargin
	}
	s.newest = max(s.newest, id)
}

// away notes that the store is away, or has just come back.
func (s *spans) away(now time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.newest == 0 {
		return // nothing has been seen yet
	}
	last := len(s.all) - 1
	if last < 0 || now.Sub(s.all[last].at) > spanGap {
		s.all = append(s.all, span{from: s.newest - spanMargin})
		last++
	}
	s.all[last].to, s.all[last].at = s.newest+spanMargin, now
}

// between returns the numbers of the last outages that are higher than one, the newest
// first, but not those that are known.
func (s *spans) between(oldest int, known func(int) bool, now time.Time) []int {
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(s.all) > 0 && now.Sub(s.all[0].at) > unsureFor {
		s.all = s.all[1:]
	}
	var ids []int
	next := 0 // what is below has not been taken yet; 0: nothing has
	for i := len(s.all) - 1; i >= 0; i-- {
		top := s.all[i].to
		if next > 0 {
			top = min(top, next-1)
		}
		for id := top; id > max(oldest, s.all[i].from); id-- {
			if len(ids) == mostUnknown {
				return ids
			}
			if !known(id) {
				ids = append(ids, id)
			}
			next = id
		}
	}
	return ids
}
