package bot

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/bidi"
)

const (
	ltrMark = "\u200e"
	rtlMark = "\u200f"
)

// directed makes a line of a right-to-left screen begin at the right: apps lay a
// line out by its first letter, so one that begins with a number or a Latin name
// would be turned round. A line without any right-to-left letter keeps its own
// direction, such as English, unless it has no letter at all or must is set.
//
// Two marks never stand side by side: Telegram's server would spoil the first.
func directed(line string, must bool) string {
	if line == "" {
		return line
	}
	var first bidi.Class // of the first character that gives a direction; L where there is none
	strong, letters, rtl := false, false, false
	for _, r := range line {
		c := classOf(r)
		if !strong && (c == bidi.L || c == bidi.R || c == bidi.AL) {
			first, strong = c, true
		}
		letters = letters || unicode.IsLetter(r)
		rtl = rtl || unicode.IsLetter(r) && c != bidi.L
	}
	if strong && first != bidi.L || letters && !rtl && !must {
		return line
	}
	rest, marked := strings.CutPrefix(line, ltrMark)
	switch {
	case !marked:
		return rtlMark + line
	case startsWithLetter(rest): // a Latin word keeps its order without the mark
		return rtlMark + rest
	}
	return rtlMark + " " + line
}

func startsWithLetter(s string) bool {
	for _, r := range s {
		return unicode.IsLetter(r)
	}
	return false
}

func classOf(r rune) bidi.Class {
	p, _ := bidi.LookupRune(r)
	return p.Class()
}
