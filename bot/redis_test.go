package bot_test

import (
	"io"
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"pathwaybot/handlers"
	"pathwaybot/session/redistest"
)

// counting stands between the bot and Redis and counts what is asked at once.
func counting(t *testing.T, url string) (string, *atomic.Int64) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var trips atomic.Int64
	var running sync.WaitGroup
	running.Go(func() {
		for {
			in, err := l.Accept()
			if err != nil {
				return
			}
			out, err := net.Dial("tcp", strings.TrimPrefix(url, "redis://"))
			if err != nil {
				_ = in.Close()
				return
			}
			running.Go(func() {
				defer func() { _ = out.Close() }()
				b := make([]byte, 1<<16)
				for {
					n, err := in.Read(b)
					if err != nil {
						return
					}
					trips.Add(1)
					if _, err := out.Write(b[:n]); err != nil {
						return
					}
				}
			})
			running.Go(func() {
				defer func() { _ = in.Close() }()
				_, _ = io.Copy(in, out)
			})
		}
	})
	t.Cleanup(func() {
		_ = l.Close()
		running.Wait()
	})
	return "redis://" + l.Addr().String(), &trips
}

// TestRoundTripsOfAPress: one press takes two round trips to Redis until the screen
// is shown, and one after it, which looks whether another replica has overtaken it.
func TestRoundTripsOfAPress(t *testing.T) {
	redis := redistest.Start(t)
	url, trips := counting(t, redis.URL())
	w := newWorld(t, setup{store: func(now func() time.Time) handlers.Store {
		return struct{ handlers.Store }{inRedis(t, url)(now)} // which nobody pings, as the bot does twice a second
	}})
	c := w.tg.Chat(7001)
	w.walk(c, "en", outcome[:2]...)
	for _, b := range []string{"adult-public/signs/+no-pay", "adult-public/signs/-no-pay", "adult-public/signs/done", "!back"} {
		before := trips.Load()
		w.press(c, b)
		if n := trips.Load() - before; n != 3 {
			t.Errorf("%s: %d round trips to Redis, want 3", b, n)
		}
	}
}
