package guide_test

import (
	"testing"

	"pathwaybot/guide"
)

// BenchmarkLoad is the start of the program: everything read, joined, checked and
// proved, in all languages.
func BenchmarkLoad(b *testing.B) {
	src := guide.Embedded()
	for b.Loop() {
		if _, err := guide.Load(src); err != nil {
			b.Fatal(err)
		}
	}
}
