package handlers_test

import (
	"strings"
	"testing"
	"time"

	"pathwaybot/areas"
	"pathwaybot/guide"
	"pathwaybot/handlers"
	"pathwaybot/session"
)

// postcodes are made up, in the columns of the official directory.
func postcodes(t *testing.T, g *guide.Guide) *areas.Postcodes {
	t.Helper()
	tables := areas.NewTables()
	table := `pcds,lad25cd
SG1 1CC,E07000243
SG1 2CC,E07000243
SG11 1CC,E07000242
SG4 1CC,E07000243
SG4 1CK,E07000099
SG4 1CV,E07000099
SG8 5CC,E07000012
EH1 1CC,S12000036
`
	if _, err := tables.Read("made-up.csv", strings.NewReader(table)); err != nil {
		t.Fatal(err)
	}
	var file strings.Builder
	if _, err := tables.Write(&file); err != nil {
		t.Fatal(err)
	}
	p, err := areas.LoadPostcodes(strings.NewReader(file.String()), g.Areas)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func chooser(t *testing.T, with bool) *chat {
	g := project(t)
	set := handlers.Settings{Cover: 15 * time.Minute, Clean: 45 * time.Minute}
	if with {
		set.Postcodes = postcodes(t, g)
	}
	c := &chat{t: t, conv: handlers.New(g, session.NewMemory(clock), set)}
	c.press("!lang/en", "gate/start/worried", "gate/age-them/under-18", "child-public/signs/done", "child-public/known-place/area-known")
	return c
}

func TestHalfAPostcodeAtTheCouncils(t *testing.T) {
	c := chooser(t, true)
	if r := c.press("!area"); !strings.Contains(text(r), "Never type a whole postcode.") {
		t.Errorf("nothing says that half a postcode can be typed:\n%s", text(r))
	}
	for _, tt := range []struct {
		typed, ask string
		buttons    []string
	}{
		{"SG1 1", "Is it this one?", []string{"!here/E07000243"}},
		{"sg1 1", "Is it this one?", []string{"!here/E07000243"}},
		{"SG11", "Is it one of these?", []string{"!here/E07000242", "!here/E07000243"}},
		{"sg4 1", "Is it one of these?", []string{"!here/E07000099", "!here/E07000243"}},
		{"EH1", "Is it this one?", []string{"!here/scotland"}},
		{"BT1", "Is it this one?", []string{"!here/northern-ireland"}},
		{"SG8 5", "Is it this one?", []string{"!area/england"}}, // Cambridgeshire, without a lookup
		{"Stevenage", "Is it this one?", []string{"!here/E07000243"}},
	} {
		r := c.event(handlers.Event{What: handlers.Text, Data: tt.typed})
		var got []string
		for _, row := range r.Rows {
			if p := row.Buttons[0].Press; strings.HasPrefix(p, "!here/") || strings.HasPrefix(p, "!area/") {
				got = append(got, p)
			}
		}
		if !strings.Contains(text(r), tt.ask) || strings.Join(got, " ") != strings.Join(tt.buttons, " ") {
			t.Errorf("%s: %q, want %q under %q:\n%s", tt.typed, got, tt.buttons, tt.ask, text(r))
		}
		if strings.Contains(strings.ToLower(text(r)), "sg1") {
			t.Errorf("%s is shown again:\n%s", tt.typed, text(r))
		}
	}
	if r := c.press("!here/E07000243"); !strings.Contains(text(r), "0300 123 4043") || !strings.Contains(text(r), "Area: Stevenage") {
		t.Errorf("the council that was found is not chosen:\n%s", text(r))
	}
}

// A whole postcode, a telephone number or a name is used for nothing: the list again,
// with a kind line, whether the file is loaded or not.
func TestWhatIsNoPlaceIsUsedForNothing(t *testing.T) {
	for _, with := range []bool{false, true} {
		c := chooser(t, with)
		list := text(c.press("!area"))
		for _, typed := range []string{"SG1 1CC", "sg11cc", "07700 900123", "Anna, SG1 1", "my name is Anna, SG1 1CC", "SG1 1 07700 900123", "?"} {
			got := text(c.event(handlers.Event{What: handlers.Text, Data: typed}))
			if want := "! I did not find that place. Please choose from the list.\n" + list; got != want {
				t.Errorf("with the file %v, %q:\n%s\nwant\n%s", with, typed, got, want)
			}
		}
	}
	c := chooser(t, false)
	if got := text(c.press("!area")); strings.Contains(got, "postcode") {
		t.Errorf("without the file half a postcode is offered:\n%s", got)
	}
	if got := text(c.event(handlers.Event{What: handlers.Text, Data: "SG1 1"})); !strings.Contains(got, "I did not find that place.") {
		t.Errorf("without the file half a postcode is looked up:\n%s", got)
	}
}
