package contacts

import (
	"maps"
	"slices"
	"testing"
)

// wants are what outcomes ask for, in the order an author would choose.
var (
	adultReport   = []string{"adult-safeguarding", "council-modern-slavery", "police", "modern-slavery-helpline", "salvation-army-referral-helpline"}
	childReport   = []string{"child-safeguarding", "council-modern-slavery", "police", "nspcc-helpline", "govuk-report-child-abuse-to-council"}
	adultSelf     = []string{"salvation-army-referral-helpline", "modern-slavery-helpline", "adult-safeguarding", "police"}
	childSelf     = []string{"childline", "child-safeguarding", "police", "modern-slavery-helpline"}
	dangerWant    = []string{"emergency"}
	elsewhereWant = []string{"victim-support", "information", "police", "modern-slavery-helpline"}
)

// TestFirstThree has the first three contacts of situations: who, number shown,
// state. Written from the facts, not from what the program prints.
func TestFirstThree(t *testing.T) {
	d := mustLoad(t)
	const (
		stevenage, eastHerts, sandwell    = "E07000243", "E07000242", "E08000028"
		northNorthants, westNorthants     = "E06000061", "E06000062"
		portsmouth, southampton, brighton = "E06000044", "E06000045", "E06000043"
		reading, westBerks, slough        = "E06000038", "E06000037", "E06000039"
		elmbridge, iow, medway, mk        = "E07000207", "E06000046", "E06000035", "E06000042"
		hastings, crawley, dover, oxford  = "E07000062", "E07000226", "E07000108", "E07000178"
		essex, winchester, bucks          = "E10000012", "E07000094", "E06000060"
	)
	const (
		helpline  = "modern-slavery-helpline 08000 121 700 not-stated"
		salvation = "salvation-army-referral-helpline 0800 808 3733 open"
		p101      = "police-101 101 open"
		nspcc     = "nspcc-helpline 0808 800 5000 not-stated"
		finder    = "govuk-report-child-abuse-to-council  not-stated"
	)
	tests := []struct {
		name, when, area, subject, audience string
		want                                []string
		first                               []string
	}{
		// Tuesday 24 November 2026 is an ordinary working day.
		{"Stevenage adult professional Tuesday 10:00", "2026-11-24 10:00", stevenage, "adult", "professional", adultReport, []string{"hertfordshire-adults 0300 123 4042 open", "stevenage-sada-modern-slavery 01438 242666 not-stated", "hertfordshire-constabulary 101 open"}},
		{"Stevenage adult professional Sunday 03:00", "2026-11-22 03:00", stevenage, "adult", "professional", adultReport, []string{"hertfordshire-adults 0300 123 4042 open", "stevenage-sada-modern-slavery 01438 242666 not-stated", "hertfordshire-constabulary 101 open"}},
		{"East Herts child at night: the council's number, its hours not stated", "2026-11-24 03:00", eastHerts, "child", "public", childReport, []string{"hertfordshire-children 0300 123 4043 not-stated", "hertfordshire-constabulary 101 open", nspcc}},
		{"Sandwell child Sunday 03:00", "2026-11-22 03:00", sandwell, "child", "professional", childReport, []string{"sandwell-children 0121 569 3100 not-stated", "sandwell-council-modern-slavery  not-stated", "west-midlands-police 101 open"}},
		{"Sandwell adult Tuesday 17:29, day line", "2026-11-24 17:29", sandwell, "adult", "public", adultReport[:1], []string{"sandwell-adults 0121 569 2266 open"}},
		{"Sandwell adult Tuesday 17:30, duty team", "2026-11-24 17:30", sandwell, "adult", "public", adultReport[:1], []string{"sandwell-adults 0121 569 2355 open"}},
		{"Sandwell adult Wednesday 03:00, duty team, no hours printed for the small hours", "2026-11-25 03:00", sandwell, "adult", "public", adultReport[:1], []string{"sandwell-adults 0121 569 2355 not-stated"}},
		{"Corby child Christmas Day", "2026-12-25 03:00", northNorthants, "child", "public", childReport, []string{"northamptonshire-children 01604 626938 not-stated", "northamptonshire-police-modern-slavery 101 open", nspcc}},
		{"Corby child Tuesday 10:00", "2026-11-24 10:00", northNorthants, "child", "professional", childReport, []string{"northamptonshire-children 0300 126 7000 not-stated", "northamptonshire-police-modern-slavery 101 open", nspcc}},
		{"Corby adult at night, public: the doubtful duty number stays hidden", "2026-11-25 02:00", northNorthants, "adult", "public", adultReport, []string{"north-northamptonshire-adults 0300 126 3000 not-stated", "northamptonshire-police-modern-slavery 101 open", helpline}},
		{"Corby adult at night, professional", "2026-11-25 02:00", northNorthants, "adult", "professional", adultReport, []string{"north-northamptonshire-adults 01604 637206 not-stated", "northamptonshire-police-modern-slavery 101 open", helpline}},
		{"Northampton adult Tuesday 11:00", "2026-11-24 11:00", westNorthants, "adult", "professional", adultReport, []string{"west-northamptonshire-adults 0300 126 7000 not-stated", "northamptonshire-police-modern-slavery 101 open", helpline}},
		{"Portsmouth adult at night", "2026-11-25 01:00", portsmouth, "adult", "public", adultReport, []string{"portsmouth-adults 0300 555 1373 not-stated", "hampshire-isle-of-wight-constabulary 101 open", helpline}},
		{"Portsmouth adult Tuesday 10:00", "2026-11-24 10:00", portsmouth, "adult", "public", adultReport, []string{"portsmouth-adults 023 9268 0810 not-stated", "hampshire-isle-of-wight-constabulary 101 open", helpline}},
		{"Southampton child by day, public line", "2026-11-24 10:00", southampton, "child", "public", childReport, []string{"southampton-children 023 8083 3004 not-stated", "hampshire-isle-of-wight-constabulary 101 open", nspcc}},
		{"Southampton child by day, professional line", "2026-11-24 10:00", southampton, "child", "professional", childReport, []string{"southampton-children-professionals 023 8083 2300 not-stated", "hampshire-isle-of-wight-constabulary 101 open", nspcc}},
		{"Brighton child at 16:59", "2026-11-24 16:59", brighton, "child", "public", childReport, []string{"brighton-hove-children 01273 290400 open", "sussex-police 101 open", nspcc}},
		{"Brighton child at 17:01", "2026-11-24 17:01", brighton, "child", "public", childReport, []string{"brighton-hove-children 01273 335905 not-stated", "sussex-police 101 open", nspcc}},
		{"Brighton adult at 18:00, one number for day and night", "2026-11-24 18:00", brighton, "adult", "public", adultReport[:1], []string{"brighton-hove-adults 01273 295555 open"}},
		{"Hastings child Friday 16:45, between day line and duty team", "2026-11-27 16:45", hastings, "child", "public", childReport[:1], []string{"east-sussex-children 01273 335905 not-stated"}},
		{"Hastings child Friday 18:00", "2026-11-27 18:00", hastings, "child", "public", childReport[:1], []string{"east-sussex-children 01273 335905 open"}},
		{"Crawley child Tuesday 08:59", "2026-11-24 08:59", crawley, "child", "public", childReport[:1], []string{"west-sussex-children 033 022 26664 open"}},
		{"Crawley child Tuesday 09:00", "2026-11-24 09:00", crawley, "child", "public", childReport[:1], []string{"west-sussex-children 01403 229900 open"}},
		{"Crawley child Boxing Day bank holiday, Monday 11:00", "2026-12-28 11:00", crawley, "child", "public", childReport[:1], []string{"west-sussex-children 033 022 26664 open"}},
		{"Dover adult Sunday", "2026-11-22 12:00", dover, "adult", "public", adultReport, []string{"kent-adults 03000 41 91 91 not-stated", "kent-police 101 open", helpline}},
		{"Medway child at night, a 24 hour duty number", "2026-11-24 23:00", medway, "child", "public", childReport[:1], []string{"medway-children 03000 419191 open"}},
		{"Medway child by day: the day number stays first", "2026-11-24 10:00", medway, "child", "public", childReport[:1], []string{"medway-children 01634 334466 not-stated"}},
		{"Winchester child Saturday, Hampshire's duty team", "2026-11-28 10:00", winchester, "child", "public", childReport, []string{"hampshire-children 0300 555 1373 open", "hampshire-isle-of-wight-constabulary 101 open", nspcc}},
		{"Isle of Wight child at 04:00, public line is 24 hours", "2026-11-24 04:00", iow, "child", "public", childReport[:1], []string{"isle-of-wight-children 01983 823435 open"}},
		{"Isle of Wight adult, public: a doubtful number is not shown", "2026-11-24 10:00", iow, "adult", "public", adultReport, []string{"hampshire-isle-of-wight-constabulary 101 open", helpline, salvation}},
		{"Isle of Wight adult, professional: shown", "2026-11-24 10:00", iow, "adult", "professional", adultReport, []string{"isle-of-wight-adults 01983 823340 not-stated", "hampshire-isle-of-wight-constabulary 101 open", helpline}},
		{"Reading adult 17:30, Berkshire duty service", "2026-11-24 17:30", reading, "adult", "public", adultReport[:1], []string{"reading-adults 01344 351 999 open"}},
		{"West Berkshire child Friday 16:40, before the duty service begins", "2026-11-27 16:40", westBerks, "child", "public", childReport[:1], []string{"west-berkshire-children 01344 351 999 not-stated"}},
		{"Slough adult Tuesday 09:30, press 1", "2026-11-24 09:30", slough, "adult", "professional", adultReport[:1], []string{"slough-adults 01753 475111 open"}},
		{"Esher child Saturday", "2026-11-28 10:00", elmbridge, "child", "public", childReport, []string{"surrey-children 01483 517898 not-stated", "surrey-police 101 open", nspcc}},
		{"Milton Keynes adult 17:14", "2026-11-24 17:14", mk, "adult", "public", adultReport[:1], []string{"milton-keynes-adults 01908 252835 open"}},
		{"Aylesbury child Friday 17:00, duty line", "2026-11-27 17:00", bucks, "child", "public", childReport[:1], []string{"buckinghamshire-children 0800 999 7677 not-stated"}},
		{"Oxford adult Friday 15:59", "2026-11-27 15:59", oxford, "adult", "public", adultReport[:1], []string{"oxfordshire-adults 0345 050 7666 open"}},
		{"Oxford adult, professional: this line is not for them", "2026-11-27 15:59", oxford, "adult", "professional", adultReport, []string{"thames-valley-police 101 open", helpline, salvation}},
		{"Essex has no local entry", "2026-11-24 10:00", essex, "child", "public", childReport, []string{p101, nspcc, finder}},
		{"area skipped, adult about themself", "2026-11-24 03:00", "", "adult", "victim", adultSelf, []string{salvation, helpline, p101}},
		{"area skipped, child about themself", "2026-11-24 03:00", "", "child", "victim", childSelf, []string{"childline 0800 1111 not-stated", p101, helpline}},
		{"Scotland, adult victim", "2026-11-24 10:00", "scotland", "adult", "victim", elsewhereWant, []string{"tara-scotland 0141 276 7724 not-stated", "migrant-help-scotland 0141 884 7900 not-stated", p101}},
		{"Scotland has no Salvation Army line", "2026-11-24 10:00", "scotland", "adult", "victim", adultSelf, []string{helpline, p101}},
		{"Northern Ireland", "2026-11-24 10:00", "northern-ireland", "child", "public", elsewhereWant, []string{"nidirect-trafficking-help  not-stated", "psni-101 101 open", helpline}},
		{"Wales", "2026-11-24 10:00", "wales", "adult", "public", elsewhereWant, []string{"wales-live-fear-free-modern-slavery  not-stated", p101, helpline}},
		{"danger, professional too", "2026-11-24 10:00", stevenage, "adult", "professional", dangerWant, []string{"emergency-999 999 open", "emergency-silent-solution-55 999 open"}},
	}
	for _, tt := range tests {
		q := Query{Want: tt.want, Area: tt.area, Subject: tt.subject, Audience: tt.audience, At: at(t, tt.when)}
		if got := firstThree(d.List(q)); !slices.Equal(got, tt.first) {
			t.Errorf("%s:\n got %q\nwant %q", tt.name, got, tt.first)
		}
		q.NoVoice = true
		checkSilentFirst(t, tt.name, d.List(q))
	}
}

