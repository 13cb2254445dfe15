package locales

import (
	"maps"
	"strconv"

	"github.com/nicksnyder/go-i18n/v2/i18n"
)

// countName is the placeholder that holds the number of a plural.
const countName = "Count"

// blank stands for a value that the caller did not give.
const blank = "…"

// Format returns a text with its placeholders filled. Which text is found as by
// Text; a value that is lacking in args is shown as "…". In a right-to-left language
// the values get their marks here, so args need none.
func (w *Words) Format(tag, key string, args map[string]string) string {
	s := w.find(tag, key)
	if s.entry == nil || len(s.entry.dynamic) == 0 {
		return s.text
	}
	return s.from.render(s.entry, 0, s.entry.fill(args))
}

// Count returns the plural form of a text for n, with its placeholders filled and
// {{.Count}} as n. A text without plural forms is filled all the same.
func (w *Words) Count(tag, key string, n int, args map[string]string) string {
	s := w.find(tag, key)
	if s.entry == nil {
		return ""
	}
	with := make(map[string]string, len(args)+1)
	maps.Copy(with, args)
	with[countName] = strconv.Itoa(n)
	return s.from.render(s.entry, n, s.entry.fill(with))
}

// fill returns args with every placeholder of the entry in it.
func (e *entry) fill(args map[string]string) map[string]string {
	whole := true
	for _, name := range e.dynamic {
		if _, ok := args[name]; !ok {
			whole = false
		}
	}
	if whole {
		return args
	}
	all := make(map[string]string, len(e.dynamic))
	for _, name := range e.dynamic {
		all[name] = blank
	}
	maps.Copy(all, args)
	return all
}

// render returns the entry's text for n as people read it. Load has tried every
// form with every placeholder, so an error here would be ours: then the text is "".
func (l *locale) render(e *entry, n int, args map[string]string) string {
	text, err := l.choose(e, n, args)
	if err != nil {
		return ""
	}
	return Isolate(l.RTL, text)
}

// choose asks go-i18n for the entry's text, in the plural form of n if it has one.
func (l *locale) choose(e *entry, n int, args map[string]string) (string, error) {
	if args == nil {
		args = map[string]string{}
	}
	config := i18n.LocalizeConfig{MessageID: e.key, TemplateData: args, TemplateParser: l.parser}
	if e.plural {
		config.PluralCount = n
	}
	return l.localizer.Localize(&config)
}
