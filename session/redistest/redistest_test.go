package redistest

import "testing"

func TestRestart(t *testing.T) {
	s := Start(t)
	url := s.URL()
	s.send("SET key value")
	s.Stop()
	s.Restart()
	if s.URL() != url {
		t.Errorf("address %q, want %q as before", s.URL(), url)
	}
	s.send("SET key value NX") // answers OK only where the key is gone
	s.Pause()
	s.Resume()
	s.send("SET key value XX") // answers OK only where the key is kept
}

// TestStopKeeping: what was answered is there after Resurrect, and gone after Restart.
func TestStopKeeping(t *testing.T) {
	s := Start(t)
	s.send("SET key value")
	s.StopKeeping()
	s.Resurrect()
	s.send("SET key value XX")
	s.StopKeeping()
	s.Restart()
	s.send("SET key value NX")
}

// TestSentinel: the replica has the master's data and takes its place.
func TestSentinel(t *testing.T) {
	s := LaunchSentinel(t)
	// Redis waits for what the same connection has written.
	s.Master.expect("SET key value\nWAIT 1 10000", ":1\r\n")
	s.Master.Stop()
	s.AwaitFailover()
	s.Replica.send("SET key value XX")
}

func TestMissingServer(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	for _, ci := range []string{"", "true"} {
		t.Setenv("CI", ci)
		tb := &recorder{TB: t}
		func() {
			defer func() { _ = recover() }()
			Start(tb)
		}()
		if tb.skipped != (ci == "") || tb.failed != (ci != "") {
			t.Errorf("CI=%q: skipped %v, failed %v", ci, tb.skipped, tb.failed)
		}
	}
}

// recorder notes how a test would have ended.
type recorder struct {
	testing.TB
	skipped, failed bool
}

func (r *recorder) Skip(...any)  { r.skipped = true; panic("skip") }
func (r *recorder) Fatal(...any) { r.failed = true; panic("fatal") }
