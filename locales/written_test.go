package locales

import (
	"slices"
	"testing"
)

func TestForms(t *testing.T) {
	w := goodWords(t)
	for _, tt := range []struct {
		tag, key string
		want     []string
	}{
		{"ro", "ui.leave", []string{"other"}},
		{"ro", "ui.contacts", []string{"one", "few", "other"}},
		{"ar", "ui.contacts", []string{"zero", "one", "two", "few", "many", "other"}},
		{"ro", "ui.none", nil},
		{"uk", "ui.leave", nil},
	} {
		if got := w.Forms(tt.tag, tt.key); !slices.Equal(got, tt.want) {
			t.Errorf("Forms(%q, %q) = %v, want %v", tt.tag, tt.key, got, tt.want)
		}
	}
	for _, tt := range []struct{ tag, key, form, want string }{
		{"en", "ui.opens", "other", "{{.Name}} opens at {{.Time}}."},
		{"ar", "ui.gone", "other", ""},
		{"ro", "ui.leave", "few", ""},
		{"ro", "ui.leave", "several", ""},
		{"uk", "ui.leave", "other", ""},
	} {
		if got := w.Form(tt.tag, tt.key, tt.form); got != tt.want {
			t.Errorf("Form(%q, %q, %q) = %q, want %q", tt.tag, tt.key, tt.form, got, tt.want)
		}
	}
}

// What HashForms says of the forms of a text is what Hash says of the text.
func TestHashForms(t *testing.T) {
	w := goodWords(t)
	for _, l := range w.Languages() {
		for _, key := range w.Keys() {
			text := map[string]string{}
			for _, form := range w.Forms(l.Tag, key) {
				text[form] = w.Form(l.Tag, key, form)
			}
			if want := w.Hash(l.Tag, key); want != "" && HashForms(text) != want {
				t.Errorf("%s %s: HashForms = %q, Hash = %q", l.Tag, key, HashForms(text), want)
			}
		}
	}
}
