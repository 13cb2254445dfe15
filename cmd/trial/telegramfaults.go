package main

import (
	"net/http"
	"time"

	"pathwaybot/bot/telegramtest"
)

// telegramFaults are what Telegram can answer.
func telegramFaults() []row {
	var rows []row
	add := func(name string, short bool, times int, f telegramtest.Fault) {
		rows = append(rows, row{
			name: "Telegram " + name, short: short, waits: f.Delay > 0,
			play: func(w *world) counts { return failing(w, times, f) },
		})
	}
	add("answers 429, wait 1 s", false, 8, telegramtest.Fault{RetryAfter: 1})
	add("answers 429, wait 30 s", false, 20, telegramtest.Fault{RetryAfter: 30})
	add("answers 500", true, 20, telegramtest.Fault{Status: http.StatusInternalServerError})
	add("answers 500 and has done it", false, 20, telegramtest.Fault{Status: http.StatusInternalServerError, AfterEffect: true})
	add("answers 502 in HTML", false, 20, telegramtest.Fault{HTMLBody: true})
	add("closes the connection", false, 20, telegramtest.Fault{Outage: true})
	add("closes in mid-answer", false, 20, telegramtest.Fault{CloseMidAnswer: true})
	add("is 30 s slow", false, 2, telegramtest.Fault{Delay: 30 * time.Second})
	add("has done it and answers 30 s later", false, 2, telegramtest.Fault{Delay: 30 * time.Second, AfterEffect: true})
	return rows
}

// failing lets so many calls of each method fail while people walk, begin again and
// leave.
func failing(w *world, times int, f telegramtest.Fault) counts {
	fail := func(methods ...string) {
		for _, m := range methods {
			w.tg.Fail(m, times, f)
		}
	}
	people := w.join(crowd)
	w.begin(people)
	w.each(people, func(p *person) { p.walk(4) })
	fail("sendMessage", "editMessageText", "editMessageMedia", "deleteMessages")
	w.each(people, func(p *person) { p.walk(6); p.say() })
	w.each(people, (*person).start)
	w.begin(people)
	w.each(people, func(p *person) { p.walk(4); p.say() })
	w.tg.Heal()
	fail("editMessageText", "deleteMessages")
	return w.end()
}
