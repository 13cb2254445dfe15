package areas

import (
	"bufio"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"slices"
	"sort"
	"strconv"
	"strings"
)

// Postcodes knows which councils the first part of a postcode lies in. It is made
// from the official tables by an operator, since those do not belong to the project.
// A nil *Postcodes knows nothing.
type Postcodes struct {
	m        *Map
	sectors  []sector // in order
	shares   []share
	unplaced []Unplaced
}

// Unplaced is a council that the map does not have, nor a county around it: people
// are led to the region or nation, from whose list they choose.
type Unplaced struct{ Code, To string }

// sector is a postcode sector, "SG1 1", and its part of the shares.
type sector struct {
	name        string
	first, last int32
}

// share is how many postcodes of a sector lie in a place.
type share struct {
	place int32 // in Map.areas
	count int32
}

// The file is text: a line with its form, lines about where it came from, a line for
// each council with the places around it, a line for each sector, and a last line
// that shows whether anything is missing.
//
//	pathwaybot postcodes 1
//	# ...
//	area E07000243 E10000015 E12000006 england
//	sector SG1 1 0:310 4:2
//	end 12018 1a2b3c4d
const (
	formName    = "pathwaybot postcodes"
	formVersion = 1
)

// LoadPostcodes reads what "pathway areas import" has made and finds its councils
// on the map: each one itself, or where the map has no districts the county around
// it. A file that is cut off, changed or of another form is refused.
func LoadPostcodes(r io.Reader, m *Map) (*Postcodes, error) {
	p := &Postcodes{m: m}
	sum := crc32.NewIEEE()
	var places []int32
	in := bufio.NewScanner(r)
	line, ended := 0, false
	for in.Scan() {
		line++
		text := in.Text()
		word, rest, _ := strings.Cut(text, " ")
		switch {
		case line == 1:
			if err := checkForm(text); err != nil {
				return nil, err
			}
		case ended:
			return nil, fmt.Errorf("line %d stands after the end", line)
		case word == "area":
			around := strings.Fields(rest)
			place, ok := m.nearest(around)
			if !ok {
				return nil, fmt.Errorf("line %d: %q and the places around it are none of ours", line, rest)
			}
			places = append(places, place)
			if a := m.areas[place]; a.Kind == "region" || a.Code == "england" {
				p.unplaced = append(p.unplaced, Unplaced{around[0], a.Name})
			}
		case word == "sector":
			if err := p.read(rest, places); err != nil {
				return nil, fmt.Errorf("line %d: %w", line, err)
			}
		case word == "end":
			if want := ending(len(p.sectors), sum.Sum32()); text != want {
				return nil, fmt.Errorf("line %d says %q and the file is %q: it was changed, import it again", line, text, want)
			}
			ended = true
		case !strings.HasPrefix(text, "#"):
			return nil, fmt.Errorf("line %d: %q is not known", line, word)
		}
		_, _ = io.WriteString(sum, text+"\n")
	}
	switch err := in.Err(); {
	case errors.Is(err, bufio.ErrTooLong):
		return nil, errForm
	case err != nil:
		return nil, fmt.Errorf("read postcodes: %w", err)
	case line == 0:
		return nil, errForm
	case !ended:
		return nil, errors.New("the end is missing: import it again")
	}
	p.sectors, p.shares = slices.Clip(p.sectors), slices.Clip(p.shares)
	return p, nil
}

var errForm = errors.New(`this is not a file that "pathway areas import" has made`)

func checkForm(first string) error {
	version, ok := strings.CutPrefix(first, formName+" ")
	if !ok {
		return errForm
	}
	if version != strconv.Itoa(formVersion) {
		return fmt.Errorf("the file has form %s, this program reads form %d: import it again", version, formVersion)
	}
	return nil
}

func ending(sectors int, sum uint32) string { return fmt.Sprintf("end %d %08x", sectors, sum) }

// nearest returns the first of some places, nearest first, that is on the map.
func (m *Map) nearest(around []string) (int32, bool) {
	for _, code := range around {
		if i, ok := m.byCode[code]; ok {
			return int32(i), true
		}
	}
	return 0, false
}

