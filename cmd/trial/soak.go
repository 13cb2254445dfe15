package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"pathwaybot/bot/telegramtest"
)

// soaking says how long a soak is, and how many people use the bot meanwhile.
type soaking struct {
	length time.Duration
	chats  int
	every  time.Duration // between two lines of figures
	gap    time.Duration // between two faults, on average
	pause  time.Duration // of a person between two things they do, on average
}

// soak lets many people use two replicas for a long time, with faults at random, and
// prints what was counted and what the processes use. The first replica runs from the
// beginning to the end, so that its figures tell whether anything grows.
func soak(t *tools, s soaking, out io.Writer) (counts, error) {
	var all counts
	rig := t.rig()
	err := rig.run(func() {
		w := newWorld(rig, t, setup{replicas: 2, plain: true})
		say := func(format string, args ...any) { _, _ = fmt.Fprintf(out, format+"\n", args...) }
		people := w.join(s.chats)
		begin := time.Now()
		look := func(when string) {
			say("%s: %d updates", when, w.updates())
			for i, p := range w.bots {
				say("  replica %d: %v", i+1, p.figures())
			}
		}
		look("at the start")
		ctx, stop := context.WithTimeout(context.Background(), s.length)
		defer stop()
		var living sync.WaitGroup
		var stuck atomic.Int64
		for _, p := range people {
			living.Go(func() {
				if p.use(ctx, s.pause) != nil {
					stuck.Add(1)
				}
			})
		}
		tick := time.NewTicker(s.every)
		defer tick.Stop()
		forget := time.NewTicker(time.Second)
		defer forget.Stop()
		var watching sync.WaitGroup
		watching.Go(func() {
			for {
				select {
				case <-ctx.Done():
					return
				case <-forget.C:
					w.tg.ForgetCalls()
				case <-tick.C:
					look(fmt.Sprintf("after %v", time.Since(begin).Round(time.Second)))
				}
			}
		})
		happened := w.misfortunes(ctx, rand.New(rand.NewPCG(t.seed, 2)), s, people)
		w.tg.Heal()
		living.Wait()
		watching.Wait()
		w.settle()
		look("at the end")
		for _, f := range happened {
			say("%4d times: %s", f.times, f.name)
		}
		if n := stuck.Load(); n > 0 {
			w.note("%d people got no answer for %v", n, settleLimit)
			all.lost += int(n)
		}
		all.add(w.count())
		for _, note := range w.remarks() {
			say("note: %s", note)
		}
	})
	return all, err
}

// updates is how many updates people have made so far.
func (w *world) updates() int {
	n := 0
	for _, p := range w.order {
		p.mu.Lock()
		n += p.counts.updates
		p.mu.Unlock()
	}
	return n
}

// use is a person's time with the bot: they begin, press and type, and leave, again and
// again, until ctx ends. The last thing is leaving.
func (p *person) use(ctx context.Context, pause time.Duration) error {
	rest := func() {
		select {
		case <-time.After(time.Duration(p.random.ExpFloat64() * float64(pause))):
		case <-ctx.Done():
		}
	}
	do := func(act func()) error {
		act()
		limit, cancel := context.WithTimeout(context.Background(), settleLimit)
		defer cancel()
		err := p.await(limit)
		p.check()
		return err
	}
	rest()
	for ctx.Err() == nil {
		if err := do(p.start); err != nil {
			return err
		}
		for range 3 + p.random.IntN(12) {
			rest()
			if err := do(func() { p.some() }); err != nil {
				return err
			}
		}
		leave := p.leave
		if !p.forgiven() && p.random.IntN(2) == 0 {
			leave = p.stop
		}
		if err := do(leave); err != nil {
			return err
		}
		rest()
	}
	return nil
}

// some presses one to four buttons without waiting, or types.
func (p *person) some() {
	switch {
	case p.forgiven(): // one at a time, since an answer may be asked again
		p.step()
	case p.random.IntN(4) == 0:
		p.say()
	default:
		p.walk(1 + p.random.IntN(4))
	}
}

// misfortune is a fault that a soak makes.
type misfortune struct {
	name  string
	make  func(ctx context.Context, w *world, r *rand.Rand, people []*person)
	times int
}

