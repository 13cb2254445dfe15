package locales

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// placeholder is {{.name}} and nothing else: no spaces, pipes or fields of fields.
var placeholder = regexp.MustCompile(`\{\{\.([A-Za-z][A-Za-z0-9_]*)\}\}`)

// brokenPlaceholder is what is left of braces once the placeholders are taken out.
var brokenPlaceholder = regexp.MustCompile(`\{\{[^}]*\}*|\}\}`)

// placeholders returns the names in a text, sorted and each once.
func placeholders(text string) []string {
	var names []string
	if !strings.Contains(text, "{{") {
		return nil
	}
	for _, m := range placeholder.FindAllStringSubmatch(text, -1) {
		names = append(names, m[1])
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// isStatic reports whether a placeholder is filled once, at load: its name begins
// with a small letter. The others begin with a capital and are filled at each call.
func isStatic(name string) bool { return unicode.IsLower(rune(name[0])) }

// fillStatic puts the values into the text of an entry and notes which placeholders
// are left for each call.
func (e *entry) fillStatic(values map[string]string, bad *problems) {
	lacking := map[string]bool{}
	for i, written := range e.written {
		if !strings.Contains(written, "{{") && !strings.Contains(written, "}}") {
			e.text[i] = written
			continue
		}
		for _, braces := range brokenPlaceholder.FindAllString(placeholder.ReplaceAllString(written, ""), -1) {
			bad.add(e.file, e.line, "key %q: %q is not a placeholder: write {{.name}}", e.key, braces)
		}
		e.text[i] = placeholder.ReplaceAllStringFunc(written, func(p string) string {
			name := strings.Trim(p, "{.}")
			if !isStatic(name) {
				e.dynamic = append(e.dynamic, name)
				return p
			}
			value, ok := values[name]
			if !ok && !lacking[name] {
				lacking[name] = true
				bad.add(e.file, e.line, "key %q: no value is known for {{.%s}}", e.key, name)
			}
			return value
		})
		e.text[i] = withhold(e.text[i])
	}
	slices.Sort(e.dynamic)
	e.dynamic = slices.Compact(e.dynamic)
}

// Withheld is a value that takes every sentence with it away: what an operator has
// hidden is said nowhere.
const Withheld = "\uE000"

// withhold leaves out the sentences with a withheld value.
func withhold(text string) string {
	if !strings.Contains(text, Withheld) {
		return text
	}
	var paragraphs []string
	for paragraph := range strings.SplitSeq(text, "\n\n") {
		said := slices.DeleteFunc(Sentences(paragraph), func(s string) bool { return strings.Contains(s, Withheld) })
		if len(said) > 0 {
			paragraphs = append(paragraphs, strings.Join(said, " "))
		}
	}
	return strings.Join(paragraphs, "\n\n")
}
