package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"pathwaybot/bot/telegramtest"
)

// marker is in all that people type and are called, so that a log can be searched.
const marker = "Zqxmarker"

// firstChat is the first person's id, long enough to be found in a log.
const firstChat = 73_190_460_000

// person sits at a phone and does things, and keeps account of what comes of them.
type person struct {
	account
	chat   *telegramtest.Chat
	random *rand.Rand
	said   []int // messages they typed since the last check
	found  []int // messages that were counted as left behind
}

// start sends /start.
func (p *person) start() {
	p.account.start()
	p.said = append(p.said, p.chat.Send("/start"))
}

// do presses a button under the last screen.
func (p *person) do(data string) {
	p.press(data)
	p.chat.PressOn(p.lastScreen(), data)
}

// step presses a button that leads on.
func (p *person) step() { p.do(p.words.next(p.ahead(), p.random)) }

// walk presses so many buttons, one after another without waiting.
func (p *person) walk(n int) {
	for range n {
		p.step()
	}
}

// illustrate switches pictures on, at a screen that has one.
func (p *person) illustrate() {
	p.switchOn()
	p.chat.PressOn(p.lastScreen(), "!pictures/on")
}

// to presses buttons until the walk is at a screen.
func (p *person) to(screen string, buttons ...string) {
	for _, data := range buttons {
		p.do(data)
	}
	if got := p.words.screen(p.ahead()); got != screen {
		panic(fmt.Sprintf("the buttons lead to %q, not to %q", got, screen))
	}
}

// lastScreen is the message that showed the last screen.
func (p *person) lastScreen() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.live
}

// say types words that find nothing.
func (p *person) say() {
	p.typing()
	p.said = append(p.said, p.chat.Send(marker))
}

// leave presses Leave now.
func (p *person) leave() {
	p.account.leave()
	p.chat.PressOn(p.lastScreen(), "!leave")
}

// stop types /stop, which is the same.
func (p *person) stop() {
	p.account.leave()
	p.said = append(p.said, p.chat.Send("/stop"))
}

// open presses the button of the cover.
func (p *person) open() {
	p.uncover()
	p.chat.PressOn(p.lastScreen(), "!open")
}

// checkCover counts a silence that had no effect, and words that are not covered.
func (p *person) checkCover() {
	shown := p.chat.Messages()
	p.mu.Lock()
	defer p.mu.Unlock()
	p.counts.updates++ // the silence
	if !p.hidden {
		p.counts.lost++
		return
	}
	for _, m := range shown {
		if !p.words.dull(m) && !p.words.covered[plainText(m.Text)] {
			p.counts.leaked++
			p.wonder("not covered: %.60q", m.Text)
		}
	}
}

// check counts what should have gone when the bot has taken everything.
func (p *person) check() {
	p.mu.Lock()
	left := p.leaving
	p.mu.Unlock()
	shown := p.chat.Messages() // without our lock: the server must not wait for us
	// What one program does not know of, another one catches up with twice a second.
	for wait := 0; left && wait < 30 && slices.ContainsFunc(shown, func(m telegramtest.Message) bool { return !p.words.dull(m) }); wait++ {
		time.Sleep(100 * time.Millisecond)
		shown = p.chat.Messages()
	}
	p.settled()
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, m := range shown {
		switch {
		case left && !p.words.dull(m) && !slices.Contains(p.found, m.ID):
			p.found = append(p.found, m.ID) // once, however often they leave
			p.counts.leaked++
			why := ""
			if p.forgiving {
				why = " after the store had lost its data"
			}
			p.wonder("left behind%s: %.30q", why, m.Text)
		case !left && slices.Contains(p.said, m.ID):
			p.counts.lost++
			p.wonder("typed words that were not deleted")
		}
	}
	p.said = nil
}

// await waits until the bot has taken all that the person did.
func (p *person) await(ctx context.Context) error {
	for {
		p.mu.Lock()
		n := p.untaken
		p.mu.Unlock()
		if n == 0 {
			return nil
		}
		select {
		case <-p.rest:
		case <-ctx.Done():
			return fmt.Errorf("%d updates of a person still wait", n)
		}
	}
}
