package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"
	"time"
)

// call is one command as it was typed.
type call struct {
	command
	ctx   context.Context
	args  []string
	stdin io.Reader
	out   *printer
	now   func() time.Time
	flags *flag.FlagSet
}

// errUsage marks what the person typed wrong; wrong makes one.
var errUsage = errors.New("usage")

type usageError string

func (e usageError) Error() string   { return string(e) }
func (usageError) Is(err error) bool { return err == errUsage }

func wrong(format string, args ...any) error { return usageError(fmt.Sprintf(format, args...)) }

// parse reads flags and words in any order and returns the words, at most most.
func (c *call) parse(most int) ([]string, error) {
	var words []string
	for rest := c.args; ; {
		if err := c.flags.Parse(rest); err != nil {
			if errors.Is(err, flag.ErrHelp) {
				return nil, err
			}
			return nil, wrong("%s", err)
		}
		rest = c.flags.Args()
		if len(rest) == 0 {
			break
		}
		words = append(words, rest[0])
		rest = rest[1:]
	}
	if len(words) > most {
		return nil, wrong("%q is one word too many", words[most])
	}
	return words, nil
}

// usage explains one command.
func (c *call) usage(out *printer) {
	out.printf("pathway %s\n\n%s\n", strings.TrimSpace(c.name+" "+c.command.args), strings.TrimSpace(c.long))
	first := true
	c.flags.VisitAll(func(f *flag.Flag) {
		if first {
			out.printf("\n")
			first = false
		}
		value, about := flag.UnquoteUsage(f)
		out.printf("  %-16s %s\n", strings.TrimSpace("--"+f.Name+" "+value), about)
	})
}

// dirFlag is the flag with which a folder of the project is read instead of what
// the program carries with it.
func (c *call) dirFlag() *string {
	return c.flags.String("dir", "", "read the project in the folder `DIR` instead of what the program carries")
}

// atFlag is the flag with which a command takes another moment than now.
func (c *call) atFlag() *string {
	return c.flags.String("at", "", "take this `TIME` for now: \"2026-12-25 03:00\", UK time, or a day alone for noon")
}

// moment returns the time that was asked for, or now.
func (c *call) moment(at string) (time.Time, error) {
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		return time.Time{}, fmt.Errorf("find UK time: %w", err)
	}
	if at == "" {
		return c.now().In(london), nil
	}
	return parseAt(at, london)
}
