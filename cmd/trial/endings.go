package main

import (
	"context"
	"time"

	"pathwaybot/bot/telegramtest"
)

// drainLimit is how long the bot may take to end when it is asked to.
const drainLimit = 25 * time.Second

// endings are ends under load, long polling, and a disk that is full.
func endings() []row {
	polling := setup{polling: true}
	return []row{
		{name: "SIGTERM under load", short: true, play: terminated},
		{name: "SIGTERM under load, polling", setup: polling, play: terminated},
		{name: "SIGTERM of one of two replicas under load", setup: setup{replicas: 2}, play: terminated},
		{name: "polling, kill -9 while updates are handed out", setup: polling, play: func(w *world) counts {
			return killedPolling(w, telegramtest.Fault{AfterEffect: true, Outage: true})
		}},
		{name: "polling, kill -9 before the offset is confirmed", setup: polling, play: func(w *world) counts {
			return killedPolling(w, telegramtest.Fault{Outage: true})
		}},
		{name: "polling, kill -9 in the middle of a long batch", setup: polling, play: killedInBatch},
		{name: "polling, getUpdates answers 502 in HTML", setup: polling, play: func(w *world) counts {
			people := w.join(crowd)
			w.begin(people)
			w.tg.Fail("getUpdates", 5, telegramtest.Fault{HTMLBody: true})
			w.each(people, func(p *person) { p.walk(5); p.say() })
			return w.end()
		}},
		{name: "logs on a full disk, Telegram answers 500, kill -9", setup: setup{full: true}, play: func(w *world) counts {
			people := w.join(crowd)
			w.begin(people)
			w.tg.Fail("", 50, telegramtest.Fault{Status: 500})
			w.each(people, func(p *person) { p.walk(5); p.say() })
			for _, p := range people {
				p.walk(5)
			}
			w.bots[0].kill()
			w.start(w.bots[0])
			return w.end()
		}},
	}
}

// terminated asks the bot to end while many updates are under way, and starts it
// again. It must end well, in time, and lose nothing.
func terminated(w *world) counts {
	people := w.join(50)
	w.begin(people)
	held := make(chan struct{}, 1000)
	w.tg.Fail("editMessageText", 30, telegramtest.Fault{Delay: 2 * time.Second, Do: func() { held <- struct{}{} }})
	for _, p := range people {
		p.walk(20)
		p.say()
	}
	for range 10 { // so many are on their way when it is asked
		select {
		case <-held:
		case <-time.After(reachLimit):
			w.Fatal("nothing was on its way")
		}
	}
	took, err := w.bots[0].terminate(drainLimit)
	w.note("ended after %v", took.Round(100*time.Millisecond))
	if err != nil {
		w.Fatal(err)
	}
	w.start(w.bots[0])
	return w.end()
}

// killedInBatch kills the bot when it has dealt with some of the many updates of each
// chat that it was handed at once: all of them come again.
func killedInBatch(w *world) counts {
	people := w.join(5)
	w.begin(people)
	for range victims {
		reach(w, func(kill func()) {
			w.tg.Fail("editMessageText", 60, telegramtest.Fault{}) // so many of the hundred
			w.tg.Fail("editMessageText", 1, telegramtest.Fault{Outage: true, Do: kill})
			for _, p := range people {
				p.walk(20)
			}
		})
		w.start(w.bots[0])
		w.settle()
		w.tg.Heal()
		for _, p := range people {
			p.check()
		}
	}
	return w.end()
}

// killedPolling kills the bot at its next getUpdates.
func killedPolling(w *world, f telegramtest.Fault) counts {
	people := w.join(crowd)
	w.begin(people)
	for range victims {
		reach(w, func(kill func()) {
			f.Do = kill
			w.tg.Fail("getUpdates", 1, f)
			people[0].step() // ends the poll that waits; the next one is the one that fails
			ctx, cancel := context.WithTimeout(context.Background(), reachLimit)
			defer cancel()
			if !f.AfterEffect {
				return
			}
			if err := w.tg.Await(ctx, func() bool { return people[0].quiet() && w.tg.Waiting() == 0 }); err != nil {
				w.Fatal("the poll did not end")
			}
			for _, p := range people[1:] {
				p.walk(3)
				p.say()
			}
		})
		for _, p := range people {
			p.walk(2)
		}
		w.start(w.bots[0])
		w.settle()
		for _, p := range people {
			p.check()
		}
	}
	return w.end()
}
