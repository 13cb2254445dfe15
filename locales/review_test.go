package locales

import (
	"fmt"
	"testing"
)

func TestStates(t *testing.T) {
	good := goodWords(t)
	const key = "ui.leave"
	en, ar, old := good.Hash("en", key), good.Hash("ar", key), "0123456789ab"
	tests := []struct {
		name, state, english, own string
		want                      State
		text                      string
	}{
		{"checked", "reviewed", en, ar, Reviewed, "الخروج الآن"},
		{"the English has changed since", "reviewed", old, ar, Stale, "الخروج الآن"},
		{"the translation has changed since", "reviewed", en, old, Stale, "الخروج الآن"},
		{"false", "withdrawn", en, ar, Withdrawn, "Leave now"},
		{"false, and the English has changed", "withdrawn", old, ar, Withdrawn, "Leave now"},
		{"false, and written anew", "withdrawn", en, old, Draft, "الخروج الآن"},
	}
	for _, tt := range tests {
		row := fmt.Sprintf("ar:\n  %s: {state: %s, english: %s, own: %s, check: native-speaker, date: 2026-11-21}\n",
			key, tt.state, tt.english, tt.own)
		w := mustLoad(t, with(t, reviewFile, row))
		if got := w.State("ar", key); got != tt.want {
			t.Errorf("%s: state %v, want %v", tt.name, got, tt.want)
		}
		if got := w.Text("ar", key); got != tt.text {
			t.Errorf("%s: text %q, want %q", tt.name, got, tt.text)
		}
		if got := w.Has("ar", key); got != (tt.want != Withdrawn) {
			t.Errorf("%s: Has = %v", tt.name, got)
		}
	}
}

func TestStatesWithoutARow(t *testing.T) {
	w := goodWords(t)
	tests := []struct {
		tag, key string
		want     State
	}{
		{"en", "ui.leave", Reviewed},
		{"ar", "ui.leave", Draft},
		{"ar", "ui.gone", Missing},
		{"uk", "ui.leave", Missing},
		{"en", "ui.none", Missing},
	}
	for _, tt := range tests {
		if got := w.State(tt.tag, tt.key); got != tt.want {
			t.Errorf("State(%q, %q) = %v, want %v", tt.tag, tt.key, got, tt.want)
		}
	}
}

func TestALanguageIsReviewedWhenAllItsTextsAre(t *testing.T) {
	words := "ui.one: \"One\"\nui.two: \"Two\"\n"
	set := readSet(t, "testdata/good")
	for name := range set {
		delete(set, name)
	}
	set[languagesFile] = with(t, languagesFile, "- {tag: en, name: English, english: English, dir: ltr}\n- {tag: ro, name: română, english: Romanian, dir: ltr}\n")[languagesFile]
	set["en.yaml"] = with(t, "en.yaml", words)["en.yaml"]
	set["ro.yaml"] = with(t, "ro.yaml", "ui.one: \"Unu\"\nui.two: \"Doi\"\n")["ro.yaml"]
	w := mustLoad(t, set)
	row := func(key string) string {
		return fmt.Sprintf("  %s: {state: reviewed, english: %s, own: %s, check: native-speaker, date: 2026-11-21}\n",
			key, w.Hash("en", key), w.Hash("ro", key))
	}
	for rows, want := range map[string]bool{
		"ro:\n" + row("ui.one"):                 false,
		"ro:\n" + row("ui.one") + row("ui.two"): true,
	} {
		set[reviewFile] = with(t, reviewFile, rows)[reviewFile]
		if l, _ := mustLoad(t, set).Language("ro"); l.Reviewed != want {
			t.Errorf("Reviewed = %v, want %v, with\n%s", l.Reviewed, want, rows)
		}
	}
}

func TestHash(t *testing.T) {
	w := goodWords(t)
	// printf '\0\0\0\0\0Leave now' | sha256sum | cut -c1-12
	if got, want := w.Hash("en", "ui.leave"), "18d5bde45295"; got != want {
		t.Errorf("Hash = %q, want %q", got, want)
	}
	changed := mustLoad(t, with(t, "ar.yaml", "ui.contacts: {zero: \"a\", one: \"b\", two: \"c\", few: \"{{.Count}}\", many: \"{{.Count}}\", other: \"{{.Count}}\"}\n"))
	again := mustLoad(t, with(t, "ar.yaml", "ui.contacts: {zero: \"a\", one: \"b\", two: \"x\", few: \"{{.Count}}\", many: \"{{.Count}}\", other: \"{{.Count}}\"}\n"))
	if changed.Hash("ar", "ui.contacts") == again.Hash("ar", "ui.contacts") {
		t.Error("the hash does not see a change in one plural form")
	}
	if got := w.Hash("ar", "ui.gone"); got != "" {
		t.Errorf("Hash of a missing text = %q", got)
	}
}

// What the program ships can be read, and holds no row for a text that is gone.
func TestShippedTables(t *testing.T) {
	var bad problems
	byTag := map[string]*locale{}
	for _, l := range readLanguages(Files(), &bad) {
		byTag[l.Tag] = l
	}
	table := readMatch(Files(), map[string]*locale{}, &bad)
	if len(bad) > 0 || len(byTag) < 3 || len(table.same) == 0 || len(table.near) == 0 || len(table.offer) == 0 {
		t.Errorf("%d languages, %d codes, %v", len(byTag), len(table.same), bad.err())
	}
}
