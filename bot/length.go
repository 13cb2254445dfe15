package bot

import (
	"fmt"
	"unicode/utf8"

	"pathwaybot/flows"
	"pathwaybot/guide"
)

// maxText is the longest message, in characters after the markup is read:
// https://core.telegram.org/bots/api#sendmessage
const maxText = 4096

// aroundText is kept free of authors' words for what stands around them: a line
// above, the area, and three contacts at an outcome.
const aroundText = 1600

// checkTexts returns an error for every screen whose words, in some language, would
// not go into one message of so many characters.
func checkTexts(g *guide.Guide, most int) []error {
	var errs []error
	for _, l := range g.Words.Languages() {
		for _, pw := range g.Graph.Pathways {
			for _, n := range pw.Nodes {
				if n.Kind == flows.Fork {
					continue
				}
				s := g.Screen(l.Tag, n)
				long := utf8.RuneCountInString(s.Title + s.Say + s.Ask + s.English)
				if long > most {
					errs = append(errs, fmt.Errorf("%s:%d: %s in %s: %d characters, want at most %d for one message of Telegram's",
						n.File, n.Line, n.Ref, l.Tag, long, most))
				}
			}
		}
	}
	return errs
}
