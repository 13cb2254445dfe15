package contacts

import (
	"embed"
	"io/fs"
	"slices"
	"time"

	"pathwaybot/areas"
)

//go:embed *.yaml
var files embed.FS

// Files returns the directory that the program carries with it.
func Files() fs.FS { return files }

// Directory is every contact, checked. It never changes after Load.
type Directory struct {
	all      []*Contact
	byID     map[string]*Contact
	serving  map[string]*serving // by area code
	calendar calendar
	retired  []Retired
	places   *areas.Map
}

// serving is who serves one place.
type serving struct {
	byKind map[string][]placed // nearest first
	level  map[*Contact]Level
}

type placed struct {
	contact *Contact
	level   Level
}

// Contact returns the contact with this id.
func (d *Directory) Contact(id string) (*Contact, bool) {
	c, ok := d.byID[id]
	return c, ok
}

// All returns every contact in the order of the files.
func (d *Directory) All() []*Contact { return slices.Clone(d.all) }

// Kind reports whether a word is a kind of contact. No id is one.
func (d *Directory) Kind(kind string) bool { return slices.Contains(kinds, kind) }

// HolidaysUntil returns the last day for which bank holidays are known. After
// it every clock time counts as not stated.
func (d *Directory) HolidaysUntil() time.Time {
	n := d.calendar.last
	return time.Date(n/10000, time.Month(n/100%100), n%100, 0, 0, 0, 0, d.calendar.london)
}

// Retired returns the numbers that must be shown nowhere.
func (d *Directory) Retired() []Retired { return slices.Clone(d.retired) }

// index works out for every place who serves it, nearest first.
func (d *Directory) index() {
	d.serving = map[string]*serving{}
	for _, a := range d.places.All() {
		d.serving[a.Code] = d.serve(a)
	}
}

// serve finds the contacts of one place: those of the places around it, of what
// it replaced and of what will replace it. Their dates decide which are shown.
func (d *Directory) serve(a areas.Area) *serving {
	s := &serving{byKind: map[string][]placed{}, level: map[*Contact]Level{}}
	levels := map[string]Level{}
	for _, code := range slices.Concat([]string{a.Code}, a.Was, d.places.Heirs(a.Code)) {
		for _, around := range d.places.Path(code) {
			if l, seen := levels[around.Code]; !seen || levelOf(around) < l {
				levels[around.Code] = levelOf(around)
			}
		}
	}
	for _, c := range d.all {
		best, ok := UK, len(c.Areas) == 0
		for _, code := range c.Areas {
			if l, in := levels[code]; in && (l <= best) {
				best, ok = l, true
			}
		}
		if !ok {
			continue
		}
		if c.Police && best < Police {
			best = Police
		}
		s.level[c] = best
		s.byKind[c.Kind] = append(s.byKind[c.Kind], placed{c, best})
	}
	for _, list := range s.byKind {
		slices.SortStableFunc(list, func(x, y placed) int { return int(x.level) - int(y.level) })
	}
	return s
}

func levelOf(a areas.Area) Level {
	switch a.Kind {
	case "county":
		return County
	case "region":
		return Region
	case "nation":
		return Nation
	}
	return District
}
