package telegramtest

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"slices"
	"time"
)

// Fault is what goes wrong with a call. The first that applies of Outage,
// CloseMidAnswer, RetryAfter, Status and HTMLBody is done; with none of them the
// call is only slow (Delay, Hold) or as usual.
type Fault struct {
	// Chat limits the fault to calls about one chat; 0 means any call.
	Chat int64
	// Outage closes the connection without an answer.
	Outage bool
	// CloseMidAnswer does what was asked and closes the connection in the middle
	// of the answer.
	CloseMidAnswer bool
	// RetryAfter answers 429 with so many seconds.
	RetryAfter int
	// Status answers an error of this code, with Description or a usual text.
	Status      int
	Description string
	// HTMLBody answers with a proxy's page instead of JSON; Status, or 502.
	HTMLBody bool
	// AfterEffect does what was asked and only then fails or waits.
	AfterEffect bool
	// Delay waits in real time; Hold waits until the channel is closed, which a
	// test can do at the right moment.
	Delay time.Duration
	Hold  <-chan struct{}
	// Do is called when the fault is met, before it waits or fails: a test can end
	// the bot exactly there.
	Do func()
}

type fault struct {
	Fault
	method string // empty for any
	left   int    // negative for ever
}

// Fail plans a fault for the next calls of a method ("" for any method), as many
// times as given; negative until Heal. Plans are used up in the order they were
// made. A method's long polls count as calls.
func (s *Server) Fail(method string, times int, f Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, &fault{f, method, times})
}

// Heal removes all plans. A call that is held stays so until Hold is closed.
func (s *Server) Heal() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = nil
}

// takeFault uses up one planned fault for a call; nil when none is due.
func (s *Server) takeFault(c *Call) *fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.faults) == 0 {
		return nil
	}
	chat := c.ChatID()
	for _, f := range s.faults {
		if f.left == 0 || f.method != "" && f.method != c.Method || f.Chat != 0 && f.Chat != chat {
			continue
		}
		f.left--
		s.faults = slices.DeleteFunc(s.faults, func(f *fault) bool { return f.left == 0 })
		return f
	}
	return nil
}

// late says whether the call takes effect before the fault shows.
func (f *fault) late() bool { return f.AfterEffect || f.CloseMidAnswer }

func (f *fault) fails() bool {
	return f.Outage || f.CloseMidAnswer || f.HTMLBody || f.status() != 0
}

// before waits if it should and says whether the call fails without effect.
func (f *fault) before(contexts ...context.Context) bool {
	if f == nil || f.late() {
		return false
	}
	return !f.wait(contexts...) || f.fails()
}

// after waits if it should and says whether the answer is replaced.
func (f *fault) after(contexts ...context.Context) bool {
	if f == nil || !f.late() {
		return false
	}
	return !f.wait(contexts...) || f.fails()
}

// wait holds the call; it reports false when the client went away meanwhile.
func (f *fault) wait(contexts ...context.Context) bool {
	if f.Do != nil {
		f.Do()
	}
	if f.Delay > 0 {
		timer := time.NewTimer(f.Delay)
		defer timer.Stop()
		if !first(timer.C, contexts) {
			return false
		}
	}
	return f.Hold == nil || first(f.Hold, contexts)
}

// first reports whether the channel was ready before a context ended.
func first[T any](ready <-chan T, contexts []context.Context) bool {
	ended, cancel := context.WithCancel(context.Background())
	defer cancel()
	for _, ctx := range contexts {
		defer context.AfterFunc(ctx, cancel)()
	}
	select {
	case <-ready:
		return true
	case <-ended.Done():
		return false
	}
}

// status is the HTTP status of the fault, 0 for a cut connection or none.
func (f *fault) status() int {
	switch {
	case f.Outage || f.CloseMidAnswer:
		return 0
	case f.RetryAfter > 0:
		return http.StatusTooManyRequests
	case f.HTMLBody && f.Status == 0:
		return http.StatusBadGateway
	}
	return f.Status
}

// fail answers with the fault; body is the answer that is cut in the middle.
func (f *fault) fail(w http.ResponseWriter, body []byte) {
	switch {
	case f.Outage, f.CloseMidAnswer, !f.fails():
		cut(w, body)
	case f.HTMLBody:
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(f.status())
		_, _ = fmt.Fprintf(w, "<html><head><title>%d %s</title></head><body>nginx</body></html>",
			f.status(), http.StatusText(f.status()))
	default:
		text := f.Description
		if text == "" && f.RetryAfter > 0 {
			text = fmt.Sprintf("Too Many Requests: retry after %d", f.RetryAfter)
		} else if text == "" {
			text = http.StatusText(f.Status)
		}
		refuse(w, &apiError{code: f.status(), text: text, retryAfter: f.RetryAfter})
	}
}

// cut closes the connection, after half of an answer if there is one.
func cut(w http.ResponseWriter, body []byte) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil { // not a connection that can be cut (HTTP/2, a recorder)
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	defer func(c net.Conn) { _ = c.Close() }(conn)
	if len(body) > 0 {
		_, _ = fmt.Fprintf(conn, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
			len(body), body[:len(body)/2])
	}
}
