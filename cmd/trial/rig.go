package main

import (
	"fmt"
	"os"
	"slices"
	"sync"
)

// rig is to a row of the table what testing.TB is to a test: what it starts is fixed
// to it, and ends with it.
type rig struct {
	mu   sync.Mutex
	last []func()
}

// broken is the panic with which a row ends that cannot go on.
type broken struct{ text string }

// run runs a row and then ends all that it started. Its error says why the row could
// not go on.
func (r *rig) run(row func()) (err error) {
	defer r.end()
	defer func() {
		switch b := recover().(type) {
		case nil:
		case broken:
			err = fmt.Errorf("%s", b.text)
		default:
			panic(b)
		}
	}()
	row()
	return nil
}

// end ends all that was started, the last first. Called twice it does nothing more.
func (r *rig) end() {
	r.mu.Lock()
	all := r.last
	r.last = nil
	r.mu.Unlock()
	for _, f := range slices.Backward(all) {
		f()
	}
}

// Helper is there for testing.TB's sake.
func (r *rig) Helper() {}

// Cleanup calls f when the row is over.
func (r *rig) Cleanup(f func()) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.last = append(r.last, f)
}

// Fatal ends the row.
func (r *rig) Fatal(args ...any) { panic(broken{fmt.Sprint(args...)}) }

// Fatalf ends the row.
func (r *rig) Fatalf(format string, args ...any) { panic(broken{fmt.Sprintf(format, args...)}) }

// Skip ends the row: a row that was not run shows nothing.
func (r *rig) Skip(args ...any) { r.Fatal(args...) }

// TempDir returns a folder that goes with the row.
func (r *rig) TempDir() string {
	dir, err := os.MkdirTemp("", "trial")
	if err != nil {
		r.Fatal(err)
	}
	r.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}
