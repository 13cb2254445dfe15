package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"pathwaybot/guide"
	"pathwaybot/locales"
)

// TestWords runs testdata/words/*.txtar. Beside "change" there is "project TAG...",
// which copies the project with these languages only, none of them reviewed.
func TestWords(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/words",
		RequireUniqueNames:  true,
		RequireExplicitExec: true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"project": projectIn,
			"change":  change,
		},
	})
}

func projectIn(ts *testscript.TestScript, _ bool, tags []string) {
	ts.Check(os.RemoveAll(ts.MkAbs("project")))
	for name, fsys := range folders(guide.Embedded()) {
		ts.Check(os.CopyFS(ts.MkAbs(filepath.Join("project", name)), fsys))
	}
	folder := ts.MkAbs("project/locales")
	ts.Check(os.Remove(filepath.Join(folder, "match.yaml"))) // names all languages
	for file, keep := range map[string]func(line string) bool{
		"review.yaml": func(line string) bool { return strings.HasPrefix(line, "#") },
		"languages.yaml": func(line string) bool {
			return slices.ContainsFunc(tags, func(tag string) bool { return strings.HasPrefix(line, "- {tag: "+tag+",") })
		},
	} {
		data, err := os.ReadFile(filepath.Join(folder, file))
		ts.Check(err)
		var kept strings.Builder
		for line := range strings.Lines(string(data)) {
			if keep(line) {
				kept.WriteString(line)
			}
		}
		ts.Check(os.WriteFile(filepath.Join(folder, file), []byte(kept.String()), 0o600))
	}
	files, err := filepath.Glob(filepath.Join(folder, "*.yaml"))
	ts.Check(err)
	lists := []string{"danger", "leave", "never", "review", "languages"}
	for _, file := range files {
		if tag, _, _ := strings.Cut(filepath.Base(file), "."); !slices.Contains(tags, tag) && !slices.Contains(lists, tag) {
			ts.Check(os.Remove(file))
		}
	}
}

// Only the texts themselves are written anew: comments, order, descriptions and the
// quotes of others stay.
func TestRewriteKeepsTheRest(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("languages.yaml", "- {tag: en, name: English, english: English, dir: ltr}\n- {tag: ro, name: română, english: Romanian, dir: ltr}\n")
	write("en.yaml", "ui.a: \"A\"\nui.b: \"B\"\nui.c: \"C\"\nui.d: \"D\"\nui.e: \"E\"\n")
	write("en.more.yaml", "ui.f: \"F\"\nui.g: \"G\"\n")
	write("ro.more.yaml", "# Only a heading.\n")
	write("ro.yaml", "# Heading.\nui.a: 'it''s „a”'  # why\n\nui.c: {description: \"ș \\\" ț\", other: \"one\\\n  two\"} # flow\n"+
		"ui.d:\n  other: \"d\" # d\n  description: \"after\"\n# The end.")
	load := func(files map[string][]byte) *locales.Words {
		for name, data := range files {
			write(name, string(data))
		}
		w, err := locales.Load(os.DirFS(dir), nil)
		if err != nil {
			t.Fatal(err)
		}
		return w
	}
	texts := map[string]map[string]string{
		"ui.a": {"other": "say \"a\""}, "ui.b": {"other": `\b`}, "ui.c": {"other": "c\nC"},
		"ui.d": {"other": "dd"}, "ui.e": {"other": "e"}, "ui.f": {"other": "f"}, "ui.g": {"other": "g"},
	}
	files, err := rewrite(dir, load(nil), "ro", texts)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"ro.yaml": "# Heading.\nui.a: \"say \\\"a\\\"\"  # why\nui.b: \"\\\\b\"\n\nui.c: {description: \"ș \\\" ț\", other: \"c\\nC\"} # flow\n" +
			"ui.d:\n  other: \"dd\" # d\n  description: \"after\"\nui.e: \"e\"\n# The end.",
		"ro.more.yaml": "# Only a heading.\nui.f: \"f\"\nui.g: \"g\"\n",
	} {
		if got := string(files[name]); got != want {
			t.Errorf("%s:\n%s\nwant\n%s", name, got, want)
		}
	}
	w := load(files)
	for key, text := range texts {
		if got := w.Form("ro", key, "other"); got != text["other"] {
			t.Errorf("%s: %q, want %q", key, got, text["other"])
		}
	}
}

func TestHarmless(t *testing.T) {
	for cell, want := range map[string]string{
		"": "", "Da": "Da", "=1+1": "'=1+1", "+44": "'+44", "-nu": "'-nu", "@x": "'@x", "\tx": "'\tx",
		"'tis": "''tis", "'=x": "''=x", "＝x": "'＝x", "a=b": "a=b",
	} {
		if got := harmless(cell); got != want || unguarded(got) != cell {
			t.Errorf("harmless(%q) = %q, want %q; back: %q", cell, got, want, unguarded(got))
		}
	}
	if got := unguarded("'tis"); got != "'tis" {
		t.Errorf("an apostrophe that somebody typed is gone: %q", got)
	}
}
