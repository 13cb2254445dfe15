// Package pictures holds the pictures that stand above the pages of the booklets, for
// people who read slowly or not at all.
//
// pictures.yaml says which symbols a picture is made of, generate.sh makes the PNG files
// from it, and Load checks that each has the other. The words for a picture live in
// locales, and which page shows it is said in the pathways. The package imports none of ours.
package pictures

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"image/png"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// The size of every picture, in pixels.
const (
	Width  = 960
	Height = 540
)

// File is where the pictures are described.
const File = "pictures.yaml"

//go:embed pictures.yaml png/*.png
var embedded embed.FS

//go:embed blank.png
var blank []byte

// Files returns the description and the pictures that are built into the program.
func Files() fs.FS { return embedded }

// Blank returns a white strip, which is put over a picture that is to be seen no longer.
func Blank() []byte { return blank }

// Set is all pictures by their names. It never changes after Load.
type Set struct {
	png map[string][]byte
}

// PNG returns a picture.
func (s *Set) PNG(name string) ([]byte, bool) {
	b, ok := s.png[name]
	return b, ok
}

// Names returns the names of all pictures, sorted.
func (s *Set) Names() []string { return slices.Sorted(maps.Keys(s.png)) }

// A name stands in an address of the browser channel; a code is a file of OpenMoji's.
var (
	nameForm = regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`)
	codeForm = regexp.MustCompile(`^[0-9A-F]{4,5}(-[0-9A-F]{4,5})*$`)
)

// Load reads pictures.yaml and the folder png, and reports every mistake at once:
// a description that is wrong, a picture that is missing, too much, or of another size.
func Load(fsys fs.FS) (*Set, error) {
	text, err := fs.ReadFile(fsys, File)
	if err != nil {
		return nil, fmt.Errorf("%s: read: %w", File, err)
	}
	var rows yaml.Node
	if err := yaml.Unmarshal(text, &rows); err != nil {
		return nil, fmt.Errorf("%s: %w", File, err)
	}
	if len(rows.Content) != 1 || rows.Content[0].Kind != yaml.MappingNode {
		return nil, fmt.Errorf("%s:1: want names with their symbols", File)
	}
	var errs []error
	s := &Set{png: map[string][]byte{}}
	list := rows.Content[0].Content
	for i := 0; i < len(list); i += 2 {
		name, line := list[i].Value, list[i].Line
		bad := func(format string, args ...any) {
			errs = append(errs, fmt.Errorf("%s:%d: picture %q: %s", File, line, name, fmt.Sprintf(format, args...)))
		}
		if _, twice := s.png[name]; twice {
			bad("is there twice")
		}
		describe(name, list[i+1], bad)
		b, err := fs.ReadFile(fsys, file(name))
		if err != nil {
			bad("there is no file %s; run pictures/generate.sh", file(name))
		} else if size, err := png.DecodeConfig(bytes.NewReader(b)); err != nil {
			bad("%s is no PNG", file(name))
		} else if size.Width != Width || size.Height != Height {
			bad("%s has %d x %d pixels, want %d x %d", file(name), size.Width, size.Height, Width, Height)
		}
		s.png[name] = b
	}
	files, err := fs.Glob(fsys, "png/*")
	if err != nil {
		errs = append(errs, fmt.Errorf("png: list the files: %w", err))
	}
	for _, f := range files {
		if _, ok := s.png[strings.TrimSuffix(path.Base(f), ".png")]; !ok {
			errs = append(errs, fmt.Errorf("%s:1: there is no picture of this name in %s", f, File))
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return s, nil
}

func file(name string) string { return "png/" + name + ".png" }

// describe checks what a picture is made of.
func describe(name string, row *yaml.Node, bad func(format string, args ...any)) {
	if !nameForm.MatchString(name) {
		bad("a name is small letters, with hyphens between words")
	}
	keys := map[string]*yaml.Node{}
	for i := 0; row.Kind == yaml.MappingNode && i < len(row.Content); i += 2 {
		key := row.Content[i].Value
		if key != "symbols" && key != "mark" {
			bad("the key %q is not known", key)
		}
		keys[key] = row.Content[i+1]
	}
	var symbols []string
	if n := keys["symbols"]; n == nil || n.Decode(&symbols) != nil || len(symbols) < 1 || len(symbols) > 3 {
		bad("want one to three symbols")
	}
	for _, code := range symbols {
		if !codeForm.MatchString(code) {
			bad("%q is no code of a symbol", code)
		}
	}
	mark := ""
	if n := keys["mark"]; n != nil {
		mark = n.Value
	}
	if !slices.Contains([]string{"none", "cross", "arrow"}, mark) {
		bad("the mark %q is not none, cross or arrow", mark)
	}
}
