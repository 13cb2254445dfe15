package session

import (
	"cmp"
	"context"
	"crypto/rand"
	"slices"
	"sync"
	"time"
)

// Memory is a store in this process, for trying the bot and for tests. It is
// safe for concurrent use and forgets everything at the end. It seals as Redis does,
// under a key made at the start, so that both go the same way and cost the same.
type Memory struct {
	now  func() time.Time
	ring ring

	mu    sync.Mutex
	chats map[Chat]*entry
	swept int64 // the minute up to which expired walks and records are gone
}

// entry is a stored record, sealed. Times are minutes since 1970.
type entry struct {
	walk, mail        []byte
	version           string
	walkEnd, wholeEnd int64
	due               int64 // 0: none
}

// NewMemory returns an empty store whose expiries follow now.
func NewMemory(now func() time.Time) *Memory {
	key := make([]byte, masterSize)
	_, _ = rand.Read(key) // never fails
	r, err := newRing([][]byte{key})
	if err != nil {
		panic(err) // a key of the right size is always taken
	}
	return &Memory{now: now, ring: r, chats: map[Chat]*entry{}}
}

// Lives is 1: whatever this process forgets, it ends with it.
func (m *Memory) Lives() int { return 1 }

// Load returns the record of chat, or one without walk and mail if there is none.
func (m *Memory) Load(_ context.Context, chat Chat) (Record, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.sweep()
	e, ok := m.chats[chat]
	if !ok {
		return Record{Chat: chat}, nil
	}
	return m.open(e, chat), nil
}

// Save writes r and returns it with its new version. It returns ErrConflict if
// the record changed since r was loaded.
func (m *Memory) Save(_ context.Context, r Record, keep Keep) (Record, error) {
	if r.Chat == (Chat{}) {
		return r, errNoChat
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	now := m.sweep()
	var stored string
	if e, ok := m.chats[r.Chat]; ok {
		stored = e.version
	}
	walk, whole := keep.life(r)
	if stored != r.version && (stored != "" || whole > 0) {
		return r, ErrConflict
	}
	if whole == 0 {
		delete(m.chats, r.Chat)
		r.version = ""
		return r, nil
	}
	r.version = rand.Text()
	at := m.spot(r)
	e := &entry{version: r.version, wholeEnd: minuteUp(now.Add(whole))}
	e.mail = m.ring[0].mail.seal(at.mail, r.version, packMail(r.Chat, r.Mail))
	if walk > 0 {
		e.walk, e.walkEnd = m.ring[0].walk.seal(at.walk, r.version, r.Walk), minuteUp(now.Add(walk))
	}
	if !keep.Due.IsZero() {
		e.due = minuteUp(keep.Due)
	}
	m.chats[r.Chat] = e
	return r, nil
}

// Current reports whether nobody has written over rec since it was saved.
func (m *Memory) Current(_ context.Context, rec Record) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	e, ok := m.chats[rec.Chat]
	return ok && e.version == rec.version, nil
}

// Drop forgets all of chat.
func (m *Memory) Drop(_ context.Context, chat Chat) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.chats, chat)
	return nil
}

// Lease returns at most n chats that are due at now, the longest waiting first,
// and moves each to now+lease. The caller's Save sets the next due time.
func (m *Memory) Lease(_ context.Context, now time.Time, lease time.Duration, n int) ([]Record, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.sweep()
	var due []Chat
	for chat, e := range m.chats {
		if e.due != 0 && e.due <= minuteDown(now) {
			due = append(due, chat)
		}
	}
	slices.SortFunc(due, func(a, b Chat) int { return cmp.Compare(m.chats[a].due, m.chats[b].due) })
	var leased []Record
	for _, chat := range due[:max(0, min(n, len(due)))] {
		m.chats[chat].due = leaseEnd(now, lease)
		leased = append(leased, m.open(m.chats[chat], chat))
	}
	return leased, nil
}

// Ping always succeeds.
func (m *Memory) Ping(context.Context) error { return nil }

// Close forgets everything.
func (m *Memory) Close() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	clear(m.chats)
	return nil
}

// sweep removes what has expired and returns the time. Everything expires on a
// whole minute, so once a minute is exact. The caller holds mu.
func (m *Memory) sweep() time.Time {
	now := m.now()
	minute := minuteDown(now)
	if minute == m.swept {
		return now
	}
	m.swept = minute
	for chat, e := range m.chats {
		if e.wholeEnd <= minute {
			delete(m.chats, chat)
		} else if e.walkEnd <= minute {
			e.walk = nil
		}
	}
	return now
}

// open unseals a stored record, which this process sealed itself.
func (m *Memory) open(e *entry, chat Chat) Record {
	at := m.spot(Record{Chat: chat})
	r := Record{Chat: chat, version: e.version, spot: at}
	if sealed, err := open(m.ring[0].mail, at.mail, e.version, e.mail); err == nil {
		if _, mail, err := unpackMail(sealed); err == nil && len(mail) > 0 {
			r.Mail = mail
		}
	}
	if len(e.walk) > 0 {
		r.Walk, _ = open(m.ring[0].walk, at.walk, e.version, e.walk)
	}
	return r
}

// spot is where a record would lie in Redis; it is worked out once a turn.
func (m *Memory) spot(r Record) spot {
	if r.spot.name != "" {
		return r.spot
	}
	return m.ring.spots(r.Chat)[0]
}
