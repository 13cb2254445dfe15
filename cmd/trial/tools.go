package main

import (
	"os"
	"os/signal"
	"sync"
	"syscall"
)

// tools are what every row uses.
type tools struct {
	bot   string // path of the program
	words *words
	seed  uint64
	plain bool // requests are not checked against Telegram's schema, which takes time

	mu   sync.Mutex
	rigs []*rig
}

// rig returns a rig for one row.
func (t *tools) rig() *rig {
	t.mu.Lock()
	defer t.mu.Unlock()
	r := &rig{}
	t.rigs = append(t.rigs, r)
	return r
}

// endOnSignal lets a trial that is told to end leave no processes behind.
func (t *tools) endOnSignal(closing func()) {
	told := make(chan os.Signal, 1)
	signal.Notify(told, os.Interrupt, syscall.SIGTERM)
	go func() {
		<-told
		t.mu.Lock()
		for _, r := range t.rigs {
			r.end()
		}
		closing()
		os.Exit(1)
	}()
}

// newTools builds the bot and reads the words. close removes what was built.
func newTools(seed uint64) (t *tools, closing func(), err error) {
	dir, err := os.MkdirTemp("", "trial")
	if err != nil {
		return nil, nil, err
	}
	closing = func() { _ = os.RemoveAll(dir) }
	t = &tools{seed: seed}
	if t.bot, err = buildBot(dir); err == nil {
		t.words, err = readWords()
	}
	if err != nil {
		closing()
		return nil, nil, err
	}
	return t, closing, nil
}
