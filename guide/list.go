package guide

import (
	"errors"
	"fmt"
	"io/fs"

	"go.yaml.in/yaml/v3"
)

// readList reads a file of words by language and hands each to take, folded. A
// folder without the file has no such words. The error lists all that is wrong.
func readList(fsys fs.FS, file string, take func(folded string)) error {
	data, err := fs.ReadFile(fsys, file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read %s: %w", file, err)
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		return fmt.Errorf("%s:1: %w", file, err)
	}
	var errs []error
	bad := func(n *yaml.Node, format string, args ...any) {
		errs = append(errs, fmt.Errorf("%s:%d: %s", file, n.Line, fmt.Sprintf(format, args...)))
	}
	if len(doc.Content) != 1 || doc.Content[0].Kind != yaml.MappingNode {
		return fmt.Errorf("%s:1: want languages with lists of words", file)
	}
	for i := 0; i+1 < len(doc.Content[0].Content); i += 2 {
		tag, list := doc.Content[0].Content[i], doc.Content[0].Content[i+1]
		if list.Kind != yaml.SequenceNode || len(list.Content) == 0 {
			bad(tag, "language %q: want a list of words", tag.Value)
			continue
		}
		for _, item := range list.Content {
			if item.Kind != yaml.ScalarNode || fold(item.Value) == "" {
				bad(item, "language %q: %q is not a word", tag.Value, item.Value)
				continue
			}
			take(fold(item.Value))
		}
	}
	return errors.Join(errs...)
}