// TestFirstThreeCannotTalk has the first three contacts of people who cannot talk. By
// the facts the Salvation Army, Samaritans and most children's teams are reached by
// voice alone; the police have text relay, the helpline a form, the NSPCC e-mail.
func TestFirstThreeCannotTalk(t *testing.T) {
	d := mustLoad(t)
	const (
		helpline  = "modern-slavery-helpline 08000 121 700 not-stated"
		salvation = "salvation-army-referral-helpline 0800 808 3733 open"
		p101      = "police-101 101 open"
		nspcc     = "nspcc-helpline 0808 800 5000 not-stated"
	)
	for _, tt := range []struct {
		name, when, area, subject, audience string
		want                                []string
		first                               []string
	}{
		{"Stevenage adult professional Tuesday 10:00", "2026-11-24 10:00", "E07000243", "adult", "professional", adultReport, []string{"hertfordshire-adults 0300 123 4042 open", "hertfordshire-constabulary 101 open", helpline}},
		{"Sandwell child Sunday 03:00", "2026-11-22 03:00", "E08000028", "child", "professional", childReport, []string{"west-midlands-police 101 open", nspcc, "sandwell-children 0121 569 3100 not-stated"}},
		{"Corby child Christmas Day", "2026-12-25 03:00", "E06000061", "child", "public", childReport, []string{"northamptonshire-police-modern-slavery 101 open", nspcc, "northamptonshire-children 01604 626938 not-stated"}},
		{"Portsmouth adult at night", "2026-11-25 01:00", "E06000044", "adult", "public", adultReport, []string{"portsmouth-adults 0300 555 1373 not-stated", "hampshire-isle-of-wight-constabulary 101 open", helpline}},
		{"Brighton child at 16:59", "2026-11-24 16:59", "E06000043", "child", "public", childReport, []string{"sussex-police 101 open", nspcc, "brighton-hove-children 01273 290400 open"}},
		{"Brighton child at 17:01", "2026-11-24 17:01", "E06000043", "child", "public", childReport, []string{"sussex-police 101 open", nspcc, "brighton-hove-children 01273 335905 not-stated"}},
		{"Reading, chosen after Berkshire, adult at 22:00", "2026-11-24 22:00", "E06000038", "adult", "public", adultReport, []string{"reading-adults 01344 351 999 open", "thames-valley-police 101 open", helpline}},
		{"Scotland, adult victim", "2026-11-24 10:00", "scotland", "adult", "victim", elsewhereWant, []string{p101, helpline, "tara-scotland 0141 276 7724 not-stated"}},
		{"area skipped, adult about themself", "2026-11-24 03:00", "", "adult", "victim", adultSelf, []string{helpline, p101, salvation}},
		{"area skipped, child about themself", "2026-11-24 03:00", "", "child", "victim", childSelf, []string{"childline 0800 1111 not-stated", p101, helpline}},
		{"danger", "2026-11-24 03:00", "", "adult", "victim", dangerWant, []string{"emergency-silent-solution-55 999 open", "emergency-999 999 open"}},
	} {
		q := Query{Want: tt.want, Area: tt.area, Subject: tt.subject, Audience: tt.audience, NoVoice: true, At: at(t, tt.when)}
		if got := firstThree(d.List(q)); !slices.Equal(got, tt.first) {
			t.Errorf("%s:\n got %q\nwant %q", tt.name, got, tt.first)
		}
	}
}

