package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"pathwaybot/guide"
	"pathwaybot/locales"
)

// criticalScreens returns the screens whose texts are safety wording, in the authors'
// order; what is shared by many screens stands for itself.
func criticalScreens(g *guide.Guide) []string {
	var out []string
	for _, key := range criticalKeys(g) {
		screen := screenOf(g, key)
		if !slices.Contains(out, screen) {
			out = append(out, screen)
		}
	}
	return out
}

// screenOf is the beginning of the keys of a screen, or the key itself where it belongs
// to none.
func screenOf(g *guide.Guide, key string) string {
	parts := strings.Split(key, ".")
	if g.Graph.Pathway(parts[0]) == nil {
		return key
	}
	return parts[0] + "." + parts[1]
}

// comparedTexts is how many critical texts of a language still are those that were
// translated back and compared.
func comparedTexts(g *guide.Guide, tag string, critical []string) int {
	n := 0
	known := map[string]bool{}
	for _, key := range critical {
		screen := screenOf(g, key)
		ok, seen := known[screen]
		if !seen {
			_, ok = g.Words.Compared(tag, screen)
			known[screen] = ok
		}
		if ok {
			n++
		}
	}
	return n
}

// wordsCompared notes in review.yaml that the safety wording of a language, as it stands
// now, was translated back by somebody who had not seen the English, and was compared.
func wordsCompared(c *call) error {
	dir := c.flags.String("dir", ".", "change the project in the folder `DIR`")
	lang := c.langFlag()
	if _, err := c.parse(0); err != nil {
		return err
	}
	src, err := sources(*dir)
	if err != nil {
		return err
	}
	g, err := load(*dir)
	if err != nil {
		return err
	}
	l, err := translation(g.Words, *lang)
	if err != nil {
		return err
	}
	screens := criticalScreens(g)
	slices.Sort(screens)
	var row strings.Builder
	fmt.Fprintf(&row, "  %s:\n    date: %s\n    screens:\n", locales.ComparedKey, c.now().Format(time.DateOnly))
	for _, screen := range screens {
		fmt.Fprintf(&row, "      %s: %s\n", screen, g.Words.CompareMark(l.Tag, screen))
	}
	folder := filepath.Join(*dir, "locales")
	data, err := withReviews(folder, map[string]map[string]string{l.Tag: {locales.ComparedKey: row.String()}})
	if err != nil {
		return err
	}
	changed := map[string][]byte{reviewFile: data}
	if _, err := trial(src, folder, changed); err != nil {
		return mistakes(src, err)
	}
	if err := writeFiles(folder, changed); err != nil {
		return err
	}
	c.out.printf("%s: %s of %s translated back and compared; they are drafts as before.\n",
		l.English, count(len(criticalKeys(g)), "critical text"), count(len(screens), "screen"))
	return nil
}
