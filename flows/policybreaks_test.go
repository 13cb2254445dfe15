package flows

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// edit is a change of one file: what stands there, and what an author might write
// instead.
type edit struct{ file, from, to string }

// longer puts eight pages between an answer of the gate and where it leads.
func longer(option, to string) []edit {
	pages := ""
	for i := range 8 {
		next := fmt.Sprintf("page-%d", i+1)
		if i == 7 {
			next = to
		}
		pages += fmt.Sprintf("  page-%d: {page: %s}\n", i, next)
	}
	from := fmt.Sprintf("{id: %s, next: %s}", option, to)
	return []edit{
		{"gate.yaml", from, fmt.Sprintf("{id: %s, next: page-0}", option)},
		{"gate.yaml", "nodes:\n", "nodes:\n" + pages},
	}
}

// Each statement of the project's policy can be broken: a change that an author might
// make by mistake breaks it, and the proof says so.
func TestEveryStatementCanBeBroken(t *testing.T) {
	breaks := map[string][]edit{
		"danger-is-asked-first": {{"gate.yaml", "    says: [asks-danger]\n", ""}},
		"under-18-or-not-sure-is-a-child": {{
			"gate.yaml", "{id: not-sure, next: young-self/what-happens}", "{id: not-sure, next: adult-self/what-happens}",
		}},
		"no-consent-question-for-a-child": {{"child-public.yaml", "says: [do-not-confront]\n", "says: [do-not-confront, asks-consent]\n"}},
		"no-duty-to-notify-for-a-child": {{
			"first-child.yaml", "[what-to-say, no-consent-needed, send-the-form]", "[what-to-say, no-consent-needed, send-the-form, duty-to-notify]",
		}},
		"a-child-is-referred-without-consent": {{"outside-child.yaml", "[what-to-say, no-consent-needed, who-can-refer]", "[what-to-say, who-can-refer]"}},
		"adult-nrm-only-after-a-yes":          {{"outside-adult.yaml", "{id: declined, next: says-no}\n      - {id: cannot-decide", "{id: declined, next: ring}\n      - {id: cannot-decide"}},
		"duty-to-notify-only-for-those-who-refer": {{
			"outside-adult.yaml", "says: [what-to-say, may-notify]", "says: [what-to-say, notify-by-policy]",
		}},
		"duty-to-notify-only-for-named-bodies": {{"first-adult.yaml", "{id: charity, next: notify-may}", "{id: charity, next: notify}\n      - {id: other, next: notify-may}"}},
		"no-choice-for-named-bodies":           {{"first-adult.yaml", "[what-to-say, duty-to-notify, send-the-form]", "[what-to-say, duty-to-notify, send-the-form, may-notify]"}},
		"notice-only-after-a-no":               {{"first-adult.yaml", "{id: given, next: support}", "{id: given, next: body}"}},
		"only-those-who-refer-send-the-form":   {{"adult-public.yaml", "[what-to-say, who-can-refer]", "[what-to-say, who-can-refer, send-the-form]"}},
		"nobody-else-is-told-to-fill-in-the-form": {{
			"outside-adult.yaml", "[what-to-say, adult-nrm, who-can-refer]", "[what-to-say, adult-nrm, who-can-refer, send-the-form]",
		}},
		"emergency-has-999-and-the-silent-way": {{
			"young-self.yaml", "contacts: [emergency-999, emergency-silent-solution-55]", "contacts: [emergency-999]",
		}},
		"goodbye-has-999-and-the-silent-way": {{
			"gate.yaml", "outcome: goodbye\n    contacts: [emergency-999, emergency-silent-solution-55]", "outcome: goodbye\n    contacts: [emergency-silent-solution-55]",
		}},
		"emergency-leads-on": {{"adult-self.yaml", "    then: want\n", ""}},
		"do-not-confront-before-a-public-outcome": {{
			"adult-public.yaml", "    says: [do-not-confront]\n    sources: [NRMG24, OWL, IPS]\n", "    sources: [NRMG24, OWL, IPS]\n",
		}},
		"young-people-are-told-that-adults-must-act": {{"young-self.yaml", "    says: [must-act]\n", ""}},
		"outcomes-say-what-to-say":                   {{"gate.yaml", "says: [do-not-confront, what-to-say]", "says: [do-not-confront]"}},
		"outcomes-say-what-happens-next":             {{"young-self.yaml", "asides: [nrm-young, after, promises, safer-phone]", "asides: [nrm-young, promises, safer-phone]"}},
		"emergency-in-two": {
			{"gate.yaml", "{id: danger, next: emergency}", "{id: danger, next: where}"},
			{"gate.yaml", "nodes:\n", "nodes:\n  where: {page: emergency}\n"},
		},
		"self-reaches-a-human-in-six":     longer("about-me", "age-me"),
		"self-never-walks-far":            longer("about-me", "age-me"),
		"public-reaches-a-human-in-seven": longer("worried", "age-them"),
	}
	_, pol := own(t)
	for _, st := range pol.Statements {
		edits := breaks[st.ID]
		delete(breaks, st.ID)
		if len(edits) == 0 {
			t.Errorf("no change is listed that breaks %q", st.ID)
			continue
		}
		files := copied(t)
		for _, e := range edits {
			text := string(files[e.file].Data)
			if !strings.Contains(text, e.from) {
				t.Errorf("%s: %s does not hold %q", st.ID, e.file, e.from)
			}
			files[e.file] = &fstest.MapFile{Data: []byte(strings.Replace(text, e.from, e.to, 1))}
		}
		g, err := Load(files)
		if err != nil {
			t.Errorf("%s: %v", st.ID, err)
			continue
		}
		broken := slices.ContainsFunc(g.Prove(pol).Broken, func(b Broken) bool { return b.Statement.ID == st.ID })
		if !broken {
			t.Errorf("%s holds although %v", st.ID, edits)
		}
	}
	for id := range breaks {
		t.Errorf("there is no statement %q", id)
	}
}

// copied returns a copy of the project's pathways to change.
func copied(t *testing.T) fstest.MapFS {
	t.Helper()
	own := ownPathways(t)
	files := fstest.MapFS{}
	names, err := fs.Glob(own, "*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		data, err := fs.ReadFile(own, name)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = &fstest.MapFile{Data: data}
	}
	return files
}
