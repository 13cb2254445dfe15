package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

// drain is how long requests that are under way may take to end at a stop.
const drain = 25 * time.Second

// bounds are what one client, or all together, can take of a server.
type bounds struct {
	header      time.Duration // until the header of a request has come
	request     time.Duration // until all of a request has come
	answer      time.Duration // from the end of the header until the answer has gone
	rest        time.Duration // between two requests
	headerBytes int           // net/http adds 4 kB for the first line
	connections int           // open at once
}

// publicBounds are those of what the outside reaches. A connection takes some 40 kB:
// a thousand are 40 MB and a thousand of the file descriptors, of which Go takes as
// many as the system lets it have. Telegram opens 40, and leaves one to rest for at
// most 60 seconds.
func publicBounds() bounds {
	return bounds{
		header: 5 * time.Second, request: 15 * time.Second, answer: 40 * time.Second, rest: 90 * time.Second,
		headerBytes: 16 << 10, connections: 1000,
	}
}

// adminBounds leave room for a few operators and a scraper of metrics.
func adminBounds() bounds {
	return bounds{
		header: 5 * time.Second, request: 5 * time.Second, answer: 15 * time.Second, rest: 90 * time.Second,
		headerBytes: 8 << 10, connections: 32,
	}
}

// listen serves h at an address until ctx ends, then lets requests under way end.
func (s *service) listen(ctx context.Context, group *errgroup.Group, addr string, h http.Handler, most bounds) error {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	door := newDoor(l, most.connections)
	server := &http.Server{
		Handler:           h,
		ReadHeaderTimeout: most.header,
		ReadTimeout:       most.request,
		WriteTimeout:      most.answer,
		IdleTimeout:       most.rest,
		MaxHeaderBytes:    most.headerBytes,
		ConnState:         door.state,
		// The server's own messages can hold addresses of people.
		ErrorLog: slog.NewLogLogger(slog.DiscardHandler, slog.LevelError),
	}
	group.Go(func() error {
		if err := server.Serve(door); !errors.Is(err, http.ErrServerClosed) {
			return fmt.Errorf("serve %s: %w", addr, err)
		}
		return nil
	})
	group.Go(func() error {
		<-ctx.Done()
		stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), drain)
		defer cancel()
		return server.Shutdown(stop)
	})
	return nil
}

// door lets so many connections in at once. When all places are taken, whoever has
// rested longest without a request goes for the next one to come in, so that silent
// connections keep nobody out. Where all have begun a request the next one waits,
// and the bounds of time end each of them.
type door struct {
	net.Listener
	places chan struct{} // as many as may be open; holds one for each that is
	closed chan struct{}
	close  func() error

	mu      sync.Mutex
	resting map[*guest]uint64 // when it began to rest, in order
	last    uint64
	waits   bool // somebody stands at the door
}

func newDoor(l net.Listener, connections int) *door {
	d := &door{
		Listener: l, places: make(chan struct{}, connections),
		closed: make(chan struct{}), resting: map[*guest]uint64{},
	}
	d.close = sync.OnceValue(func() error {
		close(d.closed)
		return l.Close()
	})
	return d
}

// Accept returns the next connection, once there is a place for it.
func (d *door) Accept() (net.Conn, error) {
	c, err := d.Listener.Accept()
	if err != nil {
		return nil, err
	}
	select {
	case d.places <- struct{}{}:
		return d.welcome(c), nil
	default:
	}
	d.wait(true)
	defer d.wait(false)
	d.makeRoom()
	select {
	case d.places <- struct{}{}:
		return d.welcome(c), nil
	case <-d.closed:
		_ = c.Close() // it was never served
		return nil, net.ErrClosed
	}
}

// Close takes no more connections.
func (d *door) Close() error { return d.close() }

func (d *door) wait(waits bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.waits = waits
}

// makeRoom sends away who has rested longest, if somebody waits.
func (d *door) makeRoom() {
	d.mu.Lock()
	var longest *guest
	for g, since := range d.resting {
		if d.waits && (longest == nil || since < d.resting[longest]) {
			longest = g
		}
	}
	if longest != nil {
		delete(d.resting, longest)
		d.waits = false // one place is enough
	}
	d.mu.Unlock()
	if longest != nil {
		_ = longest.Close() // whatever it says, the place is free
	}
}

// state follows what the server says of its connections: http.Server.ConnState.
func (d *door) state(c net.Conn, s http.ConnState) {
	g, ok := c.(*guest)
	if !ok {
		return
	}
	d.mu.Lock()
	delete(d.resting, g)
	if s == http.StateNew || s == http.StateIdle {
		d.last++
		d.resting[g] = d.last
	}
	d.mu.Unlock()
	d.makeRoom()
}

// guest is a connection that has a place.
type guest struct {
	net.Conn
	leave func() error
}

func (d *door) welcome(c net.Conn) *guest {
	return &guest{c, sync.OnceValue(func() error {
		defer func() { <-d.places }()
		return c.Close()
	})}
}

// Close ends the connection and gives its place back.
func (g *guest) Close() error { return g.leave() }

// CloseWrite lets the server end an answer to somebody who is still sending, so that
// they can read it.
func (g *guest) CloseWrite() error {
	if c, ok := g.Conn.(*net.TCPConn); ok {
		return c.CloseWrite()
	}
	return nil
}
