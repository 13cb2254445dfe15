// Command trial tries the bot: cmd/bot as real processes, between a fake Telegram and
// a real redis-server, with people who press and type while something goes wrong. It
// prints what was lost, reordered, repeated and left behind. docs/trial.md says how to
// read it.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"strings"
	"sync"
	"time"
)

func main() {
	err := run(os.Args[1:], os.Stdout)
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "trial:", err)
		os.Exit(1)
	}
}

// errBad says that somebody would have come to harm.
var errBad = errors.New("somebody would have come to harm")

func run(args []string, out io.Writer) error {
	if len(args) == 0 {
		return errors.New("say what to try: faults or soak")
	}
	switch args[0] {
	case "faults":
		return faults(args[1:], out)
	case "soak":
		return soakFor(args[1:], out)
	}
	return fmt.Errorf("nothing is called %q; there are faults and soak", args[0])
}

func faults(args []string, out io.Writer) error {
	flags := flag.NewFlagSet("trial faults", flag.ContinueOnError)
	flags.SetOutput(out)
	only := flags.String("only", "", "try only rows whose name holds this")
	spoil := flags.String("sabotage", "", "spoil things on purpose: lost, reordered, repeated, leaked or logged")
	seed := flags.Uint64("seed", 1, "chooses what people press")
	jobs := flags.Int("jobs", 3, "rows at once")
	if err := flags.Parse(args); err != nil {
		return err
	}
	rows := allRows()
	if *spoil != "" {
		r, err := sabotaged(*spoil)
		if err != nil {
			return err
		}
		rows = []row{r}
	}
	t, closing, err := newTools(*seed)
	if err != nil {
		return err
	}
	defer closing()
	t.endOnSignal(closing)
	var chosen []row
	for _, r := range rows {
		if strings.Contains(r.name, *only) {
			chosen = append(chosen, r)
		}
	}
	begin := time.Now()
	bad := table(out, tryAll(t, chosen, *jobs))
	_, _ = fmt.Fprintf(out, "took %v, seed %d\n", time.Since(begin).Round(time.Second), *seed)
	if bad > 0 {
		return fmt.Errorf("%d rows: %w", bad, errBad)
	}
	return nil
}

func soakFor(args []string, out io.Writer) error {
	flags := flag.NewFlagSet("trial soak", flag.ContinueOnError)
	flags.SetOutput(out)
	minutes := flags.Float64("minutes", 30, "how long")
	chats := flags.Int("chats", 500, "how many people use the bot")
	seed := flags.Uint64("seed", rand.Uint64(), "chooses what people press and which faults come; printed")
	if err := flags.Parse(args); err != nil {
		return err
	}
	t, closing, err := newTools(*seed)
	if err != nil {
		return err
	}
	defer closing()
	t.endOnSignal(closing)
	_, _ = fmt.Fprintf(out, "%d chats for %v minutes, seed %d\n", *chats, *minutes, *seed)
	all, err := soak(t, soaking{
		length: time.Duration(*minutes * float64(time.Minute)), chats: *chats, every: time.Minute, gap: 2 * time.Second, pause: 2 * time.Second,
	}, out)
	r := result{row: row{name: "soak"}, counts: all, err: err}
	if table(out, []result{r}) > 0 {
		return errBad
	}
	return nil
}

func allRows() []row {
	var rows []row
	for _, some := range [][]row{kills(), covers(), redisFaults(), telegramFaults(), replicaFaults(), endings(), clocks()} {
		rows = append(rows, some...)
	}
	return rows
}

// tryAll tries rows, so many at once, and beside them all that mostly wait.
func tryAll(t *tools, rows []row, atOnce int) []result {
	results := make([]result, len(rows))
	slots := make(chan struct{}, atOnce)
	var running sync.WaitGroup
	for i, r := range rows {
		running.Go(func() {
			if !r.waits {
				slots <- struct{}{}
				defer func() { <-slots }()
			}
			results[i] = try(t, r)
		})
	}
	running.Wait()
	return results
}
