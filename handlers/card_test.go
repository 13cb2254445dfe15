package handlers

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pathwaybot/contacts"
	"pathwaybot/guide"
	"pathwaybot/locales"
)

func TestClosedSaysWhenItOpensAndHowLongThatIs(t *testing.T) {
	h := conversation(t)
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	at := func(s string) time.Time {
		v, err := time.ParseInLocation("2006-01-02 15:04:05", s, london)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	l, _ := h.guide.Words.Language("en")
	for _, tt := range []struct{ now, opens, want string }{
		{"2026-11-24 02:20:00", "2026-11-24 08:00:00", "Closed now. Opens 08:00, in 5 h 40 min"},
		{"2026-11-24 02:20:30", "2026-11-24 08:00:00", "Closed now. Opens 08:00, in 5 h 40 min"},
		{"2026-11-24 07:59:59", "2026-11-24 08:00:00", "Closed now. Opens 08:00, in 1 min"},
		{"2026-11-24 07:00:00", "2026-11-24 08:00:00", "Closed now. Opens 08:00, in 1 h 0 min"},
		{"2026-11-24 17:40:00", "2026-11-25 09:00:00", "Closed now. Opens Wednesday, 09:00, in 15 h 20 min"},
		{"2026-11-24 23:50:00", "2026-11-25 00:10:00", "Closed now. Opens 00:10, in 20 min"},
		{"2026-11-27 17:00:00", "2026-11-30 09:00:00", "Closed now. Opens Monday, 09:00"},
		{"2026-12-23 17:00:00", "2026-12-30 09:00:00", "Closed now. Opens on 30.12.2026, 09:00"},
		// The clocks go forward, and back.
		{"2027-03-28 00:30:00", "2027-03-28 09:00:00", "Closed now. Opens 09:00, in 7 h 30 min"},
		{"2026-10-25 00:30:00", "2026-10-25 09:00:00", "Closed now. Opens 09:00, in 9 h 30 min"},
	} {
		c := &contacts.Listed{State: contacts.Closed, Opens: at(tt.opens)}
		if got := h.opening(l, c, Event{Now: at(tt.now).UTC()}); got != tt.want {
			t.Errorf("at %s: %q, want %q", tt.now, got, tt.want)
		}
	}
	if got := h.opening(l, &contacts.Listed{State: contacts.Closed}, Event{Now: at("2026-11-24 02:20:00")}); got != "Closed now" {
		t.Errorf("nobody knows when it opens: %q", got)
	}
}

// What a card says of cost, name and source, as the directory has it.
func TestWhatACardSays(t *testing.T) {
	h := conversation(t)
	now := time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)
	l, _ := h.guide.Words.Language("en")
	card := func(id, area, audience string, mute bool) *Card {
		list := h.guide.Contacts.List(contacts.Query{Want: []string{id}, Area: area, Audience: audience, NoVoice: mute, At: now})
		if len(list) != 1 {
			t.Fatalf("%s: %d contacts", id, len(list))
		}
		return h.card(l, &list[0], mute, Event{Now: now})
	}
	for _, tt := range []struct {
		id, area, audience string
		says, never        []string
	}{
		{"crimestoppers", "", "public", []string{"Open now", "Free to call", "They never ask who you are"}, []string{"a life is in danger"}},
		{"modern-slavery-helpline", "", "victim", []string{"Hours not stated", "Free to call", "You do not have to give your name. They act if a child or a life is in danger"}, []string{"Open now", "promise"}},
		{"samaritans", "", "victim", []string{"Open now", "Does not show on the phone bill"}, nil},
		{"childline", "", "victim", []string{"Does not show on the phone bill"}, []string{"Open now"}},
		{"acas", "", "victim", []string{"Costs a normal call", "From a copy of another page, not yet rung"}, []string{"name"}},
		{"isle-of-wight-adults", "E06000046", "professional", []string{"Weak source. Check it before you use it.", "Also, from a weak source: 01983 814980"}, nil},
		{"portsmouth-adults", "E06000044", "public", []string{"Evenings, weekends and holidays: 0300 555 1373"}, nil},
		{"emergency-999", "", "victim", []string{"Open now", "Free to call"}, []string{"copy of"}},
	} {
		facts := card(tt.id, tt.area, tt.audience, false).Facts
		for _, want := range tt.says {
			if !slices.Contains(facts, want) {
				t.Errorf("%s: %q is not among %q", tt.id, want, facts)
			}
		}
		for _, bad := range tt.never {
			if strings.Contains(strings.Join(facts, "\n"), bad) {
				t.Errorf("%s: %q is among %q", tt.id, bad, facts)
			}
		}
	}
	menu := card("northamptonshire-children", "E06000061", "public", false)
	if menu.Then != "1, 1" || !strings.Contains(menu.Note, "press 1, 1.") {
		t.Errorf("what to press in the menu is lost: %+v", menu)
	}
	for mute, want := range map[bool]string{false: "App: Unseen App", true: "Web form: press its button below, App: Unseen App"} {
		if got := strings.Join(card("modern-slavery-helpline", "", "victim", mute).Silent, ", "); got != want {
			t.Errorf("cannot talk %v: %q, want %q", mute, got, want)
		}
	}
	emergency := card("emergency-999", "", "victim", true)
	if !emergency.First || len(emergency.Silent) != 3 || emergency.Silent[0] != "Text: 999, only from a phone registered before" {
		t.Errorf("999 for somebody who cannot talk: %+v", emergency)
	}
}

