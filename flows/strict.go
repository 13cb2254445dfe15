package flows

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// strict reads YAML by hand, so that every mistake has its line and nothing is
// taken silently: no unknown key, no value of another kind than was meant.
type strict struct {
	file string
	p    *problems
}

// document returns the mapping a file consists of, or nil after reporting why not.
func (s strict) document(data []byte) *yaml.Node {
	dec := yaml.NewDecoder(bytes.NewReader(data))
	var doc yaml.Node
	if err := dec.Decode(&doc); err != nil {
		if errors.Is(err, io.EOF) {
			s.p.add(s.file, 1, "the file is empty")
			return nil
		}
		s.p.add(s.file, yamlLine(err), "%s", yamlText(err))
		return nil
	}
	var second yaml.Node
	if err := dec.Decode(&second); !errors.Is(err, io.EOF) {
		s.p.add(s.file, max(second.Line, 1), "a second document in one file")
		return nil
	}
	if len(doc.Content) != 1 || doc.Content[0].Kind != yaml.MappingNode {
		s.p.add(s.file, 1, "want a mapping of keys")
		return nil
	}
	return doc.Content[0]
}

// each calls f for every key of a mapping, in the author's order. A key that
// stands twice is reported once and not passed on.
func (s strict) each(n *yaml.Node, what string, f func(key, value *yaml.Node)) {
	if n.Kind != yaml.MappingNode {
		s.p.add(s.file, n.Line, "%s: want keys with values", what)
		return
	}
	seen := map[string]int{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, v := n.Content[i], n.Content[i+1]
		if k.Kind != yaml.ScalarNode {
			s.p.add(s.file, k.Line, "%s: want a word before the colon", what)
			continue
		}
		if line, dup := seen[k.Value]; dup {
			s.p.add(s.file, k.Line, "%s: key %q stands in line %d already", what, k.Value, line)
			continue
		}
		seen[k.Value] = k.Line
		if v.Kind == yaml.AliasNode || v.Anchor != "" {
			s.p.add(s.file, k.Line, "%s: key %q: anchors and aliases are not used here", what, k.Value)
			continue
		}
		f(k, v)
	}
}

// text returns a plain word or sentence.
func (s strict) text(n *yaml.Node, what string) string {
	if n.Kind != yaml.ScalarNode || n.Tag == "!!null" || n.Value == "" {
		s.p.add(s.file, n.Line, "%s: want a word", what)
		return ""
	}
	return n.Value
}

// id returns a word that may stand in a button.
func (s strict) id(n *yaml.Node, what string) string {
	v := s.text(n, what)
	if v != "" {
		s.checkID(v, n.Line, what)
	}
	return v
}

func (s strict) checkID(v string, line int, what string) {
	switch {
	case len(v) > MaxID:
		s.p.add(s.file, line, "%s: id %q has %d bytes, at most %d fit into a button", what, v, len(v), MaxID)
	case !idForm.MatchString(v):
		s.p.add(s.file, line, "%s: id %q: want small letters, digits and single hyphens", what, v)
	}
}

// flag returns true or false.
func (s strict) flag(n *yaml.Node, what string) bool {
	if n.Tag != "!!bool" || n.Value != "true" && n.Value != "false" {
		s.p.add(s.file, n.Line, "%s: want true or false, not %q", what, n.Value)
	}
	return n.Value == "true"
}

// mostSteps is the highest number that number reads.
const mostSteps = 30

// number returns a whole number from one on.
func (s strict) number(n *yaml.Node, what string) int {
	v, err := strconv.Atoi(n.Value)
	if err != nil || n.Tag != "!!int" || v < 1 || v > mostSteps {
		s.p.add(s.file, n.Line, "%s: want a number from 1 to %d, not %q", what, mostSteps, n.Value)
		return 0
	}
	return v
}

// words returns a list of words; one word alone is a list of one.
func (s strict) words(n *yaml.Node, what string) []string {
	if n.Kind == yaml.ScalarNode {
		if w := s.text(n, what); w != "" {
			return []string{w}
		}
		return nil
	}
	if n.Kind != yaml.SequenceNode {
		s.p.add(s.file, n.Line, "%s: want a list of words", what)
		return nil
	}
	var out []string
	for _, item := range n.Content {
		w := s.text(item, what)
		if w == "" {
			continue
		}
		if slices.Contains(out, w) {
			s.p.add(s.file, item.Line, "%s: %q stands there twice", what, w)
			continue
		}
		out = append(out, w)
	}
	return out
}

// yamlLine and yamlText take apart the messages of the YAML library, which reads
// "yaml: line 3: did not find expected key".
func yamlLine(err error) int {
	_, rest, ok := strings.Cut(err.Error(), "line ")
	if !ok {
		return 1
	}
	line := 0
	for _, c := range rest {
		if c < '0' || c > '9' {
			break
		}
		line = line*10 + int(c-'0')
	}
	return max(line, 1)
}

func yamlText(err error) string {
	text := strings.TrimPrefix(err.Error(), "yaml: ")
	if strings.HasPrefix(text, "line ") {
		if _, rest, ok := strings.Cut(text, ": "); ok {
			text = rest
		}
	}
	return "not YAML: " + text
}
