package main

import (
	"sync"
	"time"

	"pathwaybot/bot/telegramtest"
)

// point is a moment of a turn at which the bot can be killed. arm lets kill be called
// exactly there.
type point struct {
	name string
	arm  func(w *world, p *person, kill func())
}

// turn is something that a person does, from a screen of boxes, and what must be done
// before.
type turn struct {
	name    string
	prepare func(*person)
	act     func(*person)
	short   bool // its second point is tried in "make check" too
}

// Points by what is seen of them: a command to Redis, a call to Telegram, the answer
// to the webhook.
func arrives(name, command string) point {
	return point{name, func(w *world, _ *person, kill func()) { w.gate.set(trap{command, false, kill}) }}
}

func replied(name, command string) point {
	return point{name, func(w *world, _ *person, kill func()) { w.gate.set(trap{command, true, kill}) }}
}

func called(name, method string) point {
	return point{name, func(w *world, p *person, kill func()) {
		w.tg.Fail(method, 1, telegramtest.Fault{Chat: p.chat.ID(), Outage: true, Do: kill})
	}}
}

func carriedOut(name, method string) point {
	return point{name, func(w *world, p *person, kill func()) {
		w.tg.Fail(method, 1, telegramtest.Fault{Chat: p.chat.ID(), Outage: true, AfterEffect: true, Do: kill})
	}}
}

func answered(name string) point {
	return point{name, func(w *world, p *person, kill func()) { w.door.cutAnswer(p.chat.ID(), kill) }}
}

// What Redis is asked in a turn.
const (
	loads = "MGET"
	saves = "EVALSHA"
)

// kills are the moments of each kind of turn.
func kills() []row {
	nothing := func(*person) {}
	var rows []row
	add := func(t turn, points ...point) {
		for i, p := range points {
			rows = append(rows, row{
				name: "kill -9, " + t.name + ": " + p.name, short: i == 1 && t.short,
				play: func(w *world) counts { return killAt(w, t, p) },
			})
		}
	}
	add(turn{"/start", nothing, (*person).start, false},
		arrives("before the walk is loaded", loads),
		replied("the walk is loaded", loads),
		called("before the word is sent", "sendMessage"),
		carriedOut("the word is sent, answer cut", "sendMessage"),
		arrives("before it is saved", saves),
		replied("saved, answer not received", saves),
		called("before the old message is deleted", "deleteMessages"),
		called("before the screen is shown", "editMessageText"),
		carriedOut("the screen is shown, answer cut", "editMessageText"),
		answered("all done, webhook not answered"))
	add(turn{"a press", func(p *person) { p.do(tickScreen + "/+debt") }, func(p *person) { p.do(tickScreen + "/done") }, false},
		arrives("before the walk is loaded", loads),
		replied("the walk is loaded", loads),
		arrives("before it is saved", saves),
		replied("saved, answer not received", saves),
		called("before the screen is shown", "editMessageText"),
		carriedOut("the screen is shown, answer cut", "editMessageText"),
		answered("all done, webhook not answered"))
	add(turn{"Back", func(p *person) {
		p.do(tickScreen + "/+debt")
		p.do(tickScreen + "/done")
		p.do("adult-self/want/safe-place")
	}, func(p *person) { p.do("!back") }, true},
		replied("saved, answer not received", saves),
		carriedOut("the screen is shown, answer cut", "editMessageText"),
		answered("all done, webhook not answered"))
	add(turn{"a tick", nothing, func(p *person) { p.do(tickScreen + "/+debt") }, true},
		arrives("before it is saved", saves),
		replied("saved, answer not received", saves),
		answered("all done, webhook not answered"))
	add(turn{"typed words", nothing, (*person).say, false},
		arrives("before it is saved", saves),
		replied("saved, answer not received", saves),
		carriedOut("the words are deleted, answer cut", "deleteMessages"),
		carriedOut("the screen is shown, answer cut", "editMessageText"))
	add(turn{"pictures on", func(p *person) {
		p.to("afraid/police", tickScreen+"/+debt", tickScreen+"/done", "adult-self/want/safe-place", "!aside/afraid")
	}, (*person).illustrate, false},
		replied("saved, answer not received", saves),
		called("before the picture is shown", "editMessageMedia"),
		carriedOut("the picture is shown, answer cut", "editMessageMedia"))
	add(turn{"Leave now", func(p *person) { p.walk(3); p.say() }, (*person).leave, true},
		arrives("before the walk is loaded", loads),
		called("before the dull line", "editMessageText"),
		carriedOut("the dull line stands, answer cut", "editMessageText"),
		called("before the rest is deleted", "deleteMessages"),
		carriedOut("the rest is deleted, answer cut", "deleteMessages"),
		arrives("before it is saved that the chat was left", saves),
		replied("saved that it was left, answer not received", saves),
		answered("all done, webhook not answered"))
	add(turn{"Leave now at a picture", func(p *person) {
		p.to("afraid/police", tickScreen+"/+debt", tickScreen+"/done", "adult-self/want/safe-place", "!aside/afraid")
		p.illustrate()
	}, (*person).leave, false},
		called("before all is deleted", "deleteMessages"),
		carriedOut("all is deleted, answer cut", "deleteMessages"),
		carriedOut("the dull line is sent, answer cut", "sendMessage"),
		replied("saved that it was left, answer not received", saves))
	add(turn{"/stop", func(p *person) { p.walk(3); p.say() }, (*person).stop, false},
		carriedOut("the dull line stands, answer cut", "editMessageText"),
		replied("saved that it was left, answer not received", saves))
	return rows
}

// How many people are killed upon in a row, and how many others use the bot meanwhile.
const (
	victims    = 3
	bystanders = 9
)

// killAt kills the bot at a point of a turn, once for each of three people, while
// others go on, and starts it again.
func killAt(w *world, t turn, at point) counts {
	people := w.join(victims + bystanders)
	w.begin(people)
	for _, p := range people[:victims] {
		t.prepare(p)
		w.settle()
		p.check()
		reach(w, func(kill func()) {
			at.arm(w, p, kill)
			t.act(p)
		})
		for _, other := range people[victims:] {
			other.walk(3)
			other.say()
		}
		w.start(w.bots[0])
		w.settle()
		p.check()
	}
	return w.end()
}

// reachLimit is how long a turn may take to come to its point.
const reachLimit = 20 * time.Second

// reach lets a turn begin and returns when the bot has been killed at its point.
func reach(w *world, begin func(kill func())) { reachWithin(w, reachLimit, begin) }

func reachWithin(w *world, limit time.Duration, begin func(kill func())) {
	dead := make(chan struct{})
	var once sync.Once
	begin(func() {
		once.Do(func() {
			w.bots[0].kill()
			close(dead)
		})
	})
	select {
	case <-dead:
	case <-time.After(limit):
		w.Fatal("the turn did not come to this point")
	}
}
