package main

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"pathwaybot/bot"
	"pathwaybot/handlers"
	"pathwaybot/session"
)

// clock is a time that a row moves. A process's own clock cannot be set, so the bot of
// these rows runs in the trial's process.
type clock struct {
	mu   sync.Mutex
	away time.Duration // from the real time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return time.Now().Add(c.away)
}

func (c *clock) move(by time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.away += by
}

// clocks are clocks that jump.
func clocks() []row {
	local := setup{local: true}
	return []row{
		{name: "the clock goes an hour back", setup: local, play: func(w *world) counts {
			people := w.join(crowd)
			w.begin(people)
			w.each(people, func(p *person) { p.walk(5); p.say() })
			for i, p := range people {
				p.walk(5)
				if i == crowd/2 {
					w.clock.move(-time.Hour)
				}
				p.walk(5)
				p.say()
			}
			return w.end()
		}},
		// An hour without a press looks the same: what was answered before is forgotten.
		{name: "the clock goes an hour forward", setup: local, play: func(w *world) counts {
			return forgetting(w, func() { w.clock.move(time.Hour) }, func() {})
		}},
	}
}

// runHere runs the bot in this process.
func (w *world) runHere(redisURL string) {
	w.clock = &clock{}
	store, err := session.NewRedis(session.Config{URL: redisURL, Keys: [][]byte{[]byte(keyText)}})
	if err != nil {
		w.Fatal(err)
	}
	w.Cleanup(func() { _ = store.Close() })
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		w.Fatal(err)
	}
	b, err := bot.New(bot.Config{
		Token: token, APIURL: w.api, Guide: w.words.guide,
		Webhook:      bot.Webhook{URL: "http://" + w.door.addr + hookPath, Secret: hookSecret},
		Store:        store,
		Conversation: handlers.New(w.words.guide, store, handlers.Settings{Cover: 15 * time.Minute, Clean: 45 * time.Minute}),
		Limits:       bot.Limits{Presses: 1e6, Overall: rate.Limit(1e6), Chat: rate.Limit(1e6)},
		Now:          w.clock.now, Log: slog.New(slog.NewTextHandler(w.log, nil)),
	})
	if err != nil {
		w.Fatal(err)
	}
	server := &http.Server{Handler: b.Webhook(), ReadHeaderTimeout: 5 * time.Second}
	ctx, stop := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { _ = server.Serve(l) })
	running.Go(func() { _ = b.Run(ctx) }) // what was not drained is counted
	w.Cleanup(func() {
		stop()
		_ = server.Close()
		running.Wait()
	})
	w.door.replicas = []string{l.Addr().String()}
}
