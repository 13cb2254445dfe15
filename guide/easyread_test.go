package guide_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"pathwaybot/guide"
	"pathwaybot/locales"
)

// The easy-read limits of the design: at most 15 words a sentence, 4 sentences a
// paragraph and 90 words a screen, the question included. What stands beside a screen,
// such as why it asks and what a summary says, keeps to the first.
func TestEasyRead(t *testing.T) {
	g := project(t)
	screens := 0
	for _, pw := range g.Graph.Pathways {
		for _, n := range pw.Nodes {
			s := g.Screen(guide.English, n)
			if s == nil {
				continue
			}
			screens++
			words := 0
			for _, text := range []string{s.Say, s.Ask} {
				for _, paragraph := range strings.Split(text, "\n\n") {
					sentences := locales.Sentences(paragraph)
					if len(sentences) > 4 {
						t.Errorf("%s: a paragraph has %d sentences: %s", n.Ref, len(sentences), paragraph)
					}
					for _, sentence := range sentences {
						count := locales.WordCount(sentence)
						words += count
						if count > 15 {
							t.Errorf("%s: a sentence has %d words: %s", n.Ref, count, sentence)
						}
					}
				}
			}
			if words > 90 {
				t.Errorf("%s: the screen has %d words", n.Ref, words)
			}
			beside := []string{s.Why, s.Who, s.When}
			for _, id := range slices.Sorted(maps.Keys(s.Sums)) {
				beside = append(beside, s.Sums[id])
			}
			for _, text := range beside {
				for _, sentence := range locales.Sentences(text) {
					if count := locales.WordCount(sentence); count > 15 {
						t.Errorf("%s: a sentence has %d words: %s", n.Ref, count, sentence)
					}
				}
			}
		}
	}
	if screens < 200 {
		t.Errorf("only %d screens were read", screens)
	}
}
