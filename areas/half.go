package areas

import (
	"strings"
	"unicode"
)

// half is the first part of a postcode as somebody typed it, in capitals.
type half struct {
	outward string // "SG1"
	sector  string // "SG1 1"; empty for an outward code alone
}

// readings returns what a typed text can mean: "SG1 1" a sector, "SG1" an outward
// code, and "SG11" either. It returns nothing for any other text, a whole postcode
// and a text with anything around it included.
func readings(typed string) []half {
	letters, gap, ok := compact(typed)
	if !ok {
		return nil
	}
	var out []half
	last := len(letters) - 1
	before := letters[:max(last, 0)]
	if outward(before) && isDigit(letters[last]) {
		out = append(out, half{outward: before, sector: before + " " + letters[last:]})
	}
	// A gap behind the digit says that a sector is meant.
	if outward(letters) && gap <= letterCount(letters) {
		out = append([]half{{outward: letters}}, out...)
	}
	return out
}

// compact returns the letters and digits of a text in capitals and where the gap
// between them was, -1 for none. It refuses what cannot be half a postcode.
func compact(typed string) (letters string, gap int, ok bool) {
	var b strings.Builder
	gap = -1
	for _, r := range strings.TrimSpace(typed) {
		if value, is := digit(r); is {
			r = value
		}
		r = unicode.ToUpper(r)
		switch {
		case unicode.IsSpace(r):
			if gap >= 0 && gap != b.Len() {
				return "", 0, false
			}
			gap = b.Len()
			continue
		case r > unicode.MaxASCII || !isDigit(byte(r)) && !isLetter(byte(r)) || b.Len() == maxHalf:
			return "", 0, false
		}
		b.WriteRune(r)
	}
	return b.String(), gap, b.Len() >= minHalf
}

// The shortest outward code is "E1", the longest sector "SW1A 1".
const minHalf, maxHalf = 2, 5

// digit reads the digits of other keyboards: ١, ۱ and the wide ones.
func digit(r rune) (rune, bool) {
	for _, zero := range "0٠۰０" {
		if zero <= r && r <= zero+9 {
			return '0' + r - zero, true
		}
	}
	return 0, false
}

// outward reports whether letters have the form of an outward code: one or two
// letters, a digit, and perhaps a letter or a digit.
func outward(s string) bool {
	n := letterCount(s)
	return 1 <= n && n <= 2 && len(s) > n && isDigit(s[n]) && len(s) <= n+2
}

func letterCount(s string) int {
	n := 0
	for n < len(s) && isLetter(s[n]) {
		n++
	}
	return n
}

func isDigit(b byte) bool  { return '0' <= b && b <= '9' }
func isLetter(b byte) bool { return 'A' <= b && b <= 'Z' }