func firstThree(list []Listed) []string {
	var out []string
	for _, l := range list[:min(3, len(list))] {
		out = append(out, l.Contact.ID+" "+l.Phone+" "+l.State.String())
	}
	return out
}

func checkSilentFirst(t *testing.T, name string, list []Listed) {
	t.Helper()
	voiceOnly := ""
	for _, l := range list {
		if len(l.Ways) == 0 {
			voiceOnly = l.Contact.ID
		} else if voiceOnly != "" {
			t.Errorf("%s, cannot talk: %s stands below %s, which has no way without a voice", name, l.Contact.ID, voiceOnly)
		}
	}
}

func TestCannotTalk(t *testing.T) {
	d := mustLoad(t)
	got := firstThree(d.List(Query{Want: dangerWant, Audience: "victim", NoVoice: true, At: at(t, "2026-11-24 10:00")}))
	want := []string{"emergency-silent-solution-55 999 open", "emergency-999 999 open"}
	if !slices.Equal(got, want) {
		t.Errorf("in danger: got %q, want %q", got, want)
	}
	list := d.List(Query{Want: []string{"surrey-children"}, Area: "E10000030", Audience: "public", NoVoice: true, At: at(t, "2026-11-28 10:00")})
	if len(list) != 1 || len(list[0].Ways) < 2 || list[0].Ways[0] != (Way{"sms", "07800000388", "deaf"}) {
		t.Errorf("Surrey on a Saturday: got %+v, want the duty team's text number first", list)
	}
	list = d.List(Query{Want: []string{"emergency-999"}, At: at(t, "2026-11-28 10:00")})
	want2 := []Way{{"sms", "999", "register"}, {"relay", "18000", ""}, {"bsl", "", ""}}
	if !slices.Equal(list[0].Ways, want2) {
		t.Errorf("999: ways %v, want %v", list[0].Ways, want2)
	}
}

