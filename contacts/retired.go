package contacts

import (
	"fmt"
	"io/fs"
	"regexp"
)

// Retired is a number that is in print somewhere and must be shown nowhere:
// given up, replaced or misprinted.
type Retired struct {
	Number  string `yaml:"number"`
	Why     string `yaml:"why"`
	Instead string `yaml:"instead"` // a contact's id, or words
}

// retiredFile is the one file that may hold retired numbers.
const retiredFile = "retired.yaml"

func loadRetired(fsys fs.FS) ([]Retired, error) {
	var f struct {
		Numbers []Retired `yaml:"numbers"`
	}
	if _, err := decode(fsys, retiredFile, &f); err != nil {
		return nil, err
	}
	return f.Numbers, nil
}

// asPrinted finds what looks like a telephone number in a text. A hyphen ends
// it, so that dates are none.
var asPrinted = regexp.MustCompile(`\+?\d[\d \x{00a0}]*\d`)

// FindRetired returns the retired numbers that stand in a text, however they
// are spaced. A longer number that only begins like one is not it.
func FindRetired(text string, list []Retired) []Retired {
	found := map[string]bool{}
	for _, run := range asPrinted.FindAllString(text, -1) {
		found[digits(run)] = true
	}
	var out []Retired
	for _, r := range list {
		if found[digits(r.Number)] {
			out = append(out, r)
		}
	}
	return out
}

func retiredError(field, printed string, list []Retired) error {
	for _, r := range list {
		if digits(r.Number) == digits(printed) {
			return fmt.Errorf("%s %q must not be shown: %s; use %s", field, printed, r.Why, r.Instead)
		}
	}
	return nil
}
