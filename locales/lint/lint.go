// Package lint looks through translations for what a program can see: a "not" that is
// lost, another word for the same thing, what must never be said, words left in English,
// letters and signs of another script. What it finds is a question to a translator and no
// proof; what it does not find may still be wrong.
//
// Its lists stand beside it, in locales/lint: never.yaml for all languages, and one file
// of a language each. A language without a file is looked through for less.
package lint

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"pathwaybot/locales"
)

// english is the language that all others are held against.
const english = "en"

// The checks that are not one of the terms, by the names that exceptions use.
const (
	deny   = "deny"   // the English denies something
	terms  = "terms"  // any of the terms
	same   = "same"   // the text is the English
	script = "script" // letters of another script, and signs of another language
)

// Lint is everything that is looked for.
type Lint struct {
	words  *locales.Words
	never  map[string]map[string]rule // by language and id
	lists  map[string]*list           // by language
	spaced map[string]bool            // languages that put spaces between their words
	source map[string]string          // the English of each key, as it is searched
}

// list is a file of one language.
type list struct {
	Deny   []form                       `yaml:"deny"`   // words that deny
	Terms  map[string][]form            `yaml:"terms"`  // the words of a term, by its id
	Names  []string                     `yaml:"names"`  // Latin words that stay, in small letters
	Except map[string]map[string]string `yaml:"except"` // reasons, by check and key or pattern of keys

	used map[string]bool // exceptions that were needed
}

// rule is one thing that must not be said, in the forms it takes in a language.
type rule struct {
	Forms []form   `yaml:"forms"`
	Only  []string `yaml:"only"` // beginnings of the keys that it holds for; every key without
	But   []string `yaml:"but"`  // beginnings of the keys that it does not hold for
	Why   string   `yaml:"why"`
}

// everywhere is the row of never.yaml that holds for all languages.
const everywhere = "any"

// Read reads the lists in the folder lint of the words' own folder. Without that folder
// there is nothing to look for, and it returns nil. The error lists all mistakes.
func Read(fsys fs.FS, w *locales.Words) (*Lint, error) {
	if _, err := fs.Stat(fsys, "lint"); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	l := &Lint{words: w, lists: map[string]*list{}, spaced: map[string]bool{}}
	for _, lang := range w.Languages() {
		l.spaced[lang.Tag] = spaced(lang.Tag)
	}
	l.source = map[string]string{}
	for _, key := range w.Keys() {
		l.source[key] = l.written(english, key)
	}
	var errs []error
	if err := read(fsys, "lint/never.yaml", &l.never); err != nil {
		errs = append(errs, err)
	}
	files, err := fs.Glob(fsys, "lint/*.yaml")
	if err != nil {
		errs = append(errs, fmt.Errorf("list the files: %w", err))
	}
	for _, file := range files {
		tag := strings.TrimSuffix(strings.TrimPrefix(file, "lint/"), ".yaml")
		if tag == "never" {
			continue
		}
		if _, ok := w.Language(tag); !ok {
			errs = append(errs, fmt.Errorf("%s: there is no language %q", file, tag))
			continue
		}
		own := &list{used: map[string]bool{}}
		if err := read(fsys, file, own); err != nil {
			errs = append(errs, err)
			continue
		}
		l.lists[tag] = own
	}
	errs = append(errs, l.checkLists()...)
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	return l, nil
}

func read(fsys fs.FS, file string, into any) error {
	data, err := fs.ReadFile(fsys, file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read %s: %w", file, err)
	}
	d := yaml.NewDecoder(strings.NewReader(string(data)))
	d.KnownFields(true)
	if err := d.Decode(into); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return nil
}

// checkLists finds terms that the English does not know, empty lists, and keys and
// reasons that are none.
func (l *Lint) checkLists() []error {
	var errs []error
	en := l.lists[english]
	if en == nil {
		return []error{errors.New("lint/en.yaml is missing: all others are held against it")}
	}
	keys := l.words.Keys()
	begins := func(start string) bool {
		return slices.ContainsFunc(keys, func(key string) bool { return strings.HasPrefix(key, start) })
	}
	names := func(pattern string) bool {
		return slices.ContainsFunc(keys, func(key string) bool { return fits(pattern, key) })
	}
	for tag, own := range l.lists {
		bad := func(format string, args ...any) {
			errs = append(errs, fmt.Errorf("lint/%s.yaml: %s", tag, fmt.Sprintf(format, args...)))
		}
		for id, forms := range own.Terms {
			if _, ok := en.Terms[id]; !ok {
				bad("the English has no term %q", id)
			}
			if len(forms) == 0 {
				bad("term %q: no word for it", id)
			}
		}
		for check, keys := range own.Except {
			if _, ok := en.Terms[check]; !ok && check != deny && check != terms && check != same && check != script {
				bad("exception for %q, which is no check", check)
			}
			for start, reason := range keys {
				if !names(start) {
					bad("exception for %q: there is no key %q", check, start)
				}
				if strings.TrimSpace(reason) == "" {
					bad("exception for %q, key %q: the reason is missing", check, start)
				}
			}
		}
	}
	for tag, rules := range l.never {
		for id, r := range rules {
			if len(r.Forms) == 0 || r.Why == "" {
				errs = append(errs, fmt.Errorf("lint/never.yaml: %s %s: needs forms and why", tag, id))
			}
			for _, start := range slices.Concat(r.Only, r.But) {
				if !begins(start) {
					errs = append(errs, fmt.Errorf("lint/never.yaml: %s %s: no key begins with %q", tag, id, start))
				}
			}
		}
	}
	return errs
}

