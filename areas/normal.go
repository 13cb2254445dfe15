package areas

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// fold brings a name into the form in which names are compared: lower case, no
// accents, no vowel signs, no punctuation, "saint" for "st", and without the
// words that people add or leave out ("council", "city of").
func fold(s string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, r), r == '\'', r == '’', r == 'ـ': // the last is the Arabic stretching sign
		case r == '&':
			b.WriteString(" and ")
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mc, r):
			b.WriteRune(same(unicode.ToLower(r)))
		default:
			b.WriteByte(' ')
		}
	}
	words := strings.Fields(b.String())
	kept := make([]string, 0, len(words))
	for _, w := range words {
		if w == "st" {
			w = "saint"
		}
		if !dropped(w) {
			kept = append(kept, w)
		}
	}
	if len(kept) == 0 {
		kept = words // "City" alone stays what it is
	}
	return strings.Join(kept, " ")
}

// same maps letters that keyboards of neighbouring languages type for one another.
func same(r rune) rune {
	switch r {
	case 'ك', 'ڪ':
		return 'ک'
	case 'ي', 'ى', 'ئ':
		return 'ی'
	case 'ة', 'ۀ', 'ھ':
		return 'ه'
	case 'ı':
		return 'i'
	case 'đ':
		return 'd'
	case 'ł':
		return 'l'
	}
	return r
}

func dropped(word string) bool {
	switch word {
	case "the", "of", "and", "city", "county", "borough", "district", "council", "metropolitan", "royal", "town",
		"in", "near", "from", "i", "am", "im", "live", "uk", "england":
		return true
	}
	return false
}

// unsafe reports whether a text holds something that must not be used: a
// telephone number, a full postcode, or more words than any place has.
func unsafe(s string) bool {
	if len(s) > 240 || len(strings.Fields(s)) > 8 {
		return true
	}
	digits := 0
	for _, r := range s {
		if unicode.IsDigit(r) {
			digits++
		}
	}
	return digits > 0 // no place of ours has a digit; "SG1 1" is for the official tables
}
