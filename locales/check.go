package locales

import (
	"slices"
	"strings"
)

// checkEntry checks what one text shows by itself.
func (l *locale) checkEntry(e *entry, bad *problems) {
	for i, text := range e.written {
		for _, wrong := range checkText(text, l.never) {
			bad.add(e.file, e.line, "key %q: %s%s", e.key, e.field(i), wrong)
		}
	}
}

// field names a plural form in front of a message, when there are several.
func (e *entry) field(i int) string {
	if e.isPlain() {
		return ""
	}
	return formNames()[i] + ": "
}

// isPlain reports whether there is one text and no plural form beside it.
func (e *entry) isPlain() bool {
	only := forms{other: e.written[other]}
	return e.written == only
}

// checkTranslation checks a text against the English that it translates: a key
// that exists, exactly the plural forms of its language, the same placeholders.
// English is checked against itself.
func (l *locale) checkTranslation(e *entry, en *locale, bad *problems) {
	source, ok := en.entries[e.key]
	if !ok {
		bad.add(e.file, e.line, "key %q: not in English", e.key)
		return
	}
	if e.written == (forms{}) || source.written == (forms{}) {
		return // reported when it was read
	}
	e.plural = !source.isPlain()
	for i, name := range formNames() {
		need := i == other || e.plural && l.rules.needs[i]
		if has := e.written[i] != ""; has == need {
			continue
		} else if need {
			bad.add(e.file, e.line, "key %q: plural form %q is missing; %s needs %s",
				e.key, name, l.English, list(l.rules.names()))
		} else if e.plural {
			bad.add(e.file, e.line, "key %q: plural form %q is not used in %s; it needs %s",
				e.key, name, l.English, list(l.rules.names()))
		} else {
			bad.add(e.file, e.line, "key %q: plural form %q, but the English has one text only", e.key, name)
		}
	}
	l.checkPlaceholders(e, source, bad)
}

func (l *locale) checkPlaceholders(e, source *entry, bad *problems) {
	want := source.names()
	for i, text := range e.written {
		if text == "" {
			continue
		}
		got := placeholders(text)
		for _, name := range want {
			if !slices.Contains(got, name) && !e.mayLeaveOut(name) {
				bad.add(e.file, e.line, "key %q: %splaceholder {{.%s}} of the English is missing", e.key, e.field(i), name)
			}
		}
		for _, name := range got {
			if !slices.Contains(want, name) && !e.mayLeaveOut(name) {
				bad.add(e.file, e.line, "key %q: %splaceholder {{.%s}} is not in the English", e.key, e.field(i), name)
			}
		}
	}
}

// mayLeaveOut reports whether a plural form may say a number in words: "one
// service", "two services". Then Count is known all the same.
func (e *entry) mayLeaveOut(name string) bool { return e.plural && name == countName }

// names returns all placeholders of all forms.
func (e *entry) names() []string { return placeholders(strings.Join(e.written[:], "\n")) }
