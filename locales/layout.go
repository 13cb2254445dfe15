package locales

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/unicode/bidi"
)

// A layout is one line with the order in which its letters are shown.
type layout struct {
	runes  []rune
	order  []int  // index of the letter at each place, from the left
	levels []int8 // odd ones are shown from right to left
}

func newLayout(line string, rtl bool) (layout, error) {
	d := layout{runes: []rune(line)}
	for _, r := range d.runes {
		if isDirection(r) && !isMark(r) {
			return d, fmt.Errorf("%U in %q: only marks are understood everywhere", r, line)
		}
	}
	var p bidi.Paragraph
	base := int8(0)
	if rtl || startsRightToLeft(d.runes) {
		base = 1
	}
	direction := bidi.LeftToRight
	if base == 1 {
		direction = bidi.RightToLeft
	}
	if _, err := p.SetString(line, bidi.DefaultDirection(direction)); err != nil {
		return d, fmt.Errorf("order of %q: %w", line, err)
	}
	ordering, err := p.Order()
	if err != nil {
		return d, fmt.Errorf("order of %q: %w", line, err)
	}
	for i := range ordering.NumRuns() {
		run := ordering.Run(i)
		start, end := run.Pos()
		d.levels = append(d.levels, levelsOf(d.runes[:start], d.runes[start:end+1], run.Direction(), base)...)
	}
	d.order = visual(d.levels)
	return d, nil
}

func isRightToLeft(r rune) bool {
	class := classOf(r)
	return class == bidi.R || class == bidi.AL
}

// startsRightToLeft reports whether the first letter is of a right-to-left script.
func startsRightToLeft(runes []rune) bool {
	for _, r := range runes {
		switch classOf(r) {
		case bidi.L:
			return false
		case bidi.R, bidi.AL:
			return true
		}
	}
	return false
}

// levelsOf returns the level of each letter of a run that begins behind before. The
// bidi package tells only its direction; what it hides is that in a left-to-right
// line a number just behind right-to-left letters belongs to them: level 2, where
// other text has 0.
func levelsOf(before, run []rune, direction bidi.Direction, base int8) []int8 {
	levels := make([]int8, len(run))
	number := 0
	if direction == bidi.LeftToRight && base == 0 {
		number = leadingNumber(lastLetter(before), run)
	}
	for i := range levels {
		switch {
		case direction == bidi.RightToLeft:
			levels[i] = 1
		case base == 1 || i < number:
			levels[i] = 2
		}
	}
	return levels
}

// leadingNumber returns the length of the number at the beginning of a run, with
// the signs that rules W1 to W6 count to it, when a letter of class after precedes.
func leadingNumber(after bidi.Class, run []rune) int {
	if after != bidi.R && after != bidi.AL {
		return 0
	}
	number := 0
	for i, r := range run {
		switch classOf(r) {
		case bidi.EN, bidi.AN:
			number = i + 1
		case bidi.ET: // a sign such as % belongs to a number beside it, but not behind Arabic
			if i > 0 && i == number && after == bidi.R {
				number = i + 1
			}
		case bidi.ES, bidi.CS, bidi.NSM, bidi.BN: // belong to it when digits follow
		default:
			return number
		}
	}
	return number
}

// lastLetter returns the class of the last letter, or L when there is none.
func lastLetter(runes []rune) bidi.Class {
	for _, r := range slices.Backward(runes) {
		if c := classOf(r); c == bidi.L || c == bidi.R || c == bidi.AL {
			return c
		}
	}
	return bidi.L
}

// visual returns the indices of letters from left to right: rule L2 of the
// algorithm, which turns round every stretch of a level or higher, highest first.
func visual(levels []int8) []int {
	order := make([]int, len(levels))
	for i := range order {
		order[i] = i
	}
	for level := int8(2); level >= 1; level-- {
		for i := 0; i < len(order); i++ {
			j := i
			for j < len(order) && levels[j] >= level {
				j++
			}
			slices.Reverse(order[i:j])
			i = max(i, j)
		}
	}
	return order
}

// plain returns the line without marks, and the index of the letter at each byte.
func (d layout) plain() (string, []int) {
	var b strings.Builder
	var at []int
	for i, r := range d.runes {
		if isMark(r) {
			continue
		}
		b.WriteRune(r)
		for len(at) < b.Len() {
			at = append(at, i)
		}
	}
	return b.String(), at
}

// between returns the letters of a stretch of the line as they are shown, with
// whatever is shown in between.
func (d layout) between(from, to int) string {
	first, last := len(d.order), -1
	for place, i := range d.order {
		if i >= from && i < to {
			first, last = min(first, place), max(last, place)
		}
	}
	return d.text(d.order[first : last+1])
}

// text returns letters in the given order, brackets turned where they are mirrored.
func (d layout) text(order []int) string {
	var b strings.Builder
	for _, i := range order {
		switch r := d.runes[i]; {
		case isMark(r):
		case d.levels[i]%2 == 1:
			b.WriteString(bidi.ReverseString(string(r)))
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
