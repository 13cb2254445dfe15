package telegramtest

import (
	"context"
	"errors"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"
)

// Options says how a Server differs from the usual. The zero value is usable.
type Options struct {
	// Token is what the bot must show in the path; default "123456:fake".
	Token string
	// Bot is what getMe answers; default id 123456, "Bot", "fake_bot".
	Bot User
	// Now is Telegram's clock, for the 48 hours of deleting, expiry and late
	// answers; default time.Now. Waiting (long polls, retries) is in real time.
	Now func() time.Time
	// RetryScale multiplies the waits between webhook retries; default 1. A test
	// sets a tiny one, so that 120 seconds pass in no time.
	RetryScale float64
	// PressAnswer is how long a press may be answered; default 15 seconds. The
	// real limit is not documented.
	PressAnswer time.Duration
	// InaccessibleAfter is the age from which a pressed message is sent to the
	// bot without its content; default 0, never.
	InaccessibleAfter time.Duration
	// Watch is told of every change in the order of effect. It is called with the
	// server locked, so it must be quick and may call nothing of the server's.
	Watch func(Change)
	// SkipSchema leaves the JSON Schema out, for benchmarks.
	SkipSchema bool
}

// Server is the fake Bot API server. Its methods may be called from any
// goroutine. It is an http.Handler: the Bot API at /bot<token>/<method>, a page
// with the people's phones at / and its JSON at /phone/.
type Server struct {
	opts   Options
	oracle *oracle
	phone  http.Handler
	ctx    context.Context // ends with Close
	stop   context.CancelFunc
	work   sync.WaitGroup // webhook deliveries
	client *http.Client   // calls the bot's webhook

	mu       sync.Mutex
	changed  chan struct{} // closed at the next change; nil when nobody waits
	version  uint64        // counts changes, for the phone page
	web      *http.Server
	chats    map[int64]*Chat
	lastMsg  int // message ids are one sequence for the bot
	presses  map[string]*press
	pictures map[string]*Picture // by file id
	profile  profile

	nextUpdate int64
	pending    []*update // in order; those done are removed now and then
	waiting    int       // pending and not done
	queues     map[int64]*queue
	allowed    map[string]bool // kinds of update asked for; nil for all
	hook       *hook
	hookError  hookError
	poll       *longPoll // nil when nobody polls

	calls    []*Call
	invalid  []string
	inFlight int // calls that have not been answered, long polls apart
	faults   []*fault
}

// New returns a server without chats that listens nowhere yet.
func New(opts Options) *Server {
	if opts.Token == "" {
		opts.Token = "123456:fake"
	}
	if opts.Bot.ID == 0 {
		opts.Bot = User{ID: 123456, FirstName: "Bot", Username: "fake_bot"}
	}
	opts.Bot.IsBot = true
	if opts.Now == nil {
		opts.Now = time.Now
	}
	if opts.RetryScale == 0 {
		opts.RetryScale = 1
	}
	if opts.PressAnswer == 0 {
		opts.PressAnswer = 15 * time.Second
	}
	s := &Server{
		opts:       opts,
		chats:      map[int64]*Chat{},
		presses:    map[string]*press{},
		pictures:   map[string]*Picture{},
		profile:    newProfile(),
		queues:     map[int64]*queue{},
		nextUpdate: 1000,
		client: &http.Client{
			Timeout:       60 * time.Second, // Telegram's limit for a silent connection
			Transport:     &http.Transport{MaxIdleConnsPerHost: 100},
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}
	s.ctx, s.stop = context.WithCancel(context.Background())
	if !opts.SkipSchema {
		s.oracle = newOracle()
	}
	s.phone = s.phoneHandler()
	return s
}

// ServeHTTP answers the Bot API, the phone page and its JSON.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if strings.HasPrefix(r.URL.Path, "/bot") {
		s.serveBot(w, r)
		return
	}
	s.phone.ServeHTTP(w, r)
}

// Listen serves on addr ("127.0.0.1:0" for any free port) until Close and
// returns the URL that a bot takes for Telegram's.
func (s *Server) Listen(addr string) (string, error) {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return "", err
	}
	web := &http.Server{Handler: s, ReadHeaderTimeout: 10 * time.Second}
	s.mu.Lock()
	s.web = web
	s.mu.Unlock()
	s.work.Go(func() {
		_ = web.Serve(l) // always ErrServerClosed
	})
	return "http://" + l.Addr().String(), nil
}

// TB is the part of testing.TB that Start uses.
type TB interface {
	Helper()
	Cleanup(func())
	Fatalf(format string, args ...any)
}

// Start listens on a free port of this machine until the test ends and returns
// the URL.
func (s *Server) Start(t TB) string {
	t.Helper()
	url, err := s.Listen("127.0.0.1:0")
	if err != nil {
		t.Fatalf("start the fake Telegram: %v", err)
	}
	t.Cleanup(s.Close)
	return url
}

// Token is what the bot must use.
func (s *Server) Token() string { return s.opts.Token }

// Close cuts every connection, ends deliveries and waits for them.
func (s *Server) Close() {
	s.stop()
	s.mu.Lock()
	web := s.web
	s.notify()
	s.mu.Unlock()
	if web != nil {
		_ = web.Close() // nothing to do about a socket that will not close
	}
	s.work.Wait()
	s.client.CloseIdleConnections()
}

// ErrClosed is returned by waits that end with the server.
var ErrClosed = errors.New("fake Telegram closed")

// Await returns nil as soon as cond holds. cond is called at once and after each
// change on the server, without any lock, so it may call every method.
func (s *Server) Await(ctx context.Context, cond func() bool) error {
	for {
		s.mu.Lock()
		changed := s.nextChange()
		s.mu.Unlock()
		if cond() {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-s.ctx.Done():
			return ErrClosed
		}
	}
}

// Settle waits until the bot has dealt with everything: no update waits (by
// webhook it was answered 2xx, by polling the next offset confirmed it) and no
// call is being served.
func (s *Server) Settle(ctx context.Context) error {
	return s.Await(ctx, func() bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		return s.waiting == 0 && s.inFlight == 0
	})
}

// nextChange is closed at the next notify. Call it with the lock held.
func (s *Server) nextChange() <-chan struct{} {
	if s.changed == nil {
		s.changed = make(chan struct{})
	}
	return s.changed
}

// notify wakes everybody who waits. Call it with the lock held.
func (s *Server) notify() {
	s.version++
	if s.changed != nil {
		close(s.changed)
		s.changed = nil
	}
}