// All looks through everything and returns what it finds, each with file and line, and
// the exceptions that nothing needs.
func (l *Lint) All() []error {
	var errs []error
	for _, lang := range l.words.Languages() {
		for _, key := range l.words.Keys() {
			for _, found := range l.Text(lang.Tag, key) {
				errs = append(errs, fmt.Errorf("%s: key %q: %s", l.words.Where(lang.Tag, key), key, found))
			}
		}
	}
	for _, tag := range slices.Sorted(maps.Keys(l.lists)) {
		for check, keys := range l.lists[tag].Except {
			for start := range keys {
				if !l.lists[tag].used[check+" "+start] {
					errs = append(errs, fmt.Errorf("lint/%s.yaml: exception for %q, key %q: nothing needs it", tag, check, start))
				}
			}
		}
	}
	slices.SortFunc(errs, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
	return errs
}

// Text looks through one text of a language, as it is written and as it is shown. It
// finds nothing in a text that is not shown.
func (l *Lint) Text(tag, key string) []string {
	if !l.words.Has(tag, key) {
		return nil
	}
	found := l.saidThough(tag, key)
	if tag == english {
		return found
	}
	own, source := l.written(tag, key), l.source[key]
	if strings.HasSuffix(key, ".find") { // words to be found by, shown to nobody
		return found
	}
	add := func(check, what string) {
		if what != "" && !l.excepted(tag, check, key) {
			found = append(found, what)
		}
	}
	add(same, sameWords(own, source))
	en, list := l.lists[english], l.lists[tag]
	names := en.Names
	if list != nil {
		names = slices.Concat(names, list.Names)
	}
	for _, wrong := range wrongSigns(tag, own, source, names) {
		add(script, wrong)
	}
	if list == nil {
		return found
	}
	if word := saysAny(source, en.Deny, true); word != "" && saysAny(own, list.Deny, l.spaced[tag]) == "" {
		add(deny, fmt.Sprintf("the English says %q, and no word stands here that denies", word))
	}
	for _, id := range slices.Sorted(maps.Keys(list.Terms)) {
		if word := saysAny(source, en.Terms[id], true); word != "" && saysAny(own, list.Terms[id], l.spaced[tag]) == "" {
			if l.excepted(tag, terms, key) {
				break
			}
			add(id, fmt.Sprintf("the English says %q, and none of the words for it stands here: %s", word, join(list.Terms[id])))
		}
	}
	return found
}

// written is a text with its placeholders, all plural forms together, as it is searched.
func (l *Lint) written(tag, key string) string {
	var forms []string
	for _, form := range l.words.Forms(tag, key) {
		forms = append(forms, l.words.Form(tag, key, form))
	}
	return plainly(strings.Join(forms, " "))
}

// excepted reports whether a key is an exception, in its own list or in the English one,
// which holds for all.
func (l *Lint) excepted(tag, check, key string) bool {
	for _, of := range []string{tag, english} {
		if l.lists[of] == nil {
			continue
		}
		for pattern := range l.lists[of].Except[check] {
			if fits(pattern, key) {
				l.lists[of].used[check+" "+pattern] = true
				return true
			}
		}
	}
	return false
}

// fits reports whether a key is one that a pattern such as "contact.*.name" names.
func fits(pattern, key string) bool {
	ok, err := path.Match(pattern, key)
	return ok && err == nil
}

// Exceptions is how many exceptions a language has of its own.
func (l *Lint) Exceptions(tag string) int {
	n := 0
	if l.lists[tag] != nil {
		for _, keys := range l.lists[tag].Except {
			n += len(keys)
		}
	}
	return n
}

// Terms says for a translator which words of the English have their own word in this
// language, and which: "police: policja; agree*: zgod*".
func (l *Lint) Terms(tag, key string) string {
	if l == nil || l.lists[tag] == nil {
		return ""
	}
	var all []string
	source := l.source[key]
	for _, id := range slices.Sorted(maps.Keys(l.lists[tag].Terms)) {
		if word := saysAny(source, l.lists[english].Terms[id], true); word != "" {
			all = append(all, word+": "+join(l.lists[tag].Terms[id]))
		}
	}
	return strings.Join(all, "; ")
}

// Unread returns what a language has not been looked through for: terms, denials and
// what must never be said.
func (l *Lint) Unread(tag string) []string {
	var ids []string
	own := l.lists[tag]
	if own == nil || len(own.Deny) == 0 {
		ids = append(ids, deny)
	}
	for id := range l.lists[english].Terms {
		if own == nil || len(own.Terms[id]) == 0 {
			ids = append(ids, id)
		}
	}
	for id := range l.never[english] {
		if _, ok := l.never[tag][id]; !ok {
			ids = append(ids, "never: "+id)
		}
	}
	slices.Sort(ids)
	return ids
}

// saidThough returns what a text says though it must never be said.
func (l *Lint) saidThough(tag, key string) []string {
	var found []string
	text := plainly(l.words.Text(tag, key)) // with its figures
	for _, of := range []string{everywhere, tag} {
		for _, id := range slices.Sorted(maps.Keys(l.never[of])) {
			r := l.never[of][id]
			if !r.holds(key) {
				continue
			}
			if form := saysAny(text, r.Forms, l.spaced[tag]); form != "" {
				found = append(found, fmt.Sprintf("says %q (%s): %s", form, id, r.Why))
			}
		}
	}
	return found
}

func (r rule) holds(key string) bool {
	begins := func(start string) bool { return strings.HasPrefix(key, start) }
	return (len(r.Only) == 0 || slices.ContainsFunc(r.Only, begins)) && !slices.ContainsFunc(r.But, begins)
}
