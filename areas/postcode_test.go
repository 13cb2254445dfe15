package areas

import (
	"encoding/csv"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// The headers are those of the tables as published: the lookup of November 2025, the
// directory of February 2023. The postcodes are made up: no real one ends with these
// letters.
const (
	header2025 = "pcd7,pcd8,pcds,dointr,doterm,usrtypind,east1m,north1m,gridind,oa21cd,cty25cd,ced25cd,lad25cd,wd25cd,nhser24cd," +
		"ctry25cd,rgn25cd,pcon24cd,ttwa15cd,itl25cd,npark16cd,lsoa21cd,msoa21cd,wz11cd,sicbl24cd,bua24cd,ruc21ind,oac11ind," +
		"lat,long,lep21cd1,lep21cd2,pfa23cd,imd20ind,icb23cd"
	header2023 = "pcd,pcd2,pcds,dointr,doterm,oscty,ced,oslaua,osward,parish,usertype,oseast1m,osnrth1m,osgrdind,oshlthau,nhser," +
		"ctry,rgn,streg,pcon,eer,teclec,ttwa,pct,itl,statsward,oa01,casward,park,lsoa01,msoa01,ur01ind,oac01,oa11,lsoa11,msoa11," +
		"wz11,sicbl,bua11,buasd11,ru11ind,oac11,lat,long,lep1,lep2,pfa,imd,calncv,icb"
)

// row is a postcode in the columns that count: where, given up when, county, council, region.
func table(header string, rows ...[5]string) string {
	columns := strings.Split(header, ",")
	at := func(names ...string) int {
		return slices.IndexFunc(columns, func(c string) bool { return slices.Contains(names, c) })
	}
	var out strings.Builder
	out.WriteString(header + "\n")
	for _, r := range rows {
		row := make([]string, len(columns))
		row[0], row[at("pcds")], row[at("dointr")] = strings.ReplaceAll(r[0], " ", ""), r[0], "198001"
		row[at("doterm")], row[at("cty25cd", "oscty")] = r[1], r[2]
		row[at("lad25cd", "oslaua")], row[at("rgn25cd", "rgn")] = r[3], r[4]
		for i := range row {
			row[i] = strconv.Quote(row[i])
		}
		out.WriteString(strings.Join(row, ",") + "\n")
	}
	return out.String()
}

const none, east, southEast = "E99999999", "E12000006", "E12000008"

var sampleRows = [][5]string{
	{"SG1 1CC", "", "E10000015", "E07000243", east},
	{"SG1 1CK", "", "E10000015", "E07000243", east},
	{"SG1 1KM", "", "E10000015", "E07000243", east},
	{"SG1 1MV", "", "E10000015", "E07000242", east},
	{"SG1 1VV", "199912", "E10000015", "E07000099", east}, // given up, and others are in use
	{"SG1 2CC", "", "E10000015", "E07000243", east},
	{"SG11 1CC", "", "E10000015", "E07000242", east},
	{"SG11 2CC", "", "E10000015", "E07000242", east},
	{"SG19 9CC", "199912", none, "E06000056", east}, // only this one, given up
	{"CM1 1CC", "", "E10000012", "E07000070", east}, // Essex: the map has no districts
	{"CM1 1CK", "", "E10000012", "E07000076", east},
	{"W1A 1CC", "", "E13000001", "E09000033", "E12000007"},
	{"RG1 1CC", "", none, "E06000099", southEast}, // a council that we do not know
	{"EH1 1CC", "", "S99999999", "S12000036", "S99999999"},
	{"CF10 1CC", "", "W99999999", "W06000015", "W99999999"},
	{"BT1 1CC", "", "N99999999", "N09000003", "N99999999"},
	{"JE1 1CC", "", "", "L99999999", "L99999999"},
	{"GIR 0AA", "198912", "", "E08000012", "E12000002"},
}

func imported(t testing.TB, m *Map, tables ...string) *Postcodes {
	t.Helper()
	all := NewTables()
	for i, text := range tables {
		if _, err := all.Read(fmt.Sprintf("table%d.csv", i), strings.NewReader(text)); err != nil {
			t.Fatal(err)
		}
	}
	var file strings.Builder
	if _, err := all.Write(&file); err != nil {
		t.Fatal(err)
	}
	p, err := LoadPostcodes(strings.NewReader(file.String()), m)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func found(list []Match) []string {
	var out []string
	for _, m := range list {
		out = append(out, m.Area.Name)
	}
	return out
}

func TestHalfAPostcodeFindsTheCouncil(t *testing.T) {
	m := mustLoad(t)
	for name, header := range map[string]string{"columns of 2025": header2025, "columns of 2023": header2023} {
		p := imported(t, m, table(header, sampleRows...))
		for _, tt := range []struct {
			typed string
			want  []string
		}{
			{"SG1 1", []string{"Stevenage", "East Hertfordshire"}},
			{"sg1 1", []string{"Stevenage", "East Hertfordshire"}},
			{" Sg1  1 ", []string{"Stevenage", "East Hertfordshire"}},
			{"sg1 2", []string{"Stevenage"}},
			{"SG1 9", []string{"Stevenage", "East Hertfordshire"}}, // not in the file: as SG1
			{"SG1", []string{"Stevenage", "East Hertfordshire"}},
			{"SG11", []string{"East Hertfordshire", "Stevenage"}}, // SG11, or SG1 1
			{"SG 11", []string{"East Hertfordshire", "Stevenage"}},
			{"sg12", []string{"Stevenage"}}, // SG12 is not in the file, SG1 2 is
			{"SG11 1", []string{"East Hertfordshire"}},
			{"sg111", []string{"East Hertfordshire"}},
			{"SG١ ١", []string{"Stevenage", "East Hertfordshire"}},
			{"SG19 9", []string{"Central Bedfordshire"}},
			{"CM1 1", []string{"Essex"}},
			{"W1A 1", []string{"Westminster"}},
			{"w1a1", []string{"Westminster"}},
			{"W1A", []string{"Westminster"}},
			{"RG1 1", []string{"South East"}},
			{"EH1 1", []string{"Scotland"}},
			{"CF10 1", []string{"Wales"}},
			{"BT1", []string{"Northern Ireland"}},
			{"BT48 6", []string{"Northern Ireland"}},
			{"ZZ9", nil},
			{"JE1 1", nil},
		} {
			if got := found(p.Find(tt.typed)); !slices.Equal(got, tt.want) {
				t.Errorf("%s: %q finds %q, want %q", name, tt.typed, got, tt.want)
			}
		}
		if got := p.Unplaced(); !slices.Equal(got, []Unplaced{{"E06000099", "South East"}}) {
			t.Errorf("%s: not placed: %v", name, got)
		}
	}
}

// A whole postcode, a telephone number, a name or anything around half a postcode is
// used for nothing.
func TestMoreThanHalfAPostcodeIsUsedForNothing(t *testing.T) {
	m := mustLoad(t)
	p := imported(t, m, table(header2025, sampleRows...))
	for _, typed := range []string{
		"SG1 1CC", "sg11cc", "SG1 1C", "SG11 1CC", "SG1 1 CC", "W1A 1CC", "W1A1CC",
		"SG1 1 Anna", "Anna SG1 1", "12 SG1", "SG1 1, Stevenage", "SG1-1", "07700 900123", "0300 123", "101",
		"S G 1", "SG1 1 1", "S", "1", "", " ", "SG", "Stevenage", "\xff", "ＳＧ１", strings.Repeat("SG1 1", 100),
	} {
		if got := p.Find(typed); got != nil {
			t.Errorf("%q finds %q, want nothing", typed, found(got))
		}
	}
	if got := (*Postcodes)(nil).Find("SG1 1"); got != nil {
		t.Errorf("without a file: %q", found(got))
	}
}

func TestALookupSaysWhatLiesAroundACouncil(t *testing.T) {
	m := mustLoad(t)
	postcodes := "pcds,lad25cd\nCM1 1CC,E07000070\n"
	if got := found(imported(t, m, postcodes).Find("CM1 1")); !slices.Equal(got, []string{"England"}) {
		t.Errorf("without a lookup: %q", got)
	}
	const mark = "\ufeff" // as tables for spreadsheets begin
	lookup := mark + "LAD25CD,LAD25NM,LAD25NMW,CTYUA25CD,CTYUA25NM,CTYUA25NMW,ObjectId\nE07000070,Chelmsford,,E10000012,Essex,,1\n"
	if got := found(imported(t, m, postcodes, lookup).Find("CM1 1")); !slices.Equal(got, []string{"Essex"}) {
		t.Errorf("with a lookup: %q", got)
	}
	region := "LAD25CD,LAD25NM,RGN25CD,RGN25NM\nE07000070,Chelmsford,E12000006,East of England\n"
	if got := found(imported(t, m, region, postcodes).Find("CM1 1")); !slices.Equal(got, []string{"East of England"}) {
		t.Errorf("with a lookup of regions: %q", got)
	}
	if got := found(imported(t, m, region, lookup, postcodes).Find("CM1 1")); !slices.Equal(got, []string{"Essex"}) {
		t.Errorf("with both: %q", got)
	}
}

func TestWhatIsNoTable(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"nothing", "", "x.csv: the file is empty"},
		{"other columns", "code,name\n1,2\n", "x.csv: neither a directory of postcodes (columns such as pcds and lad25cd) nor a lookup of councils (LAD25CD with CTYUA25CD or RGN25CD); its columns are code, name"},
		{"names only", "LAD25CD,LAD25NM\nE07000070,Chelmsford\n", "x.csv: neither a directory of postcodes (columns such as pcds and lad25cd) nor a lookup of councils (LAD25CD with CTYUA25CD or RGN25CD); its columns are LAD25CD, LAD25NM"},
		{"no rows", "pcds,lad25cd\n", "x.csv: no rows below the header"},
		{"no postcode", "pcds,lad25cd\nSG1 1CC,E07000243\nStevenage,E07000243\n", `x.csv:3: "Stevenage" is not a postcode`},
		{"no code", "LAD25CD,RGN25CD\nStevenage,E12000006\n", `x.csv:2: "Stevenage" is not the code of a council`},
		{"cut off", "pcds,lad25cd\nSG1 1CC,E07000243\nSG1 1C", "x.csv: record on line 3: wrong number of fields"},
	} {
		_, err := NewTables().Read("x.csv", strings.NewReader(tt.text))
		if err == nil || err.Error() != tt.want {
			t.Errorf("%s:\n got %v\nwant %s", tt.name, err, tt.want)
		}
	}
	lookup := NewTables()
	if _, err := lookup.Read("x.csv", strings.NewReader("LAD25CD,RGN25CD\nE07000243,E12000006\n")); err != nil {
		t.Fatal(err)
	}
	if _, err := lookup.Write(&strings.Builder{}); err == nil || err.Error() != "no postcodes: give the ONS Postcode Directory too" {
		t.Errorf("a lookup alone: %v", err)
	}
}

