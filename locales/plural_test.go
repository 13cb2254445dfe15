package locales

import (
	"slices"
	"testing"

	"golang.org/x/text/language"
)

// The categories of Unicode CLDR for whole numbers, with "other" always.
func TestPluralFormsOfTheTwelve(t *testing.T) {
	w := mustLoad(t, readSet(t, "testdata/twelve"))
	want := map[string][]string{
		"en": {"one", "other"}, "sq": {"one", "other"}, "bg": {"one", "other"}, "so": {"one", "other"},
		"fa": {"one", "other"}, "hi": {"one", "other"}, "ti": {"one", "other"},
		"ar": {"zero", "one", "two", "few", "many", "other"},
		"pl": {"one", "few", "many", "other"},
		"ro": {"one", "few", "other"},
		"vi": {"other"}, "zh-Hans": {"other"},
	}
	if len(want) != len(w.Languages()) {
		t.Fatalf("%d languages, want %d", len(w.Languages()), len(want))
	}
	for _, l := range w.Languages() {
		if got := w.byTag[l.Tag].rules.names(); !slices.Equal(got, want[l.Tag]) {
			t.Errorf("%s: forms %v, want %v", l.Tag, got, want[l.Tag])
		}
	}
}

func TestPluralOfSomeNumbers(t *testing.T) {
	w := mustLoad(t, readSet(t, "testdata/twelve"))
	tests := []struct {
		tag  string
		n    int
		want string
	}{
		{"ar", 0, "zero"},
		{"ar", 1, "one"},
		{"ar", 2, "two"},
		{"ar", 3, "few"},
		{"ar", 10, "few"},
		{"ar", 11, "many"},
		{"ar", 99, "many"},
		{"ar", 100, "other"},
		{"ar", 102, "other"},
		{"ar", 103, "few"},
		{"pl", 1, "one"},
		{"pl", 2, "few"},
		{"pl", 5, "many"},
		{"pl", 0, "many"},
		{"pl", 22, "few"},
		{"pl", 12, "many"},
		{"ro", 0, "few"},
		{"ro", 1, "one"},
		{"ro", 19, "few"},
		{"ro", 20, "other"},
		{"ro", 101, "few"},
		{"ro", 120, "other"},
		{"fa", 0, "one"},
		{"hi", 0, "one"},
		{"ti", 0, "one"},
		{"en", 0, "other"},
		{"sq", 0, "other"},
		{"vi", 1, "other"},
		{"zh-Hans", 1, "other"},
	}
	for _, tt := range tests {
		if got := w.Count(tt.tag, "n", tt.n, nil); got != isolated(w, tt.tag, tt.want) {
			t.Errorf("%s: %d is %q, want %q", tt.tag, tt.n, marks(got), tt.want)
		}
	}
}

func isolated(w *Words, tag, s string) string {
	l, _ := w.Language(tag)
	return Isolate(l.RTL, s)
}

// The form that is shown is the one of Unicode's older tables too, for every number
// from 0 to 200.
func TestPluralAgreesWithText(t *testing.T) {
	w := mustLoad(t, readSet(t, "testdata/twelve"))
	for _, l := range w.Languages() {
		for n := range 201 {
			want := formInText(language.MustParse(l.Tag), n)
			if got := w.Count(l.Tag, "n", n, nil); got != isolated(w, l.Tag, want) {
				t.Errorf("%s: %d is %q, want %q", l.Tag, n, marks(got), want)
			}
		}
	}
}
