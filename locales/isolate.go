package locales

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/bidi"
)

// The direction marks: invisible letters of the one or the other direction.
const (
	lrm = '\u200e' // left-to-right mark
	rlm = '\u200f' // right-to-left mark
)

// Isolate puts a left-to-right mark on both sides of every number, address and
// Latin word of a right-to-left text, and returns other texts as they are. Without
// marks 08000 121 700 would be read as 700 121 08000 in an Arabic sentence.
//
// Words and numbers with one space between them are one run, with marks around it
// and ordinary spaces inside. Marks that were there before are replaced, so
// Isolate may be applied again. Placeholders are left alone. There are never two
// marks in a row, since Telegram's server would spoil the first.
func Isolate(rtl bool, s string) string {
	if !rtl || !strings.ContainsFunc(s, func(r rune) bool { return isLeftToRight(r) || isMark(r) }) {
		return s
	}
	text := make([]rune, 0, len(s))
	for _, r := range s {
		if !isMark(r) {
			text = append(text, r)
		}
	}
	var out strings.Builder
	out.Grow(len(s) + 16)
	inside := false // a run has begun and is not closed
	for i := 0; i < len(text); {
		next := placeholderEnd(text, i)
		isRun := false
		if next == i {
			next = runEnd(text, i)
			isRun = next > i
		}
		if isRun != inside {
			out.WriteRune(lrm)
			inside = isRun
		}
		next = max(next, i+1)
		for _, r := range text[i:next] {
			out.WriteRune(r)
		}
		i = next
	}
	if inside {
		out.WriteRune(lrm)
	}
	return out.String()
}

func isMark(r rune) bool { return r == lrm || r == rlm }

// isLeftToRight reports whether r is a letter of a left-to-right script or a digit,
// Latin or Persian.
func isLeftToRight(r rune) bool {
	if r < unicode.MaxASCII {
		return r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
	}
	class := classOf(r)
	return (class == bidi.L || class == bidi.EN) && !isMark(r)
}

func classOf(r rune) bidi.Class {
	properties, _ := bidi.LookupRune(r)
	return properties.Class()
}

// placeholderEnd returns where the placeholder that begins at i ends, or i.
func placeholderEnd(text []rune, i int) int {
	if !hasPrefix(text[i:], "{{") {
		return i
	}
	for j := i + 2; j+1 < len(text) && text[j] != '{' && text[j] != '\n'; j++ {
		if text[j] == '}' && text[j+1] == '}' {
			return j + 2
		}
	}
	return i
}

// runEnd returns where the left-to-right run that begins at i ends, or i when
// none begins there.
func runEnd(text []rune, i int) int {
	start := bracketed(text, i)
	if start == i && (strings.ContainsRune("+#@£$€", text[i]) || isCommand(text, i)) {
		start = i + 1
	}
	if start >= len(text) || !isLeftToRight(text[start]) {
		return i
	}
	for end := start; ; {
		for end < len(text) && (isLeftToRight(text[end]) || classOf(text[end]) == bidi.NSM) {
			end++
		}
		next := afterGap(text, end)
		if next == end {
			return withTail(text, i, end)
		}
		end = next
	}
}

// isCommand reports whether the / at i begins a command, and does not stand between
// two words.
func isCommand(text []rune, i int) bool {
	return text[i] == '/' && (i == 0 || !unicode.IsLetter(text[i-1]))
}

// afterGap returns where a run that came to end goes on behind a space or signs,
// or end when it does not go on.
func afterGap(text []rune, end int) int {
	next := bracketed(text, end)
	if next == end && end < len(text) && text[end] == ' ' {
		next = bracketed(text, end+1)
		for _, gap := range []string{" & ", " - ", " – ", " / ", " +", " £", " @", " #", " "} {
			if next == end+1 && hasPrefix(text[end:], gap) {
				next = end + len([]rune(gap))
				break
			}
		}
	}
	if next == end {
		for next < len(text) && strings.ContainsRune("!#$%&'*+,-./:;=?@\\^_`|~£€–’·", text[next]) {
			next++
		}
	}
	if next < len(text) && isLeftToRight(text[next]) {
		return next
	}
	return end
}

// bracketed returns where the number goes on behind a bracket as in (01234) 567890
// or +44 (0)20, or i when no such bracket begins at i.
func bracketed(text []rune, i int) int {
	if i >= len(text) || text[i] != '(' {
		return i
	}
	j := i + 1
	for j < len(text) && text[j] >= '0' && text[j] <= '9' {
		j++
	}
	if j == i+1 || j >= len(text) || text[j] != ')' {
		return i
	}
	j++
	if j < len(text) && text[j] == ' ' {
		j++
	}
	if j < len(text) && text[j] >= '0' && text[j] <= '9' {
		return j
	}
	return i
}

// withTail adds the sign that closes a run: 50%, 18+, the last / of an address.
func withTail(text []rune, start, end int) int {
	if end == len(text) {
		return end
	}
	if r := text[end]; r == '%' || r == '+' || r == '/' && strings.Contains(string(text[start:end]), "://") {
		return end + 1
	}
	return end
}

func hasPrefix(text []rune, prefix string) bool {
	i := 0
	for _, r := range prefix {
		if i >= len(text) || text[i] != r {
			return false
		}
		i++
	}
	return true
}

// Sentence marks a whole sentence of a left-to-right language among right-to-left
// text, so that its full stop stands at its own end.
func Sentence(rtl bool, s string) string {
	if !rtl || s == "" {
		return s
	}
	return string(lrm) + s + string(lrm)
}
