package telegramtest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"
)

// How long an update waits for the bot before Telegram forgets it (source of the
// official server; not documented).
const (
	messageExpiry = 24 * time.Hour
	pressExpiry   = 150 * time.Second
)

// update waits until the bot has taken it.
type update struct {
	id      int64
	chat    *Chat
	queue   int64
	body    []byte // the whole JSON object
	expires time.Time
	done    bool
	late    bool // it was dropped, not taken
}

// push makes an update of the chat if the bot asked for its kind. Call it with the lock held,
// as all here but getUpdates.
func (c *Chat) push(kind string, queueID int64, expiry time.Duration, content any) {
	s := c.server
	if s.allowed != nil && !s.allowed[kind] {
		return
	}
	body, err := json.Marshal(map[string]any{kind: content})
	if err != nil { // only our own types are in it
		panic(fmt.Sprintf("telegramtest: encode an update: %v", err))
	}
	c.pushBody(queueID, expiry, body)
}

// pushBody gives an update without an id the next one and queues it.
func (c *Chat) pushBody(queueID int64, expiry time.Duration, body []byte) int64 {
	s := c.server
	id := s.nextUpdate
	s.nextUpdate++
	whole := []byte(`{"update_id":` + strconv.FormatInt(id, 10))
	if rest := bytes.TrimSpace(body[1:]); rest[0] != '}' {
		whole = append(append(whole, ','), rest...)
	} else {
		whole = append(whole, '}')
	}
	c.newest = &update{id: id, chat: c, queue: queueID, body: whole, expires: s.opts.Now().Add(expiry)}
	s.enqueue(c.newest)
	return id
}

func (s *Server) enqueue(u *update) {
	s.pending = append(s.pending, u)
	s.waiting++
	q := s.queues[u.queue]
	if q == nil {
		q = &queue{}
		s.queues[u.queue] = q
	}
	q.updates = append(q.updates, u)
	s.deliver(q)
	s.notify()
}

// finish takes an update out of all queues.
func (s *Server) finish(u *update) {
	if u.done {
		return
	}
	u.done = true
	s.waiting--
	if u.late {
		u.chat.tell(Expired, nil)
	} else {
		u.chat.tell(Taken, nil)
	}
	q := s.queues[u.queue]
	q.updates = slices.DeleteFunc(q.updates, func(other *update) bool { return other == u })
	if len(s.pending) > 64 && s.waiting < len(s.pending)/2 {
		s.pending = slices.DeleteFunc(s.pending, func(u *update) bool { return u.done })
	}
	s.notify()
}

// expire drops what has waited too long.
func (s *Server) expire() {
	now := s.opts.Now()
	for _, u := range slices.Clone(s.pending) {
		if !u.done && now.After(u.expires) {
			u.late = true
			s.finish(u)
		}
	}
}

// JumpUpdateID lets the next update have any id, as Telegram does after a week
// without updates.
func (s *Server) JumpUpdateID(next int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.nextUpdate = next
}

// Waiting returns how many updates the bot has not taken yet.
func (s *Server) Waiting() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.waiting
}

// allow keeps the kinds of update that the bot asks for; a call that says nothing
// changes nothing, and an empty list means all.
func (s *Server) allow(c *Call) *apiError {
	if c.params.values["allowed_updates"] == "" {
		return nil
	}
	var kinds []string
	if failed := c.params.json("allowed_updates", &kinds); failed != nil {
		return failed
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.allowed = nil
	if len(kinds) > 0 {
		s.allowed = map[string]bool{}
		for _, kind := range kinds {
			s.allowed[kind] = true
		}
	}
	return nil
}