func TestClosedMovesDownAndSaysWhenItOpens(t *testing.T) {
	d := mustLoad(t)
	list := d.List(Query{Want: []string{"karma-nirvana", "samaritans"}, Audience: "victim", At: at(t, "2026-11-24 03:20")})
	if len(list) != 2 || list[0].Contact.ID != "samaritans" || list[1].State != Closed {
		t.Fatalf("got %q, want the closed one last", firstThree(list))
	}
	if want := at(t, "2026-11-24 09:00"); !list[1].Opens.Equal(want) {
		t.Errorf("opens %v, want %v", list[1].Opens, want)
	}
	// Saturday of a bank holiday weekend: Monday is not stated, Tuesday is.
	list = d.List(Query{Want: []string{"karma-nirvana"}, Audience: "victim", At: at(t, "2027-05-01 12:00")})
	if want := at(t, "2027-05-04 09:00"); len(list) != 1 || !list[0].Opens.Equal(want) {
		t.Errorf("opens %v, want %v", list[0].Opens, want)
	}
}

func TestNearness(t *testing.T) {
	d := mustLoad(t)
	list := d.List(Query{
		Want: []string{"stevenage-sada-modern-slavery", "hertfordshire-adults", "hertfordshire-constabulary", "refuge-ndah", "modern-slavery-helpline"},
		Area: "E07000243", At: at(t, "2026-11-24 10:00"),
	})
	var got []Level
	for _, l := range list {
		got = append(got, l.Level)
	}
	if want := []Level{District, County, Police, Nation, UK}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	list = d.List(Query{Want: []string{"west-midlands-anti-slavery-network", "west-midlands-police"}, Area: "E08000028", At: at(t, "2026-11-24 10:00")})
	if len(list) != 2 || list[0].Level != Region || list[1].Level != Police {
		t.Errorf("Sandwell: got %+v", list)
	}
}

