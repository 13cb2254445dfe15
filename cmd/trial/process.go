package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"time"
)

// buildBot builds cmd/bot into a folder and returns the program's path.
func buildBot(dir string) (string, error) {
	out := filepath.Join(dir, "bot")
	if b, err := exec.Command("go", "build", "-trimpath", "-o", out, "pathwaybot/cmd/bot").CombinedOutput(); err != nil {
		return "", fmt.Errorf("build cmd/bot: %w\n%s", err, b)
	}
	return out, nil
}

// journal gathers what the processes of a world print.
type journal struct {
	mu   sync.Mutex
	text bytes.Buffer
}

// Write implements io.Writer.
func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.Write(p)
}

// String returns all that was printed so far.
func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.String()
}

// process is the bot as a process of its own. It can be ended and started again at
// the same addresses.
type process struct {
	path          string
	env           []string
	listen, admin string
	log           *journal
	full          bool // its log goes to a disk that is full

	mu    sync.Mutex
	cmd   *exec.Cmd
	ended chan struct{}
}

// start runs the program and returns when it is ready.
func (p *process) start() error {
	cmd := exec.Command(p.path)
	cmd.Env = p.env
	cmd.Stderr, cmd.Stdout = p.log, p.log
	if p.full {
		full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
		if err != nil {
			return fmt.Errorf("a disk that is full: %w", err)
		}
		defer func() { _ = full.Close() }() // the process has its own
		cmd.Stderr, cmd.Stdout = full, full
	}
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("start the bot: %w", err)
	}
	ended := make(chan struct{})
	go func() {
		_ = cmd.Wait() // how it ended stands in ProcessState
		close(ended)
	}()
	p.mu.Lock()
	p.cmd, p.ended = cmd, ended
	p.mu.Unlock()
	return p.ready(ended)
}

// ready waits until the process says that it is ready.
func (p *process) ready(ended <-chan struct{}) error {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	for {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+p.admin+"/readyz", nil)
		if err != nil {
			return err
		}
		if resp, err := http.DefaultClient.Do(req); err == nil {
			_ = resp.Body.Close()
			if resp.StatusCode == http.StatusOK {
				return nil
			}
		}
		select {
		case <-ended:
			return errors.New("the bot ended at its start")
		case <-ctx.Done():
			return errors.New("the bot was not ready within 30 seconds")
		case <-time.After(5 * time.Millisecond): // another process: nothing tells us
		}
	}
}

// running returns the process, nil if there is none.
func (p *process) running() (*exec.Cmd, chan struct{}) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.cmd, p.ended
}

// kill ends the process as a power cut would.
func (p *process) kill() {
	cmd, ended := p.running()
	if cmd == nil {
		return
	}
	_ = cmd.Process.Kill() // it may have ended already
	<-ended
}

// terminate asks the process to end and returns how long that took. The error says
// that it did not end well, or not within the limit.
func (p *process) terminate(limit time.Duration) (time.Duration, error) {
	cmd, ended := p.running()
	begin := time.Now()
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return 0, fmt.Errorf("end the bot: %w", err)
	}
	select {
	case <-ended:
	case <-time.After(limit):
		p.kill()
		return limit, fmt.Errorf("the bot had not ended after %v", limit)
	}
	if code := cmd.ProcessState.ExitCode(); code != 0 {
		return time.Since(begin), fmt.Errorf("the bot ended with code %d", code)
	}
	return time.Since(begin), nil
}
