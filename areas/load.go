package areas

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"time"

	"go.yaml.in/yaml/v3"
)

//go:embed *.yaml
var files embed.FS

// Files returns the places that the program carries with it.
func Files() fs.FS { return files }

// file is one YAML file of places, as written.
type file struct {
	Areas []row     `yaml:"areas"`
	Names []nameRow `yaml:"names"`
	Towns []townRow `yaml:"towns"`
}

type row struct {
	Code   string   `yaml:"code"`
	Name   string   `yaml:"name"`
	Kind   string   `yaml:"kind"`
	Parent string   `yaml:"parent"`
	Police string   `yaml:"police"`
	Former []string `yaml:"former"`
	Was    []string `yaml:"was"`
	From   string   `yaml:"from"`
	To     string   `yaml:"to"`
	pos    string
}

type nameRow struct {
	Name  string   `yaml:"name"`
	Means []string `yaml:"means"`
	pos   string
}

type townRow struct {
	Name string   `yaml:"name"`
	In   string   `yaml:"in"`
	Also []string `yaml:"also"`
	pos  string
}

// Load reads every *.yaml file of a folder. It reports all mistakes at once,
// each with file and line.
func Load(fsys fs.FS) (*Map, error) {
	paths, err := fs.Glob(fsys, "*.yaml")
	if err != nil {
		return nil, fmt.Errorf("list files of places: %w", err)
	}
	if len(paths) == 0 {
		return nil, errors.New("no file of places (*.yaml)")
	}
	var all file
	var errs []error
	for _, path := range paths {
		f, err := read(fsys, path)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		all.Areas = append(all.Areas, f.Areas...)
		all.Names = append(all.Names, f.Names...)
		all.Towns = append(all.Towns, f.Towns...)
	}
	m, problems := build(all)
	if errs = append(errs, problems...); len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	return m, nil
}

// read decodes one file strictly and notes the line of every row.
func read(fsys fs.FS, path string) (file, error) {
	raw, err := fs.ReadFile(fsys, path)
	if err != nil {
		return file{}, fmt.Errorf("read places: %w", err)
	}
	var f file
	dec := yaml.NewDecoder(bytes.NewReader(raw))
	dec.KnownFields(true)
	if err := dec.Decode(&f); err != nil && !errors.Is(err, io.EOF) {
		return file{}, yamlError(path, err)
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(raw, &doc); err != nil {
		return file{}, yamlError(path, err)
	}
	pos := lines(path, &doc)
	for i := range f.Areas {
		f.Areas[i].pos = pos["areas"][i]
	}
	for i := range f.Names {
		f.Names[i].pos = pos["names"][i]
	}
	for i := range f.Towns {
		f.Towns[i].pos = pos["towns"][i]
	}
	return f, nil
}

// lines gives "file:line" of every row, by the list it stands in.
func lines(path string, doc *yaml.Node) map[string][]string {
	pos := map[string][]string{}
	if len(doc.Content) == 0 {
		return pos
	}
	top := doc.Content[0].Content
	for i := 0; i+1 < len(top); i += 2 {
		for _, item := range top[i+1].Content {
			pos[top[i].Value] = append(pos[top[i].Value], fmt.Sprintf("%s:%d", path, item.Line))
		}
	}
	return pos
}

// build checks the rows against each other and joins them.
func build(f file) (*Map, []error) {
	m := &Map{byCode: map[string]int{}, children: map[string][]int{}, heirs: map[string][]int{}}
	var errs []error
	say := func(pos, format string, args ...any) {
		errs = append(errs, fmt.Errorf("%s: "+format, append([]any{pos}, args...)...))
	}
	for _, r := range f.Areas {
		a := Area{
			Code: r.Code, Name: r.Name, Kind: r.Kind, Parent: r.Parent, Police: r.Police,
			Former: r.Former, Was: r.Was, Pos: r.pos,
		}
		a.From, a.To = day(r.From, "from", r.pos, say), day(r.To, "to", r.pos, say)
		if r.Code == "" || r.Name == "" {
			say(r.pos, "an area needs a code and a name")
			continue
		}
		if first, twice := m.byCode[r.Code]; twice {
			say(r.pos, "area %q is already at %s", r.Code, m.areas[first].Pos)
			continue
		}
		if !slices.Contains(kinds, r.Kind) {
			say(r.pos, "area %q: kind %q is not one of %v", r.Code, r.Kind, kinds)
		}
		if !a.From.IsZero() && !a.To.IsZero() && a.To.Before(a.From) {
			say(r.pos, "area %q ends (%s) before it begins (%s)", r.Code, r.To, r.From)
		}
		m.byCode[r.Code] = len(m.areas)
		m.areas = append(m.areas, a)
	}
	m.nest(say)
	m.names = newIndex(m, f, say)
	return m, errs
}

var kinds = []string{"nation", "region", "county", "unitary", "metropolitan", "district", "london-borough"}

// nest checks parents and predecessors and works out each place's nation.
func (m *Map) nest(say func(pos, format string, args ...any)) {
	for i, a := range m.areas {
		_, known := m.byCode[a.Parent]
		switch {
		case a.Kind == "nation" && a.Parent != "":
			say(a.Pos, "nation %q cannot lie in %q", a.Code, a.Parent)
			continue
		case a.Kind != "nation" && a.Parent == "":
			say(a.Pos, "area %q has no parent", a.Code)
			continue
		case a.Kind != "nation" && !known:
			say(a.Pos, "area %q: parent %q is not an area", a.Code, a.Parent)
			continue
		}
		m.children[a.Parent] = append(m.children[a.Parent], i)
		for _, was := range a.Was {
			if _, ok := m.byCode[was]; !ok {
				say(a.Pos, "area %q: was %q, which is not an area", a.Code, was)
			}
			m.heirs[was] = append(m.heirs[was], i)
		}
	}
	for i, a := range m.areas {
		nation, ok := m.nation(a)
		if !ok {
			say(a.Pos, "area %q lies inside itself", a.Code)
		}
		m.areas[i].Nation = nation
	}
}

// nation climbs to the top; it gives up after more steps than any place needs.
func (m *Map) nation(a Area) (string, bool) {
	for range 8 {
		i, ok := m.byCode[a.Parent]
		if !ok {
			return a.Code, true
		}
		a = m.areas[i]
	}
	return "", false
}

func day(s, key, pos string, say func(pos, format string, args ...any)) time.Time {
	if s == "" {
		return time.Time{}
	}
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		say(pos, "%s: %q is not a date like 2027-04-01", key, s)
	}
	return t
}
