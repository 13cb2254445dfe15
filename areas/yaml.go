package areas

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"
)

var (
	atLine     = regexp.MustCompile(`^(?:yaml: )?line (\d+): (.*)$`)
	unknownKey = regexp.MustCompile(`^field (\S+) not found in type .*$`)
)

// yamlError puts the decoder's words into our form: file, line, what is wrong.
func yamlError(path string, err error) error {
	lines := []string{err.Error()}
	if typed := new(yaml.TypeError); errors.As(err, &typed) {
		lines = typed.Errors
	}
	var errs []error
	for _, line := range lines {
		if m := atLine.FindStringSubmatch(line); m != nil {
			errs = append(errs, fmt.Errorf("%s:%s: %s", path, m[1], unknownKey.ReplaceAllString(m[2], `key "$1" is not known`)))
			continue
		}
		errs = append(errs, fmt.Errorf("%s: %s", path, strings.TrimPrefix(line, "yaml: ")))
	}
	return errors.Join(errs...)
}
