package locales

import (
	"io/fs"
	"maps"
	"os"
	"strings"
	"testing"
	"testing/fstest"
)

// testValues are what the texts of testdata/good name in small letters.
func testValues() map[string]string {
	return map[string]string{"recovery_days": "30", "phone_helpline": "08000 121 700"}
}

// readSet returns the files of a folder as a set that a test may change, with the
// match table of the program.
func readSet(t testing.TB, dir string) fstest.MapFS {
	t.Helper()
	set := fstest.MapFS{}
	add := func(fsys fs.FS, pattern string) {
		names, err := fs.Glob(fsys, pattern)
		if err != nil || len(names) == 0 {
			t.Fatalf("no files %s in %s: %v", pattern, dir, err)
		}
		for _, name := range names {
			data, err := fs.ReadFile(fsys, name)
			if err != nil {
				t.Fatal(err)
			}
			set[name] = &fstest.MapFile{Data: data}
		}
	}
	add(os.DirFS(dir), "*.yaml")
	add(Files(), matchFile)
	return set
}

func mustLoad(t testing.TB, set fstest.MapFS) *Words {
	t.Helper()
	w, err := Load(set, testValues())
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func goodWords(t testing.TB) *Words {
	t.Helper()
	return mustLoad(t, readSet(t, "testdata/good"))
}

// with returns the good set with one file more, or in the place of another.
func with(t testing.TB, name, content string) fstest.MapFS {
	t.Helper()
	set := maps.Clone(readSet(t, "testdata/good"))
	set[name] = &fstest.MapFile{Data: []byte(content)}
	return set
}

// marks shows direction marks in messages of tests.
func marks(s string) string { return strings.ReplaceAll(s, string(lrm), "|") }
