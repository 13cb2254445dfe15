package guide_test

import (
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"

	"pathwaybot/contacts"
	"pathwaybot/guide"
	"pathwaybot/locales"
)

// small is the project of testdata/good.txtar with some files of it changed.
func small(t *testing.T, change *txtar.Archive, hide ...string) guide.Sources {
	t.Helper()
	good, err := txtar.ParseFile("testdata/good.txtar")
	if err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{}
	for _, f := range append(good.Files, change.Files...) {
		files[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	sub := func(name string) fs.FS {
		s, err := fs.Sub(files, name)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	return guide.Sources{
		Flows: sub("flows"), Locales: sub("locales"), Contacts: sub("contacts"), Areas: sub("areas"), Hide: hide,
	}
}

func TestGoodLoads(t *testing.T) {
	if _, err := guide.Load(small(t, &txtar.Archive{})); err != nil {
		t.Fatal(err)
	}
}

// Each file of testdata/broken makes mistakes in the small project; its first lines
// are the whole message.
func TestBroken(t *testing.T) {
	files, err := filepath.Glob("testdata/broken/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no broken files: %v", err)
	}
	for _, file := range files {
		change, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		want := slices.Sorted(strings.Lines(string(change.Comment)))
		_, err = guide.Load(small(t, change))
		if err == nil {
			t.Errorf("%s: loads, want %s", file, change.Comment)
			continue
		}
		got := slices.Sorted(strings.Lines(err.Error() + "\n"))
		if !slices.Equal(got, want) {
			t.Errorf("%s:\ngot  %swant %s", file, strings.Join(got, ""), strings.Join(want, ""))
		}
	}
}

func TestHide(t *testing.T) {
	change := txtar.Parse([]byte(`-- contacts/more.yaml --
contacts:
  - {id: a-line, kind: helpline, for: [adult], audience: [public], phone: "0800 808 3733", hours: "24/7", source: "https://example.org", compiled: "2026-11-21", confidence: high}
-- locales/en.extra.yaml --
contact.a-line.name: "A line"
ui.left: "Wait. Call {{.phone_a_line}} if you can. Stay."
`))
	for name, tt := range map[string]struct {
		hide []string
		want string
	}{
		"an emergency number": {[]string{"emergency-999"}, `hide: "emergency-999" is an emergency number and cannot be hidden`},
		"nothing of ours":     {[]string{"typo", "a-line"}, `hide: there is no contact and no fact "typo"`},
	} {
		if _, err := guide.Load(small(t, change, tt.hide...)); err == nil || err.Error() != tt.want {
			t.Errorf("%s: got %v, want %s", name, err, tt.want)
		}
	}
	g, err := guide.Load(small(t, change, "a-line", "adult_age"))
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(g.Hidden, []string{"a-line"}) {
		t.Errorf("hidden contacts are %v", g.Hidden)
	}
	if s := g.Screen("en", g.Graph.Node("gate/start")); s.Ask != "" {
		t.Errorf("a sentence with a hidden fact is shown: %q", s.Ask)
	}
	if got := g.Words.Text("en", "ui.left"); got != "Wait. Stay." {
		t.Errorf("a sentence with a hidden number is shown: %q", got)
	}
}

// The project itself: all of it loads, every string is there in every language, and
// no retired number stands in any text.
func TestProject(t *testing.T) {
	g := project(t)
	for _, l := range g.Words.Languages() {
		if lacks := g.Words.Missing(l.Tag); len(lacks) > 0 {
			t.Errorf("%s lacks %d texts, the first is %s", l.Tag, len(lacks), lacks[0])
		}
		for _, key := range g.Words.Keys() {
			if bad := contacts.FindRetired(g.Words.Text(l.Tag, key), g.Contacts.Retired()); len(bad) > 0 {
				t.Errorf("%s: %s holds the retired number %v", l.Tag, key, bad)
			}
		}
	}
}

// Critical screens are shown with their English until reviewed: see handlers for
// what a person sees. Here: a reviewed text needs none.
func TestReviewedStandsAlone(t *testing.T) {
	draft, err := guide.Load(small(t, &txtar.Archive{}))
	if err != nil {
		t.Fatal(err)
	}
	n := draft.Graph.Node("gate/start")
	if draft.Screen("ro", n).English == "" {
		t.Fatal("a draft on a critical screen has no English beside it")
	}
	rows := map[string]string{}
	for _, key := range []string{"gate.start.title", "gate.start.ask", "gate.start.option.danger"} {
		rows[key] = "  " + key + ": {state: reviewed, english: \"" + draft.Words.Hash("en", key) +
			"\", own: \"" + draft.Words.Hash("ro", key) + "\", check: native-speaker, date: 2026-11-21}\n"
	}
	review := "ro:\n" + strings.Join(slices.Sorted(maps.Values(rows)), "")
	g, err := guide.Load(small(t, &txtar.Archive{Files: []txtar.File{{Name: "locales/review.yaml", Data: []byte(review)}}}))
	if err != nil {
		t.Fatal(err)
	}
	if g.Words.State("ro", "gate.start.ask") != locales.Reviewed {
		t.Fatal("the review is not read")
	}
	if got := g.Screen("ro", n).English; got != "" {
		t.Errorf("a reviewed screen has English beside it: %q", got)
	}
}
