// Package docs holds no code. The tests hold what the documents say of the code
// against the code: a test that is named exists, a time that is named is the one in
// the code, and nothing is said to be stopped without a test that shows it.
package docs

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// testsOf returns every test and fuzz target under a folder, as "package.TestName",
// the package by its folder.
func testsOf(t *testing.T, root string) map[string]bool {
	t.Helper()
	found := map[string]bool{}
	err := filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && file != root && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata" || d.Name() == "bin"):
			return filepath.SkipDir
		case d.IsDir() || !strings.HasSuffix(file, "_test.go"):
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		dir, err := filepath.Rel(root, filepath.Dir(file))
		if err != nil {
			return err
		}
		for _, decl := range f.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok && fn.Recv == nil && isTest(fn) {
				found[filepath.ToSlash(dir)+"."+fn.Name.Name] = true
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// isTest reports whether go test runs a function: TestMain and helpers it does not.
func isTest(fn *ast.FuncDecl) bool {
	if fn.Name.Name == "TestMain" || fn.Type.Params.NumFields() != 1 {
		return false
	}
	p, ok := fn.Type.Params.List[0].Type.(*ast.StarExpr)
	if !ok {
		return false
	}
	s, ok := p.X.(*ast.SelectorExpr)
	return ok && (strings.HasPrefix(fn.Name.Name, "Test") && s.Sel.Name == "T" ||
		strings.HasPrefix(fn.Name.Name, "Fuzz") && s.Sel.Name == "F")
}

// named is a test in a document: `bot.TestLeave`, `cmd/bot.TestWalkKillAndGoOn`.
var named = regexp.MustCompile("`([a-z]+(?:/[a-z]+)*\\.(?:Test|Fuzz)\\w+)`")

func testsIn(text string) []string {
	var out []string
	for _, m := range named.FindAllStringSubmatch(text, -1) {
		out = append(out, m[1])
	}
	return out
}

func read(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// documents are the texts that name tests and files.
func documents(t *testing.T) []string {
	t.Helper()
	all, err := filepath.Glob("*.md")
	if err != nil {
		t.Fatal(err)
	}
	return append(all, "../SECURITY.md", "../README.md")
}

func TestNamedTestsExist(t *testing.T) {
	have := testsOf(t, "..")
	for _, file := range documents(t) {
		for _, name := range testsIn(read(t, file)) {
			if !have[name] {
				t.Errorf("%s: there is no test %s", file, name)
			}
		}
	}
}

// aFile is a file in a document: `handlers/idle.go`.
var aFile = regexp.MustCompile("`((?:\\.?[\\w-]+/)+[\\w.-]+\\.(?:go|lua|md|yaml|yml|sh))`")

func TestNamedFilesExist(t *testing.T) {
	for _, file := range documents(t) {
		for _, m := range aFile.FindAllStringSubmatch(read(t, file), -1) {
			if strings.Contains(m[1], "<") || strings.HasPrefix(m[1], "bin/") {
				continue
			}
			if _, err := os.Stat(path.Join("..", m[1])); err != nil {
				t.Errorf("%s: there is no file %s", file, m[1])
			}
		}
	}
}

// rows returns the rows of every table of a document whose first line holds a word,
// each with its cells.
func rows(text, head string) [][]string {
	var out [][]string
	in := false
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if !strings.HasPrefix(line, "|") {
			in = false
			continue
		}
		cells := strings.Split(strings.Trim(line, "|"), "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		switch {
		case slices.Contains(cells, head):
			in = true
		case in && strings.Trim(line, "|- ") != "":
			out = append(out, cells)
		}
	}
	return out
}

// unstopped is how a row begins that promises nothing.
const unstopped = "**Nothing**"

// Whatever the threat model says is stopped names a test that shows it; what nothing
// stops is said so, with what people are told.
func TestThreatModelNamesItsTests(t *testing.T) {
	have := testsOf(t, "..")
	all := rows(read(t, "threat-model.md"), "what stops it")
	if len(all) < 40 {
		t.Fatalf("%d rows were found, want the whole of the threat model", len(all))
	}
	for _, r := range all {
		if len(r) != 3 {
			t.Errorf("a row of %d cells, want what, what stops it, and the test: %v", len(r), r)
			continue
		}
		tests := testsIn(r[2])
		switch {
		case r[0] == "" || r[1] == "":
			t.Errorf("an empty cell: %v", r)
		case strings.HasPrefix(r[1], unstopped) && len(strings.Fields(r[1])) < 5:
			t.Errorf("%q: nothing stops it, and it is not said what people are told", r[0])
		case !strings.HasPrefix(r[1], unstopped) && len(tests) == 0:
			t.Errorf("%q is said to be stopped, and no test shows it", r[0])
		}
		for _, name := range tests {
			if !have[name] {
				t.Errorf("%q: there is no test %s", r[0], name)
			}
		}
	}
}

// Each time and number in the data-protection assessment stands in the code as it is
// quoted there: `file` `text`.
func TestTimesAreThoseOfTheCode(t *testing.T) {
	quoted := regexp.MustCompile("`([\\w/.-]+\\.(?:go|lua|yaml))` `([^`]+)`")
	seen := map[string]bool{}
	for _, file := range []string{"privacy.md", "threat-model.md"} {
		for _, m := range quoted.FindAllStringSubmatch(read(t, file), -1) {
			seen[m[1]] = true
			b, err := os.ReadFile(path.Join("..", m[1]))
			if err != nil {
				t.Errorf("%s: %v", file, err)
				continue
			}
			if !strings.Contains(strings.Join(strings.Fields(string(b)), " "), m[2]) {
				t.Errorf("%s: %s does not say %q", file, m[1], m[2])
			}
		}
	}
	if len(seen) < 5 {
		t.Errorf("times of %v were found, want those of the whole assessment", slices.Sorted(maps.Keys(seen)))
	}
}
