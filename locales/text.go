package locales

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// checkText returns what is wrong with the characters of a text. never lists
// letters that are wrong in its language.
func checkText(text, never string) []string {
	var wrong []string
	if !norm.NFC.IsNormalString(text) {
		wrong = append(wrong, "the text is not in Unicode's composed form (NFC): type the accented letters as one character")
	}
	if text != strings.TrimSpace(text) {
		wrong = append(wrong, "the text begins or ends with a space or an empty line")
	}
	for _, r := range text {
		what := ""
		switch {
		case isDirection(r):
			what = fmt.Sprintf("direction mark %U: the program puts marks in, take it out", r)
		case unicode.IsControl(r) && r != '\n':
			what = fmt.Sprintf("control character %U: take it out", r)
		case unicode.IsDigit(r) && r > unicode.MaxASCII:
			what = fmt.Sprintf("digit %q: write 0 to 9, as on the keys of a phone", r)
		case strings.ContainsRune(never, r):
			what = fmt.Sprintf("letter %q (%U) is not used in this language", r, r)
		}
		if what != "" && !slices.Contains(wrong, what) {
			wrong = append(wrong, what)
		}
	}
	return wrong
}

// isDirection reports whether r is a mark, an embedding, an override or an isolate:
// https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters
func isDirection(r rune) bool {
	return r == lrm || r == rlm || r == '\u061c' ||
		r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069'
}
