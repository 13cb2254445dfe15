package areas

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

func TestFind(t *testing.T) {
	m := mustLoad(t)
	berkshire := []string{"E06000036", "E06000037", "E06000038", "E06000039", "E06000040", "E06000041"}
	for _, tt := range []struct {
		typed string
		want  []string
		exact bool
	}{
		{"Stevenage", []string{"E07000243"}, true},
		{"stevenage borough council", []string{"E07000243"}, true},
		{"I live in Stevenage", []string{"E07000243"}, true},
		{"stevenge", []string{"E07000243"}, false},
		{"Berkshire", berkshire, true},
		{"Northamptonshire", []string{"E06000061", "E06000062"}, true},
		{"Corby", []string{"E06000061"}, true},
		{"corby northants", []string{"E06000061"}, true},
		{"Daventry", []string{"E06000062"}, true},
		{"Sussex", []string{"E06000043", "E10000011", "E10000032"}, true},
		{"London", []string{"E12000007", "E09000001"}, true},
		{"Ashford", []string{"E07000105", "E07000213"}, true},
		{"Ashford, Kent", []string{"E07000105"}, true},
		{"St Albans", []string{"E07000240"}, true},
		{"saint albans", []string{"E07000240"}, true},
		{"Smethwick", []string{"E08000028"}, true},
		{"Rowley Regis", []string{"E08000028"}, true},
		{"Hove", []string{"E06000043"}, true},
		{"East Surrey", []string{"E10000030"}, true},
		{"Cardiff", []string{"wales"}, true},
		{"Glasgow", []string{"scotland"}, true},
		{"Лондон", []string{"E12000007", "E09000001"}[:1], true},
		{"لندن", []string{"E12000007"}, true},
		{"伦敦", []string{"E12000007"}, true},
		{"ለንደን", []string{"E12000007"}, true},
		{"Велингборо", []string{"E06000061"}, true},
	} {
		got := m.Find(tt.typed)
		var have []string
		for _, g := range got {
			have = append(have, g.Area.Code)
			if g.Exact != tt.exact {
				t.Errorf("%q: exact is %v for %s", tt.typed, g.Exact, g.Area.Name)
			}
		}
		if !slices.Equal(have, tt.want) {
			t.Errorf("%q: %q, want %q", tt.typed, have, tt.want)
		}
	}
}

func TestWhatIsNoPlaceGivesNothing(t *testing.T) {
	m := mustLoad(t)
	for _, typed := range []string{
		"", "   ", "?", "help", "qwrtzpsdf", "SG1 1AA", "SL1", "07700 900123", "call me in Slough on 07700 900123",
		"my boss took my passport and I cannot leave Slough", "John Smith", "😀",
		"Slough, 07700 900123", "SL1 1AA, Slough", "Slough, my boss took my passport and I am afraid",
	} {
		if got := m.Find(typed); got != nil {
			t.Errorf("%q: %+v, want nothing", typed, got)
		}
	}
}

// TestOneTypingMistakeIsForgiven makes every kind of mistake in every name, with
// fixed chance, and looks for the place among what is offered.
func TestOneTypingMistakeIsForgiven(t *testing.T) {
	m := mustLoad(t)
	chance := rand.New(rand.NewPCG(1, 2))
	tried, found := 0, 0
	var missed []string
	for _, e := range m.names.list {
		name := []rune(e.name)
		if len(name) < 4 || name[0] > 'z' {
			continue
		}
		for kind := range 4 {
			typed := mistake(chance, name, kind)
			tried++
			if offers(m, typed, e.areas) {
				found++
			} else {
				missed = append(missed, fmt.Sprintf("%s for %s", typed, e.name))
			}
		}
	}
	if tried < 4000 || found*100 < tried*98 {
		t.Errorf("%d of %d found, want 98 of 100; missed %q", found, tried, missed[:min(20, len(missed))])
	}
	t.Logf("%d of %d found (%.1f%%)", found, tried, 100*float64(found)/float64(tried))
}

// mistake leaves out, doubles with another, replaces or swaps one letter.
func mistake(chance *rand.Rand, name []rune, kind int) string {
	out := slices.Clone(name)
	i := 1 + chance.IntN(len(out)-2)
	letter := rune('a' + chance.IntN(26))
	switch kind {
	case 0:
		out = slices.Delete(out, i, i+1)
	case 1:
		out = slices.Insert(out, i, letter)
	case 2:
		out[i] = letter
	case 3:
		out[i], out[i+1] = out[i+1], out[i]
	}
	return string(out)
}

func offers(m *Map, typed string, areas []int) bool {
	for _, got := range m.Find(typed) {
		for _, i := range areas {
			if m.areas[i].Code == got.Area.Code {
				return true
			}
		}
	}
	return false
}

func FuzzFind(f *testing.F) {
	m := mustLoad(f)
	for _, s := range []string{"Slough", "a, b", "لندن، Kent", "\xff", "ß ß ß"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		for _, got := range m.Find(typed) {
			if _, ok := m.Area(got.Area.Code); !ok {
				t.Errorf("%q gives %q", typed, got.Area.Code)
			}
		}
	})
}

func BenchmarkFind(b *testing.B) {
	m := mustLoad(b)
	for _, typed := range []string{"Stevenage", "wellingbrough", "stratford upon avno"} {
		b.Run(typed, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				m.Find(typed)
			}
		})
	}
}
