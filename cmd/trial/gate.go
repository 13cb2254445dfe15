package main

import (
	"bufio"
	"net"
	"strings"
	"sync"
	"time"
)

// gate stands between the bot and Redis. It sees every command and reply, so that
// something can happen exactly before a command arrives or before its reply does.
type gate struct {
	listener net.Listener
	target   string
	running  sync.WaitGroup

	mu    sync.Mutex
	trap  *trap
	slow  time.Duration // by which each reply is late
	conns map[net.Conn]bool
	ended bool
}

// trap is what happens once, at a command. The command or its reply goes no further,
// and the connection ends.
type trap struct {
	command string // MGET loads, EVALSHA saves, EVAL leases
	reply   bool   // when its reply comes, and not when the command does
	do      func()
}

func newGate(r *rig, target string) *gate {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		r.Fatalf("listen for Redis: %v", err)
	}
	g := &gate{listener: l, target: target, conns: map[net.Conn]bool{}}
	g.running.Go(func() {
		for {
			in, err := l.Accept()
			if err != nil {
				return
			}
			g.running.Go(func() { g.serve(in) })
		}
	})
	r.Cleanup(g.close)
	return g
}

// url is what the bot takes for Redis.
func (g *gate) url() string { return "redis://" + g.listener.Addr().String() }

// set arms a trap, which springs once.
func (g *gate) set(t trap) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.trap = &t
}

// delay makes every reply late.
func (g *gate) delay(d time.Duration) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.slow = d
}

// springs does what is to happen at a command, if there is something, and reports it.
func (g *gate) springs(command string, reply bool) bool {
	g.mu.Lock()
	t := g.trap
	if t == nil || t.reply != reply || !strings.EqualFold(t.command, command) {
		g.mu.Unlock()
		return false
	}
	g.trap = nil
	g.mu.Unlock()
	t.do()
	return true
}

func (g *gate) late() time.Duration {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.slow
}

func (g *gate) serve(in net.Conn) {
	defer g.forget(in)
	out, err := net.Dial("tcp", g.target)
	if err != nil {
		g.note(in)
		return
	}
	defer g.forget(out)
	if !g.note(in) || !g.note(out) {
		return
	}
	asked := make(chan string, 10_000) // commands that wait for a reply
	g.running.Go(func() {
		defer func() { _, _ = in.Close(), out.Close() }() // either end ends both
		for r := bufio.NewReader(out); ; {
			reply, err := readValue(r)
			if err != nil {
				return
			}
			if g.springs(<-asked, true) {
				return
			}
			time.Sleep(g.late()) // this is what the row is about
			if _, err := in.Write(reply.raw); err != nil {
				return
			}
		}
	})
	for r := bufio.NewReader(in); ; {
		command, err := readValue(r)
		if err != nil || len(command.texts) == 0 {
			return
		}
		if g.springs(command.texts[0], false) {
			return
		}
		asked <- command.texts[0]
		if _, err := out.Write(command.raw); err != nil {
			return
		}
	}
}

// note keeps a connection so that close can end it.
func (g *gate) note(c net.Conn) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.conns[c] = true
	return !g.ended
}

func (g *gate) forget(c net.Conn) {
	_ = c.Close()
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.conns, c)
}

func (g *gate) close() {
	_ = g.listener.Close()
	g.mu.Lock()
	g.ended = true
	for c := range g.conns {
		_ = c.Close()
	}
	g.mu.Unlock()
	g.running.Wait()
}
