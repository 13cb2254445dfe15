package locales

import (
	"strings"

	"golang.org/x/text/language"
)

// A Guess is what the language code of a phone says about the person.
type Guess struct {
	Tag     string   // the language to show: the person's when Exact, else English
	Exact   bool     // the code names a language we have, so Tag may be taken as the person's
	Suggest []string // languages to stand first in the picker, in this order; English is the last
	Notice  string   // key of a line to show beside the text, or ""
}

// Match returns what a language code of a client, such as "ro-MD" or "zh_hant",
// means here. It is a hint: the phone may speak another language than the person.
// Capitals, underscores and unknown parts of the code do not matter.
//
// Only a language and script that are exactly ours, or a row of match.yaml, count:
// the libraries' matchers give Tigrinya for Amharic and Bulgarian for Ukrainian.
func (w *Words) Match(code string) Guess {
	lang, script, region := parseCode(code)
	// The most telling part that is known decides.
	for _, part := range []string{lang + "-" + script, lang + "-" + region, lang} {
		tag, notice := w.tags[part], ""
		if tag == "" {
			tag, notice = w.match.target(part)
		}
		switch offers, offered := w.match.offer[strings.ToLower(tag)]; {
		case w.byTag[tag] != nil && (notice != "" || script == "" || script == scriptOf(tag)):
			return Guess{Tag: tag, Exact: true, Notice: notice, Suggest: w.suggest(tag)}
		case w.byTag[tag] != nil: // our language in letters that we lack
			return Guess{Tag: english, Suggest: w.suggest(tag)}
		case offered:
			return Guess{Tag: english, Suggest: w.suggest(offers...)}
		}
	}
	return Guess{Tag: english, Suggest: w.suggest()}
}

// suggest returns those of tags that are loaded, with English as the last.
func (w *Words) suggest(tags ...string) []string {
	var all []string
	for _, tag := range tags {
		if w.byTag[tag] != nil && tag != english {
			all = append(all, tag)
		}
	}
	return append(all, english)
}

// parseCode takes the language, script and region out of a code, in small letters.
// "zh-yue" is the language yue: what stands second with three letters is a language
// within the first.
func parseCode(code string) (lang, script, region string) {
	parts := strings.Split(strings.ToLower(strings.ReplaceAll(strings.TrimSpace(code), "_", "-")), "-")
	lang = parts[0]
	for i, part := range parts[1:] {
		switch {
		case len(part) == 3 && i == 0 && part[0] > '9':
			lang = part
		case len(part) == 4 && script == "" && region == "" && isScript(part):
			script = part
		case len(part) == 2 && region == "":
			region = part
		}
	}
	return lang, script, region
}

// isScript tells a script from a name that the authors of a language pack chose.
func isScript(part string) bool {
	_, err := language.ParseScript(part)
	return err == nil
}

// scriptOf returns the script that a language is written in here, in small letters.
func scriptOf(tag string) string {
	script, _ := language.Make(tag).Script()
	return strings.ToLower(script.String())
}
