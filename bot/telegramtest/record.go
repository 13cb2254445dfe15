package telegramtest

import (
	"maps"
	"slices"
	"strconv"
	"time"
)

// Call is one request of the bot.
type Call struct {
	Method string            // as in the documentation: "sendMessage"
	Params map[string]string // texts as they are, objects as JSON
	Files  map[string]string // form field to file name
	// InWebhook is set when the call came as the answer to a webhook request.
	InWebhook bool
	At        time.Time // by Options.Now, on arrival
	// Status is the HTTP status of the answer: 0 while there is none, or when a
	// fault cut the connection.
	Status int
	Error  string // Telegram's description when the call was refused

	params params
	now    time.Time
}

// ChatID is the chat the call is about, or 0.
func (c Call) ChatID() int64 {
	id, err := strconv.ParseInt(c.Params["chat_id"], 10, 64)
	if err != nil {
		return 0
	}
	return id
}

// begin records that a call has arrived.
func (s *Server) begin(name string, p params, inWebhook bool) *Call {
	now := s.opts.Now()
	c := &Call{Method: name, Params: p.values, InWebhook: inWebhook, At: now, params: p, now: now}
	if len(p.files) > 0 {
		c.Files = map[string]string{}
		for field, file := range p.files {
			c.Files[field] = file.name
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls = append(s.calls, c)
	return c
}

// end records what a call was answered and lets go of its uploads.
func (s *Server) end(c *Call, status int, description string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c.Status, c.Error, c.params = status, description, params{}
	s.notify()
}

func (s *Server) flight(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.inFlight += n
	s.notify()
}

// note adds a line to Invalid.
func (s *Server) note(name, problem string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.invalid = append(s.invalid, name+": "+problem)
}

// Calls returns every request so far in the order of arrival.
func (s *Server) Calls() []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := make([]Call, len(s.calls))
	for i, c := range s.calls {
		out[i] = *c
		out[i].params = params{}
		out[i].Params = maps.Clone(c.Params)
	}
	return out
}

// CallsOf returns the requests of one method in the order of arrival.
func (s *Server) CallsOf(method string) []Call {
	return slices.DeleteFunc(s.Calls(), func(c Call) bool { return c.Method != method })
}

// CountCalls returns how many requests of the given methods came, of all methods
// if none is given. It copies nothing, so it suits Await and benchmarks.
func (s *Server) CountCalls(methods ...string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(methods) == 0 {
		return len(s.calls)
	}
	n := 0
	for _, c := range s.calls {
		if slices.Contains(methods, c.Method) {
			n++
		}
	}
	return n
}

// ForgetCalls empties Calls, so that a test can look at what follows.
func (s *Server) ForgetCalls() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls = nil
}

// Invalid returns what was wrong with the requests so far, "method: problem".
// Some of it Telegram would have forgiven in silence, by dropping a button, a
// link or a character; none of it should happen.
func (s *Server) Invalid() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.invalid)
}
