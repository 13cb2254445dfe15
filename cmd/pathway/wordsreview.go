package main

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"pathwaybot/guide"
	"pathwaybot/locales"
)

// reviewFile says which texts have been checked; locales/review.go reads it.
const reviewFile = "review.yaml"

// reviewRow writes what was found of a text as it stands now, and never who found it.
func reviewRow(w *locales.Words, tag, key string, state locales.State, check, date string) string {
	return fmt.Sprintf("  %s: {state: %s, english: %s, own: %s, check: %s, date: %s}\n",
		key, state, w.Hash(guide.English, key), w.Hash(tag, key), check, date)
}

// withReviews returns review.yaml with new rows by language and key; an empty row
// takes the old one out. Everything else stays as it is. It is nil when nothing changes.
func withReviews(dir string, rows map[string]map[string]string) ([]byte, error) {
	s, err := readSource(dir, reviewFile)
	if errors.Is(err, fs.ErrNotExist) {
		s, err = &source{file: reviewFile, lines: []int{0}}, nil
	}
	if err != nil {
		return nil, err
	}
	var all []splice
	for _, tag := range slices.Sorted(maps.Keys(rows)) {
		language := s.value[tag]
		if language == nil {
			if text := joined(rows[tag]); text != "" {
				if len(s.data) > 0 && s.data[len(s.data)-1] != '\n' {
					text = "\n" + text
				}
				all = append(all, splice{len(s.data), len(s.data), tag + ":\n" + text})
			}
			continue
		}
		if language.Style&yaml.FlowStyle != 0 {
			return nil, fmt.Errorf("%s:%d: put each text of %q on a line of its own first", s.file, language.Line, tag)
		}
		all = append(all, s.changeRows(language, tag, rows[tag])...)
	}
	if len(all) == 0 {
		return nil, nil
	}
	return spliced(s.data, all), nil
}

// changeRows returns the splices that change rows of one language.
func (s *source) changeRows(language *yaml.Node, tag string, rows map[string]string) []splice {
	var all []splice
	added, left, end := maps.Clone(rows), 0, 0
	for i := 0; i+1 < len(language.Content); i += 2 {
		key := language.Content[i]
		from := s.lines[key.Line-1]
		end = s.lineEnd(s.lines[lastLine(language.Content[i+1])-1])
		row, ours := rows[key.Value]
		if ours {
			all = append(all, splice{from, end, row})
			delete(added, key.Value)
		}
		if !ours || row != "" {
			left++
		}
	}
	more := joined(added)
	if more != "" && s.data[end-1] != '\n' {
		more = "\n" + more
	}
	if more != "" {
		all = append(all, splice{end, end, more})
	} else if left == 0 { // a language without rows may not stand there
		for i := 0; i+1 < len(s.top); i += 2 {
			if s.top[i].Value == tag {
				from := s.lines[s.top[i].Line-1]
				all = append(all, splice{from, s.lineEnd(from), ""})
			}
		}
	}
	return all
}

func joined(rows map[string]string) string {
	var b strings.Builder
	for _, key := range slices.Sorted(maps.Keys(rows)) {
		b.WriteString(rows[key])
	}
	return b.String()
}

// lastLine is the last line on which something of a value begins.
func lastLine(n *yaml.Node) int {
	line := n.Line
	for _, inside := range n.Content {
		line = max(line, lastLine(inside))
	}
	return line
}

// wordsWithdraw takes every translation of a text off the screens: its English now
// means something else. The translations stay in their files.
func wordsWithdraw(c *call) error {
	dir := c.flags.String("dir", ".", "change the project in the folder `DIR`")
	words, err := c.parse(1)
	if err != nil {
		return err
	}
	if len(words) == 0 {
		return wrong("name the key of the text, such as gate.start.say")
	}
	key := words[0]
	src, err := sources(*dir)
	if err != nil {
		return err
	}
	g, err := load(*dir)
	if err != nil {
		return err
	}
	if !slices.Contains(g.Words.Keys(), key) {
		return wrong("there is no text with the key %q", key)
	}
	rows := map[string]map[string]string{}
	var names []string
	for _, l := range g.Words.Languages() {
		if s := g.Words.State(l.Tag, key); l.Tag == guide.English || s == locales.Missing || s == locales.Withdrawn {
			continue
		}
		row := reviewRow(g.Words, l.Tag, key, locales.Withdrawn, "comparison", c.now().Format(time.DateOnly))
		rows[l.Tag] = map[string]string{key: row}
		names = append(names, l.English)
	}
	if len(rows) == 0 {
		return wrong("no language shows a translation of %q", key)
	}
	folder := filepath.Join(*dir, "locales")
	data, err := withReviews(folder, rows)
	if err != nil {
		return err
	}
	changed := map[string][]byte{reviewFile: data}
	after, err := trial(src, folder, changed)
	if err != nil {
		return mistakes(src, err)
	}
	for tag := range rows {
		if after.Words.State(tag, key) != locales.Withdrawn || after.Words.Has(tag, key) {
			return fmt.Errorf("%s: %q would still be shown in %s; nothing was written", reviewFile, key, tag)
		}
	}
	if err := writeFiles(folder, changed); err != nil {
		return err
	}
	c.out.printf("%s is withdrawn in %s: the English is shown until it is written anew.\n", key, strings.Join(names, ", "))
	return nil
}

// trial reads the project as it would be with some files of locales/ changed.
func trial(src guide.Sources, folder string, changed map[string][]byte) (*guide.Guide, error) {
	copied, err := os.MkdirTemp("", "words")
	if err != nil {
		return nil, fmt.Errorf("try the words: %w", err)
	}
	defer func() { _ = os.RemoveAll(copied) }() // what is left is of no harm
	files, err := filepath.Glob(filepath.Join(folder, "*.yaml"))
	if err != nil {
		return nil, fmt.Errorf("try the words: %w", err)
	}
	for _, path := range files {
		data, err := os.ReadFile(path)
		if err == nil {
			err = os.WriteFile(filepath.Join(copied, filepath.Base(path)), data, 0o600)
		}
		if err != nil {
			return nil, fmt.Errorf("try the words: %w", err)
		}
	}
	for name, data := range changed {
		if err := os.WriteFile(filepath.Join(copied, name), data, 0o600); err != nil {
			return nil, fmt.Errorf("try the words: %w", err)
		}
	}
	src.Locales = os.DirFS(copied)
	return guide.Load(src)
}
