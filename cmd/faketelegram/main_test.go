package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"io"
	"net/http"
	"strings"
	"testing"
)

func TestRun(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	out, in := io.Pipe()
	ended := make(chan error)
	go func() {
		ended <- run(ctx, []string{"-listen", "127.0.0.1:0", "-token", "1:x"}, in)
	}()
	lines := bufio.NewScanner(out)
	var line string
	for lines.Scan() && !strings.HasPrefix(line, "TELEGRAM_API_URL=") {
		line = lines.Text()
		if strings.HasPrefix(line, "TELEGRAM_API_URL=") {
			break
		}
	}
	setting, rest, _ := strings.Cut(line, " ")
	if rest != "TELEGRAM_BOT_TOKEN=1:x go run ./cmd/bot" {
		t.Errorf("printed %q", line)
	}
	resp, err := http.Get(strings.TrimPrefix(setting, "TELEGRAM_API_URL=") + "/bot1:x/getMe")
	if err != nil {
		t.Fatal(err)
	}
	if err := resp.Body.Close(); err != nil || resp.StatusCode != http.StatusOK {
		t.Errorf("getMe: %d, %v", resp.StatusCode, err)
	}
	cancel()
	if err := <-ended; err != nil {
		t.Errorf("run: %v", err)
	}
}

func TestRunRefuses(t *testing.T) {
	if err := run(t.Context(), []string{"-listen", "nowhere"}, io.Discard); err == nil || !strings.HasPrefix(err.Error(), "listen: ") {
		t.Errorf("a wrong address: %v", err)
	}
	if err := run(t.Context(), []string{"-h"}, io.Discard); !errors.Is(err, flag.ErrHelp) {
		t.Errorf("-h: %v", err)
	}
}