func TestAFileThatIsNotWholeIsRefused(t *testing.T) {
	m := mustLoad(t)
	all := NewTables()
	if _, err := all.Read("x.csv", strings.NewReader(table(header2025, sampleRows...))); err != nil {
		t.Fatal(err)
	}
	var file strings.Builder
	if _, err := all.Write(&file); err != nil {
		t.Fatal(err)
	}
	good := file.String()
	lines := strings.Count(good, "\n")
	for _, tt := range []struct{ name, text, want string }{
		{"nothing", "", `this is not a file that "pathway areas import" has made`},
		{"the table itself", table(header2025, sampleRows...), `this is not a file that "pathway areas import" has made`},
		{"one long line", strings.Repeat("x", 1<<20), `this is not a file that "pathway areas import" has made`},
		{"a later form", strings.Replace(good, "postcodes 1\n", "postcodes 2\n", 1), "the file has form 2, this program reads form 1: import it again"},
		{"cut off", good[:strings.LastIndex(good, "end ")], "the end is missing: import it again"},
		{"half a line", good[:strings.Index(good, "sector SG1 1")+len("sector SG1 1")], `line 19: "SG1 1" is not a sector with its councils`},
		{"changed", strings.Replace(good, "0:", "1:", 1), fmt.Sprintf("line %d says", lines)},
		{"a line gone", regexp.MustCompile(`sector SG19 9 .*\n`).ReplaceAllString(good, ""), fmt.Sprintf("line %d says", lines-1)},
		{"more after the end", good + "sector W1A 2 0:1\n", fmt.Sprintf("line %d stands after the end", lines+1)},
		{"another word", "pathwaybot postcodes 1\nhello\n", `line 2: "hello" is not known`},
		{"a council nowhere", "pathwaybot postcodes 1\narea X1 X2\n", `line 2: "X1 X2" and the places around it are none of ours`},
		{"no councils", "pathwaybot postcodes 1\nsector SG1 1 0:1\n", `line 2: sector "SG1 1": "0:1" is not a council and a count`},
		{"a whole postcode", "pathwaybot postcodes 1\narea england\nsector SG1 1AA 0:1\n", `line 3: "SG1 1AA 0:1" is not a sector with its councils`},
		{"no order", "pathwaybot postcodes 1\narea england\nsector SG1 1 0:1\nsector SG1 1 0:1\n", `line 4: sector "SG1 1" is not in order`},
	} {
		_, err := LoadPostcodes(strings.NewReader(tt.text), m)
		if err == nil || !strings.HasPrefix(err.Error(), tt.want) {
			t.Errorf("%s:\n got %v\nwant %s", tt.name, err, tt.want)
		}
	}
	if _, err := LoadPostcodes(strings.NewReader(strings.ReplaceAll(good, "\n", "\r\n")), m); err != nil {
		t.Errorf("the same with the line ends of Windows: %v", err)
	}
}

