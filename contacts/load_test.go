package contacts

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

const goodContact = `contacts:
  - id: a-council
    kind: adult-safeguarding
    for: [adult]
    audience: [public]
    areas: [E07000243]
    phone: "01438 242666"
    hours: "Mo-Fr 09:00-17:00"
    source: "https://example.org"
    compiled: "2026-11-21"
    confidence: high
`

// TestBrokenFiles loads each file of testdata/broken. Its first line says what
// must be reported: "# want: 7: text"; several lines for several mistakes.
func TestBrokenFiles(t *testing.T) {
	places := mustPlaces(t)
	paths, err := filepath.Glob("testdata/broken/*.yaml")
	if err != nil || len(paths) < 12 {
		t.Fatalf("%d broken files, %v", len(paths), err)
	}
	for _, path := range paths {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Base(path)
		_, err = Load(fstest.MapFS{name: {Data: raw}}, places)
		if err == nil {
			t.Errorf("%s: no mistake found", name)
			continue
		}
		var want []string
		for _, line := range strings.Split(string(raw), "\n") {
			if w, ok := strings.CutPrefix(line, "# want: "); ok {
				want = append(want, name+":"+w)
			}
		}
		if got := err.Error(); got != strings.Join(want, "\n") {
			t.Errorf("%s:\n got %s\nwant %s", name, got, strings.Join(want, "\n"))
		}
	}
}

func TestAGoodContactLoads(t *testing.T) {
	d, err := Load(fstest.MapFS{"x.yaml": {Data: []byte(goodContact)}}, mustPlaces(t))
	if err != nil {
		t.Fatal(err)
	}
	c, ok := d.Contact("a-council")
	if !ok || c.E164 != "+441438242666" || c.Pos != "x.yaml:2" {
		t.Errorf("got %+v", c)
	}
}

func FuzzLoad(f *testing.F) {
	places := mustPlaces(f)
	f.Add(goodContact)
	f.Add("contacts: [{id: x, hours: \"Mo-Fr 17:00-09:00+1; PH off\"}]")
	f.Fuzz(func(t *testing.T, text string) {
		d, err := Load(fstest.MapFS{"x.yaml": {Data: []byte(text)}}, places)
		if (d == nil) == (err == nil) {
			t.Errorf("directory %v with error %v", d, err)
		}
	})
}
