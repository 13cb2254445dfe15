package locales

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

func TestText(t *testing.T) {
	w := goodWords(t)
	tests := []struct{ name, tag, key, want string }{
		{"plain", "ro", "ui.leave", "Ieșire acum"},
		{"a value put in at load", "ro", "ui.rest", "Aveți 30 de zile de sprijin."},
		{"from a part file", "en", "contact.helpline.name", "Modern Slavery Helpline"},
		{"a number in Arabic", "ar", "ui.ring", "اتصلوا بالرقم |08000 121 700|.\nالمكالمة مجانية."},
		{"a name in Arabic", "ar", "contact.helpline.name", "خط |Modern Slavery Helpline|"},
		{"English where the translation is missing", "ar", "ui.gone", "This line exists in English only."},
		{"English for a language that we lack", "uk", "ui.leave", "Leave now"},
		{"no language at all", "", "ui.leave", "Leave now"},
		{"no such key", "ro", "ui.none", ""},
		{"placeholders that nobody filled", "en", "ui.opens", "… opens at …."},
	}
	for _, tt := range tests {
		if got := marks(w.Text(tt.tag, tt.key)); got != tt.want {
			t.Errorf("%s: Text(%q, %q) = %q, want %q", tt.name, tt.tag, tt.key, got, tt.want)
		}
	}
}

func TestFormat(t *testing.T) {
	w := goodWords(t)
	args := map[string]string{"Name": "NSPCC", "Time": "10:00", "More": "unused"}
	tests := []struct {
		name, tag, key, want string
		args                 map[string]string
	}{
		{"filled", "ro", "ui.opens", "NSPCC se deschide la 10:00.", args},
		{"filled in Arabic", "ar", "ui.opens", "تفتح |NSPCC| الساعة |10:00|.", args},
		{"values with marks already", "ar", "ui.opens", "تفتح |NSPCC| الساعة |10:00|.", map[string]string{
			"Name": Isolate(true, "NSPCC"), "Time": Isolate(true, "10:00"),
		}},
		{"a value is lacking", "en", "ui.opens", "NSPCC opens at ….", map[string]string{"Name": "NSPCC"}},
		{"a value is never a template", "en", "ui.opens", "{{.Time}} opens at <b>.", map[string]string{"Name": "{{.Time}}", "Time": "<b>"}},
		{"nothing to fill", "ro", "ui.leave", "Ieșire acum", args},
		{"English instead", "ar", "ui.later.name", "NSPCC has 30 days.", args},
		{"no such key", "ro", "ui.none", "", args},
	}
	for _, tt := range tests {
		if got := marks(w.Format(tt.tag, tt.key, tt.args)); got != tt.want {
			t.Errorf("%s: Format(%q, %q) = %q, want %q", tt.name, tt.tag, tt.key, got, tt.want)
		}
	}
}

func TestCount(t *testing.T) {
	w := goodWords(t)
	tests := []struct {
		tag, key string
		n        int
		want     string
	}{
		{"en", "ui.contacts", 1, "1 service can help:"},
		{"en", "ui.contacts", 3, "3 services can help:"},
		{"ro", "ui.contacts", 20, "20 de servicii vă pot ajuta:"},
		{"ar", "ui.contacts", 2, "خدمتان يمكنهما المساعدة:"},
		{"ar", "ui.contacts", 3, "يمكن أن تساعدكم |3| خدمات:"},
		{"ar", "ui.later.count", 2, "2 days"}, // missing: English with the English rule
		{"en", "ui.leave", 2, "Leave now"},
		{"en", "ui.none", 2, ""},
	}
	for _, tt := range tests {
		if got := marks(w.Count(tt.tag, tt.key, tt.n, nil)); got != tt.want {
			t.Errorf("Count(%q, %q, %d) = %q, want %q", tt.tag, tt.key, tt.n, got, tt.want)
		}
	}
}

