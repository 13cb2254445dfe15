package telegramtest

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Telegram's waits between two tries of a webhook delivery (source of the
// official server; not documented): at once, then 2, 4, 8 seconds and so on up to
// a random limit between one and two minutes; a Retry-After instead of all that
// is honoured up to an hour.
const (
	minResend     = 60 * time.Second
	maxResend     = 120 * time.Second
	maxRetryAfter = time.Hour
)

// queue holds the updates of one chat and kind. The next goes out only after the
// bot has answered 2xx for the one before.
type queue struct {
	updates []*update
	runner  *hook // the webhook for which a goroutine is delivering
}

// Repeat delivers the chat's newest update a second time, under its own id, as
// Telegram does when an answer was lost. It works by webhook only: a poll's offset
// has already confirmed it.
func (c *Chat) Repeat() error {
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	if c.newest == nil {
		return errors.New("repeat the newest update: there is none")
	}
	again := *c.newest
	again.done = false
	c.server.enqueue(&again)
	return nil
}

// deliver starts a goroutine for a queue if it has updates and none is at work.
// Call it with the lock held.
func (s *Server) deliver(q *queue) {
	if s.hook == nil || q.runner == s.hook || len(q.updates) == 0 || s.ctx.Err() != nil {
		return
	}
	h := s.hook
	q.runner = h
	s.work.Go(func() { s.drain(h, q) })
}

// drain delivers a queue's updates one after another until it is empty or the
// webhook is gone.
func (s *Server) drain(h *hook, q *queue) {
	for {
		s.mu.Lock()
		if h.ctx.Err() != nil || len(q.updates) == 0 {
			if q.runner == h {
				q.runner = nil
				s.notify()
			}
			s.mu.Unlock()
			return
		}
		u := q.updates[0]
		s.mu.Unlock()
		if !s.insist(h, u) {
			continue // the webhook is gone: the update waits for the next one
		}
		s.mu.Lock()
		s.finish(u)
		s.mu.Unlock()
	}
}

// insist posts an update until the bot takes it or it expires; it reports false
// when the webhook went away meanwhile.
func (s *Server) insist(h *hook, u *update) bool {
	var b backoff
	for {
		if s.opts.Now().After(u.expires) {
			s.tooLate(u)
			return true
		}
		select {
		case h.slots <- struct{}{}:
		case <-h.ctx.Done():
			return false
		}
		taken, retryAfter := s.post(h, u)
		<-h.slots
		if taken {
			return true
		}
		wait := b.next(retryAfter)
		if s.opts.Now().Add(wait).After(u.expires) {
			s.tooLate(u)
			return true
		}
		timer := time.NewTimer(time.Duration(float64(wait) * s.opts.RetryScale))
		select {
		case <-timer.C:
		case <-h.ctx.Done():
			timer.Stop()
			return false
		}
	}
}

// tooLate marks an update that expired before the bot took it.
func (s *Server) tooLate(u *update) {
	s.mu.Lock()
	defer s.mu.Unlock()
	u.late = true
}

// backoff counts how often a delivery was refused.
type backoff struct {
	tries int
	delay time.Duration
}

// next returns the wait before the next try.
func (b *backoff) next(retryAfter time.Duration) time.Duration {
	b.tries++
	switch {
	case retryAfter > 0:
		return min(retryAfter, maxRetryAfter)
	case b.tries == 1:
		return 0
	case b.delay == 0:
		b.delay = time.Second
	}
	b.delay = min(minResend+rand.N(maxResend-minResend), b.delay*2)
	return b.delay
}

// post sends one update and executes the call that may be in a 2xx answer.
func (s *Server) post(h *hook, u *update) (taken bool, retryAfter time.Duration) {
	req, err := http.NewRequestWithContext(h.ctx, http.MethodPost, h.url, bytes.NewReader(u.body))
	if err != nil {
		s.failedPost(err.Error())
		return false, 0
	}
	req.Header.Set("Content-Type", "application/json")
	if h.secret != "" {
		req.Header.Set("X-Telegram-Bot-Api-Secret-Token", h.secret)
	}
	resp, err := s.client.Do(req)
	if err != nil {
		s.failedPost("Connection failed")
		return false, 0
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		s.failedPost("Webhook connection closed")
		return false, 0
	}
	if resp.StatusCode < 200 || resp.StatusCode > 299 {
		s.failedPost("Wrong response from the webhook: " + resp.Status)
		seconds, err := strconv.Atoi(resp.Header.Get("Retry-After"))
		if err != nil || seconds < 0 {
			seconds = 0
		}
		return false, time.Duration(seconds) * time.Second
	}
	if len(bytes.TrimSpace(body)) > 0 {
		s.executeReply(resp.Header.Get("Content-Type"), body)
	}
	return true, 0
}

// executeReply runs the call in the body of a webhook's answer, if there is one.
func (s *Server) executeReply(contentType string, body []byte) {
	if !strings.HasPrefix(contentType, "application/json") {
		return
	}
	p := params{values: map[string]string{}}
	var object map[string]json.RawMessage
	if json.Unmarshal(body, &object) != nil || p.object(bytes.NewReader(body)) != nil {
		return
	}
	name := p.values["method"]
	delete(p.values, "method")
	if name != "" {
		s.inWebhook(name, p)
	}
}

func (s *Server) failedPost(text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hookError = hookError{s.opts.Now(), text}
	s.notify()
}