// read reads one sector: "SG1 1 0:310 4:2". Councils that are one place on the map
// are added up.
func (p *Postcodes) read(text string, places []int32) error {
	words := strings.Fields(text)
	if len(words) < 3 || len(words[1]) != 1 || !isDigit(words[1][0]) || !outward(words[0]) {
		return fmt.Errorf("%q is not a sector with its councils", text)
	}
	s := sector{name: words[0] + " " + words[1], first: int32(len(p.shares))}
	if n := len(p.sectors); n > 0 && p.sectors[n-1].name >= s.name {
		return fmt.Errorf("sector %q is not in order", s.name)
	}
	for _, w := range words[2:] {
		number, counted, _ := strings.Cut(w, ":")
		i, errI := strconv.Atoi(number)
		count, errC := strconv.ParseInt(counted, 10, 32)
		if errI != nil || errC != nil || i < 0 || i >= len(places) || count < 1 {
			return fmt.Errorf("sector %q: %q is not a council and a count", s.name, w)
		}
		own := p.shares[s.first:]
		if at := slices.IndexFunc(own, func(h share) bool { return h.place == places[i] }); at >= 0 {
			own[at].count += int32(count)
			continue
		}
		p.shares = append(p.shares, share{places[i], int32(count)})
	}
	s.last = int32(len(p.shares))
	p.sectors = append(p.sectors, s)
	return nil
}

// Sectors returns how many sectors are known.
func (p *Postcodes) Sectors() int {
	if p == nil {
		return 0
	}
	return len(p.sectors)
}

// Unplaced returns the councils of the file that are not on the map.
func (p *Postcodes) Unplaced() []Unplaced { return slices.Clone(p.unplaced) }

// Find returns the councils that a typed text may mean, the most likely first, at
// most 8: one is to be confirmed, several are to be offered. The text is the first
// part of a postcode, with or without the digit after the gap: "SG1", "sg1 1".
// Without the gap it can mean two places, and both are given. Any other text, a
// whole postcode among them, gives nothing. Nothing typed is kept.
func (p *Postcodes) Find(typed string) []Match {
	if p == nil {
		return nil
	}
	var lists [][]share
	read := readings(typed)
	for _, h := range read {
		if list := p.of(h); len(list) > 0 {
			lists = append(lists, list)
		}
	}
	if len(lists) == 0 && len(read) == 1 { // a sector that is newer than the file
		lists = [][]share{p.of(half{outward: read[0].outward})}
	}
	var out []Match
	for rank := 0; len(out) < maxMatches; rank++ {
		more := false
		for _, list := range lists {
			if rank >= len(list) {
				continue
			}
			more = true
			a := p.m.areas[list[rank].place]
			if len(out) < maxMatches && !slices.ContainsFunc(out, func(m Match) bool { return m.Area.Code == a.Code }) {
				out = append(out, Match{Area: a, Name: a.Name, Exact: true})
			}
		}
		if !more {
			break
		}
	}
	return out
}

// of returns the places of half a postcode, those with most postcodes first.
func (p *Postcodes) of(h half) []share {
	if strings.HasPrefix(h.outward, northernIreland) && isDigit(h.outward[len(northernIreland)]) {
		if i, ok := p.m.byCode["northern-ireland"]; ok {
			return []share{{place: int32(i)}}
		}
	}
	from, to := h.outward+" ", h.outward+"!" // "!" follows the space
	if h.sector != "" {
		from, to = h.sector, h.sector+"!"
	}
	var list []share
	for i := p.search(from); i < len(p.sectors) && p.sectors[i].name < to; i++ {
		for _, s := range p.shares[p.sectors[i].first:p.sectors[i].last] {
			if at := slices.IndexFunc(list, func(h share) bool { return h.place == s.place }); at >= 0 {
				list[at].count += s.count
				continue
			}
			list = append(list, s)
		}
	}
	sort.SliceStable(list, func(a, b int) bool { return list[a].count > list[b].count })
	return list
}

func (p *Postcodes) search(name string) int {
	return sort.Search(len(p.sectors), func(i int) bool { return p.sectors[i].name >= name })
}

// northernIreland is how every postcode of Northern Ireland begins, and no other.
// Its postcodes are under another licence, so they are not in the file.
const northernIreland = "BT"
