package locales

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// Each file in testdata/broken makes one mistake and names the errors it must give,
// all of them and word for word. Its name says which file it is: languages, match
// and review replace the good one, any other is a word file beside the good ones.
func TestBrokenFiles(t *testing.T) {
	names, err := filepath.Glob("testdata/broken/*.yaml")
	if err != nil || len(names) == 0 {
		t.Fatalf("no broken files: %v", err)
	}
	for _, path := range names {
		t.Run(filepath.Base(path), func(t *testing.T) {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			var want []string
			for line := range strings.Lines(string(data)) {
				if w, ok := strings.CutPrefix(line, "# want: "); ok {
					want = append(want, strings.TrimSpace(w))
				}
			}
			name := filepath.Base(path)
			for _, table := range []string{languagesFile, matchFile, reviewFile} {
				if strings.HasPrefix(name, strings.TrimSuffix(table, "yaml")) {
					name = table
				}
			}
			_, err = Load(with(t, name, string(data)), testValues())
			if err == nil {
				t.Fatalf("no error, want\n%s", strings.Join(want, "\n"))
			}
			if got := strings.Split(err.Error(), "\n"); !slices.Equal(got, want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
		})
	}
}

func TestAllMistakesAtOnce(t *testing.T) {
	set := with(t, "en.b.yaml", "a: 1\nb: \"\"\n")
	set["ar.c.yaml"] = &fstest.MapFile{Data: []byte("ui.no: \"x\"\n")}
	_, err := Load(set, nil)
	want := []string{
		`ar.c.yaml:1: key "ui.no": not in English`,
		`ar.yaml:9: key "ui.rest": no value is known for {{.recovery_days}}`,
		`ar.yaml:11: key "ui.ring": no value is known for {{.phone_helpline}}`,
		`en.b.yaml:1: key "a": "1" is read as a number: put it in quotes`,
		`en.b.yaml:2: key "b": the text is empty`,
		`en.yaml:7: key "ui.rest": no value is known for {{.recovery_days}}`,
		`en.yaml:9: key "ui.ring": no value is known for {{.phone_helpline}}`,
		`en.yaml:12: key "ui.later.name": no value is known for {{.recovery_days}}`,
		`ro.yaml:6: key "ui.rest": no value is known for {{.recovery_days}}`,
		`ro.yaml:8: key "ui.ring": no value is known for {{.phone_helpline}}`,
	}
	if err == nil || err.Error() != strings.Join(want, "\n") {
		t.Errorf("got\n%v\nwant\n%s", err, strings.Join(want, "\n"))
	}
}

func TestValuesAreTexts(t *testing.T) {
	values := testValues()
	values["recovery_days"] = "{{.Name}}"
	_, err := Load(readSet(t, "testdata/good"), values)
	want := `values: value "recovery_days": "{{.Name}}" must be a text without braces`
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestTablesMayBeMissing(t *testing.T) {
	set := readSet(t, "testdata/good")
	delete(set, matchFile)
	if g := mustLoad(t, set).Match("ro"); g.Tag != "ro" || !g.Exact {
		t.Errorf("Match(ro) without a table = %+v", g)
	}
}

// FuzzLoad feeds any word file: it is refused or loaded, and loaded texts are texts.
func FuzzLoad(f *testing.F) {
	f.Add("a: \"{{.Name}} and {{.phone_helpline}}\"\n")
	f.Add("a: {one: \"x\", other: \"{{.Count}}\"}\nb: 'it''s'\n")
	f.Add("? [a]\n: |\n  x\n")
	f.Add("a: &x\n  other: *x\n")
	languages := []byte("- {tag: en, name: English, english: English, dir: ltr}\n")
	f.Fuzz(func(t *testing.T, file string) {
		w, err := Load(fstest.MapFS{
			languagesFile: &fstest.MapFile{Data: languages},
			"en.yaml":     &fstest.MapFile{Data: []byte(file)},
		}, testValues())
		if err != nil {
			return
		}
		for _, key := range w.Keys() {
			text := w.Count("en", key, 2, nil)
			if text == "" || strings.Contains(text, "<no value>") {
				t.Errorf("key %q: text %q", key, text)
			}
		}
	})
}
