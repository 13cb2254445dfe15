package guide_test

import (
	"os"
	"testing"

	"pathwaybot/locales/lint"
)

// Nothing that a program can see is wrong in any text of any language: locales/lint.
func TestLint(t *testing.T) {
	l, err := lint.Read(os.DirFS("../locales"), project(t).Words)
	if err != nil {
		t.Fatal(err)
	}
	for _, found := range l.All() {
		t.Error(found)
	}
}
