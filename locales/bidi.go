package locales

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/unicode/bidi"
)

// DisplayOrder returns a text as the eye meets it from left to right, line by line
// and without its invisible marks. A line takes its direction from its first letter,
// as in Telegram's apps. It follows https://www.unicode.org/reports/tr9/.
func DisplayOrder(s string) string {
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		d, err := newLayout(line, false)
		if err != nil {
			continue // shown as it is written
		}
		lines[i] = d.text(d.order)
	}
	return strings.Join(lines, "\n")
}

// NumbersInOrder returns an error for every number and address that would be read
// in another order than it is written. rtlParagraph says that the channel lays all
// lines out from the right, as a web page can; otherwise a line takes its direction
// from its first letter, as in Telegram's apps.
func NumbersInOrder(s string, rtlParagraph bool) error {
	var errs []error
	for line := range strings.SplitSeq(s, "\n") {
		d, err := newLayout(line, rtlParagraph)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		plain, at := d.plain()
		for _, m := range mustStayInOrder.FindAllStringIndex(plain, -1) {
			from, to := at[m[0]], at[m[1]-1]+1
			if got := d.between(from, to); got != plain[m[0]:m[1]] {
				errs = append(errs, fmt.Errorf("%q would be shown as %q in %q", plain[m[0]:m[1]], got, line))
			}
		}
	}
	return errors.Join(errs...)
}

// mustStayInOrder finds addresses, and digits with the signs and single spaces that
// stand within telephone numbers, times and amounts.
var mustStayInOrder = regexp.MustCompile(
	`[A-Za-z]+://[!-~]*[A-Za-z0-9/]` +
		`|[A-Za-z0-9._-]+@[A-Za-z0-9.-]*[A-Za-z0-9]` +
		`|[+£$€]?(?:\([0-9]+\) ?)?[0-9]+(?:(?:[-.,/:]| ?\([0-9]+\) ?| )[0-9]+)*%?`)

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
	for i := range max(0, ordering.NumRuns()) {
		run := ordering.Run(i)
		d.levels = append(d.levels, levelsOf([]rune(run.String()), run.Direction(), base, i > 0)...)
	}
	d.order = visual(d.levels)
	return d, nil
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

// levelsOf returns the level of each letter of a run. The bidi package tells only
// its direction; what it hides is that in a left-to-right line a number just behind
// right-to-left letters belongs to them: level 2, where other text has 0.
func levelsOf(run []rune, direction bidi.Direction, base int8, afterOther bool) []int8 {
	levels := make([]int8, len(run))
	inNumber := afterOther
	lastDigit := -1
	for i, r := range run {
		switch {
		case direction == bidi.RightToLeft:
			levels[i] = 1
		case base == 1:
			levels[i] = 2
		case inNumber:
			class := classOf(r)
			inNumber = slices.Contains([]bidi.Class{bidi.EN, bidi.AN, bidi.ET, bidi.ES, bidi.CS, bidi.NSM, bidi.BN}, class)
			if class == bidi.EN || class == bidi.AN || class == bidi.ET {
				lastDigit = i
			}
		}
	}
	for i := range lastDigit + 1 {
		levels[i] = 2
	}
	return levels
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
