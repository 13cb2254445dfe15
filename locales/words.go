package locales

import (
	"slices"
	"strings"
)

// Words is every text in every language. It does not change after Load, so any
// number of goroutines may read it.
type Words struct {
	order []*locale
	byTag map[string]*locale
	tags  map[string]string // tag in small letters to tag
	keys  []string
	match matchTable
}

// shown is what a language has for a key: its own text, or else the English.
type shown struct {
	text  string
	from  *locale
	entry *entry
}

// Text returns the text of a key in a language, with marks around numbers where it
// is written from right to left. Without a text that may be shown in this language
// it is the English, and "" when there is no such key at all.
//
// A text with placeholders belongs to Format or Count; here "…" stands for them.
func (w *Words) Text(tag, key string) string {
	return w.find(tag, key).text
}

// find returns what people of a language are shown for a key.
func (w *Words) find(tag, key string) shown {
	l := w.byTag[tag]
	if l == nil {
		l = w.byTag[english]
	}
	return l.shown[key]
}

// Has reports whether Text would give the language's own words, and not the
// English instead because its text is missing or withdrawn.
func (w *Words) Has(tag, key string) bool {
	l := w.byTag[tag]
	return l != nil && l.shown[key].from == l
}

// State says how far the text of a key in a language may be trusted.
func (w *Words) State(tag, key string) State {
	if l := w.byTag[tag]; l != nil {
		return l.states[key]
	}
	return Missing
}

// Missing returns the keys that a language has no text for, sorted.
func (w *Words) Missing(tag string) []string {
	var lacking []string
	for _, key := range w.keys {
		if w.State(tag, key) == Missing {
			lacking = append(lacking, key)
		}
	}
	return lacking
}

// Languages returns all languages in the order of languages.yaml.
func (w *Words) Languages() []Language {
	all := make([]Language, len(w.order))
	for i, l := range w.order {
		all[i] = l.Language
	}
	return all
}

// Language returns the language with exactly this tag.
func (w *Words) Language(tag string) (Language, bool) {
	if l := w.byTag[tag]; l != nil {
		return l.Language, true
	}
	return Language{}, false
}

// Keys returns all keys, which are those of the English, sorted.
func (w *Words) Keys() []string { return slices.Clone(w.keys) }

// Description returns what the English file tells translators about a key.
func (w *Words) Description(key string) string {
	if e := w.byTag[english].entries[key]; e != nil {
		return e.description
	}
	return ""
}

// Placeholders returns the names that Format or Count must be given for a key,
// sorted. Count itself gives the number of a plural.
func (w *Words) Placeholders(key string) []string {
	e := w.byTag[english].entries[key]
	if e == nil {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(e.dynamic), func(name string) bool {
		return e.plural && name == countName
	})
}

// Where returns the file and line of a key in a language's files, as "ar.yaml:12",
// or "" when it is not there.
func (w *Words) Where(tag, key string) string {
	if l := w.byTag[tag]; l != nil && l.entries[key] != nil {
		return l.entries[key].where()
	}
	return ""
}

// Written returns a text as its file has it, all plural forms together and without
// the placeholders: what a person has typed, for checks.
func (w *Words) Written(tag, key string) string {
	l := w.byTag[tag]
	if l == nil || l.entries[key] == nil {
		return ""
	}
	return placeholder.ReplaceAllString(strings.Join(l.entries[key].written[:], " "), "")
}
