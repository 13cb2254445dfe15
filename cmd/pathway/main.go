// Command pathway is the tool of those who write pathways, words and contacts. It
// checks what they wrote, walks it in a terminal, draws it, and prints the proof
// that a safeguarding lead signs. It needs no network, no Telegram and no Redis.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"time"
)

func main() {
	os.Exit(run(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr, time.Now))
}

// command is one of the things that the tool does.
type command struct {
	name, args, brief, long string
	run                     func(*call) error
}

// commands returns all commands in the order in which authors need them.
func commands() []command {
	return []command{
		{"check", "[DIR]", "find every mistake in pathways, words, contacts and areas", checkLong, check},
		{"play", "", "walk in a terminal, in any language, area and hour", playLong, play},
		{"draw", "[PATHWAY]", "draw a pathway, or all of them", drawLong, draw},
		{"proof", "", "print what was proved, and a digest of every outcome", proofLong, proof},
		{"stale", "", "list what somebody should look at again", staleLong, stale},
		{"contacts", "", "list the contacts", contactsLong, listContacts},
		{"areas", "import TABLE...", "make the file that finds councils by half a postcode", areasLong, areasCommand},
		{"words", "DO", "how far translations are; write them out, take them back", wordsLong, wordsCommand},
		{"pictures", "", "list the pictures, or show them on a page", picturesLong, listPictures},
	}
}

// What run returns to the shell.
const (
	exitOK       = 0
	exitProblems = 1
	exitUsage    = 2
)

// run carries out one command. Results go to stdout, problems to stderr.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer, now func() time.Time) int {
	out, problems := &printer{w: stdout}, &printer{w: stderr}
	if len(args) == 0 {
		overview(problems)
		return exitUsage
	}
	switch args[0] {
	case "help", "-h", "-help", "--help":
		overview(out)
		return exitOK
	}
	for _, cmd := range commands() {
		if cmd.name == args[0] {
			c := &call{
				ctx: ctx, command: cmd, args: args[1:], stdin: stdin, out: out, now: now,
				flags: flag.NewFlagSet(cmd.name, flag.ContinueOnError),
			}
			c.flags.SetOutput(io.Discard)
			return report(c, cmd.run(c), problems)
		}
	}
	problems.printf("pathway: there is no command %q\n\n", args[0])
	overview(problems)
	return exitUsage
}

// report says what went wrong and returns the exit code.
func report(c *call, err error, problems *printer) int {
	if err == nil {
		err = c.out.err
	}
	var mistakes mistakesError
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, flag.ErrHelp):
		c.usage(c.out)
		return exitOK
	case errors.As(err, &mistakes):
		for _, line := range mistakes {
			problems.printf("%s\n", line)
		}
		problems.printf("%s\n", count(len(mistakes), "problem"))
		return exitProblems
	case errors.Is(err, errUsage):
		problems.printf("pathway %s: %s\n\"pathway %s -h\" explains it.\n", c.name, err, c.name)
		return exitUsage
	}
	problems.printf("pathway %s: %s\n", c.name, err)
	return exitProblems
}

func overview(out *printer) {
	out.printf("pathway is the tool of those who write pathways, words and contacts.\n\n")
	for _, cmd := range commands() {
		out.printf("  pathway %-22s %s\n", strings.TrimSpace(cmd.name+" "+cmd.args), cmd.brief)
	}
	out.printf("\n\"pathway COMMAND -h\" explains one. docs/pathways.md explains the files.\n")
}

// printer writes lines and keeps the first error, so that nobody needs to look
// after each.
type printer struct {
	w   io.Writer
	err error
}

func (p *printer) printf(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.w, format, args...)
	}
}

// Write writes to the same place, for tables.
func (p *printer) Write(b []byte) (int, error) {
	if p.err != nil {
		return 0, p.err
	}
	n, err := p.w.Write(b)
	p.err = err
	return n, err
}

// count writes a number with its noun.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
