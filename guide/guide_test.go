package guide_test

import (
	"testing"

	"pathwaybot/guide"
)

func TestProjectLoads(t *testing.T) {
	if _, err := guide.Load(guide.Embedded()); err != nil {
		t.Fatal(err)
	}
}
