package locales

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"regexp"
	"slices"
	"strconv"

	"go.yaml.in/yaml/v3"
)

// yamlLine finds the line in an error of the YAML library.
var yamlLine = regexp.MustCompile(`^yaml: line (\d+): (.*)$`)

// readYAML returns the top node of a file, or nil when the file is empty or wrong.
func readYAML(fsys fs.FS, file string, bad *problems) *yaml.Node {
	data, err := fs.ReadFile(fsys, file)
	if err != nil {
		bad.add(file, 0, "read: %v", err)
		return nil
	}
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	var doc yaml.Node
	if err := decoder.Decode(&doc); err != nil {
		if !errors.Is(err, io.EOF) {
			addYAMLError(file, err, bad)
		}
		return nil
	}
	var second yaml.Node
	if err := decoder.Decode(&second); err == nil {
		bad.add(file, second.Line, "a second document begins: a file is one document")
	} else if !errors.Is(err, io.EOF) {
		addYAMLError(file, err, bad)
	}
	if len(doc.Content) == 0 {
		return nil
	}
	return doc.Content[0]
}

func addYAMLError(file string, err error, bad *problems) {
	m := yamlLine.FindStringSubmatch(err.Error())
	if m == nil {
		bad.add(file, 0, "%v", err)
		return
	}
	line, _ := strconv.Atoi(m[1]) // the pattern holds digits only
	bad.add(file, line, "not YAML: %s", m[2])
}

// A pair is one key of a mapping with its value.
type pair struct{ key, value *yaml.Node }

// pairs returns the keys of a mapping in their order. A key that stands twice or
// is not plain text is a problem and is left out.
func pairs(file string, node *yaml.Node, bad *problems) []pair {
	if node == nil {
		return nil
	}
	if node.Kind != yaml.MappingNode {
		bad.add(file, node.Line, "here must be keys and values")
		return nil
	}
	lines := map[string]int{}
	var all []pair
	for i := 0; i+1 < len(node.Content); i += 2 {
		k, v := node.Content[i], node.Content[i+1]
		if k.Kind != yaml.ScalarNode {
			bad.add(file, k.Line, "a key must be plain text")
			continue
		}
		if first, twice := lines[k.Value]; twice {
			bad.add(file, k.Line, "key %q: stands twice, first in %s:%d", k.Value, file, first)
			continue
		}
		lines[k.Value] = k.Line
		all = append(all, pair{k, v})
	}
	return all
}

// fields reads a mapping of single values whose keys are among names.
func fields(file, of string, node *yaml.Node, names []string, bad *problems) map[string]string {
	if node.Kind != yaml.MappingNode {
		bad.add(file, node.Line, "%s: must be a mapping with %s", of, list(names))
		return nil
	}
	values := map[string]string{}
	for _, p := range pairs(file, node, bad) {
		switch {
		case !slices.Contains(names, p.key.Value):
			bad.add(file, p.key.Line, "%s: unknown key %q; known are %s", of, p.key.Value, list(names))
		case p.value.Kind != yaml.ScalarNode:
			bad.add(file, p.value.Line, "%s: %s must be one value", of, p.key.Value)
		default:
			values[p.key.Value] = p.value.Value
		}
	}
	return values
}
