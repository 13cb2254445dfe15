package locales

import (
	"fmt"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/nicksnyder/go-i18n/v2/i18n/template"
	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// forms holds the texts of a message by plural form; a plain text is only "other".
type forms [6]string

// other is the place of the form that every message has.
const other = 5

// formNames are the plural categories of Unicode CLDR, in the order of forms.
func formNames() []string {
	return []string{"zero", "one", "two", "few", "many", "other"}
}

// plurals is the plural rule of a language: the categories that whole numbers need,
// each with one number that has it. Fractions are never counted here.
//
// go-i18n chooses the form at run time. A category is needed when x/text knows it
// too: go-i18n 2.7.0 has rules from after CLDR 48.2 that tell 0 and 1 apart in
// Vietnamese, which has no plural, and millions in French. There "other" is used.
type plurals struct {
	tag    language.Tag
	needs  [6]bool
	sample [6]int
}

// newPlurals returns an error for a language that go-i18n has no rule for.
func newPlurals(tag language.Tag) (plurals, error) {
	p := plurals{tag: tag}
	names := formNames()
	bundle := i18n.NewBundle(tag)
	probe := &i18n.Message{
		ID: "n", Zero: names[0], One: names[1], Two: names[2], Few: names[3], Many: names[4], Other: names[other],
	}
	if err := bundle.AddMessages(tag, probe); err != nil {
		return p, fmt.Errorf("plural rules: %w", err)
	}
	localizer := i18n.NewLocalizer(bundle, tag.String())
	for _, n := range countsWithEveryForm() {
		name, err := localizer.Localize(&i18n.LocalizeConfig{MessageID: "n", PluralCount: n})
		if err != nil {
			return p, fmt.Errorf("plural form of %d: %w", n, err)
		}
		for i := range names {
			if names[i] == name && name == formInText(tag, n) && !p.needs[i] {
				p.needs[i], p.sample[i] = true, n
			}
		}
	}
	p.needs[other] = true
	return p, nil
}

// formInText returns the category of a number by the tables of x/text.
func formInText(tag language.Tag, n int) string {
	names := map[plural.Form]string{
		plural.Zero: "zero", plural.One: "one", plural.Two: "two", plural.Few: "few", plural.Many: "many",
	}
	if name, ok := names[plural.Cardinal.MatchPlural(tag, n, 0, 0, 0, 0)]; ok {
		return name
	}
	return formNames()[other]
}

// countsWithEveryForm returns whole numbers among which every category of every
// language occurs: the rules look at the last two digits and at round thousands
// and millions (https://cldr.unicode.org/index/cldr-spec/plural-rules).
func countsWithEveryForm() []int {
	counts := []int{1000, 10000, 100000, 1000000, 2000000}
	for n := range 201 {
		counts = append(counts, n)
	}
	return counts
}

// names returns the needed categories in words.
func (p plurals) names() []string {
	var need []string
	for i, name := range formNames() {
		if p.needs[i] {
			need = append(need, name)
		}
	}
	return need
}

// parser makes go-i18n stop at a placeholder without a value, where by default it
// would print "<no value>".
func parser() template.Parser {
	return &template.TextParser{Option: "missingkey=error"}
}
