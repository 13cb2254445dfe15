package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"pathwaybot/guide"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"pathway": main})
}

// TestScripts runs testdata/*.txtar. Beside what testscript offers there are
// "project", which puts a copy of the project into the folder project, and
// "change FILE REGEXP TEXT", which changes the first match in one file of it; $1 in
// TEXT is the first group, \n a new line.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata",
		RequireUniqueNames:  true,
		RequireExplicitExec: true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"project": func(ts *testscript.TestScript, _ bool, _ []string) {
				ts.Check(os.RemoveAll(ts.MkAbs("project")))
				for name, fsys := range folders(guide.Embedded()) {
					ts.Check(os.CopyFS(ts.MkAbs(filepath.Join("project", name)), fsys))
				}
			},
			"change": change,
		},
	})
}

func folders(src guide.Sources) map[string]fs.FS {
	return map[string]fs.FS{
		"flows": src.Flows, "locales": src.Locales, "contacts": src.Contacts, "areas": src.Areas, "pictures": src.Pictures,
	}
}

func change(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 3 {
		ts.Fatalf("usage: change FILE REGEXP TEXT")
	}
	file := ts.MkAbs(filepath.Join("project", args[0]))
	old, err := os.ReadFile(file)
	ts.Check(err)
	re, err := regexp.Compile(args[1])
	ts.Check(err)
	found := re.FindSubmatchIndex(old)
	if found == nil {
		ts.Fatalf("%s: nothing matches %s", args[0], args[1])
	}
	text := re.Expand(append([]byte(nil), old[:found[0]]...), []byte(strings.ReplaceAll(args[2], `\n`, "\n")), old, found)
	ts.Check(os.WriteFile(file, append(text, old[found[1]:]...), 0o600))
}

// Without --at the moment is the one that is passed in.
func TestNow(t *testing.T) {
	now := func() time.Time { return time.Date(2031, 7, 1, 23, 30, 0, 0, time.UTC) }
	for _, tt := range []struct{ command, want string }{
		{"stale", "As of Wednesday 2 July 2031"},
		{"play", "UK time: Wednesday 2 July 2031, 00:30."},
	} {
		var out, problems bytes.Buffer
		code := run(context.Background(), []string{tt.command}, strings.NewReader("q\n"), &out, &problems, now)
		if code != exitOK || !strings.Contains(out.String(), tt.want) {
			t.Errorf("%s: exit %d, %s; want %q in\n%s", tt.command, code, &problems, tt.want, &out)
		}
	}
}

// A result that cannot be written is no success.
func TestFullDisk(t *testing.T) {
	for _, args := range [][]string{{"check"}, {"stale"}, {"contacts", "--csv"}} {
		var problems bytes.Buffer
		code := run(context.Background(), args, strings.NewReader(""), full{}, &problems, time.Now)
		if code != exitProblems || !strings.Contains(problems.String(), "the disk is full") {
			t.Errorf("%v: exit %d, %q", args, code, &problems)
		}
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("the disk is full") }

func TestSVGWithoutGraphviz(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	var problems bytes.Buffer
	code := run(context.Background(), []string{"draw", "gate", "--svg"}, nil, io.Discard, &problems, time.Now)
	if want := "pathway draw: --svg needs the program dot, from Debian's package graphviz; without it draw Mermaid or --dot\n"; code != exitProblems || problems.String() != want {
		t.Errorf("exit %d, %q; want %q", code, &problems, want)
	}
}

func TestInFolder(t *testing.T) {
	one := func(names ...string) fs.FS {
		fsys := fstest.MapFS{}
		for _, n := range names {
			fsys[n] = &fstest.MapFile{}
		}
		return fsys
	}
	src := guide.Sources{
		Flows: one("policy.yaml", "pathways/gate.yaml"), Locales: one("en.yaml"),
		Contacts: one("national.yaml", "nations.yaml"), Areas: one("towns.yaml", "nations.yaml"),
		Pictures: one("pictures.yaml", "png/help.png"),
	}
	for _, tt := range []struct{ line, want string }{
		{"gate.yaml:3: x", "flows/pathways/gate.yaml:3: x"},
		{"pathways/gate.yaml:3: x", "flows/pathways/gate.yaml:3: x"},
		{"policy.yaml:3: x", "flows/policy.yaml:3: x"},
		{"en.yaml:3: x", "locales/en.yaml:3: x"},
		{"en.yaml: x", "locales/en.yaml: x"},
		{"national.yaml:3: x", "contacts/national.yaml:3: x"},
		{"contacts/national.yaml:3: x", "contacts/national.yaml:3: x"},
		{"towns.yaml:3: x", "areas/towns.yaml:3: x"},
		{"pictures.yaml:3: x", "pictures/pictures.yaml:3: x"},
		{"png/help.png:1: x", "pictures/png/help.png:1: x"},
		{"nations.yaml:3: in two folders", "nations.yaml:3: in two folders"},
		{"read pathways: gone", "read pathways: gone"},
		{"no file", "no file"},
	} {
		if got := inFolder(src, tt.line); got != tt.want {
			t.Errorf("inFolder(%q) = %q, want %q", tt.line, got, tt.want)
		}
	}
}

func benchmark(b *testing.B, args ...string) {
	for b.Loop() {
		var problems bytes.Buffer
		if code := run(context.Background(), args, nil, io.Discard, &problems, time.Now); code != exitOK {
			b.Fatalf("exit %d: %s", code, &problems)
		}
	}
}

// BenchmarkAnswering is the proof of who answers alone: every distinct list of contacts
// of every outcome and place, for two years.
func BenchmarkAnswering(b *testing.B) {
	g, err := guide.Load(guide.Embedded())
	if err != nil {
		b.Fatal(err)
	}
	from := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	for b.Loop() {
		(&call{out: &printer{w: io.Discard}}).answering(g, from)
	}
}

func BenchmarkCheck(b *testing.B) { benchmark(b, "check") }
func BenchmarkProof(b *testing.B) { benchmark(b, "proof", "--at", "2026-11-21") }
