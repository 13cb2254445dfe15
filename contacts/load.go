package contacts

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"regexp"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"pathwaybot/areas"
)

// Load reads the directory from a folder: holidays.yaml (bank holidays),
// retired.yaml (numbers to refuse) and contacts in every other *.yaml file. It
// reports all mistakes at once, each with file and line.
func Load(fsys fs.FS, places *areas.Map) (*Directory, error) {
	d := &Directory{byID: map[string]*Contact{}, places: places}
	var errs []error
	var err error
	if d.calendar, err = loadCalendar(fsys, places); err != nil {
		errs = append(errs, err)
	}
	if d.retired, err = loadRetired(fsys); err != nil {
		errs = append(errs, err)
	}
	paths, err := fs.Glob(fsys, "*.yaml")
	if err != nil {
		return nil, fmt.Errorf("list files of contacts: %w", err)
	}
	for _, path := range paths {
		if path == retiredFile || path == holidaysFile {
			continue
		}
		errs = append(errs, d.loadFile(fsys, path)...)
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	d.index()
	return d, nil
}

// loadFile reads one file of contacts and checks each.
func (d *Directory) loadFile(fsys fs.FS, path string) []error {
	var f struct {
		Contacts []block `yaml:"contacts"`
	}
	doc, err := decode(fsys, path, &f)
	if err != nil {
		return []error{err}
	}
	items := list(doc, "contacts")
	var errs []error
	for i := range f.Contacts {
		c := &checker{file: path, node: items[i], retired: d.retired, places: d.places}
		contact := c.contact(&f.Contacts[i])
		if first, twice := d.byID[contact.ID]; twice {
			c.say("id", "contact %q is already at %s", contact.ID, first.Pos)
		}
		errs = append(errs, c.errs...)
		contact.prepare()
		contact.number = len(d.all)
		d.all = append(d.all, contact)
		d.byID[contact.ID] = contact
	}
	return errs
}

// decode reads a YAML file strictly into a value and returns its nodes for the
// line numbers. An absent file leaves the value as it is.
func decode(fsys fs.FS, path string, into any) (*yaml.Node, error) {
	raw, err := fs.ReadFile(fsys, path)
	if errors.Is(err, fs.ErrNotExist) {
		return &yaml.Node{}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read contacts: %w", err)
	}
	dec := yaml.NewDecoder(bytes.NewReader(raw))
	dec.KnownFields(true)
	if err := dec.Decode(into); err != nil && !errors.Is(err, io.EOF) {
		return nil, yamlError(path, err)
	}
	doc := &yaml.Node{}
	if err := yaml.Unmarshal(raw, doc); err != nil {
		return nil, yamlError(path, err)
	}
	return doc, nil
}

var (
	atLine     = regexp.MustCompile(`^(?:yaml: )?line (\d+): (.*)$`)
	unknownKey = regexp.MustCompile(`^field (\S+) not found in type .*$`)
)

// yamlError puts the decoder's words into our form: file, line, what is wrong.
func yamlError(path string, err error) error {
	lines := []string{err.Error()}
	if typed := new(yaml.TypeError); errors.As(err, &typed) {
		lines = typed.Errors
	}
	var errs []error
	for _, line := range lines {
		if m := atLine.FindStringSubmatch(line); m != nil {
			errs = append(errs, fmt.Errorf("%s:%s: %s", path, m[1], unknownKey.ReplaceAllString(m[2], `key "$1" is not known`)))
			continue
		}
		errs = append(errs, fmt.Errorf("%s: %s", path, strings.TrimPrefix(line, "yaml: ")))
	}
	return errors.Join(errs...)
}

// list returns the items under a top-level key.
func list(doc *yaml.Node, key string) []*yaml.Node {
	if len(doc.Content) == 0 {
		return nil
	}
	top := doc.Content[0].Content
	for i := 0; i+1 < len(top); i += 2 {
		if top[i].Value == key {
			return top[i+1].Content
		}
	}
	return nil
}

const holidaysFile = "holidays.yaml"

// loadCalendar reads the bank holidays of the four nations.
func loadCalendar(fsys fs.FS, places *areas.Map) (calendar, error) {
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		return calendar{}, fmt.Errorf("find UK time: %w", err)
	}
	c := calendar{london: london, days: map[int][len(nations)]bool{}}
	var f struct {
		From  string `yaml:"from"`
		Until string `yaml:"until"`
		Days  []struct {
			Date string   `yaml:"date"`
			Name string   `yaml:"name"`
			In   []string `yaml:"in"`
		} `yaml:"days"`
	}
	doc, err := decode(fsys, holidaysFile, &f)
	if err != nil || len(doc.Content) == 0 {
		return c, err
	}
	items := list(doc, "days")
	var errs []error
	for key, v := range map[string]struct {
		text string
		into *int
	}{"from": {f.From, &c.first}, "until": {f.Until, &c.last}} {
		t, err := time.Parse(time.DateOnly, v.text)
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: %s: %q is not a date like 2026-12-25", holidaysFile, key, v.text))
		}
		*v.into = number(t.Date())
	}
	for i, day := range f.Days {
		t, err := time.Parse(time.DateOnly, day.Date)
		if err != nil {
			errs = append(errs, fmt.Errorf("%s:%d: %q is not a date like 2026-12-25", holidaysFile, items[i].Line, day.Date))
			continue
		}
		in := c.days[number(t.Date())]
		for _, nation := range day.In {
			if a, ok := places.Area(nation); !ok || a.Kind != "nation" {
				errs = append(errs, fmt.Errorf("%s:%d: %q is not a nation", holidaysFile, items[i].Line, nation))
				continue
			}
			in[nationNumber(nation)] = true
		}
		c.days[number(t.Date())] = in
	}
	return c, errors.Join(errs...)
}
