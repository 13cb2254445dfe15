package contacts

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

func TestNoContactHasARetiredNumber(t *testing.T) {
	d := mustLoad(t)
	if len(d.Retired()) < 20 {
		t.Fatalf("%d retired numbers, want the whole list", len(d.Retired()))
	}
	for _, c := range d.All() {
		text := strings.Join([]string{c.Phone, c.Second, c.SMS, c.Relay, c.Abroad, c.Remark, c.Source, strings.Join(c.MoreSources, "\n")}, "\n")
		if c.Duty != nil {
			text += "\n" + c.Duty.Phone + "\n" + c.Duty.Second + "\n" + c.Duty.SMS + "\n" + c.Duty.Relay
		}
		for _, r := range FindRetired(text, d.Retired()) {
			t.Errorf("%s: %s: %s must not be shown: %s", c.Pos, c.ID, r.Number, r.Why)
		}
	}
}

// TestNoFileHasARetiredNumber reads every text file of the project.
func TestNoFileHasARetiredNumber(t *testing.T) {
	d := mustLoad(t)
	root := os.DirFS("..")
	files := 0
	err := fs.WalkDir(root, ".", func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if e.IsDir() && path != "." && strings.HasPrefix(e.Name(), ".") && e.Name() != ".github" {
			return fs.SkipDir
		}
		if e.IsDir() || path == "contacts/"+retiredFile || filepath.Ext(path) == ".sum" {
			return nil
		}
		raw, err := fs.ReadFile(root, path)
		if err != nil || bytes.IndexByte(raw, 0) >= 0 {
			return err
		}
		files++
		for n, line := range strings.Split(string(raw), "\n") {
			for _, r := range FindRetired(line, d.Retired()) {
				t.Errorf("%s:%d: a retired number (%s)", path, n+1, r.Why)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 30 {
		t.Errorf("looked at %d files only", files)
	}
}

func TestFindRetiredReadsEverySpacing(t *testing.T) {
	list := []Retired{{Number: "0300 900 8009"}}
	for text, want := range map[string]int{
		"call 0300 900 8009 now":       1,
		"call 03009008009 now":         1,
		"call +44 300 900 8009 now":    1,
		"call 0300 900 80091 now":      0,
		"call 0300 900 8001 and 03009": 0,
	} {
		if got := FindRetired(text, list); len(got) != want {
			t.Errorf("%q: found %v, want %d", text, got, want)
		}
	}
}

func TestEveryRetiredNumberIsRefused(t *testing.T) {
	d := mustLoad(t)
	places := mustPlaces(t)
	list, err := fs.ReadFile(Files(), retiredFile)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range d.Retired() {
		fsys := fstest.MapFS{
			retiredFile: {Data: list},
			"x.yaml":    {Data: []byte(strings.Replace(goodContact, "01438 242666", strings.ReplaceAll(r.Number, " ", ""), 1))},
		}
		if _, err := Load(fsys, places); err == nil || !strings.Contains(err.Error(), "must not be shown") {
			t.Errorf("%s was accepted: %v", r.Number, err)
		}
	}
}
