package locales

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
)

// A problem is an author's mistake and where it stands. Line 0 is the whole file.
type problem struct {
	file string
	line int
	what string
}

func (p problem) Error() string {
	if p.line == 0 {
		return p.file + ": " + p.what
	}
	return fmt.Sprintf("%s:%d: %s", p.file, p.line, p.what)
}

// problems collects mistakes, so that an author sees all of them at once.
type problems []problem

func (ps *problems) add(file string, line int, format string, args ...any) {
	*ps = append(*ps, problem{file, line, fmt.Sprintf(format, args...)})
}

// err returns the problems in the order of their files and lines, or nil.
func (ps problems) err() error {
	sorted := slices.Clone(ps)
	slices.SortStableFunc(sorted, func(a, b problem) int {
		return cmp.Or(cmp.Compare(a.file, b.file), cmp.Compare(a.line, b.line))
	})
	errs := make([]error, len(sorted))
	for i, p := range sorted {
		errs[i] = p
	}
	return errors.Join(errs...)
}
