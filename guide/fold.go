package guide

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// fold brings a text into the form in which words are compared: lower case, no
// accents, no vowel signs, and nothing but words with one space between them.
func fold(s string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, r), r == '\'', r == '’', r == 'ـ': // the last is the Arabic stretching sign
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.Is(unicode.Mc, r):
			b.WriteRune(same(unicode.ToLower(r)))
		default:
			b.WriteByte(' ')
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// same maps letters that people type for one another.
func same(r rune) rune {
	switch r {
	case 'ك', 'ڪ':
		return 'ک'
	case 'ي', 'ى', 'ئ':
		return 'ی'
	case 'ة', 'ۀ', 'ھ':
		return 'ه'
	case 'أ', 'إ', 'آ', 'ٱ':
		return 'ا'
	case 'ı':
		return 'i'
	case 'đ':
		return 'd'
	case 'ł':
		return 'l'
	case 'ё':
		return 'е'
	}
	return r
}

// wordsOf returns the words of a text, folded. A script that puts no spaces between
// words is cut into pairs of letters.
func wordsOf(text string) [][]rune {
	var out [][]rune
	for _, w := range strings.Fields(fold(text)) {
		runes := []rune(w)
		if len(runes) < 3 || !spaceless(runes[0]) {
			out = append(out, runes)
			continue
		}
		for i := 0; i+1 < len(runes); i++ {
			out = append(out, runes[i:i+2])
		}
	}
	return out
}

// spaceless reports whether a letter is of a script without spaces.
func spaceless(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// The longest word that is compared letter by letter.
const longestWord = 24

// near reports whether two words differ by at most most letters: one left out, one
// too many, one for another, or two neighbours the wrong way round.
func near(a, b []rune, most int) bool {
	if len(a) > longestWord || len(b) > longestWord || max(len(a), len(b))-min(len(a), len(b)) > most {
		return false
	}
	var rows [3][longestWord + 1]int
	before, last, row := &rows[0], &rows[1], &rows[2]
	for j := range len(b) + 1 {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		best := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d := min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d = min(d, before[j-2]+1)
			}
			row[j] = d
			best = min(best, d)
		}
		if best > most {
			return false
		}
		before, last, row = last, row, before
	}
	return last[len(b)] <= most
}

// letters is a set of the letters of a word, so that most pairs of words that are
// far apart are known without comparing them.
func letters(w []rune) uint64 {
	var set uint64
	for _, r := range w {
		set |= 1 << (uint32(r) % 64)
	}
	return set
}
