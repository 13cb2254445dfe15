package guide_test

import (
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"pathwaybot/locales"
)

// never is one thing that must not be said, in the forms it takes in a language;
// locales/never.yaml says how it is read.
type never struct {
	Forms []string
	Only  []string // keys that it holds for; every key without
	But   []string // keys that it does not hold for
	Why   string
}

// everywhere is the row of never.yaml that holds for all languages.
const everywhere = "any"

func neverSaid(t *testing.T) map[string]map[string]never {
	t.Helper()
	data, err := fs.ReadFile(locales.Files(), "never.yaml")
	if err != nil {
		t.Fatal(err)
	}
	rules := map[string]map[string]never{}
	d := yaml.NewDecoder(strings.NewReader(string(data)))
	d.KnownFields(true)
	if err := d.Decode(&rules); err != nil {
		t.Fatal(err)
	}
	return rules
}

// No text in any language says what must not be said.
func TestNeverSaid(t *testing.T) {
	g, rules := project(t), neverSaid(t)
	searched := 0
	for _, l := range g.Words.Languages() {
		if len(rules[l.Tag]) == 0 {
			t.Errorf("never.yaml has no row for %s", l.Tag)
		}
		for _, id := range slices.Sorted(maps.Keys(rules["en"])) {
			if _, ok := rules[l.Tag][id]; !ok {
				t.Logf("%s has not been looked at for %q", l.Tag, id)
			}
		}
		for _, key := range g.Words.Keys() {
			if !g.Words.Has(l.Tag, key) {
				continue
			}
			text := plainly(g.Words.Text(l.Tag, key))
			for _, tag := range []string{everywhere, l.Tag} {
				for id, rule := range rules[tag] {
					if !rule.holds(key) {
						continue
					}
					for _, form := range rule.Forms {
						searched++
						if says(text, plainly(form)) {
							t.Errorf("%s: key %q says %q (%s): %s", g.Words.Where(l.Tag, key), key, form, id, rule.Why)
						}
					}
				}
			}
		}
	}
	if searched < 100_000 {
		t.Errorf("only %d forms were looked for", searched)
	}
}

// Each rule is read right: it finds its own forms, in a sentence and beside signs, but
// not within a longer word; and the keys it names exist.
func TestNeverSaidFindsItsForms(t *testing.T) {
	g := project(t)
	for tag, rules := range neverSaid(t) {
		for id, rule := range rules {
			if len(rule.Forms) == 0 || rule.Why == "" {
				t.Errorf("%s %s: needs forms and why", tag, id)
			}
			for _, form := range rule.Forms {
				word, _ := strings.CutSuffix(form, "*")
				for _, text := range []string{word, "Xx \u200e" + strings.ToUpper(word) + "\u200e, xx", "(" + word + ")"} {
					if !says(plainly(text), plainly(form)) {
						t.Errorf("%s %s: %q is not found in %q", tag, id, form, text)
					}
				}
				if says(plainly("xx"+word), plainly(form)) || !strings.HasSuffix(form, "*") && says(plainly(word+"xx"), plainly(form)) {
					t.Errorf("%s %s: %q is found within a longer word", tag, id, form)
				}
			}
			for _, start := range slices.Concat(rule.Only, rule.But) {
				if !slices.ContainsFunc(g.Words.Keys(), func(key string) bool { return strings.HasPrefix(key, start) }) {
					t.Errorf("%s %s: no key begins with %q", tag, id, start)
				}
			}
		}
	}
}

func (n never) holds(key string) bool {
	begins := func(start string) bool { return strings.HasPrefix(key, start) }
	return (len(n.Only) == 0 || slices.ContainsFunc(n.Only, begins)) && !slices.ContainsFunc(n.But, begins)
}

// plainly is a text as it is searched: small letters, no marks of direction, no vowel
// signs of Arabic, single spaces.
func plainly(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\u200e', r == '\u200f', r == '\u0670', r >= '\u064b' && r <= '\u065f':
			return -1
		case unicode.IsSpace(r):
			return ' '
		}
		return unicode.ToLower(r)
	}, text)
	return strings.Join(strings.Fields(text), " ")
}

// says reports whether a form stands in a text as whole words; a star at its end
// allows any ending.
func says(text, form string) bool {
	form, anyEnd := strings.CutSuffix(form, "*")
	for from := 0; ; {
		i := strings.Index(text[from:], form)
		if i < 0 {
			return false
		}
		at := from + i
		before, _ := utf8.DecodeLastRuneInString(text[:at])
		after, _ := utf8.DecodeRuneInString(text[at+len(form):])
		if !inWord(before) && (anyEnd || !inWord(after)) {
			return true
		}
		from = at + 1
		for from < len(text) && !utf8.RuneStart(text[from]) {
			from++
		}
	}
}

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