// errOver ends a pause at the end of a soak.
var errOver = errors.New("the soak is over")

func pauseFor(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return errOver
	}
}

// between returns a time between two, in milliseconds.
func between(r *rand.Rand, from, to int) time.Duration {
	return time.Duration(from+r.IntN(to-from)) * time.Millisecond
}

// misfortunes makes faults one after another until ctx ends and returns what it made.
func (w *world) misfortunes(ctx context.Context, r *rand.Rand, s soaking, people []*person) []*misfortune {
	all := allMisfortunes()
	for {
		for _, i := range r.Perm(len(all)) { // each kind before any comes again
			if pauseFor(ctx, between(r, 200, 2*int(s.gap.Milliseconds()))) != nil {
				return all
			}
			all[i].make(ctx, w, r, people)
			all[i].times++
		}
	}
}

func allMisfortunes() []*misfortune {
	var all []*misfortune
	add := func(name string, f func(ctx context.Context, w *world, r *rand.Rand, people []*person)) {
		all = append(all, &misfortune{name: name, make: f})
	}
	add("kill -9 of the second replica", func(ctx context.Context, w *world, r *rand.Rand, _ []*person) {
		w.bots[1].kill()
		_ = pauseFor(ctx, between(r, 0, 1500))
		w.start(w.bots[1])
	})
	add("SIGTERM of the second replica", func(_ context.Context, w *world, _ *rand.Rand, _ []*person) {
		if _, err := w.bots[1].terminate(drainLimit); err != nil {
			w.Fatal(err)
		}
		w.start(w.bots[1])
	})
	add("Redis stops answering", func(ctx context.Context, w *world, r *rand.Rand, _ []*person) {
		w.redis.Pause()
		_ = pauseFor(ctx, between(r, 200, 3000))
		w.redis.Resume()
	})
	add("Redis started again with its data", func(ctx context.Context, w *world, r *rand.Rand, _ []*person) {
		w.redis.StopKeeping()
		_ = pauseFor(ctx, between(r, 100, 1500))
		w.redis.Resurrect()
	})
	add("Redis started again empty", func(_ context.Context, w *world, _ *rand.Rand, people []*person) {
		forgive := func() {
			for _, p := range people {
				p.forgive()
			}
		}
		forgive()
		w.redis.Restart()
		forgive() // who began again meanwhile
	})
	add("Redis out of memory", func(ctx context.Context, w *world, r *rand.Rand, _ []*person) {
		w.redis.Set("maxmemory", "1")
		_ = pauseFor(ctx, between(r, 200, 2000))
		w.redis.Set("maxmemory", "0")
	})
	add("Redis slow by 3 s", func(ctx context.Context, w *world, r *rand.Rand, _ []*person) {
		w.gate.delay(3 * time.Second)
		_ = pauseFor(ctx, between(r, 1000, 4000))
		w.gate.delay(0)
	})
	for _, one := range []struct {
		name  string
		fault telegramtest.Fault
	}{
		{"Telegram answers 429", telegramtest.Fault{RetryAfter: 1}},
		{"Telegram answers 500", telegramtest.Fault{Status: 500}},
		{"Telegram answers 500 and has done it", telegramtest.Fault{Status: 500, AfterEffect: true}},
		{"Telegram answers 502 in HTML", telegramtest.Fault{HTMLBody: true}},
		{"Telegram closes the connection", telegramtest.Fault{Outage: true}},
		{"Telegram closes in mid-answer", telegramtest.Fault{CloseMidAnswer: true}},
		{"Telegram is 3 s slow", telegramtest.Fault{Delay: 3 * time.Second}},
	} {
		add(one.name, func(_ context.Context, w *world, r *rand.Rand, _ []*person) { w.tg.Fail("", 5+r.IntN(40), one.fault) })
	}
	add("a webhook's answer is cut", func(_ context.Context, w *world, r *rand.Rand, people []*person) {
		for range 10 {
			w.door.cutAnswer(people[r.IntN(len(people))].chat.ID(), func() {})
		}
	})
	return all
}
