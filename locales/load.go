package locales

import (
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/nicksnyder/go-i18n/v2/i18n"
)

// Load reads all files of fsys and checks them, reporting every mistake at once
// with file and line. values are the facts and numbers that texts name in small
// letters, such as recovery_days: they are put in here, once.
//
// languages.yaml must be there; match.yaml and review.yaml may be missing.
func Load(fsys fs.FS, values map[string]string) (*Words, error) {
	var bad problems
	w := &Words{byTag: map[string]*locale{}, tags: map[string]string{}}
	w.order = readLanguages(fsys, &bad)
	for _, l := range w.order {
		w.byTag[l.Tag] = l
		w.tags[strings.ToLower(l.Tag)] = l.Tag
	}
	w.readWordFiles(fsys, &bad)
	w.match = readMatch(fsys, w.byTag, &bad)
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if value := values[name]; strings.Contains(value, "{{") || strings.TrimSpace(value) == "" {
			bad.add("values", 0, "value %q: %q must be a text without braces", name, value)
		}
	}
	en := w.byTag[english]
	if en == nil {
		return nil, bad.err()
	}
	w.each(&bad, func(l *locale, bad *problems) {
		for _, e := range l.entries {
			l.checkEntry(e, bad)
			l.checkTranslation(e, en, bad)
			e.fillStatic(values, bad)
		}
	})
	readReviews(fsys, w.byTag, &bad)
	if len(bad) > 0 {
		return nil, bad.err()
	}
	for key := range en.entries {
		w.keys = append(w.keys, key)
	}
	slices.Sort(w.keys)
	w.each(&bad, (*locale).addMessages)
	if len(bad) > 0 {
		return nil, bad.err()
	}
	w.renderAll()
	return w, nil
}

// readWordFiles gives each language its files, and names files and languages that
// lack the other.
func (w *Words) readWordFiles(fsys fs.FS, bad *problems) {
	if len(w.order) == 0 {
		return // without languages no file has its place
	}
	files := wordFiles(fsys, bad)
	for tag, names := range files {
		if w.byTag[tag] == nil {
			bad.add(names[0], 0, "language %q has no row in %s", tag, languagesFile)
		}
	}
	for _, l := range w.order {
		if len(files[l.Tag]) == 0 {
			bad.add(languagesFile, l.line, "language %q: there is no file %s.yaml", l.Tag, l.Tag)
		}
	}
	w.each(bad, func(l *locale, bad *problems) {
		for _, file := range files[l.Tag] {
			readWords(fsys, file, l, bad)
		}
	})
}

// each does something for every language, beside each other: English first, since
// the others are held against it.
func (w *Words) each(bad *problems, do func(l *locale, bad *problems)) {
	found := make([]problems, len(w.order))
	var running sync.WaitGroup
	for i, l := range w.order {
		if l.Tag == english {
			do(l, &found[i])
		}
	}
	for i, l := range w.order {
		if l.Tag != english {
			running.Go(func() { do(l, &found[i]) })
		}
	}
	running.Wait()
	for _, f := range found {
		*bad = append(*bad, f...)
	}
}

// addMessages hands the texts to go-i18n, in a bundle that knows this language
// only, so that its matcher cannot pick another. It tries every form once.
func (l *locale) addMessages(bad *problems) {
	bundle := i18n.NewBundle(l.rules.tag)
	for _, e := range l.entries {
		text := e.text
		for i := range text {
			if e.plural && text[i] == "" {
				text[i] = e.text[other] // for a form that go-i18n knows and the language does not need
			}
		}
		m := &i18n.Message{
			ID: e.key, Zero: text[0], One: text[1], Two: text[2],
			Few: text[3], Many: text[4], Other: text[other],
		}
		if err := bundle.AddMessages(l.rules.tag, m); err != nil {
			bad.add(e.file, e.line, "key %q: %v", e.key, err)
		}
	}
	l.localizer = i18n.NewLocalizer(bundle, l.Tag)
	l.parser = parser()
	for _, e := range l.entries {
		for i, text := range e.text {
			if text == "" {
				continue
			}
			if _, err := l.choose(e, l.rules.sample[i], e.fill(nil)); err != nil {
				bad.add(e.file, e.line, "key %q: %v", e.key, err)
			}
		}
	}
}

// renderAll prepares what Text returns, with the English where a language has no
// text that may be shown.
func (w *Words) renderAll() {
	en := w.byTag[english]
	w.each(&problems{}, func(l *locale, _ *problems) {
		l.shown = make(map[string]shown, len(w.keys))
		for _, key := range w.keys {
			from, e := l, l.entries[key]
			if e == nil || l.states[key] == Withdrawn {
				from, e = en, en.entries[key]
			}
			l.shown[key] = shown{from.render(e, 0, e.fill(nil)), from, e}
		}
	})
}
