package main

import (
	"context"
	"time"
)

// redisFaults are what can befall Redis.
func redisFaults() []row {
	return []row{
		{name: "Redis stops answering, and goes on", short: true, play: func(w *world) counts {
			return outage(w, w.redis.Pause, w.redis.Resume)
		}},
		{name: "Redis stopped, started again with its data", play: func(w *world) counts {
			return outage(w, w.redis.StopKeeping, w.redis.Resurrect)
		}},
		{name: "Redis stopped, started again empty", short: true, play: func(w *world) counts {
			return forgetting(w, w.redis.Stop, w.redis.Restart)
		}},
		{name: "Redis stopped, started again empty, then people type", play: func(w *world) counts {
			return afterLoss(w, (*person).say)
		}},
		{name: "Redis stopped, started again empty, then people press Leave now", play: func(w *world) counts {
			return afterLoss(w, func(*person) {})
		}},
		{name: "Redis stopped, started again empty, then people type /stop", play: func(w *world) counts {
			people := w.join(crowd)
			w.begin(people)
			w.each(people, func(p *person) { p.walk(5); p.forgive() })
			w.redis.Restart()
			w.each(people, (*person).stop)
			return w.count()
		}},
		{name: "Redis out of memory", play: func(w *world) counts {
			return outage(w, func() { w.redis.Set("maxmemory", "1") }, func() { w.redis.Set("maxmemory", "0") })
		}},
		{name: "Redis out of memory, people leave", play: func(w *world) counts {
			people := w.join(crowd)
			w.begin(people)
			w.each(people, func(p *person) { p.walk(5); p.say() })
			w.redis.Set("maxmemory", "1")
			w.each(people, (*person).leave)
			return w.count()
		}},
		{name: "Redis slow by 3 s", play: func(w *world) counts {
			return outage(w, func() { w.gate.delay(3 * time.Second) }, func() { w.gate.delay(0) })
		}},
		{name: "Redis failing over to its replica", setup: setup{sentinel: true}, play: func(w *world) counts {
			return forgetting(w, w.sentinel.Master.Stop, w.sentinel.AwaitFailover)
		}},
	}
}

// crowd is how many people there are in a row.
const crowd = 20

// afterLoss lets everybody do something after all data was lost, and leave.
func afterLoss(w *world, do func(*person)) counts {
	people := w.join(crowd)
	w.begin(people)
	w.each(people, func(p *person) { p.walk(5); p.forgive() })
	w.redis.Restart()
	w.each(people, do)
	return w.end()
}

// outage lets people press and type while something is away that has kept all data.
func outage(w *world, away, back func()) counts {
	people := w.join(crowd)
	w.begin(people)
	w.each(people, func(p *person) { p.walk(5) })
	for range 2 {
		for _, p := range people[:crowd/2] {
			p.walk(4)
			p.say()
		}
		away()
		for _, p := range people {
			p.walk(4)
			p.say()
		}
		w.awaitCards(people)
		back()
		w.settle()
		for _, p := range people {
			p.check()
		}
	}
	return w.end()
}

// forgetting lets people press, one button at a time, while something goes away that
// has lost data when it is back. So an answer can be asked again, and is not lost.
func forgetting(w *world, away, back func()) counts {
	people := w.join(crowd)
	w.begin(people)
	for range 5 {
		w.each(people, (*person).step)
	}
	for i, p := range people {
		p.forgive()
		if i == crowd/2 {
			away()
		}
		p.step()
	}
	if w.clock == nil {
		w.awaitCards(people)
	}
	back()
	w.settle()
	for _, p := range people {
		p.check()
	}
	for range 5 {
		w.each(people, (*person).step)
		w.each(people, (*person).say)
	}
	return w.end()
}

// awaitCards waits until somebody has been shown the emergency card.
func (w *world) awaitCards(people []*person) {
	had := cards(people)
	ctx, cancel := context.WithTimeout(context.Background(), reachLimit)
	defer cancel()
	if err := w.tg.Await(ctx, func() bool { return cards(people) > had }); err != nil {
		w.Fatal("nobody was shown the emergency card")
	}
}

func cards(people []*person) int {
	n := 0
	for _, p := range people {
		p.mu.Lock()
		n += p.cards
		p.mu.Unlock()
	}
	return n
}
