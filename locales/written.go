package locales

import "slices"

// Forms returns the names of the plural forms that a language needs for a key, in
// the order of CLDR. A plain text has "other" alone; an unknown key has none.
func (w *Words) Forms(tag, key string) []string {
	l, source := w.byTag[tag], w.byTag[english].entries[key]
	switch {
	case l == nil || source == nil:
		return nil
	case source.isPlain():
		return []string{formNames()[other]}
	}
	return l.rules.names()
}

// Form returns one plural form of a text as its file has it, placeholders and all,
// or "" when the language lacks it.
func (w *Words) Form(tag, key, form string) string {
	l, i := w.byTag[tag], slices.Index(formNames(), form)
	if l == nil || l.entries[key] == nil || i < 0 {
		return ""
	}
	return l.entries[key].written[i]
}

// HashForms returns the Hash that a text with these plural forms would have, by
// name of the form; a plain text is "other" alone.
func HashForms(text map[string]string) string {
	var e entry
	for i, name := range formNames() {
		e.written[i] = text[name]
	}
	return e.hash()
}
