// stopped and started again.
//
// It knows nothing of sessions: tests of other packages use it as well.
package redistest

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// TB is the part of testing.TB that is used here, so that a command can run servers
// too. Fatal and Skip do not return.
type TB interface {
	Helper()
	Cleanup(func())
	Fatal(args ...any)
	Fatalf(format string, args ...any)
	Skip(args ...any)
	TempDir() string
}

// Server is a redis-server that keeps nothing on disk, unless StopKeeping tells it
// to. It ends with its test.
type Server struct {
	t       TB
	cluster bool
	more    []string // settings beside the usual ones
	dir     string
	port    int
	process *exec.Cmd
	lines   chan string // what it prints; closed when it has ended
}

// Start runs one server. Where redis-server is not installed the test is
// skipped, or fails if CI is set.
func Start(t testing.TB) *Server {
	t.Helper()
	return Launch(t)
}

// Launch is Start for a command, with more settings for redis-server: "--name", "value".
func Launch(t TB, settings ...string) *Server {
	t.Helper()
	return launch(t, false, settings...)
}

// StartCluster runs a cluster of one server, which refuses what a larger one
// would refuse: commands whose keys lie in different slots.
func StartCluster(t testing.TB) *Server {
	t.Helper()
	s := launch(t, true)
	s.send("CLUSTER ADDSLOTSRANGE 0 16383")
	s.await("Cluster state changed: ok")
	return s
}

func launch(t TB, cluster bool, settings ...string) *Server {
	t.Helper()
	if _, err := exec.LookPath("redis-server"); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("redis-server is not installed, and CI must not skip this test")
		}
		t.Skip("redis-server is not installed: nothing was tested against Redis")
	}
	s := &Server{t: t, cluster: cluster, more: settings, dir: t.TempDir()}
	var err error
	for range 5 { // somebody else may take a free port before we do
		s.port = FreePort(t)
		if err = s.run(); err == nil {
			t.Cleanup(s.kill)
			return s
		}
	}
	t.Fatal(err)
	return nil
}

// URL returns the address, as REDIS_URL takes it.
func (s *Server) URL() string {
	url := "redis://" + s.addr()
	if s.cluster {
		url += "?addr=" + s.addr()
	}
	return url
}

// Pause stops the server from answering, with its data and connections kept.
func (s *Server) Pause() {
	s.t.Helper()
	s.signal(syscall.SIGSTOP)
}

// Resume ends a Pause.
func (s *Server) Resume() {
	s.t.Helper()
	s.signal(syscall.SIGCONT)
}

// Stop ends the server and loses its data.
func (s *Server) Stop() {
	s.t.Helper()
	s.kill()
}

// StopKeeping ends the server with all that it has answered written where Resurrect
// finds it.
func (s *Server) StopKeeping() {
	s.t.Helper()
	conn, err := net.Dial("tcp", s.addr())
	if err != nil {
		s.t.Fatalf("connect to redis-server: %v", err)
	}
	defer func() { _ = conn.Close() }()
	if _, err := conn.Write([]byte("SHUTDOWN SAVE\r\n")); err != nil {
		s.t.Fatalf("stop redis-server: %v", err)
	}
	for range s.lines { // until it has ended
	}
	_ = s.process.Wait()
	s.process = nil
}

// Resurrect starts the server again with what StopKeeping has kept.
func (s *Server) Resurrect() {
	s.t.Helper()
	if err := s.run(); err != nil {
		s.t.Fatal(err)
	}
}

// Restart starts the server again after Stop, empty, at the same address.
func (s *Server) Restart() {
	s.t.Helper()
	s.kill()
	_ = os.Remove(filepath.Join(s.dir, "dump.rdb"))
	if err := s.run(); err != nil {
		s.t.Fatal(err)
	}
	if s.cluster {
		s.await("Cluster state changed: ok")
	}
}

// Append makes the server write every change to disk from now on, as one that is
// to lose nothing does.
func (s *Server) Append() {
	s.t.Helper()
	s.send("CONFIG SET appendonly yes")
	s.await("Background AOF rewrite finished successfully") // until then it goes to a file with another name
}

// Disk lets the server save and returns every file that it has written.
func (s *Server) Disk() map[string][]byte {
	s.t.Helper()
	s.send("SAVE")
	files := map[string][]byte{}
	err := fs.WalkDir(os.DirFS(s.dir), ".", func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			files[path], err = os.ReadFile(filepath.Join(s.dir, path))
		}
		if errors.Is(err, fs.ErrNotExist) { // one for a moment
			return nil
		}
		return err
	})
	if err != nil {
		s.t.Fatalf("read the folder of redis-server: %v", err)
	}
	return files
}

