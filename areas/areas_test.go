package areas

import (
	"encoding/csv"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

func mustLoad(t testing.TB) *Map {
	t.Helper()
	m, err := Load(Files())
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func codes(list []Area) []string {
	var out []string
	for _, a := range list {
		out = append(out, a.Code)
	}
	return out
}

func TestTheTopIsNineRegionsAndThreeNations(t *testing.T) {
	m := mustLoad(t)
	var names []string
	for _, a := range m.Children("") {
		names = append(names, a.Name)
	}
	want := []string{
		"East Midlands", "East of England", "London", "North East", "North West", "South East", "South West",
		"West Midlands", "Yorkshire and The Humber", "Wales", "Scotland", "Northern Ireland",
	}
	if !slices.Equal(names, want) {
		t.Errorf("got %q, want %q", names, want)
	}
}

func TestHertfordshireHasItsTenDistricts(t *testing.T) {
	m := mustLoad(t)
	want := map[string]string{
		"E07000095": "Broxbourne", "E07000096": "Dacorum", "E07000242": "East Hertfordshire", "E07000098": "Hertsmere",
		"E07000099": "North Hertfordshire", "E07000240": "St Albans", "E07000243": "Stevenage",
		"E07000102": "Three Rivers", "E07000103": "Watford", "E07000241": "Welwyn Hatfield",
	}
	got := m.Children("E10000015")
	if len(got) != len(want) {
		t.Errorf("%d districts, want %d", len(got), len(want))
	}
	for _, a := range got {
		if want[a.Code] != a.Name {
			t.Errorf("%s is %q, want %q", a.Code, a.Name, want[a.Code])
		}
	}
	if got, want := codes(m.Path("E07000243")), []string{"E07000243", "E10000015", "E12000006", "england"}; !slices.Equal(got, want) {
		t.Errorf("path of Stevenage: %q, want %q", got, want)
	}
}

func TestForcesOfTheAreasWithEntries(t *testing.T) {
	m := mustLoad(t)
	for code, want := range map[string]string{
		"E10000015": "Hertfordshire Constabulary", "E08000028": "West Midlands Police", "E06000061": "Northamptonshire Police",
		"E06000043": "Sussex Police", "E06000035": "Kent Police", "E06000046": "Hampshire and Isle of Wight Constabulary",
		"E06000039": "Thames Valley Police", "E10000030": "Surrey Police",
	} {
		if a, _ := m.Area(code); a.Police != want {
			t.Errorf("%s: %q, want %q", code, a.Police, want)
		}
	}
}

func TestSurreyIsDividedOnItsDay(t *testing.T) {
	m := mustLoad(t)
	before, after := day2("2027-03-31"), day2("2027-04-01")
	for _, tt := range []struct {
		code string
		on   time.Time
		want []string
	}{
		{"E07000207", before, []string{"E07000207"}},
		{"E07000207", after, []string{"east-surrey"}},
		{"E07000217", after, []string{"west-surrey"}},
		{"E10000030", after, []string{"east-surrey", "west-surrey"}},
		{"E10000015", after, []string{"E10000015"}},
		{"nowhere", after, nil},
	} {
		if got := codes(m.Current(tt.code, tt.on)); !slices.Equal(got, tt.want) {
			t.Errorf("%s on %s: %q, want %q", tt.code, tt.on.Format(time.DateOnly), got, tt.want)
		}
	}
	has := func(list []Area, code string) bool { return slices.Contains(codes(list), code) }
	if in := m.ChildrenAt("E12000008", before); !has(in, "E10000030") || has(in, "east-surrey") {
		t.Errorf("the day before: %q", codes(in))
	}
	if in := m.ChildrenAt("E12000008", after); has(in, "E10000030") || !has(in, "east-surrey") {
		t.Errorf("on the day: %q", codes(in))
	}
	if in := m.Children("E12000008"); !has(in, "E10000030") || has(in, "east-surrey") {
		t.Errorf("without a day: %q", codes(in))
	}
}

func day2(s string) time.Time {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return t
}

// TestAgainstTheOfficialTables compares codes, names and nesting with the tables
// of the Office for National Statistics, where a copy lies beside the project.
func TestAgainstTheOfficialTables(t *testing.T) {
	const table = "../../shared/data/areas/districts.csv"
	f, err := os.Open(table)
	if os.IsNotExist(err) {
		t.Skipf("no official tables at %s", table)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close() //nolint:errcheck // read only
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	m := mustLoad(t)
	short := map[string]string{
		"Kingston upon Hull, City of": "Hull", "Herefordshire, County of": "Herefordshire", "Bristol, City of": "Bristol",
	}
	seen := map[string]bool{}
	for _, r := range rows[1:] {
		lad, name, upper, region, country := r[0], r[1], r[3], r[5], r[7]
		if s, ok := short[name]; ok {
			name = s
		}
		if country != "England" {
			continue
		}
		if a, ok := m.Area(lad); ok {
			seen[lad] = true
			parent := upper
			if upper == lad {
				parent = region
			}
			if a.Name != name || a.Parent != parent {
				t.Errorf("%s: ours is %q in %s, the table says %q in %s", a.Pos, a.Name, a.Parent, name, parent)
			}
		}
		u, ok := m.Area(upper)
		if !ok || u.Parent != region {
			t.Errorf("council %s (%s) is missing or not in %s", upper, name, region)
		}
		if _, ok := m.Area(lad); !ok && u.Police != "" {
			t.Errorf("%s has entries, and its district %s (%s) is missing", u.Name, lad, name)
		}
		seen[upper], seen[region] = true, true
	}
	for _, a := range m.All() {
		if strings.HasPrefix(a.Code, "E") && !seen[a.Code] {
			t.Errorf("%s: %s %q is not in the table", a.Pos, a.Code, a.Name)
		}
	}
}

// TestTownsAgainstTheOfficialTables looks up every town of ours among the places of
// the tables, where a copy lies beside the project: it must lie in the council that
// we lead people to.
func TestTownsAgainstTheOfficialTables(t *testing.T) {
	upper, region := map[string]string{}, map[string]string{}
	for _, r := range official(t, "areas/districts.csv") {
		upper[r[0]], region[r[0]] = r[3], r[5]
	}
	in := map[string][]string{} // districts by folded name
	for _, r := range official(t, "places/places.csv") {
		in[fold(r[0])] = append(in[fold(r[0])], r[2])
	}
	m := mustLoad(t)
	f, err := read(Files(), "towns.yaml")
	if err != nil {
		t.Fatal(err)
	}
	known := 0
	for _, town := range f.Towns {
		districts := in[fold(town.Name)]
		if len(districts) == 0 {
			continue
		}
		known++
		if !slices.ContainsFunc(districts, func(lad string) bool {
			return slices.Contains([]string{lad, upper[lad], nationOf[lad[0]]}, town.In) || // London is a region
				town.In == "E12000007" && region[lad] == town.In
		}) {
			a, _ := m.Area(town.In)
			t.Errorf("%s: %s is in %s, the tables say %q", town.pos, town.Name, a.Name, districts)
		}
	}
	if known < 1000 {
		t.Errorf("only %d of %d towns are in the tables", known, len(f.Towns))
	}
	t.Logf("%d of %d towns are in the tables", known, len(f.Towns))
}
