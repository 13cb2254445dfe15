package telegramtest

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"time"
)

// maxPoll is the longest a getUpdates waits, whatever timeout asks for (source of
// the official server).
const maxPoll = 50 * time.Second

// pollWait turns a timeout in seconds into a wait.
func pollWait(seconds int64) time.Duration {
	return time.Duration(min(max(seconds, 0), int64(maxPoll/time.Second))) * time.Second
}

// longPoll is a getUpdates that is being served.
type longPoll struct{ end context.CancelCauseFunc }

// errOtherPoll ends a long poll when another one begins.
var errOtherPoll = errors.New("terminated by other getUpdates request; make sure that only one bot instance is running")

// getUpdates answers as soon as there is an update, or after the timeout.
func (s *Server) getUpdates(ctx context.Context, c *Call) (any, *apiError) {
	if failed := s.allow(c); failed != nil {
		return nil, failed
	}
	limit := int(c.params.int64("limit"))
	if limit < 1 || limit > 100 {
		limit = 100
	}
	wait := pollWait(c.params.int64("timeout"))
	ctx, cancel := context.WithCancelCause(ctx)
	poll := &longPoll{cancel}
	defer s.endPoll(poll)
	timeout := time.NewTimer(wait)
	defer timeout.Stop()

	s.mu.Lock()
	if s.poll != nil {
		s.poll.end(errOtherPoll)
	}
	if s.hook != nil {
		s.mu.Unlock()
		return nil, conflict("can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first")
	}
	s.poll = poll
	s.notify()
	s.confirm(c.params.int64("offset"))
	for {
		s.expire()
		batch := s.batch(limit)
		changed := s.nextChange()
		s.mu.Unlock()
		if len(batch) > 0 || wait <= 0 {
			return batch, nil
		}
		select {
		case <-changed:
		case <-timeout.C:
			return batch, nil
		case <-s.ctx.Done():
			return batch, nil
		case <-ctx.Done():
			return nil, conflict(context.Cause(ctx).Error())
		}
		s.mu.Lock()
	}
}

func (s *Server) endPoll(p *longPoll) {
	p.end(nil)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.poll == p {
		s.poll = nil
	}
}

// Polling says whether a getUpdates is being served now.
func (s *Server) Polling() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.poll != nil
}

// confirm finishes what comes before the offset. A negative offset keeps so many
// of the newest; one beyond the next id, which can be after a jump, is ignored.
func (s *Server) confirm(offset int64) {
	all := slices.DeleteFunc(slices.Clone(s.pending), func(u *update) bool { return u.done })
	if offset < 0 {
		all = all[:max(0, len(all)+int(max(offset, -int64(len(all)))))]
	} else {
		all = slices.DeleteFunc(all, func(u *update) bool { return u.id >= offset || offset > s.nextUpdate })
	}
	for _, u := range all {
		s.finish(u)
	}
}

func (s *Server) batch(limit int) []json.RawMessage {
	batch := []json.RawMessage{}
	for _, u := range s.pending {
		if !u.done && len(batch) < limit {
			batch = append(batch, u.body)
		}
	}
	return batch
}
