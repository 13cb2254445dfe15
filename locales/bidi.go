package locales

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
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

// LinesStartRTL returns an error for every line that holds right-to-left letters and
// begins with a left-to-right one, or with a number that Isolate has marked: apps
// would lay out the whole line from the left, with its words in the wrong order.
func LinesStartRTL(s string) error {
	var errs []error
	for line := range strings.SplitSeq(s, "\n") {
		runes := []rune(line)
		if !startsRightToLeft(runes) && slices.ContainsFunc(runes, isRightToLeft) {
			errs = append(errs, fmt.Errorf("%q begins from the left: put a word of the language first", line))
		}
	}
	return errors.Join(errs...)
}
