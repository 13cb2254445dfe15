package redistest

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
)

// sentinelName is what the guarded server is called.
const sentinelName = "trial"

// Sentinel is a master, a replica of it, and a sentinel that makes the replica the
// master when the master is gone for half a second.
type Sentinel struct {
	Master, Replica *Server
	port            int
}

// LaunchSentinel runs all three and returns when the replica has the master's data
// and the sentinel knows both.
func LaunchSentinel(t TB) *Sentinel {
	t.Helper()
	s := &Sentinel{Master: Launch(t)}
	_, port, err := net.SplitHostPort(s.Master.Addr())
	if err != nil {
		t.Fatal(err)
	}
	s.Replica = Launch(t, "--replicaof", "127.0.0.1 "+port, "--repl-diskless-sync-delay", "0")
	s.Replica.await("MASTER <-> REPLICA sync: Finished with success")
	dir := t.TempDir()
	s.port = FreePort(t)
	config := filepath.Join(dir, "sentinel.conf") // a sentinel writes into it
	text := fmt.Sprintf(`port %d
bind 127.0.0.1
dir %s
sentinel monitor %[3]s 127.0.0.1 %[4]s 1
sentinel down-after-milliseconds %[3]s 500
sentinel failover-timeout %[3]s 3000
`, s.port, dir, sentinelName, port)
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	watch := &Server{t: t, port: s.port, dir: dir, process: exec.Command("redis-server", config, "--sentinel")}
	if err := watch.begin("+slave slave"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(watch.kill)
	return s
}

// URL returns the address, as REDIS_URL takes it.
func (s *Sentinel) URL() string {
	return "redis://" + net.JoinHostPort("127.0.0.1", strconv.Itoa(s.port)) + "?master_name=" + sentinelName
}

// AwaitFailover waits until the replica has become the master.
func (s *Sentinel) AwaitFailover() {
	s.Replica.t.Helper()
	s.Replica.await("MASTER MODE enabled")
}