func TestWhatThereIs(t *testing.T) {
	w := goodWords(t)
	if !w.Has("ar", "ui.leave") || w.Has("ar", "ui.gone") || w.Has("uk", "ui.leave") || w.Has("en", "ui.none") {
		t.Error("Has does not tell own texts from English ones")
	}
	if got, want := w.Missing("ro"), []string{"ui.gone", "ui.later.count", "ui.later.name"}; !slices.Equal(got, want) {
		t.Errorf("Missing(ro) = %v, want %v", got, want)
	}
	if got := w.Missing("en"); len(got) != 0 {
		t.Errorf("Missing(en) = %v", got)
	}
	want := []string{
		"contact.helpline.name", "ui.contacts", "ui.gone", "ui.later.count",
		"ui.later.name", "ui.leave", "ui.opens", "ui.rest", "ui.ring",
	}
	if got := w.Keys(); !slices.Equal(got, want) {
		t.Errorf("Keys() = %v, want %v", got, want)
	}
	if got := w.Description("ui.contacts"); !strings.HasPrefix(got, "Heading above") {
		t.Errorf("Description = %q", got)
	}
	if got := w.Where("ar", "ui.leave"); got != "ar.yaml:8" {
		t.Errorf("Where = %q", got)
	}
	if got := w.Where("ar", "ui.gone"); got != "" {
		t.Errorf("Where of a missing key = %q", got)
	}
	if got := w.Placeholders("ui.opens"); !slices.Equal(got, []string{"Name", "Time"}) {
		t.Errorf("Placeholders(ui.opens) = %v", got)
	}
	if got := w.Placeholders("ui.contacts"); len(got) != 0 {
		t.Errorf("Placeholders(ui.contacts) = %v, but Count is known", got)
	}
}

func TestLanguages(t *testing.T) {
	w := goodWords(t)
	want := []Language{
		{Tag: "en", Name: "English", English: "English", Spoken: "English", Reviewed: true},
		{Tag: "ar", Name: "العربية", English: "Arabic", Spoken: "Arabic", RTL: true},
		{Tag: "ro", Name: "română", English: "Romanian", Spoken: "Romanian"},
	}
	if got := w.Languages(); !slices.Equal(got, want) {
		t.Errorf("Languages() = %v, want %v", got, want)
	}
	if l, ok := w.Language("ar"); !ok || l != want[1] {
		t.Errorf("Language(ar) = %v, %v", l, ok)
	}
	if l, ok := w.Language("AR"); ok {
		t.Errorf("Language(AR) = %v: only exact tags", l)
	}
}

// The names of our own are those of Unicode, but for capitals.
func TestOwnNames(t *testing.T) {
	var bad problems
	rows := readLanguages(Files(), &bad)
	rows = append(rows, mustLoad(t, readSet(t, "testdata/twelve")).order...)
	if len(bad) > 0 || len(rows) < 15 {
		t.Fatalf("%d languages, %v", len(rows), bad.err())
	}
	for _, l := range rows {
		if want := display.Self.Name(language.MustParse(l.Tag)); !strings.EqualFold(l.Name, want) {
			t.Errorf("%s: name %q, Unicode has %q", l.Tag, l.Name, want)
		}
	}
}

func TestWordsMayBeReadByMany(t *testing.T) {
	w := goodWords(t)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for _, tag := range []string{"en", "ar", "ro"} {
				if w.Count(tag, "ui.contacts", 3, nil) == "" || w.Text(tag, "ui.leave") == "" || !w.Match(tag).Exact {
					t.Errorf("%s: a text is lacking", tag)
				}
			}
		})
	}
	wg.Wait()
}

func TestTextAllocatesNothing(t *testing.T) {
	w := goodWords(t)
	if n := testing.AllocsPerRun(100, func() { _ = w.Text("ar", "ui.ring") }); n != 0 {
		t.Errorf("Text allocates %v times", n)
	}
}

func BenchmarkText(b *testing.B) {
	w := goodWords(b)
	b.ReportAllocs()
	for b.Loop() {
		_ = w.Text("ar", "ui.ring")
	}
}

func BenchmarkFormat(b *testing.B) {
	w := goodWords(b)
	args := map[string]string{"Name": "NSPCC", "Time": "10:00"}
	for _, tag := range []string{"en", "ar"} {
		b.Run(tag, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_ = w.Format(tag, "ui.opens", args)
			}
		})
	}
}

func BenchmarkCount(b *testing.B) {
	w := goodWords(b)
	for _, tag := range []string{"en", "ar"} {
		b.Run(tag, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_ = w.Count(tag, "ui.contacts", 3, nil)
			}
		})
	}
}
