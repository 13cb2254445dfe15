package areas

import (
	"cmp"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"maps"
	"slices"
	"strings"
)

// credit is what the licences of the official tables ask to be said.
const credit = `# Source: Office for National Statistics licensed under the Open Government Licence v.3.0.
# Contains OS data © Crown copyright and database right%[1]s.
# Contains Royal Mail data © Royal Mail copyright and database right%[1]s.
`

// Summary is what a written file holds.
type Summary struct {
	Sectors  int
	Alone    int // sectors that lie in one council
	Councils int
	Newest   string // the last month in which a postcode was made or given up: "2025-11"
}

// Write writes the file that LoadPostcodes reads. The same tables always give the
// same file.
func (t *Tables) Write(w io.Writer) (Summary, error) {
	if len(t.sectors) == 0 {
		return Summary{}, errors.New("no postcodes: give the ONS Postcode Directory too")
	}
	sum := crc32.NewIEEE()
	var out strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&out, format+"\n", args...) }
	done := Summary{Sectors: len(t.sectors), Newest: t.newest}
	year := ""
	if len(t.newest) == 6 {
		done.Newest = t.newest[:4] + "-" + t.newest[4:]
		year = " " + t.newest[:4]
	}
	line("%s %d", formName, formVersion)
	line("# From %s, postcodes up to %s.", strings.Join(t.names, ", "), cmp.Or(done.Newest, "a month that is not stated"))
	fmt.Fprintf(&out, credit, year)
	councils := t.councils()
	done.Councils = len(councils)
	number := map[string]int{}
	for i, code := range councils {
		number[code] = i
		line("area %s", strings.Join(append([]string{code}, t.places(code)...), " "))
	}
	for _, name := range slices.Sorted(maps.Keys(t.sectors)) {
		shares := counted(t.sectors[name])
		if len(shares) == 1 {
			done.Alone++
		}
		fmt.Fprintf(&out, "sector %s", name)
		for _, s := range shares {
			fmt.Fprintf(&out, " %d:%d", number[s.code], s.count)
		}
		out.WriteByte('\n')
	}
	_, _ = io.WriteString(sum, out.String())
	line("%s", ending(len(t.sectors), sum.Sum32()))
	if _, err := io.WriteString(w, out.String()); err != nil {
		return Summary{}, fmt.Errorf("write postcodes: %w", err)
	}
	return done, nil
}

// councils returns every council that a sector is written with, in order.
func (t *Tables) councils() []string {
	all := map[string]bool{}
	for _, in := range t.sectors {
		for _, s := range counted(in) {
			all[s.code] = true
		}
	}
	return slices.Sorted(maps.Keys(all))
}

// places returns what lies around a council, nearest first: county, region, nation.
func (t *Tables) places(council string) []string {
	around := slices.Clone(t.around[council])
	slices.SortStableFunc(around, func(a, b string) int { return cmp.Compare(size(a), size(b)) })
	return append(around, nationOf[council[0]])
}

var nationOf = map[byte]string{'E': "england", 'W': "wales", 'S': "scotland", 'N': "northern-ireland"}

// size puts counties (E10, E11, E13) and single councils before regions (E12).
func size(code string) int {
	if strings.HasPrefix(code, "E12") {
		return 1
	}
	return 0
}

type codeCount struct {
	code  string
	count int32
}

// counted returns the councils of a sector, those with most postcodes first.
// Postcodes that were given up count only where none is in use.
func counted(in map[string]*tally) []codeCount {
	live := false
	for _, n := range in {
		live = live || n.live > 0
	}
	var out []codeCount
	for code, n := range in {
		count := n.ended
		if live {
			count = n.live
		}
		if count > 0 {
			out = append(out, codeCount{code, count})
		}
	}
	slices.SortFunc(out, func(a, b codeCount) int {
		return cmp.Or(cmp.Compare(b.count, a.count), strings.Compare(a.code, b.code))
	})
	return out
}
