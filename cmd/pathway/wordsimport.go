package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"pathwaybot/guide"
	"pathwaybot/locales"
	"pathwaybot/locales/lint"
)

// An offer is what a table says of one key: a row, or one for each plural form.
type offer struct {
	key         string
	row         int               // the first, as the spreadsheet counts
	text        map[string]string // by plural form
	fingerprint string
	kind, date  string // of the review, empty without one
	changed     bool   // the text is another than in the table that was written out
	refused     []string
}

func (o *offer) refuse(format string, args ...any) {
	if reason := fmt.Sprintf(format, args...); !slices.Contains(o.refused, reason) {
		o.refused = append(o.refused, reason)
	}
}

// nativeSpeaker is the one kind of reviewer that makes a text reviewed.
const nativeSpeaker = "native-speaker"

func wordsImport(c *call) error {
	dir := c.flags.String("dir", ".", "change the project in the folder `DIR`")
	lang := c.langFlag()
	dry := c.flags.Bool("dry-run", false, "write nothing, only say what would be taken")
	words, err := c.parse(1)
	if err != nil {
		return err
	}
	if len(words) == 0 {
		return wrong("name the table: pathway words import --lang ro ro.csv")
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
	data, err := os.ReadFile(words[0])
	if err != nil {
		return fmt.Errorf("read the table: %w", err)
	}
	offers, err := readSheet(data)
	if err != nil {
		return fmt.Errorf("%s: %w", filepath.Base(words[0]), err)
	}
	for _, o := range offers {
		o.check(g.Words, l.Tag, c.now())
	}
	folder := filepath.Join(*dir, "locales")
	files, err := takeOffers(src, g, folder, l.Tag, offers)
	if err != nil {
		return err
	}
	if !*dry {
		if err := writeFiles(folder, files); err != nil {
			return err
		}
	}
	return c.tell(offers, *dry)
}

// tell prints what was taken and returns what was refused, row by row.
func (c *call) tell(offers []*offer, dry bool) error {
	taken, reviewed, refused, same := 0, 0, 0, 0
	var reasons mistakesError
	for _, o := range offers {
		if len(o.refused) > 0 {
			refused++
			for _, reason := range o.refused {
				reasons = append(reasons, fmt.Sprintf("row %d: %s: refused: %s", o.row, o.key, reason))
			}
			continue
		}
		if !o.changed && o.kind == "" {
			same++
			continue
		}
		if o.changed {
			taken++
		}
		if o.kind != "" {
			reviewed++
		}
		c.out.printf("row %d: %s: %s\n", o.row, o.key, o.fate())
	}
	c.out.printf("%s taken, %d marked as reviewed, %d refused, %d as before\n", count(taken, "changed text"), reviewed, refused, same)
	if dry {
		c.out.printf("This was a trial: nothing was written.\n")
	}
	if len(reasons) > 0 {
		return reasons
	}
	return nil
}

// fate says what becomes of a text that is taken.
func (o *offer) fate() string {
	switch {
	case o.kind == "":
		return "taken, a draft"
	case o.changed:
		return "taken, reviewed"
	}
	return "reviewed"
}

// readSheet reads a table as LibreOffice and Excel save it: with commas, semicolons
// or tabs, with or without a mark at its beginning.
func readSheet(data []byte) ([]*offer, error) {
	if !utf8.Valid(data) {
		return nil, fmt.Errorf("not in UTF-8: save it as CSV with the character set Unicode (UTF-8)")
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	r := csv.NewReader(bytes.NewReader(data))
	head, _, _ := bytes.Cut(data, []byte("\n"))
	for _, comma := range ",;\t" {
		if bytes.Count(head, []byte(string(comma))) > bytes.Count(head, []byte(string(r.Comma))) {
			r.Comma = comma
		}
	}
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("not a table: %w", err)
	}
	if len(rows) == 0 {
		return nil, fmt.Errorf("the table is empty")
	}
	column := map[string]int{}
	for i, name := range rows[0] {
		column[strings.ToLower(strings.TrimSpace(name))] = i
	}
	for _, name := range []string{"key", "form", "translation", "fingerprint"} {
		if _, ok := column[name]; !ok {
			return nil, fmt.Errorf("there is no column %q: keep the first row as it was written", name)
		}
	}
	return offersOf(rows, column), nil
}

// offersOf joins the rows of each key. Rows without any cell are none.
func offersOf(rows [][]string, column map[string]int) []*offer {
	byKey := map[string]*offer{}
	var all []*offer
	for i, row := range rows[1:] {
		cell := func(name string) string {
			if at, ok := column[name]; ok && at < len(row) {
				return strings.TrimSpace(unguarded(row[at]))
			}
			return ""
		}
		key, form := cell("key"), or(cell("form"), "other")
		if strings.TrimSpace(strings.Join(row, "")) == "" {
			continue
		}
		o := byKey[key]
		if o == nil {
			o = &offer{
				key: key, row: i + 2, text: map[string]string{}, fingerprint: cell("fingerprint"),
				kind: cell("reviewer"), date: cell("date"),
			}
			byKey[key] = o
			all = append(all, o)
		}
		if _, twice := o.text[form]; twice {
			o.refuse("it stands twice in the table, again in row %d", i+2)
		}
		if o.fingerprint != cell("fingerprint") || o.kind != cell("reviewer") || o.date != cell("date") {
			o.refuse("fingerprint, reviewer and date must be the same for all its plural forms")
		}
		o.text[form] = cell("translation")
	}
	return all
}

var fingerprintShape = regexp.MustCompile(`^([A-Za-z0-9-]+)/([0-9a-f]{12})/([0-9a-f]{12}|none)$`)

// check refuses what can be seen without reading the project again: a text that is
// not ours, a table that is too old, a review that is none.
func (o *offer) check(w *locales.Words, tag string, today time.Time) {
	mark := fingerprintShape.FindStringSubmatch(o.fingerprint)
	forms := w.Forms(tag, o.key)
	switch {
	case len(forms) == 0:
		o.refuse("there is no such key")
		return
	case mark == nil:
		o.refuse("the fingerprint was changed: write the table out again")
		return
	case mark[1] != tag:
		o.refuse("this row belongs to the language %q", mark[1])
		return
	}
	before, empty := mark[3], 0
	for _, text := range o.text {
		if text == "" {
			empty++
		}
	}
	if before == "none" && empty == len(o.text) && o.kind == "" && o.date == "" {
		return // still missing
	}
	if got := slices.Sorted(maps.Keys(o.text)); !slices.Equal(got, slices.Sorted(slices.Values(forms))) {
		o.refuse("it needs the plural forms %s and has %s", strings.Join(forms, ", "), strings.Join(got, ", "))
		return
	}
	text, now := locales.HashForms(o.text), or(w.Hash(tag, o.key), "none")
	o.changed = text != before && text != now // what was taken already is no change
	if !o.changed && o.kind == "" && o.date == "" {
		return
	}
	if empty > 0 {
		o.refuse("the translation is empty")
	}
	if mark[2] != w.Hash(guide.English, o.key) {
		o.refuse("the English has changed since the table was written: write it out again")
	}
	if now != before && text != now {
		o.refuse("somebody else has changed it since the table was written: write it out again")
	}
	o.checkReview(w.State(tag, o.key), today)
	o.checkLinks(w)
}

// checkReview refuses a review that names somebody, has no day, or confirms what is
// known to be false. What was typed is not repeated: it may be a name.
func (o *offer) checkReview(state locales.State, today time.Time) {
	if o.kind == "" && o.date == "" {
		return
	}
	if o.kind != nativeSpeaker {
		o.refuse("reviewer must be %q: names are not kept, and nobody else can review", nativeSpeaker)
	}
	if day, err := time.Parse(time.DateOnly, o.date); err != nil {
		o.refuse("date must be the day of the review, such as 2026-11-21")
	} else if day.After(today) {
		o.refuse("the date of the review has not come yet")
	}
	if state == locales.Withdrawn && !o.changed {
		o.refuse("the text is withdrawn: write it anew first")
	}
}

var (
	link   = regexp.MustCompile(`(?i)(?:https?://|www\.)[^\s"<>]+|\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:uk|org|com|net|gov)\b(?:/[^\s"<>]*)?`)
	markup = regexp.MustCompile(`</?[A-Za-z!][^>]*>|&(?:[a-z]+|#\d+);|\*\*|__|\]\(|` + "`")
)

// checkLinks refuses other links than the English has, and markup where it has none:
// texts are shown as they are typed.
func (o *offer) checkLinks(w *locales.Words) {
	var english, own []string
	for _, form := range w.Forms(guide.English, o.key) {
		english = append(english, w.Form(guide.English, o.key, form))
	}
	for _, form := range slices.Sorted(maps.Keys(o.text)) {
		own = append(own, o.text[form])
	}
	theirs, ours := strings.Join(english, "\n"), strings.Join(own, "\n")
	for _, found := range []struct {
		what string
		re   *regexp.Regexp
	}{{"link", link}, {"markup", markup}} {
		for _, s := range found.re.FindAllString(ours, -1) {
			if !strings.Contains(theirs, s) {
				o.refuse("the %s %q is not in the English", found.what, s)
			}
		}
		for _, s := range found.re.FindAllString(theirs, -1) {
			if !strings.Contains(ours, s) {
				o.refuse("the %s %q of the English is missing", found.what, s)
			}
		}
	}
}

// takeOffers returns the files with all offers that the checks let pass: the project
// is read as it would be, what is found is refused, and so again until nothing is.
func takeOffers(src guide.Sources, g *guide.Guide, folder, tag string, offers []*offer) (map[string][]byte, error) {
	for {
		texts := map[string]map[string]string{}
		for _, o := range offers {
			if len(o.refused) == 0 && o.changed {
				texts[o.key] = o.text
			}
		}
		if len(texts) == 0 {
			return addReviews(src, g, folder, tag, offers, map[string][]byte{})
		}
		files, err := rewrite(folder, g.Words, tag, texts)
		if err != nil {
			return nil, err
		}
		after, err := trial(src, folder, files)
		if err != nil {
			if !blame(offers, tag, err) {
				return nil, mistakes(src, err)
			}
			continue
		}
		if err := onlyThese(g.Words, after.Words, tag, texts); err != nil {
			return nil, err
		}
		wrong, err := lintOffers(src, after.Words, tag, offers)
		if err != nil {
			return nil, err
		}
		if wrong {
			continue
		}
		return addReviews(src, after, folder, tag, offers, files)
	}
}

// lintOffers refuses the offers in which something is found that the lists name, and
// reports whether there were any.
func lintOffers(src guide.Sources, after *locales.Words, tag string, offers []*offer) (wrong bool, err error) {
	look, err := lint.Read(src.Locales, after)
	if err != nil {
		return false, mistakes(src, err)
	}
	if look == nil {
		return false, nil
	}
	for _, o := range offers {
		if len(o.refused) > 0 || !o.changed {
			continue
		}
		for _, what := range look.Text(tag, o.key) {
			o.refuse("%s", what)
			wrong = true
		}
	}
	return wrong, nil
}

// found is how Load writes a mistake in a word file.
var found = regexp.MustCompile(`^[^:]+(?::\d+)?: key "([^"]+)": (.*)$`)

// blame refuses the offers in which mistakes were found, and reports whether there
// were any. What is wrong with a whole screen is the fault of all its texts.
func blame(offers []*offer, tag string, err error) bool {
	var fresh []*offer // refused now
	for line := range strings.SplitSeq(err.Error(), "\n") {
		m := found.FindStringSubmatch(line)
		if m == nil || !strings.HasPrefix(line, tag+".") {
			continue
		}
		screen := strings.TrimSuffix(m[1], "title")
		whole := screen != m[1] && strings.HasPrefix(m[2], "the screen ")
		for _, o := range offers {
			mine := o.key == m[1] || whole && strings.HasPrefix(o.key, screen)
			if mine && o.changed && (len(o.refused) == 0 || slices.Contains(fresh, o)) {
				o.refuse("%s", m[2])
				fresh = append(fresh, o)
			}
		}
	}
	return len(fresh) > 0
}

// onlyThese makes sure that exactly the texts that were taken are others now.
func onlyThese(before, after *locales.Words, tag string, texts map[string]map[string]string) error {
	for _, key := range before.Keys() {
		want := before.Hash(tag, key)
		if text := texts[key]; text != nil {
			want = locales.HashForms(text)
		}
		if after.Hash(tag, key) != want {
			return fmt.Errorf("the text of %q would not be what the table says; nothing was written", key)
		}
	}
	return nil
}

// addReviews brings review.yaml up to date: a changed text is a draft, unless the
// table says when a native speaker has reviewed it.
func addReviews(src guide.Sources, g *guide.Guide, folder, tag string, offers []*offer, files map[string][]byte) (map[string][]byte, error) {
	rows := map[string]string{}
	for _, o := range offers {
		switch {
		case len(o.refused) > 0:
		case o.kind != "":
			rows[o.key] = reviewRow(g.Words, tag, o.key, locales.Reviewed, o.kind, o.date)
		case o.changed:
			rows[o.key] = ""
		}
	}
	data, err := withReviews(folder, map[string]map[string]string{tag: rows})
	if err != nil || data == nil {
		return files, err
	}
	files[reviewFile] = data
	after, err := trial(src, folder, files)
	if err != nil {
		return nil, mistakes(src, err)
	}
	for _, o := range offers {
		want := locales.Draft
		if o.kind != "" {
			want = locales.Reviewed
		}
		if s := after.Words.State(tag, o.key); len(o.refused) == 0 && rows[o.key] != "" && s != want {
			return nil, fmt.Errorf("%s: %q would be %s; nothing was written", reviewFile, o.key, s)
		}
	}
	return files, nil
}
