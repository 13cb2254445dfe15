package contacts

import (
	"fmt"
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// digits leaves the digits of a number as it is dialled in the United Kingdom.
func digits(printed string) string {
	var b strings.Builder
	for _, r := range strings.Replace(strings.TrimSpace(printed), "+44", "0", 1) {
		if '0' <= r && r <= '9' {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// checkNumber returns the international form of a printed number, empty for one
// that has none. It counts digits and asks the official numbering plan; that a
// number has the right shape does not say that it is the right one.
func checkNumber(printed string) (string, error) {
	for _, r := range printed {
		if r != ' ' && r != '+' && (r < '0' || r > '9') {
			return "", fmt.Errorf("number %q: digits and spaces only, not %q", printed, r)
		}
	}
	d := digits(printed)
	switch {
	case d == "999", d == "101", len(d) == 6 && strings.HasPrefix(d, "116"):
		return "", nil
	case !strings.HasPrefix(d, "0"):
		return "", fmt.Errorf("number %q does not begin with 0", printed)
	case len(d) != 11 && d != "08001111" && (len(d) != 10 || !strings.HasPrefix(d, "0800")):
		return "", fmt.Errorf("number %q has %d digits, a UK number has 11", printed, len(d))
	}
	n, err := phonenumbers.Parse(printed, "GB")
	if err != nil || !phonenumbers.IsValidNumberForRegion(n, "GB") {
		return "", fmt.Errorf("number %q is not in the UK numbering plan", printed)
	}
	return phonenumbers.Format(n, phonenumbers.E164), nil
}

// checkRelay checks a text relay number: 18000 for emergencies, 18001 before
// every other number.
func checkRelay(printed string, emergency bool) error {
	prefix, rest, _ := strings.Cut(printed, " ")
	if emergency {
		if printed != "18000" {
			return fmt.Errorf("relay %q: the emergency relay number is 18000", printed)
		}
		return nil
	}
	if prefix != "18001" || rest == "" {
		return fmt.Errorf("relay %q: use 18001, a space and the number", printed)
	}
	_, err := checkNumber(rest)
	return err
}

// cost is what a call costs, by the beginning of the number: 0800, 0808, 116,
// 101 and 999 are free; 03 costs the same as 01 and 02; 084 and 087 can cost more.
func cost(printed string) string {
	d := digits(printed)
	for _, rule := range costs {
		if strings.HasPrefix(d, rule.begins) {
			return rule.cost
		}
	}
	return ""
}

var costs = []struct{ begins, cost string }{
	{"0800", "free"},
	{"0808", "free"},
	{"116", "free"},
	{"101", "free"},
	{"999", "free"},
	{"01", "local-rate"},
	{"02", "local-rate"},
	{"03", "local-rate"},
	{"084", "may-cost-more"},
	{"087", "may-cost-more"},
}
