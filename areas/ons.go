package areas

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
)

// Tables gathers the official tables of the Office for National Statistics that an
// operator has downloaded: the ONS Postcode Directory or the National Statistics
// Postcode Lookup, whole or in parts, and lookups from districts to counties and
// regions. WriteTo makes of them the file that LoadPostcodes reads.
type Tables struct {
	around  map[string][]string // by code of a council: county and region
	sectors map[string]map[string]*tally
	newest  string // the last month in which a postcode was made or given up: "202511"
	names   []string
}

// tally counts the postcodes of a sector in a council.
type tally struct{ live, ended int32 }

// Read is what one table held.
type Read struct {
	Postcodes int // in use
	Ended     int // given up; they count only where a sector has no other
	Councils  int // in a lookup
	Northern  int // of Northern Ireland: left out, since they are under another licence
	Nowhere   int // without a council, or of an odd form such as GIR 0AA: left out
}

// NewTables returns tables without a row.
func NewTables() *Tables {
	return &Tables{around: map[string][]string{}, sectors: map[string]map[string]*tally{}}
}

// The columns that count, by the names they have had. The ONS puts the year of the
// codes into some: lad25cd was oslaua in the directory and laua in the lookup.
var (
	postcodeColumn = names(`pcds`, `pcd8`, `pcd7`, `pcd2`, `pcd`)
	councilColumn  = names(`lad\d\dcd`, `ltla\d\dcd`, `oslaua`, `laua`, `ladcd`)
	endColumn      = names(`doterm`)
	beginColumn    = names(`dointr`)
	aroundColumns  = []*regexp.Regexp{
		names(`ctyua\d\dcd`, `utla\d\dcd`, `cty\d\dcd`, `oscty`, `cty`), names(`rgn\d\dcd`, `rgn`, `gor`),
	}
)

func names(patterns ...string) *regexp.Regexp {
	return regexp.MustCompile(`^(?:` + strings.Join(patterns, "|") + `)$`)
}

// columns is where a table has what counts; -1 for a column that it lacks.
type columns struct {
	postcode, council, begin, end int
	around                        []int
}

// Read adds one table. What it is shows in its header, so the order of the columns
// and what else there is do not matter.
func (t *Tables) Read(name string, r io.Reader) (Read, error) {
	in := csv.NewReader(withoutMark(r))
	in.ReuseRecord = true
	header, err := in.Read()
	if errors.Is(err, io.EOF) {
		return Read{}, fmt.Errorf("%s: the file is empty", name)
	}
	if err != nil {
		return Read{}, fmt.Errorf("%s: %w", name, err)
	}
	c := find(header)
	if c.council < 0 || c.postcode < 0 && len(c.around) == 0 {
		return Read{}, fmt.Errorf("%s: neither a directory of postcodes (columns such as pcds and lad25cd) "+
			"nor a lookup of councils (LAD25CD with CTYUA25CD or RGN25CD); its columns are %s", name, strings.Join(header, ", "))
	}
	var done Read
	for {
		row, err := in.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return done, fmt.Errorf("%s: %w", name, err)
		}
		if problem := t.row(row, &c, &done); problem != "" {
			line, _ := in.FieldPos(0)
			return done, fmt.Errorf("%s:%d: %s", name, line, problem)
		}
	}
	if done == (Read{}) {
		return done, fmt.Errorf("%s: no rows below the header", name)
	}
	t.names = append(t.names, name)
	return done, nil
}

// withoutMark takes the byte order mark away that tables for spreadsheets begin with.
func withoutMark(r io.Reader) io.Reader {
	start := make([]byte, 3)
	n, _ := io.ReadFull(r, start)
	return io.MultiReader(bytes.NewReader(bytes.TrimPrefix(start[:n], []byte("\xef\xbb\xbf"))), r)
}

func find(header []string) columns {
	c := columns{postcode: -1, council: -1, begin: -1, end: -1}
	// The last in the alphabet: pcds, with one space in every postcode, and the newest year.
	best := func(known *regexp.Regexp) int {
		at, last := -1, ""
		for i, name := range header {
			if name = strings.ToLower(strings.TrimSpace(name)); name > last && known.MatchString(name) {
				at, last = i, name
			}
		}
		return at
	}
	c.postcode, c.council = best(postcodeColumn), best(councilColumn)
	c.begin, c.end = best(beginColumn), best(endColumn)
	for _, known := range aroundColumns {
		if i := best(known); i >= 0 {
			c.around = append(c.around, i)
		}
	}
	return c
}

var councilCode = regexp.MustCompile(`^[ENSW]\d{8}$`)

// row adds one row and returns what is wrong with it, "" for nothing.
func (t *Tables) row(row []string, c *columns, done *Read) string {
	council := strings.TrimSpace(row[c.council])
	if c.postcode < 0 {
		if !councilCode.MatchString(council) {
			return fmt.Sprintf("%q is not the code of a council", council)
		}
		t.put(council, row, c)
		done.Councils++
		return ""
	}
	sector, ok := sectorOf(row[c.postcode])
	switch {
	case !ok:
		return fmt.Sprintf("%q is not a postcode", row[c.postcode])
	case strings.HasPrefix(sector, northernIreland):
		done.Northern++
		return ""
	case !councilCode.MatchString(council), !outward(sector[:len(sector)-2]):
		done.Nowhere++
		return ""
	}
	if t.sectors[sector] == nil {
		t.sectors[sector] = map[string]*tally{}
	}
	n := t.sectors[sector][council]
	if n == nil {
		n = &tally{}
		council = strings.Clone(council) // the row's memory is used again
		t.sectors[sector][council] = n
		t.put(council, row, c)
	}
	t.month(row, c.begin)
	if t.month(row, c.end) {
		n.ended++
		done.Ended++
		return ""
	}
	n.live++
	done.Postcodes++
	return ""
}

// month notes a month and reports whether there is one.
func (t *Tables) month(row []string, column int) bool {
	if column < 0 || strings.TrimSpace(row[column]) == "" {
		return false
	}
	if row[column] > t.newest {
		t.newest = strings.Clone(row[column])
	}
	return true
}

// put notes what lies around a council. Codes that stand for "none" end with nines.
func (t *Tables) put(council string, row []string, c *columns) {
	for _, i := range c.around {
		code := strings.TrimSpace(row[i])
		if !councilCode.MatchString(code) || strings.HasSuffix(code, "999999") || code == council {
			continue
		}
		if !slices.Contains(t.around[council], code) {
			t.around[strings.Clone(council)] = append(t.around[council], strings.Clone(code))
		}
	}
}

// sectorOf returns the sector of a whole postcode: "SG1 1" of "SG1 1AB".
func sectorOf(postcode string) (string, bool) {
	s := strings.ToUpper(strings.ReplaceAll(postcode, " ", ""))
	if len(s) < 5 || len(s) > 7 {
		return "", false
	}
	out, in := s[:len(s)-3], s[len(s)-3:]
	if !isDigit(in[0]) || !isLetter(in[1]) || !isLetter(in[2]) {
		return "", false
	}
	return out + " " + in[:1], true
}
