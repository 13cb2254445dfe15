package main

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"pathwaybot/guide"
	"pathwaybot/locales"
)

// A splice puts text in the place of some bytes of a file.
type splice struct {
	from, to int
	text     string
}

// spliced carries out all splices of a file and leaves every other byte alone.
func spliced(data []byte, all []splice) []byte {
	slices.SortStableFunc(all, func(a, b splice) int { return a.from - b.from })
	var out []byte
	at := 0
	for _, s := range all {
		out = append(append(out, data[at:s.from]...), s.text...)
		at = s.to
	}
	return append(out, data[at:]...)
}

// source is a YAML file with the places of its values.
type source struct {
	file  string
	data  []byte
	lines []int // offset of each line
	top   []*yaml.Node
	value map[string]*yaml.Node // by key at the top
}

func readSource(dir, file string) (*source, error) {
	data, err := os.ReadFile(filepath.Join(dir, file))
	if err != nil {
		return nil, fmt.Errorf("read the words: %w", err)
	}
	s := &source{file: file, data: data, lines: []int{0}, value: map[string]*yaml.Node{}}
	for i, b := range data {
		if b == '\n' {
			s.lines = append(s.lines, i+1)
		}
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	if len(doc.Content) == 1 {
		s.top = doc.Content[0].Content
	}
	for i := 0; i+1 < len(s.top); i += 2 {
		s.value[s.top[i].Value] = s.top[i+1]
	}
	return s, nil
}

// find returns the value of a key of a mapping, nil where it is not.
func find(mapping []*yaml.Node, key string) *yaml.Node {
	for i := 0; i+1 < len(mapping); i += 2 {
		if mapping[i].Value == key {
			return mapping[i+1]
		}
	}
	return nil
}

// token returns the first byte of a quoted value and the one behind it. A value of
// several lines without quotes has no such end.
func (s *source) token(n *yaml.Node) (from, to int, err error) {
	from = s.lines[n.Line-1]
	for range n.Column - 1 { // the library counts characters
		_, size := utf8.DecodeRune(s.data[from:])
		from += size
	}
	quote := s.data[from]
	if quote != '"' && quote != '\'' {
		return 0, 0, fmt.Errorf("%s:%d: the text is not in quotes, so it cannot be changed here", s.file, n.Line)
	}
	for to = from + 1; to < len(s.data); to++ {
		switch {
		case quote == '"' && s.data[to] == '\\':
			to++
		case quote == '\'' && bytes.HasPrefix(s.data[to:], []byte("''")):
			to++
		case s.data[to] == quote:
			return from, to + 1, nil
		}
	}
	return 0, 0, fmt.Errorf("%s:%d: the quotes do not end", s.file, n.Line)
}

// lineEnd returns the offset behind the line on which a byte is.
func (s *source) lineEnd(at int) int {
	if i := bytes.IndexByte(s.data[at:], '\n'); i >= 0 {
		return at + i + 1
	}
	return len(s.data)
}

// quoteYAML writes a text in double quotes. What cannot be seen is written as its
// number, so that the checks name it instead of the file becoming unreadable.
func quoteYAML(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			b.WriteString(`\` + string(r))
		case r == '\n':
			b.WriteString(`\n`)
		case unicode.IsControl(r) || r == '\ufeff' || r == '\u2028' || r == '\u2029':
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// rewrite returns the files of a language with new texts by key and plural form in
// them. Order, comments and descriptions stay. A text that the language lacked comes
// behind the one that precedes it in the English file.
func rewrite(dir string, w *locales.Words, tag string, texts map[string]map[string]string) (map[string][]byte, error) {
	sources, splices := map[string]*source{}, map[string][]splice{}
	open := func(file string) (*source, error) {
		if sources[file] == nil {
			s, err := readSource(dir, file)
			if err != nil {
				return nil, err
			}
			sources[file] = s
		}
		return sources[file], nil
	}
	for _, key := range slices.Sorted(maps.Keys(texts)) {
		file, lacking := fileOf(dir, w, tag, key)
		s, err := open(file)
		if err != nil {
			return nil, err
		}
		if lacking {
			continue // below, in the order of the English
		}
		value := s.value[key]
		for form, text := range texts[key] {
			node := value
			if value.Kind == yaml.MappingNode {
				node = find(value.Content, form)
			}
			if node == nil {
				return nil, fmt.Errorf("%s: key %q: plural form %q is not in the file, so it cannot be changed here", file, key, form)
			}
			if node.Value == text {
				continue
			}
			from, to, err := s.token(node)
			if err != nil {
				return nil, err
			}
			splices[file] = append(splices[file], splice{from, to, quoteYAML(text)})
		}
	}
	inOrder := englishOrder(w)
	for i, key := range inOrder {
		file, lacking := fileOf(dir, w, tag, key)
		if texts[key] == nil || !lacking {
			continue
		}
		s, entry := sources[file], newEntry(w.Forms(tag, key), key, texts[key])
		at := len(s.data)
		for _, before := range slices.Backward(inOrder[:i]) {
			if value := s.value[before]; value != nil {
				last := value
				if value.Kind == yaml.MappingNode {
					last = value.Content[len(value.Content)-1]
				}
				_, to, err := s.token(last)
				if err != nil {
					return nil, err
				}
				at = s.lineEnd(to)
				break
			}
		}
		if at > 0 && s.data[at-1] != '\n' {
			entry = "\n" + entry
		}
		splices[file] = append(splices[file], splice{at, at, entry})
	}
	out := map[string][]byte{}
	for file, all := range splices {
		out[file] = spliced(sources[file].data, all)
	}
	return out, nil
}

// newEntry writes a key with its texts as the word files do.
func newEntry(forms []string, key string, text map[string]string) string {
	if len(forms) == 1 {
		return key + ": " + quoteYAML(text[forms[0]]) + "\n"
	}
	entry := key + ":\n"
	for _, form := range forms {
		entry += "  " + form + ": " + quoteYAML(text[form]) + "\n"
	}
	return entry
}

// fileOf returns the file in which a language has a key, or lacking it should: the
// one beside the English file if there is one, such as ro.work.yaml for en.work.yaml.
func fileOf(dir string, w *locales.Words, tag, key string) (file string, lacking bool) {
	if file, _, ok := strings.Cut(w.Where(tag, key), ":"); ok {
		return file, false
	}
	english, _, _ := strings.Cut(w.Where(guide.English, key), ":")
	beside := tag + strings.TrimPrefix(english, guide.English)
	if _, err := os.Stat(filepath.Join(dir, beside)); err != nil {
		return tag + ".yaml", true
	}
	return beside, true
}

// englishOrder returns all keys in the order in which the English files have them.
func englishOrder(w *locales.Words) []string {
	keys := w.Keys()
	place := map[string]string{}
	for _, key := range keys {
		file, line, _ := strings.Cut(w.Where(guide.English, key), ":")
		n, _ := strconv.Atoi(line) // the line is a number
		place[key] = fmt.Sprintf("%s:%08d", file, n)
	}
	slices.SortFunc(keys, func(a, b string) int { return strings.Compare(place[a], place[b]) })
	return keys
}

// writeFiles writes each file beside the old one and then puts all in their places,
// so that nobody reads half of one.
func writeFiles(dir string, files map[string][]byte) error {
	temporary := map[string]string{}
	defer func() {
		for _, name := range temporary {
			_ = os.Remove(name) // gone already when all went well
		}
	}()
	for name, data := range files {
		f, err := os.CreateTemp(dir, name+".*")
		if err != nil {
			return fmt.Errorf("write %s: %w", name, err)
		}
		temporary[name] = f.Name()
		_, err = f.Write(data)
		if err == nil {
			err = f.Chmod(0o644)
		}
		if closed := f.Close(); err == nil {
			err = closed
		}
		if err != nil {
			return fmt.Errorf("write %s: %w", name, err)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if err := os.Rename(temporary[name], filepath.Join(dir, name)); err != nil {
			return fmt.Errorf("write %s: %w", name, err)
		}
	}
	return nil
}