// Addr returns host and port.
func (s *Server) Addr() string { return s.addr() }

// Set changes a setting while the server runs: Set("maxmemory", "1mb").
func (s *Server) Set(name, value string) {
	s.t.Helper()
	s.send("CONFIG SET " + name + " " + value)
}

func (s *Server) addr() string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(s.port)) }

// run starts the process and waits until it answers.
func (s *Server) run() error {
	// Uncompressed, so that a test can search what Redis would write to disk.
	args := []string{
		"--bind", "127.0.0.1", "--port", strconv.Itoa(s.port), "--dir", s.dir,
		"--save", "", "--appendonly", "no", "--rdbcompression", "no",
	}
	if s.cluster {
		args = append(args, "--cluster-enabled", "yes", "--cluster-port", strconv.Itoa(FreePort(s.t)))
	}
	s.process = exec.Command("redis-server", append(args, s.more...)...)
	return s.begin("Ready to accept connections")
}

// begin starts the process and waits until it prints ready.
func (s *Server) begin(ready string) error {
	out, err := s.process.StdoutPipe()
	if err != nil {
		return fmt.Errorf("read from redis-server: %w", err)
	}
	if err := s.process.Start(); err != nil {
		return fmt.Errorf("start redis-server: %w", err)
	}
	lines := make(chan string, 1000)
	s.lines = lines
	go func() {
		defer close(lines)
		for scan := bufio.NewScanner(out); scan.Scan(); {
			select {
			case lines <- scan.Text():
			default: // nobody waits for it
			}
		}
	}()
	var said []string
	for line := range lines {
		if strings.Contains(line, ready) {
			return nil
		}
		said = append(said, line)
	}
	_ = s.process.Wait()
	s.process = nil
	return fmt.Errorf("redis-server ended at once:\n%s", strings.Join(said, "\n"))
}

// await waits until the server prints want.
func (s *Server) await(want string) {
	s.t.Helper()
	for line := range s.lines {
		if strings.Contains(line, want) {
			return
		}
	}
	s.t.Fatalf("redis-server ended before %q", want)
}

// send gives one command and expects OK.
func (s *Server) send(command string) {
	s.t.Helper()
	s.expect(command, "+OK\r\n")
}

// expect gives commands over one connection, each of which is answered by one line, and
// expects the last answer.
func (s *Server) expect(command, want string) {
	s.t.Helper()
	if reply := s.do(command); reply != want {
		s.t.Fatalf("%s: %q", command, reply)
	}
}

// do gives commands, a line each, over one connection and returns the first line of the
// last answer. All but the last must be answered by one line.
func (s *Server) do(commands string) string {
	s.t.Helper()
	conn, err := net.Dial("tcp", s.addr())
	if err != nil {
		s.t.Fatalf("connect to redis-server: %v", err)
	}
	defer func() { _ = conn.Close() }()
	if _, err := conn.Write([]byte(commands + "\r\n")); err != nil {
		s.t.Fatalf("send %q: %v", commands, err)
	}
	answers, reply := bufio.NewReader(conn), ""
	for range strings.Count(commands, "\n") + 1 {
		if reply, err = answers.ReadString('\n'); err != nil {
			s.t.Fatalf("answer to %q: %v", commands, err)
		}
	}
	return reply
}

func (s *Server) signal(sig syscall.Signal) {
	s.t.Helper()
	if err := s.process.Process.Signal(sig); err != nil {
		s.t.Fatalf("signal redis-server: %v", err)
	}
}

func (s *Server) kill() {
	if s.process == nil {
		return
	}
	_ = s.process.Process.Kill()
	for range s.lines { // until it has ended
	}
	_ = s.process.Wait()
}

// Ports below those that systems give to whoever calls out: 32768 on Linux, 49152 else.
const firstPort, lastPort = 20_000, 32_000

// FreePort finds a port of this machine for a server, which stays free when that server
// is ended and started again.
func FreePort(t TB) int {
	t.Helper()
	for range 100 {
		port := firstPort + rand.IntN(lastPort-firstPort)
		if l, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port))); err == nil {
			_ = l.Close()
			return port
		}
	}
	t.Fatalf("no free port between %d and %d", firstPort, lastPort)
	return 0
}
