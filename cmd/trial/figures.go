package main

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"
)

// figures are what a process uses at a moment. What cannot be read is -1.
type figures struct {
	memory      int // resident, in KiB
	threads     int
	descriptors int
	goroutines  int
}

func (f figures) String() string {
	routines := "not told"
	if f.goroutines >= 0 {
		routines = strconv.Itoa(f.goroutines)
	}
	return fmt.Sprintf("%.1f MiB, %d descriptors, %d threads, goroutines %s",
		float64(f.memory)/1024, f.descriptors, f.threads, routines)
}

// figures reads what the process uses now.
func (p *process) figures() figures {
	f := figures{-1, -1, -1, -1}
	cmd, ended := p.running()
	select {
	case <-ended:
		return f
	default:
	}
	dir := "/proc/" + strconv.Itoa(cmd.Process.Pid)
	if b, err := os.ReadFile(dir + "/status"); err == nil {
		f.memory = number(string(b), "VmRSS:")
		f.threads = number(string(b), "Threads:")
	}
	if fds, err := os.ReadDir(dir + "/fd"); err == nil {
		f.descriptors = len(fds)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+p.admin+"/metrics", nil)
	if err != nil {
		return f
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return f
	}
	defer func() { _ = resp.Body.Close() }()
	for lines := bufio.NewScanner(resp.Body); lines.Scan(); {
		if n := number(lines.Text(), "go_goroutines "); n >= 0 {
			f.goroutines = n
		}
	}
	return f
}

// number returns the number behind a name at the beginning of a line, or -1.
func number(text, name string) int {
	for line := range strings.Lines(text) {
		rest, ok := strings.CutPrefix(line, name)
		if !ok {
			continue
		}
		word, _, _ := strings.Cut(strings.TrimSpace(rest), " ")
		if n, err := strconv.ParseFloat(word, 64); err == nil {
			return int(n)
		}
	}
	return -1
}
