package guide_test

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/txtar"

	"pathwaybot/flows"
	"pathwaybot/guide"
)

// papers is the small project with an aside of three pages, an entry, and a list of
// words of danger.
const papers = `
-- flows/pathways/gate.yaml --
id: gate
sources: [A1]
start: start
nodes:
  start:
    options:
      - {id: danger, next: emergency}
      - {id: work, next: consent, quiet: true}
    says: [asks-danger]
    asides: [booklet]
  consent: {page: emergency, entry: true}
  emergency: {outcome: emergency, contacts: [emergency-999]}
-- flows/pathways/booklet.yaml --
id: booklet
aside: true
sources: [A1]
start: list
nodes:
  list:
    options: [{id: papers, next: papers}, {id: police, next: police}, {id: close, next: return}]
    menu: true
  papers: {page: police}
  police: {page: list}
-- locales/en.yaml --
gate.start.title: "Start"
gate.start.ask: "Are you {{.adult_age}} or over?"
gate.start.option.danger: "Danger"
gate.start.option.danger.sum: "There is danger."
gate.start.option.work: "I work with people"
gate.consent.title: "Consent, and no consent"
gate.consent.say: "Ask first."
gate.emergency.title: "Call"
gate.emergency.say: "Call now."
booklet.button: "Read more"
booklet.list.title: "Contents"
booklet.list.ask: "Which page?"
booklet.list.option.papers: "Passport and papers"
booklet.list.option.police: "Police and courts"
booklet.list.option.close: "Back to where I was"
booklet.papers.title: "Your documents"
booklet.papers.say: "A solicitor can ask for them."
booklet.police.title: "Police"
booklet.police.say: "You may say no."
contact.emergency-999.name: "Emergency"
-- locales/ro.yaml --
gate.start.title: "Început"
gate.start.ask: "Aveți {{.adult_age}} ani sau mai mult?"
gate.start.option.danger: "Pericol"
gate.emergency.title: "Sunați"
gate.emergency.say: "Sunați acum."
booklet.papers.title: "Pașaportul și actele"
contact.emergency-999.name: "Urgențe"
-- locales/danger.yaml --
en: [help, danger, beaten, "call police"]
ro: [ajutor, pericol, bătut]
zh-Hans: [救命]
am: [እርዳታ]
ar: [النجدة]
`

func TestFind(t *testing.T) {
	g, err := guide.Load(small(t, txtar.Parse([]byte(papers))))
	if err != nil {
		t.Fatal(err)
	}
	all := func(*flows.Node) bool { return true }
	asides := func(n *flows.Node) bool { return g.Graph.Of(n).Aside }
	tests := []struct {
		name, tag, text string
		wanted          func(*flows.Node) bool
		want            string
	}{
		{"a title", "en", "documents", all, "booklet/papers"},
		{"capitals and signs", "en", "DOCUMENTS?!", all, "booklet/papers"},
		{"one letter wrong", "en", "documants", all, "booklet/papers"},
		{"two letters the wrong way round", "en", "docuemnts", all, "booklet/papers"},
		{"the beginning of a word", "en", "docu", all, "booklet/papers"},
		{"a longer form of a word", "en", "documentses", all, "booklet/papers"},
		{"a line of the menu", "en", "pasport", all, "booklet/papers"},
		{"a word of the text", "en", "solicitor", all, "booklet/papers"},
		{"the best first", "en", "police documents papers", all, "booklet/papers booklet/police"},
		{"an entry", "en", "consent", all, "gate/consent"},
		{"an entry that is not wanted", "en", "consent", asides, ""},
		{"no entry", "en", "start", all, ""},
		{"the person's language", "ro", "pașaport", all, "booklet/papers"},
		{"without its accents", "ro", "pasaportul", all, "booklet/papers"},
		{"English in another language", "ro", "police", all, "booklet/police"},
		{"another language in English", "en", "actele", all, ""},
		{"a language that is not ours", "xx", "police", all, "booklet/police"},
		{"nothing like it", "en", "weather", all, ""},
		{"too short for a mistake", "en", "pal", all, ""},
		{"nothing", "en", "", all, ""},
		{"signs alone", "en", "?!…", all, ""},
		{"a long text", "en", strings.Repeat("nothing like it at all ", 200) + "documents", all, ""},
	}
	for _, tt := range tests {
		var got []string
		for _, h := range g.Find(tt.tag, tt.text, tt.wanted).Hits {
			got = append(got, string(h.Node.Ref))
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%s: %q finds %v, want %s", tt.name, tt.text, got, tt.want)
		}
	}
	if hits := g.Find("ro", "police", all).Hits; hits[0].Title != "Police" {
		t.Errorf("a page without a title in the language is called %q", hits[0].Title)
	}
}

func TestDanger(t *testing.T) {
	g, err := guide.Load(small(t, txtar.Parse([]byte(papers))))
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{
		"help", "HELP!!", "please help me", "dangerous", "dange", "dangre", "i was beatn", "call police now",
		"ajutor", "batut", "Bătută", "快救命啊", "እርዳታ", "النَّجدة",
	} {
		if !g.Danger(text) {
			t.Errorf("%q is not taken for danger", text)
		}
	}
	for _, text := range []string{"", "hel", "kelp", "police", "passport", "ranger", "救", "weather", strings.Repeat("word ", 100) + "help"} {
		if g.Danger(text) {
			t.Errorf("%q is taken for danger", text)
		}
	}
}

func TestBrokenDanger(t *testing.T) {
	for file, want := range map[string]string{
		"en: [help]\nro: ajutor\n":          `danger.yaml:2: language "ro": want a list of words`,
		"en: [help, \"?!\"]\nro:\n- [no]\n": `danger.yaml:1: language "en": "?!" is not a word` + "\n" + `danger.yaml:3: language "ro": "" is not a word`,
		"- help\n":                          "danger.yaml:1: want languages with lists of words",
		"en: [\n":                           "danger.yaml:1: yaml: line 1: did not find expected node content",
	} {
		_, err := guide.Load(small(t, &txtar.Archive{Files: []txtar.File{{Name: "locales/danger.yaml", Data: []byte(file)}}}))
		if err == nil || err.Error() != want {
			t.Errorf("%q: got %v, want %s", file, err, want)
		}
	}
}

// What is found is the same each time, and never more than five.
func TestFindIsSteady(t *testing.T) {
	g := project(t)
	all := func(*flows.Node) bool { return true }
	for _, text := range []string{"help", "police passport", "I cannot leave the house and they keep my money", "nrm"} {
		first := g.Find("en", text, all)
		if len(first.Hits) > 5 {
			t.Errorf("%q finds %d screens", text, len(first.Hits))
		}
		for range 20 {
			if again := g.Find("en", text, all); !slices.Equal(again.Hits, first.Hits) {
				t.Fatalf("%q finds %v, then %v", text, first.Hits, again.Hits)
			}
		}
	}
}

// loaded is the project's own guide, read once: it never changes.
var loaded = sync.OnceValues(func() (*guide.Guide, error) { return guide.Load(guide.Embedded()) })

func project(tb testing.TB) *guide.Guide {
	tb.Helper()
	g, err := loaded()
	if err != nil {
		tb.Fatal(err)
	}
	return g
}

// A look-up must not take more than two milliseconds.
func BenchmarkFind(b *testing.B) {
	g := project(b)
	all := func(*flows.Node) bool { return true }
	text := "they keep my pasport and I cannot lieve the hous with the other workers"
	b.ReportAllocs()
	for b.Loop() {
		g.Find("ro", text, all)
	}
}