func TestWhatACardSays(t *testing.T) {
	d := mustLoad(t)
	for _, tt := range []struct{ id, area, audience, when, cost, anonymous, then string }{
		{"modern-slavery-helpline", "", "victim", "2026-11-24 10:00", "free", "limited", ""},
		{"crimestoppers", "", "public", "2026-11-24 10:00", "free", "guaranteed", ""},
		{"samaritans", "", "victim", "2026-11-24 10:00", "free", "limited", ""},
		{"acas", "", "victim", "2026-11-24 10:00", "local-rate", "", ""},
		{"northamptonshire-children", "E06000061", "public", "2026-11-24 10:00", "local-rate", "", "1, 1"},
		{"northamptonshire-children", "E06000061", "public", "2026-11-24 22:00", "local-rate", "", ""},
		{"buckinghamshire-children", "E06000060", "public", "2026-11-24 22:00", "free", "yes", ""},
		{"buckinghamshire-children", "E06000060", "professional", "2026-11-24 10:00", "local-rate", "", ""},
		{"emergency-silent-solution-55", "", "victim", "2026-11-24 10:00", "free", "", "55"},
	} {
		list := d.List(Query{Want: []string{tt.id}, Area: tt.area, Audience: tt.audience, At: at(t, tt.when)})
		if len(list) != 1 || list[0].Cost != tt.cost || list[0].Anonymous != tt.anonymous || list[0].Then != tt.then {
			t.Errorf("%s, %s, %s: got %+v", tt.id, tt.audience, tt.when, list)
		}
		for _, r := range list[0].Dial() {
			if r != ' ' && (r < '0' || r > '9') {
				t.Errorf("%s: the copied number holds %q", tt.id, r)
			}
		}
	}
}

