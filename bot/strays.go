package bot

import (
	"slices"
	"sync"
)

// mostStrays is how many chats with stray messages are remembered.
const mostStrays = 20_000

// strays are messages that the bot has sent and could not save, because the session
// store was away. They are added to a chat's mail with its next step, so that
// leaving deletes them too. A chat that has one gets no second emergency card.
type strays struct {
	mu  sync.Mutex
	all map[int64][]item
}

func newStrays() *strays { return &strays{all: map[int64][]item{}} }

func (s *strays) of(chat int64) []item {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.all[chat])
}

func (s *strays) add(chat int64, i item) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, known := s.all[chat]; !known && len(s.all) >= mostStrays {
		for other := range s.all { // any: a second card does less harm than none
			delete(s.all, other)
			break
		}
	}
	if !slices.ContainsFunc(s.all[chat], func(have item) bool { return have.id == i.id }) {
		s.all[chat] = append(s.all[chat], i)
	}
}

func (s *strays) forget(chat int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.all, chat)
}
