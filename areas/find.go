package areas

import (
	"sort"
	"strings"
	"unicode/utf8"
)

// Match is a place that a typed text may mean.
type Match struct {
	Area  Area
	Name  string // the name that was recognised, as our data writes it ("Oldbury" for Sandwell)
	Exact bool   // false when a typing mistake was forgiven or only the beginning was typed
}

// maxMatches is how many places are offered at most: more do not fit a screen.
const maxMatches = 8

// index is the names of places, folded for comparing.
type index struct {
	exact map[string][]int // entry numbers by folded name
	list  []entry
}

type entry struct {
	folded string
	runes  []rune
	name   string
	areas  []int
}

// newIndex gathers every name: areas, former councils, other names, towns.
func newIndex(m *Map, f file, say func(pos, format string, args ...any)) index {
	x := index{exact: map[string][]int{}}
	at := func(code, pos, name string) (int, bool) {
		i, ok := m.byCode[code]
		if !ok {
			say(pos, "name %q: %q is not an area", name, code)
		}
		return i, ok
	}
	for i, a := range m.areas {
		x.add(a.Name, i)
		for _, former := range a.Former {
			x.add(former, i)
		}
	}
	for _, r := range f.Names {
		var means []int
		for _, code := range r.Means {
			if i, ok := at(code, r.pos, r.Name); ok {
				means = append(means, i)
			}
		}
		if fold(r.Name) == "" || len(r.Means) == 0 {
			say(r.pos, "a name needs the places it means")
			continue
		}
		x.add(r.Name, means...)
	}
	for _, r := range f.Towns {
		i, ok := at(r.In, r.pos, r.Name)
		if !ok {
			continue
		}
		for _, name := range append([]string{r.Name}, r.Also...) {
			x.add(name, i)
		}
	}
	return x
}

func (x *index) add(name string, areas ...int) {
	f := fold(name)
	for _, n := range x.exact[f] {
		if x.list[n].name == name || strings.EqualFold(x.list[n].name, name) {
			x.list[n].areas = append(x.list[n].areas, areas...)
			return
		}
	}
	x.exact[f] = append(x.exact[f], len(x.list))
	x.list = append(x.list, entry{folded: f, runes: []rune(f), name: name, areas: areas})
}

// Find returns the places that a typed text may mean, best first, at most 8.
// One match is to be confirmed, several are to be offered. Nothing typed is
// kept. A text with a digit in it (a telephone number, a postcode) or with more
// words than a place has gives nothing.
func (m *Map) Find(typed string) []Match {
	if unsafe(typed) {
		return nil
	}
	whole := fold(typed)
	if whole == "" {
		return nil
	}
	if got := m.matches(m.names.exact[whole], true); got != nil {
		return got
	}
	if got := m.qualified(typed, whole); got != nil {
		return got
	}
	return m.matches(m.names.near(whole), false)
}

// qualified reads "Ashford, Kent" and "Corby Northants": a place and the one
// around it. Only places inside the second are left, where there are any.
func (m *Map) qualified(typed, whole string) []Match {
	parts := strings.FieldsFunc(typed, func(r rune) bool { return r == ',' || r == '،' || r == '，' || r == '/' })
	if len(parts) == 2 {
		return m.inside(m.Find(parts[0]), m.names.exact[fold(parts[1])])
	}
	for i := len(whole) - 1; i > 0; i-- {
		if whole[i] != ' ' {
			continue
		}
		first, second := m.names.exact[whole[:i]], m.names.exact[whole[i+1:]]
		if first != nil && second != nil {
			return m.inside(m.matches(first, true), second)
		}
	}
	return nil
}

// inside keeps the matches that lie in one of the places an entry means; all of
// them when none does.
func (m *Map) inside(got []Match, outer []int) []Match {
	var kept []Match
	for _, match := range got {
		for _, around := range m.Path(match.Area.Code) {
			for _, n := range outer {
				for _, i := range m.names.list[n].areas {
					if m.areas[i].Code == around.Code {
						kept = append(kept, match)
					}
				}
			}
		}
	}
	if kept == nil {
		return got
	}
	return kept
}

// matches turns entries into places, each place once. A council that is still
// to come stands for the first that it will replace.
func (m *Map) matches(entries []int, exact bool) []Match {
	var out []Match
	seen := map[int]bool{}
	for _, n := range entries {
		for _, i := range m.names.list[n].areas {
			if a := m.areas[i]; !a.From.IsZero() && len(a.Was) > 0 {
				i = m.byCode[a.Was[0]]
			}
			if !seen[i] && len(out) < maxMatches {
				seen[i] = true
				out = append(out, Match{Area: m.areas[i], Name: m.names.list[n].name, Exact: exact})
			}
		}
	}
	return out
}

// near returns the entries nearest to a folded text: those that begin with it
// and those a typing mistake or two away, fewest mistakes first.
func (x *index) near(text string) []int {
	type hit struct{ n, mistakes int }
	typed := []rune(text)
	allowed := tolerance(len(typed))
	var hits []hit
	var rows scratch
	for n, e := range x.list {
		if utf8.RuneCountInString(text) >= 4 && strings.HasPrefix(e.folded, text+" ") {
			hits = append(hits, hit{n, 0})
			continue
		}
		if d := rows.distance(typed, e.runes, allowed); d <= allowed {
			hits = append(hits, hit{n, d})
		}
	}
	sort.SliceStable(hits, func(i, j int) bool { return hits[i].mistakes < hits[j].mistakes })
	var out []int
	for _, h := range hits {
		if h.mistakes > 0 && h.mistakes > hits[0].mistakes+1 {
			break
		}
		out = append(out, h.n)
	}
	return out
}

// tolerance is how many mistakes are forgiven: none in two letters, one up to
// seven letters, two above.
func tolerance(letters int) int {
	switch {
	case letters < 3:
		return 0
	case letters < 8:
		return 1
	}
	return 2
}