func TestHideTakesAContactOffButNever999(t *testing.T) {
	d := mustLoad(t)
	q := Query{Want: []string{"emergency", "police"}, Area: "E07000243", At: at(t, "2026-11-24 10:00"), Hide: []string{"emergency-999", "emergency-silent-solution-55", "hertfordshire-constabulary"}}
	want := []string{"emergency-999 999 open", "emergency-silent-solution-55 999 open", "police-101 101 open"}
	if got := firstThree(d.List(q)); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestMoreNumbersToTry(t *testing.T) {
	d := mustLoad(t)
	list := func(id, area, audience, when string) []Number {
		l := d.List(Query{Want: []string{id}, Area: area, Audience: audience, At: at(t, when)})
		if len(l) != 1 {
			t.Fatalf("%s: %d contacts", id, len(l))
		}
		return l[0].Also
	}
	tests := []struct {
		name string
		got  []Number
		want []Number
	}{
		{"day line not stated, by day: the duty number too", list("portsmouth-adults", "E06000044", "public", "2026-11-24 10:00"), []Number{{Phone: "0300 555 1373", Duty: true}}},
		{"at night: the day number too", list("portsmouth-adults", "E06000044", "public", "2026-11-24 22:00"), []Number{{Phone: "023 9268 0810"}}},
		{"day line closed: not offered again", list("reading-adults", "E06000038", "public", "2026-11-24 22:00"), nil},
		{"a second duty number", list("west-sussex-children", "E10000032", "public", "2026-11-24 22:00"), []Number{{Phone: "07711 769657", Duty: true}}},
		{"a second number for professionals, to the public", list("east-sussex-children", "E10000011", "public", "2026-11-24 22:00"), nil},
		{"a second number for professionals, to them", list("east-sussex-children", "E10000011", "professional", "2026-11-24 22:00"), []Number{{Phone: "01273 335906", Duty: true}}},
	}
	for _, tt := range tests {
		if !slices.Equal(tt.got, tt.want) {
			t.Errorf("%s: got %+v, want %+v", tt.name, tt.got, tt.want)
		}
	}
}

func TestAfterSurreyIsDividedItsNumbersStay(t *testing.T) {
	d := mustLoad(t)
	for _, area := range []string{"E07000207", "E10000030", "east-surrey"} {
		got := firstThree(d.List(Query{Want: childReport[:1], Area: area, Subject: "child", Audience: "public", At: at(t, "2027-04-06 10:00")}))
		if want := []string{"surrey-children 0300 470 9100 open"}; !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", area, got, want)
		}
	}
}

