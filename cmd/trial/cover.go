package main

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"slices"
	"strconv"
	"time"
)

// buckets is how many sets of due chats there are in Redis.
const buckets = 64

// impatient covers a screen after the shortest time that can be set.
var impatient = setup{env: []string{"IDLE_COVER=1m", "IDLE_CLEAN=2m"}}

// covers are silent people: their screens are covered whatever happens to the bot
// meanwhile. A minute of silence and the watch, which looks every 20 seconds, are in
// real time, so these rows run beside all others.
func covers() []row {
	var rows []row
	for _, at := range []point{
		replied("leased, answer not received", "EVAL"),
		replied("the walk is loaded", loads),
		called("before the cover", "editMessageText"),
		carriedOut("the cover stands, answer cut", "editMessageText"),
		arrives("before it is saved", saves),
		replied("saved, answer not received", saves),
	} {
		rows = append(rows, row{name: "kill -9, cover: " + at.name, waits: true, setup: impatient, play: func(w *world) counts {
			people := w.join(5)
			w.begin(people)
			w.each(people, func(p *person) { p.walk(5) })
			reachWithin(w, coverLimit, func(kill func()) {
				at.arm(w, people[0], kill)
				time.Sleep(silence)
				w.hurry()
			})
			w.start(w.bots[0])
			w.hurry() // the leases of the one that was killed
			w.awaitCover(people)
			// Whoever presses now is a new person.
			w.each(people, (*person).open)
			return w.end()
		}})
	}
	return rows
}

// silence is after how long a screen is covered: the shortest that can be set.
const silence = 61 * time.Second

// coverLimit is how long a cover may take beyond that: the watch looks every 20 seconds.
const coverLimit = 50 * time.Second

// awaitCover waits until everybody is covered, and counts who is not and what else
// their chats still show.
func (w *world) awaitCover(people []*person) {
	ctx, cancel := context.WithTimeout(context.Background(), coverLimit)
	defer cancel()
	_ = w.tg.Await(ctx, func() bool { // who is not covered by then is counted
		return !slices.ContainsFunc(people, func(p *person) bool { return !p.isHidden() })
	})
	w.settle()
	for _, p := range people {
		p.checkCover()
	}
}

// hurry makes every chat due now, as if the time of the leases had passed.
func (w *world) hurry() {
	for b := range buckets {
		key := fmt.Sprintf("due:{%d}", b)
		for _, name := range w.ask("ZRANGE", key, "0", "-1") {
			w.ask("ZADD", key, "XX", "0", name)
		}
	}
}

// ask gives Redis a command and returns the texts of its reply.
func (w *world) ask(command ...string) []string {
	conn, err := net.Dial("tcp", w.redis.Addr())
	if err != nil {
		w.Fatalf("connect to Redis: %v", err)
	}
	defer func() { _ = conn.Close() }()
	text := "*" + strconv.Itoa(len(command)) + "\r\n"
	for _, word := range command {
		text += "$" + strconv.Itoa(len(word)) + "\r\n" + word + "\r\n"
	}
	if _, err := conn.Write([]byte(text)); err != nil {
		w.Fatalf("ask Redis: %v", err)
	}
	reply, err := readValue(bufio.NewReader(conn))
	if err != nil {
		w.Fatalf("ask Redis: %v", err)
	}
	return reply.texts
}