// For somebody who cannot talk the written ways come first among the buttons too.
func TestButtonsOfSomebodyWhoCannotTalk(t *testing.T) {
	h := conversation(t)
	l, _ := h.guide.Words.Language("en")
	list := h.guide.Contacts.List(contacts.Query{Want: []string{"modern-slavery-helpline"}, At: time.Now()})
	for mute, want := range map[bool]string{false: "Copy 08000 121 700, Web form", true: "Web form, Copy 08000 121 700"} {
		var labels []string
		for _, b := range h.contactRow(l, &list[0], mute).Buttons {
			labels = append(labels, b.Label)
		}
		if got := strings.Join(labels, ", "); got != want {
			t.Errorf("cannot talk %v: %q, want %q", mute, got, want)
		}
	}
}

// Who a contact is takes at most six words, in translation twice as many, and an outcome at most ten rows of buttons
// above the three that every screen has.
func TestShortEnoughForAFrightenedPerson(t *testing.T) {
	h := conversation(t)
	for _, l := range h.guide.Words.Languages() {
		most := 12
		if l.Tag == guide.English {
			most = 6
		}
		for _, c := range h.guide.Contacts.All() {
			who := h.guide.Words.Text(l.Tag, "contact."+c.ID+".who")
			if n := locales.WordCount(who); n > most || who == "" {
				t.Errorf("%s: contact.%s.who has %d words: %s", l.Tag, c.ID, n, who)
			}
		}
	}
	everyScreen(h, func(what string, r Reply) {
		cards := 0
		for _, b := range r.Blocks {
			if b.Card != nil {
				cards++
			}
		}
		if cards > contactsAScreen || cards > 0 && len(r.Rows) > 13 {
			t.Errorf("%s: %d contacts, %d rows of buttons", what, cards, len(r.Rows))
		}
	})
}

// BenchmarkContacts is what an outcome costs to find its contacts, over every outcome
// in every area.
func BenchmarkContacts(b *testing.B) {
	h := conversation(b)
	now := time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)
	var queries []contacts.Query
	for _, pw := range h.guide.Graph.Pathways {
		for _, n := range pw.Nodes {
			for _, a := range h.guide.Areas.All() {
				if len(n.Contacts) > 0 {
					queries = append(queries, contacts.Query{
						Want: n.Contacts, Area: a.Code, Subject: pw.Subject, Audience: pw.Audience, At: now,
					})
				}
			}
		}
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		h.guide.Contacts.List(queries[i%len(queries)])
	}
}
