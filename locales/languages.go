package locales

import (
	"io/fs"
	"slices"
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/nicksnyder/go-i18n/v2/i18n/template"
	"go.yaml.in/yaml/v3"
	"golang.org/x/text/language"
)

// A Language is one that people can choose.
type Language struct {
	Tag      string // BCP 47: en, ar, zh-Hans
	Name     string // its own name, as the picker shows it
	English  string // its English name, for staff
	Spoken   string // what to ask an interpreter for, in English
	RTL      bool   // written from right to left
	Reviewed bool   // every text was checked by a native speaker; English always
}

// A locale is a language with all its words, as loaded.
type locale struct {
	Language
	line      int    // in languages.yaml
	never     string // letters that are wrong in this language, such as ş in Romanian
	rules     plurals
	localizer *i18n.Localizer
	parser    template.Parser
	entries   map[string]*entry
	shown     map[string]shown // what people read, with English where a text is lacking
	states    map[string]State
	compared  compared
}

// readLanguages reads languages.yaml, whose order is the order in the picker.
func readLanguages(fsys fs.FS, bad *problems) []*locale {
	top := readYAML(fsys, languagesFile, bad)
	if top == nil {
		return nil
	}
	if top.Kind != yaml.SequenceNode {
		bad.add(languagesFile, top.Line, "must be a list of languages")
		return nil
	}
	var all []*locale
	for _, row := range top.Content {
		l := readLanguage(row, bad)
		if l == nil {
			continue
		}
		if slices.ContainsFunc(all, func(o *locale) bool { return o.Tag == l.Tag }) {
			bad.add(languagesFile, l.line, "language %q: stands twice", l.Tag)
			continue
		}
		all = append(all, l)
	}
	if !slices.ContainsFunc(all, func(l *locale) bool { return l.Tag == english }) {
		bad.add(languagesFile, 0, "language %q: missing, and all others are translated from it", english)
	}
	return all
}

// readLanguage reads one row, or returns nil when the row is not usable.
func readLanguage(row *yaml.Node, bad *problems) *locale {
	f := fields(languagesFile, "a language", row, []string{"tag", "name", "english", "spoken", "dir", "never"}, bad)
	if f == nil {
		return nil
	}
	l := &locale{
		Language: Language{Tag: f["tag"], Name: f["name"], English: f["english"], RTL: f["dir"] == "rtl"},
		line:     row.Line,
		never:    f["never"],
		entries:  map[string]*entry{},
	}
	if l.Spoken = f["spoken"]; l.Spoken == "" {
		l.Spoken = l.English
	}
	tag, err := language.Parse(l.Tag)
	if err != nil || tag.String() != l.Tag {
		bad.add(languagesFile, l.line, "language %q: the tag must be written as in BCP 47, such as ar or zh-Hans", l.Tag)
		return nil
	}
	if l.rules, err = newPlurals(tag); err != nil {
		bad.add(languagesFile, l.line, "language %q: %v", l.Tag, err)
		return nil
	}
	if strings.TrimSpace(l.Name) == "" || strings.TrimSpace(l.English) == "" {
		bad.add(languagesFile, l.line, "language %q: needs its own name and its English name", l.Tag)
	}
	if f["dir"] != "ltr" && f["dir"] != "rtl" {
		bad.add(languagesFile, l.line, "language %q: dir is %q, must be ltr or rtl", l.Tag, f["dir"])
	}
	return l
}