// official reads a table beside the project, without its header, or skips.
func official(t testing.TB, name string) [][]string {
	t.Helper()
	path := "../../shared/data/" + name
	f, err := os.Open(path)
	if os.IsNotExist(err) {
		t.Skipf("no official tables at %s", path)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close() //nolint:errcheck // read only
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows[1:]
}

// onspd makes a table in the form of the ONS Postcode Directory of the counts of
// postcodes in each sector: one row for so many postcodes.
func onspd(t testing.TB, each int) string {
	var rows [][5]string
	district := map[string][]string{}
	for _, r := range official(t, "areas/districts.csv") {
		district[r[0]] = r
	}
	for _, r := range official(t, "postcodes/sectors.csv") {
		unit := 0
		for _, part := range strings.Fields(r[2]) {
			code, counted, _ := strings.Cut(part, ":")
			n, err := strconv.Atoi(counted)
			if err != nil {
				t.Fatal(err)
			}
			county := none
			if d := district[code]; d[3] != code {
				county = d[3]
			}
			for range max(1, n/each) {
				unit++
				postcode := fmt.Sprintf("%s%c%c", r[0], 'A'+unit/26%26, 'A'+unit%26)
				rows = append(rows, [5]string{postcode, "", county, code, district[code][5]})
			}
		}
	}
	return table(header2025, rows...)
}

// TestOnTheOfficialTables finds the council of 2,600 real postcodes by their first
// half, and of every unit at which a sector passes from one council to another.
func TestOnTheOfficialTables(t *testing.T) {
	samples, units := official(t, "samples/postcodes.csv"), official(t, "postcodes/units.csv")
	upper := map[string]string{}
	for _, r := range official(t, "areas/districts.csv") {
		upper[r[0]] = r[3]
	}
	m := mustLoad(t)
	p := imported(t, m, onspd(t, 10))
	if len(p.Unplaced()) > 0 || p.Sectors() < 10000 {
		t.Fatalf("%d sectors, not placed: %v", p.Sectors(), p.Unplaced())
	}
	// own is the place of a district on our map: itself, its county, or its nation.
	own := func(lad string) string {
		for _, code := range []string{lad, upper[lad]} {
			if a, ok := m.Area(code); ok {
				return a.Code
			}
		}
		return nationOf[lad[0]]
	}
	has := func(list []Match, lad string) bool {
		return slices.ContainsFunc(list, func(g Match) bool { return g.Area.Code == own(lad) })
	}
	asked, alone, first := 0, 0, 0
	for _, r := range samples {
		sector, _ := sectorOf(r[0])
		if strings.HasPrefix(sector, "NPT") {
			continue // Newport as it was long ago, of an odd form: left out
		}
		list := p.Find(strings.ToLower(sector))
		if !has(list, r[1]) {
			t.Errorf("%s is in %s, its sector finds %q", r[0], own(r[1]), found(list))
			continue
		}
		asked++
		if len(list) == 1 {
			alone++
		}
		if list[0].Area.Code == own(r[1]) {
			first++
		}
		if without := p.Find(strings.ReplaceAll(sector, " ", "")); !has(without, r[1]) {
			t.Errorf("%s without its gap: %q", sector, found(without))
		}
		if out := p.Find(sector[:len(sector)-2]); len(out) < maxMatches && !has(out, r[1]) {
			t.Errorf("%s is in %s, its outward code finds %q", r[0], own(r[1]), found(out))
		}
	}
	places := map[string][]string{}
	for _, r := range official(t, "postcodes/sectors.csv") {
		places[r[0]] = strings.Fields(r[2])
	}
	for _, r := range units {
		list := p.Find(r[0])
		for i := 0; i+3 <= len(r[1]); i += 3 {
			lad, _, _ := strings.Cut(places[r[0]][r[1][i+2]-'0'], ":")
			if !strings.HasPrefix(r[0], "NPT") && len(list) < maxMatches && !has(list, lad) {
				t.Errorf("%s%s is in %s, its sector finds %q", r[0], r[1][i:i+2], own(lad), found(list))
			}
		}
	}
	t.Logf("%d postcodes: one council %.1f%%, the first offered is right %.1f%%", asked, 100*float64(alone)/float64(asked), 100*float64(first)/float64(asked))
}

func FuzzPostcodesFind(f *testing.F) {
	m := mustLoad(f)
	p := imported(f, m, table(header2025, sampleRows...))
	for _, s := range []string{"SG1 1", "sg11", "W1A", "SG1 1AA", "\xff", "١"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		got := p.Find(typed)
		if len(got) > 0 && len([]rune(strings.ReplaceAll(typed, " ", ""))) > maxHalf+20 {
			t.Errorf("%q finds %q", typed, found(got))
		}
	})
}

func BenchmarkPostcodesFind(b *testing.B) {
	m := mustLoad(b)
	p := imported(b, m, table(header2025, sampleRows...))
	b.ReportAllocs()
	for b.Loop() {
		p.Find("sg11")
	}
}
