package areas

import "time"

// Area is one place: a nation, a region, a county, a council or a district.
type Area struct {
	Code   string   // ONS code, or a short id ("wales", "east-surrey") where there is none
	Name   string   // as its owner writes it, without "Council"
	Kind   string   // nation, region, county, unitary, metropolitan, district or london-borough
	Parent string   // code of the place around it; empty for a nation
	Nation string   // code of its nation: england, wales, scotland or northern-ireland
	Police string   // the police force as it calls itself; empty where not known
	Former []string // names of abolished councils that lie wholly inside it
	Was    []string // codes of the places that it replaces
	From   time.Time
	To     time.Time // last day; zero for no end
	Pos    string    // "file:line" of its row
}

// On reports whether the place exists on the day of t, read in t's own time
// zone. For the zero time a place exists when it has no From: the state of the
// map as it is written.
func (a Area) On(t time.Time) bool {
	if t.IsZero() {
		return a.From.IsZero()
	}
	return !date(t).Before(a.From) && !a.ended(t)
}

func (a Area) ended(t time.Time) bool { return !a.To.IsZero() && date(t).After(a.To) }

// date is the calendar day of t, as the dates of our rows are kept.
func date(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}

// Map is all places, checked. It never changes after Load.
type Map struct {
	byCode   map[string]int
	areas    []Area // in reading order
	children map[string][]int
	heirs    map[string][]int // successors by the code of what they replace
	names    index
}

// Area returns the place with this code.
func (m *Map) Area(code string) (Area, bool) {
	i, ok := m.byCode[code]
	if !ok {
		return Area{}, false
	}
	return m.areas[i], true
}

// All returns every place in reading order, those with dates included.
func (m *Map) All() []Area { return append([]Area(nil), m.areas...) }

// Children returns the places directly inside one, in reading order, without
// those that begin on a later date. The empty code gives the top level: the
// regions of England, then the other nations.
func (m *Map) Children(code string) []Area { return m.ChildrenAt(code, time.Time{}) }

// ChildrenAt is Children on the day of t.
func (m *Map) ChildrenAt(code string, t time.Time) []Area {
	if code != "" {
		return m.on(m.children[code], t)
	}
	var top []Area
	for _, a := range m.on(m.children[""], t) {
		if inside := m.on(m.children[a.Code], t); len(inside) > 0 {
			top = append(top, inside...) // England is chosen by region
			continue
		}
		top = append(top, a)
	}
	return top
}

func (m *Map) on(rows []int, t time.Time) []Area {
	var out []Area
	for _, i := range rows {
		if m.areas[i].On(t) {
			out = append(out, m.areas[i])
		}
	}
	return out
}

// Path returns the place and those around it, nearest first: district, county,
// region, nation. It is empty for an unknown code.
func (m *Map) Path(code string) []Area {
	var path []Area
	for code != "" {
		i, ok := m.byCode[code]
		if !ok {
			return path
		}
		path = append(path, m.areas[i])
		code = m.areas[i].Parent
	}
	return path
}

// Current returns the places that stand for this one on the day of t: itself,
// or after it was abolished its successors.
func (m *Map) Current(code string, t time.Time) []Area {
	a, ok := m.Area(code)
	if !ok {
		return nil
	}
	if t.IsZero() || !a.ended(t) {
		return []Area{a}
	}
	var now []Area
	for _, i := range m.heirs[code] {
		now = append(now, m.Current(m.areas[i].Code, t)...)
	}
	return now
}

// Heirs returns the codes of the places that directly replace one, at whatever
// date.
func (m *Map) Heirs(code string) []string {
	var out []string
	for _, i := range m.heirs[code] {
		out = append(out, m.areas[i].Code)
	}
	return out
}
