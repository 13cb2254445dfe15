package locales

import (
	"io/fs"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// An entry is one key of a word file.
type entry struct {
	key, file   string
	line        int
	description string
	written     forms    // as the translator wrote it
	text        forms    // with the values that are known at load
	dynamic     []string // placeholders filled at each call, sorted
	plural      bool     // has more than one form in English
}

func (e *entry) where() string { return e.file + ":" + strconv.Itoa(e.line) }

var keyShape = regexp.MustCompile(`^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$`)

// readWords reads one word file into l, whose other files may have been read before.
func readWords(fsys fs.FS, file string, l *locale, bad *problems) {
	for _, p := range pairs(file, readYAML(fsys, file, bad), bad) {
		key, line := p.key.Value, p.key.Line
		if slices.Contains(reserved(), strings.ToLower(key)) {
			bad.add(file, line, "key %q: the name has a meaning of its own, choose another", key)
			continue
		}
		if !keyShape.MatchString(key) {
			bad.add(file, line, "key %q: a key is letters, digits and hyphens, in parts joined by dots", key)
			continue
		}
		if first, twice := l.entries[key]; twice {
			bad.add(file, line, "key %q: stands twice, first in %s", key, first.where())
			continue
		}
		e := &entry{key: key, file: file, line: line}
		e.read(p.value, bad)
		l.entries[key] = e
	}
}

// reserved are the names that go-i18n takes for the fields of a message.
func reserved() []string {
	return append(formNames(), "id", "description", "hash", "leftdelim", "rightdelim", "translation")
}

// read takes a quoted text, or a mapping of plural forms with a description.
func (e *entry) read(value *yaml.Node, bad *problems) {
	if value.Kind != yaml.MappingNode {
		e.written[other] = e.quoted(value, "", bad)
		return
	}
	before := len(*bad)
	for _, p := range pairs(e.file, value, bad) {
		i := slices.Index(formNames(), p.key.Value)
		switch {
		case p.key.Value == "description":
			e.description = e.quoted(p.value, "description: ", bad)
		case i >= 0:
			e.written[i] = e.quoted(p.value, p.key.Value+": ", bad)
		default:
			bad.add(e.file, p.key.Line, "key %q: unknown field %q; known are description, %s",
				e.key, p.key.Value, list(formNames()))
		}
	}
	if e.written == (forms{}) && len(*bad) == before {
		bad.add(e.file, e.line, "key %q: has no text", e.key)
	}
}

// quoted returns the text of a quoted value. Without quotes YAML would read some
// texts as numbers or cut them at a #.
func (e *entry) quoted(value *yaml.Node, field string, bad *problems) string {
	const quotes = yaml.DoubleQuotedStyle | yaml.SingleQuotedStyle | yaml.LiteralStyle | yaml.FoldedStyle
	kinds := map[string]string{
		"!!int": "a number", "!!float": "a number", "!!bool": "yes or no",
		"!!null": "nothing", "!!timestamp": "a date",
	}
	switch {
	case value.Kind == yaml.ScalarNode && value.Style&quotes != 0:
		if strings.TrimSpace(value.Value) == "" {
			bad.add(e.file, value.Line, "key %q: %sthe text is empty", e.key, field)
		}
		return value.Value
	case value.Kind == yaml.ScalarNode && kinds[value.Tag] != "":
		bad.add(e.file, value.Line, "key %q: %s%q is read as %s: put it in quotes",
			e.key, field, value.Value, kinds[value.Tag])
	case value.Kind == yaml.ScalarNode:
		bad.add(e.file, value.Line, "key %q: %s%q is not in quotes", e.key, field, value.Value)
	default:
		bad.add(e.file, value.Line, "key %q: %snot a text: keys are flat", e.key, field)
	}
	return ""
}

// list joins words for a message.
func list(words []string) string { return strings.Join(words, ", ") }
