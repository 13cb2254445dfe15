package flows

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
)

// What stands beside a broken file so that it is the only thing wrong.
const (
	goodGate = `id: gate
start: start
nodes:
  start:
    options: [{id: help, next: end, was: [aid]}]
    was: [first]
  end: {outcome: refer, contacts: [someone]}
`
	goodSources = `ONE: {title: A page, address: "https://example.org", read: 2026-01-01, trust: high}`
	goodFacts   = `days: {value: 5, says: Days., sources: [ONE], review: 2027-01-01}`
)

// located is how every line of an author's mistakes begins.
var located = regexp.MustCompile(`(?m)^[a-z-]+\.yaml:\d+: .`)

// Each file in testdata/broken makes one mistake, or a folder does where it takes
// several files. Lines "# want: file:line: message" say what Load must answer.
func TestBroken(t *testing.T) {
	g := good(t)
	kinds := map[string]func(data []byte) error{
		"pathways": func(data []byte) error {
			_, err := Load(fstest.MapFS{"sample.yaml": {Data: data}, "gate.yaml": {Data: []byte(goodGate)}})
			return err
		},
		"policy": func(data []byte) error {
			_, err := LoadPolicy(fstest.MapFS{"policy.yaml": {Data: data}}, "policy.yaml", g)
			return err
		},
		"facts": func(data []byte) error {
			_, err := LoadEvidence(fstest.MapFS{"facts.yaml": {Data: data}, "sources.yaml": {Data: []byte(goodSources)}})
			return err
		},
		"sources": func(data []byte) error {
			_, err := LoadEvidence(fstest.MapFS{"facts.yaml": {Data: []byte(goodFacts)}, "sources.yaml": {Data: data}})
			return err
		},
	}
	for kind, read := range kinds {
		for _, file := range glob(t, "testdata/broken/"+kind+"/*.yaml") {
			t.Run(kind+"/"+path.Base(file), func(t *testing.T) {
				data, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				same(t, wants(data), read(data))
			})
		}
	}
	for _, dir := range glob(t, "testdata/broken/graphs/*") {
		t.Run("graphs/"+path.Base(dir), func(t *testing.T) {
			var want []string
			for _, file := range glob(t, dir+"/*.yaml") {
				data, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				want = append(want, wants(data)...)
			}
			_, err := Load(os.DirFS(dir))
			same(t, want, err)
		})
	}
}

func same(t *testing.T, want []string, err error) {
	t.Helper()
	if len(want) == 0 {
		t.Fatal("the file does not say what it wants")
	}
	if err == nil {
		t.Fatalf("no mistake found, want\n%s", strings.Join(want, "\n"))
	}
	if got := err.Error(); got != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", got, strings.Join(want, "\n"))
	}
}

func wants(data []byte) []string {
	var out []string
	for line := range bytes.Lines(data) {
		if text, ok := strings.CutPrefix(strings.TrimSuffix(string(line), "\n"), "# want: "); ok {
			out = append(out, text)
		}
	}
	return out
}

func glob(t testing.TB, pattern string) []string {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Fatalf("nothing matches %s", pattern)
	}
	return files
}

// Every message that the code can give an author has a broken file that gets it.
func TestEveryRuleHasABrokenFile(t *testing.T) {
	var all []string
	err := filepath.WalkDir("testdata/broken", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(file)
		all = append(all, wants(data)...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	rules := 0
	for _, file := range glob(t, "*.go") {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		src, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, format := range formats(src) {
			rules++
			form := regexp.MustCompile("(^|: )" + wildcards(format) + "$")
			if !slices.ContainsFunc(all, form.MatchString) {
				t.Errorf("%s: no broken file gets the message %q", file, format)
			}
		}
	}
	if rules < 40 {
		t.Errorf("found only %d rules in the code; does this test still read it right?", rules)
	}
}

// formats returns the messages in calls of add(file, line, message) and of
// bad(line, message).
func formats(src *ast.File) []string {
	var out []string
	ast.Inspect(src, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		var arg ast.Expr
		switch fun := call.Fun.(type) {
		case *ast.SelectorExpr:
			if fun.Sel.Name == "add" && len(call.Args) > 2 {
				arg = call.Args[2]
			}
		case *ast.Ident:
			if fun.Name == "bad" && len(call.Args) > 1 {
				arg = call.Args[1]
			}
		}
		if sum, ok := arg.(*ast.BinaryExpr); ok {
			arg = sum.Y
		}
		if lit, ok := arg.(*ast.BasicLit); ok {
			if text, err := strconv.Unquote(lit.Value); err == nil {
				out = append(out, strings.TrimPrefix(text, "%s: "))
			}
		}
		return true
	})
	return out
}

func wildcards(format string) string {
	parts := regexp.MustCompile(`%[a-z]`).Split(format, -1)
	for i := range parts {
		parts[i] = regexp.QuoteMeta(parts[i])
	}
	return strings.Join(parts, ".*")
}

// A file that is not there is an error of its own, not a mistake of an author.
func TestMissingFiles(t *testing.T) {
	g := good(t)
	if _, err := LoadPolicy(fstest.MapFS{}, "policy.yaml", g); err == nil || !strings.HasPrefix(err.Error(), "read policy: ") {
		t.Errorf("LoadPolicy: %v", err)
	}
	for _, file := range []string{"facts.yaml", "sources.yaml"} {
		fsys := fstest.MapFS{"facts.yaml": {Data: []byte(goodFacts)}, "sources.yaml": {Data: []byte(goodSources)}}
		delete(fsys, file)
		if _, err := LoadEvidence(fsys); err == nil || !strings.HasPrefix(err.Error(), "read evidence: ") {
			t.Errorf("LoadEvidence without %s: %v", file, err)
		}
	}
	if _, err := Load(fstest.MapFS{"gate.yaml": {Mode: fs.ModeDir}}); err == nil || !strings.HasPrefix(err.Error(), "read pathway: ") {
		t.Errorf("Load of a folder: %v", err)
	}
}
