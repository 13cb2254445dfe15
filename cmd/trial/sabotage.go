package main

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
)

// saboteurs spoil things on purpose, between Telegram and the bot. What each of them
// does must show in the column of its name: a column that was never seen counting
// shows nothing by being zero.
func saboteurs() map[string]func(*world) {
	return map[string]func(*world){
		"lost":      loseSome,
		"reordered": swapSome,
		"repeated":  repeatSome,
		"leaked":    leaveSome,
		"logged":    printSome,
	}
}

// sabotaged is a row in which nothing is wrong but the sabotage.
func sabotaged(kind string) (row, error) {
	spoil, ok := saboteurs()[kind]
	if !ok {
		return row{}, fmt.Errorf("no sabotage %q", kind)
	}
	return row{name: "nothing but sabotage: " + kind, play: func(w *world) counts {
		people := w.join(crowd)
		w.begin(people)
		spoil(w)
		for range 3 {
			w.each(people, func(p *person) { p.walk(10) })
		}
		return w.end()
	}}, nil
}

// everyTenth reports true for each tenth delivery that it is asked about.
func everyTenth() func() bool {
	var mu sync.Mutex
	n := 0
	return func() bool {
		mu.Lock()
		defer mu.Unlock()
		n++
		return n%10 == 0
	}
}

// step reports whether a delivery is a button of a walk.
func (d delivery) step() bool { return d.press != "" && d.press != "!leave" }

// loseSome answers 200 for the bot and keeps the update.
func loseSome(w *world) {
	tenth := everyTenth()
	w.door.sabotage(func(d delivery, _ func(delivery) (outcome, bool)) (outcome, bool) {
		return outcome{status: http.StatusOK}, d.step() && tenth()
	})
}

// swapSome hands an update over after the next one of its queue.
func swapSome(w *world) {
	tenth := everyTenth()
	var mu sync.Mutex
	kept := map[int64]delivery{}
	w.door.sabotage(func(d delivery, pass func(delivery) (outcome, bool)) (outcome, bool) {
		if d.press == "" {
			return outcome{}, false
		}
		mu.Lock()
		late, has := kept[d.chat]
		delete(kept, d.chat)
		if !has && d.step() && tenth() {
			kept[d.chat] = d
			mu.Unlock()
			return outcome{status: http.StatusOK}, true
		}
		mu.Unlock()
		if !has {
			return outcome{}, false
		}
		out, ok := pass(d)
		_, _ = pass(late)
		return out, ok
	})
}

// repeatSome hands a press of Back over twice, the second time as a new update.
func repeatSome(w *world) {
	w.door.sabotage(func(d delivery, pass func(delivery) (outcome, bool)) (outcome, bool) {
		if d.press != "!back" {
			return outcome{}, false
		}
		out, ok := pass(d)
		again := d
		again.body = bytes.Replace(slices.Clone(d.body), fmt.Appendf(nil, `"update_id":%d`, d.id),
			fmt.Appendf(nil, `"update_id":%d`, d.id+1_000_000), 1)
		_, _ = pass(again)
		return out, ok
	})
}

// leaveSome sends words into chats that were left.
func leaveSome(w *world) {
	tenth := everyTenth()
	w.door.sabotage(func(d delivery, pass func(delivery) (outcome, bool)) (outcome, bool) {
		if d.press != "!leave" || !tenth() {
			return outcome{}, false
		}
		out, ok := pass(d)
		form := url.Values{"chat_id": {fmt.Sprint(d.chat)}, "text": {"words of a screen"}}
		resp, err := http.Post(w.api+"/bot"+token+"/sendMessage", "application/x-www-form-urlencoded",
			strings.NewReader(form.Encode()))
		if err == nil {
			_ = resp.Body.Close()
		}
		return out, ok
	})
}

// printSome writes into the log what no log may hold.
func printSome(w *world) {
	w.door.sabotage(func(d delivery, _ func(delivery) (outcome, bool)) (outcome, bool) {
		_, _ = fmt.Fprintln(w.log, d.chat)
		return outcome{}, false
	})
}
