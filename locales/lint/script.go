package lint

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"
)

// sameWords says that a text is the English, letter by letter. A text without letters,
// or of placeholders alone, is nobody's.
func sameWords(own, source string) string {
	if own != source || !strings.ContainsFunc(withoutPlaceholders(own), unicode.IsLetter) {
		return ""
	}
	return "it is the English; where it is a name that stays, list it under same"
}

func withoutPlaceholders(text string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(text, string(opens))
		b.WriteString(before)
		if !found {
			return b.String()
		}
		_, text, _ = strings.Cut(rest, string(closes))
		b.WriteByte(' ')
	}
}

// tables are the letters of each script that a language of ours may have. Others are
// not looked at.
var tables = map[string]*unicode.RangeTable{
	"Arab": unicode.Arabic, "Cyrl": unicode.Cyrillic, "Deva": unicode.Devanagari, "Ethi": unicode.Ethiopic,
	"Hans": unicode.Han, "Hant": unicode.Han, "Latn": unicode.Latin, "Beng": unicode.Bengali,
	"Guru": unicode.Gurmukhi, "Thai": unicode.Thai,
}

// foreign are signs of the Latin script that a text of another script does not have at
// its own letters, and what stands for them.
var foreign = map[string]map[rune]string{
	"Arab": {',': "،", ';': "؛", '?': "؟"},
	"Hans": {',': "，", '.': "。", '?': "？", '!': "！", ':': "：", ';': "；", '(': "（", ')': "）"},
	"Deva": {'.': "।"},
	"Ethi": {'.': "።", ',': "፣", ';': "፤"},
}

// wrongSigns returns letters that are of neither the language's own script nor of a
// Latin word that the English has too or that stays, and signs of another script beside
// its letters.
func wrongSigns(tag, own, source string, names []string) []string {
	s, _ := language.Make(tag).Script()
	table := tables[s.String()]
	if table == nil {
		return nil
	}
	own = withoutPlaceholders(own)
	var wrong []string
	add := func(format string, args ...any) {
		if what := fmt.Sprintf(format, args...); !slices.Contains(wrong, what) {
			wrong = append(wrong, what)
		}
	}
	isLatin := func(r rune) bool { return unicode.Is(unicode.Latin, r) }
	if s.String() != "Latn" {
		for _, word := range strings.FieldsFunc(own, func(r rune) bool { return !isLatin(r) }) {
			if !strings.Contains(source, word) && !slices.Contains(names, word) {
				add("the word %q is Latin and not in the English", word)
			}
		}
	}
	for _, r := range own {
		if unicode.IsLetter(r) && !isLatin(r) && !unicode.In(r, table, unicode.Common, unicode.Inherited) {
			add("letter %q is of another script", r)
		}
	}
	if strings.Contains(own, `"`) {
		add("a straight quotation mark: write those of the language")
	}
	for i, r := range own {
		instead, is := foreign[s.String()][r]
		if !is {
			continue
		}
		before, _ := utf8.DecodeLastRuneInString(own[:i])
		after, _ := utf8.DecodeRuneInString(own[i+utf8.RuneLen(r):])
		if unicode.Is(table, before) || s.String() == "Hans" && unicode.Is(table, after) {
			add("%q beside its own letters: write %q", r, instead)
		}
	}
	return wrong
}
