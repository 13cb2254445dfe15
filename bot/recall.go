package bot

import (
	"maps"
	"slices"
	"sync"
	"time"
)

// mostRecalled is how many chats are remembered in each memory.
const mostRecalled = 20_000

// memory keeps something of the chats that this process has dealt with, for as long
// as it runs and of so many chats at most. What is forgotten first is left to chance.
type memory[V any] struct {
	mu  sync.Mutex
	all map[int64]V
}

func newMemory[V any]() *memory[V] { return &memory[V]{all: map[int64]V{}} }

func (m *memory[V]) of(chat int64) (V, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	v, ok := m.all[chat]
	return v, ok
}

func (m *memory[V]) set(chat int64, v V) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, known := m.all[chat]; !known && len(m.all) >= mostRecalled {
		for other := range m.all {
			delete(m.all, other)
			break
		}
	}
	m.all[chat] = v
}

func (m *memory[V]) forget(chat int64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.all, chat)
}

func (m *memory[V]) copy() map[int64]V {
	m.mu.Lock()
	defer m.mu.Unlock()
	return maps.Clone(m.all)
}

// strays are messages that the bot has sent and could not save, because the session
// store was away. They are added to a chat's mail with its next step, so that
// leaving deletes them too. A chat that has one gets no second emergency card.
type strays struct{ *memory[[]item] }

func (s strays) of(chat int64) []item {
	all, _ := s.memory.of(chat)
	return slices.Clone(all)
}

func (s strays) add(chat int64, i item) {
	all := s.of(chat)
	if !slices.ContainsFunc(all, func(have item) bool { return have.id == i.id }) {
		s.set(chat, append(all, i))
	}
}

// remembered is the mail of a chat that was saved last, and when.
type remembered struct {
	mail mail
	at   time.Time
}

// How long after an outage, or after its own beginning, a program reckons with
// messages that nobody knows of, and how long it remembers a chat's mail.
const (
	unsureFor = 10 * time.Minute
	recallFor = 2 * time.Hour
)

// unsure reports whether an outage was so short a time ago that there may be messages
// of which the store knows nothing.
func (b *Bot) unsure() bool {
	return b.config.Now().Sub(time.Unix(b.outage.Load(), 0)) < unsureFor
}

// noteAway notes that the store is away, or was until a moment ago.
func (b *Bot) noteAway() {
	now := b.config.Now()
	b.outage.Store(now.Unix())
	b.spans.away(now)
}

// anew notes that the store has begun anew: what it had may be gone, and what other
// replicas remember of a chat is known to them alone.
func (b *Bot) anew() {
	lives := int64(b.config.Store.Lives())
	if before := b.lives.Swap(lives); before < lives && before > 0 {
		b.note.count("session store begun anew")
		b.noteAway()
		b.lost.Store(true)
	}
}

// recalled is the mail that this process saved last, empty where that is long ago.
func (b *Bot) recalled(chat int64) mail {
	r, _ := b.recent.of(chat)
	if b.config.Now().Sub(r.at) > recallFor {
		return mail{}
	}
	r.mail.items = slices.Clone(r.mail.items)
	return r.mail
}