// TestEveryAreaWithEntriesHasItsServices asks in each area with entries, by day and by
// night and for each person, for children's and adults' services, the police and the
// council's own team against modern slavery. What the facts have must be listed, and
// nothing else; where the facts have none there is none.
func TestEveryAreaWithEntriesHasItsServices(t *testing.T) {
	d := mustLoad(t)
	all := facts(t)
	kindsHere := []string{"adult-safeguarding", "child-safeguarding", "police", "council-modern-slavery"}
	asked, none := 0, map[string]bool{}
	for _, a := range d.places.All() {
		if a.Police == "" && (a.Kind != "district" || d.serving[a.Code].nearest("police") > Police) {
			continue // only areas with entries name their force
		}
		codes := append([]string{a.Code}, a.Was...)
		for _, around := range d.places.Path(a.Code) {
			codes = append(codes, around.Code)
		}
		for _, was := range a.Was {
			for _, around := range d.places.Path(was) {
				codes = append(codes, around.Code)
			}
		}
		for _, subject := range []string{"adult", "child"} {
			for _, audience := range []string{"public", "professional", "victim"} {
				for _, kind := range kindsHere {
					want := map[string]bool{}
					for _, f := range all {
						if f.Kind == kind && slices.Contains(f.For, subject) && slices.Contains(f.Audience, audience) &&
							slices.ContainsFunc(f.Areas, func(c string) bool { return slices.Contains(codes, c) }) &&
							(f.Confidence != "low" || audience == "professional") {
							want[f.ID] = true
						}
					}
					if len(want) == 0 {
						none[kind+" for "+subject+", "+audience] = true
					}
					for _, when := range []string{"2026-11-24 10:00", "2026-11-25 03:00", "2026-11-28 14:00", "2026-12-25 03:00"} {
						asked++
						got := map[string]bool{}
						for _, l := range d.List(Query{Want: []string{kind}, Area: a.Code, Subject: subject, Audience: audience, At: at(t, when)}) {
							if l.Level <= Police && (kind != "police" || len(l.Contact.Areas) > 0) {
								got[l.Contact.ID] = true
							}
							if l.Phone == "" && kind != "council-modern-slavery" {
								t.Errorf("%s, %s: %s has no number", a.Name, when, l.Contact.ID)
							}
						}
						if !maps.Equal(got, want) {
							t.Errorf("%s, %s for %s, %s, %s: listed %q, testdata/facts.yaml has %q", a.Name, kind, subject, audience, when, ids(got), ids(want))
						}
					}
				}
			}
		}
	}
	if asked < 5000 {
		t.Errorf("only %d questions", asked)
	}
	for _, must := range []string{"adult-safeguarding for child, public", "council-modern-slavery for adult, public"} {
		if !none[must] {
			t.Errorf("%s is found everywhere: the test looks at nothing", must)
		}
	}
	for _, never := range []string{"police for adult, public", "police for child, victim", "child-safeguarding for child, victim"} {
		if none[never] {
			t.Errorf("%s is lacking somewhere in the facts", never)
		}
	}
}

func ids(set map[string]bool) []string { return slices.Sorted(maps.Keys(set)) }

// nearest is how near the nearest contact of a kind is.
func (s *serving) nearest(kind string) Level {
	if list := s.byKind[kind]; len(list) > 0 {
		return list[0].level
	}
	return UK
}

// TestBerkshireByNameAsksWhich goes from a typed name to the first contacts.
func TestBerkshireByNameAsksWhich(t *testing.T) {
	d := mustLoad(t)
	found := d.places.Find("Berkshire")
	want := map[string]string{
		"Reading":                "reading-adults 01344 351 999 open",
		"Slough":                 "slough-adults 01344 351 999 open",
		"West Berkshire":         "thames-valley-police 101 open", // its adults' number is of low confidence
		"Wokingham":              "thames-valley-police 101 open",
		"Bracknell Forest":       "bracknell-forest-adults 01344 351 999 open",
		"Windsor and Maidenhead": "windsor-maidenhead-adults 01344 351 999 open",
	}
	if len(found) != len(want) {
		t.Fatalf("Berkshire gives %d places, want the six councils to choose from", len(found))
	}
	for _, m := range found {
		got := firstThree(d.List(Query{Want: adultReport, Area: m.Area.Code, Subject: "adult", Audience: "public", At: at(t, "2026-11-24 22:00")}))
		if len(got) == 0 || got[0] != want[m.Area.Name] {
			t.Errorf("%s: got %q, want %q first", m.Area.Name, got, want[m.Area.Name])
		}
	}
}

func BenchmarkList(b *testing.B) {
	d := mustLoad(b)
	q := Query{Want: adultReport, Area: "E07000243", Subject: "adult", Audience: "professional", At: at(b, "2026-11-24 10:00")}
	b.ReportAllocs()
	for b.Loop() {
		d.List(q)
	}
}
