package lint

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
	"golang.org/x/text/language"
)

// plainly is a text as it is searched: small letters, no marks of direction, no vowel
// signs of Arabic, single spaces.
func plainly(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\u200e', r == '\u200f', r == '\u0670', r >= '\u064b' && r <= '\u065f':
			return -1
		case unicode.IsSpace(r):
			return ' '
		case r == '’':
			return '\''
		}
		return unicode.ToLower(r)
	}, text)
	return placeholders.Replace(strings.Join(strings.Fields(text), " "))
}

// The ends of a placeholder while texts are searched: letters, so that a word within it
// is no word.
const opens, closes = '\ue000', '\ue001'

var placeholders = strings.NewReplacer("{{.", string(opens), "}}", string(closes))

// form is something to look for, as it is written in a list: a star at its end allows
// any ending, one at its beginning any beginning.
type form struct {
	written              string
	text                 string // as texts are searched
	anyEnd, anyBeginning bool
}

// UnmarshalYAML reads a form from a list.
func (f *form) UnmarshalYAML(n *yaml.Node) error {
	if err := n.Decode(&f.written); err != nil {
		return fmt.Errorf("a form: %w", err)
	}
	f.text, f.anyEnd = strings.CutSuffix(plainly(f.written), "*")
	f.text, f.anyBeginning = strings.CutPrefix(f.text, "*")
	if f.text == "" {
		return fmt.Errorf("line %d: %q is no word", n.Line, f.written)
	}
	return nil
}

func join(forms []form) string {
	var all []string
	for _, f := range forms {
		all = append(all, f.written)
	}
	return strings.Join(all, ", ")
}

// saysAny returns the first of the forms that stands in a text, "" for none.
func saysAny(text string, forms []form, spaced bool) string {
	for _, f := range forms {
		if f.in(text, spaced) {
			return f.written
		}
	}
	return ""
}

// spaced reports whether a language puts spaces between its words.
func spaced(tag string) bool {
	s, _ := language.Make(tag).Script()
	switch s.String() {
	case "Hans", "Hant", "Jpan", "Thai", "Laoo", "Khmr", "Mymr":
		return false
	}
	return true
}

// in reports whether a form stands in a text as whole words. Where words have no spaces
// between them it counts wherever it stands.
func (f form) in(text string, spaced bool) bool {
	if !spaced || f.anyEnd && f.anyBeginning {
		return strings.Contains(text, f.text)
	}
	for from := 0; ; {
		i := strings.Index(text[from:], f.text)
		if i < 0 {
			return false
		}
		at := from + i
		before, _ := utf8.DecodeLastRuneInString(text[:at])
		after, _ := utf8.DecodeRuneInString(text[at+len(f.text):])
		if (f.anyBeginning || !inWord(before)) && (f.anyEnd || !inWord(after)) {
			return true
		}
		from = at + 1
		for from < len(text) && !utf8.RuneStart(text[from]) {
			from++
		}
	}
}

// inWord reports whether a letter is part of a word: signs that stand on letters are,
// and the joiner that Persian has within its words.
func inWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '\u200c' || r == opens || r == closes || r == '_'
}
