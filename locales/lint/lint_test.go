package lint

import (
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"pathwaybot/locales"
)

// small is a project of two texts in English, Romanian, Arabic and Chinese, with the
// lists given by file name.
func small(t *testing.T, words, lists map[string]string) (*locales.Words, fstest.MapFS) {
	t.Helper()
	fsys := fstest.MapFS{"languages.yaml": {Data: []byte(`
- {tag: en, name: "English", english: "English", dir: ltr}
- {tag: ro, name: "română", english: "Romanian", dir: ltr}
- {tag: ar, name: "العربية", english: "Arabic", dir: rtl}
- {tag: zh-Hans, name: "简体中文", english: "Chinese", dir: ltr}
`)}}
	all := map[string]string{
		"en":      `a.b.say: "Do not call the police. You owe nothing."`,
		"ro":      `a.b.say: "Nu sunați la poliție. Nu datorați nimic."`,
		"ar":      `a.b.say: "لا تتصلوا بالشرطة، لا تدينون بشيء."`,
		"zh-Hans": `a.b.say: "不要报警。您不欠钱。"`,
	}
	for tag, text := range words {
		all[tag] = text
	}
	for tag, text := range all {
		fsys[tag+".yaml"] = &fstest.MapFile{Data: []byte(text + "\n")}
	}
	for name, text := range lists {
		fsys["lint/"+name+".yaml"] = &fstest.MapFile{Data: []byte(text)}
	}
	w, err := locales.Load(fsys, nil)
	if err != nil {
		t.Fatal(err)
	}
	return w, fsys
}

const englishList = "deny: [\"not\", \"nothing\"]\nterms:\n  police: [\"police\"]\n  debt: [\"owe*\"]\n"

var romanianList = "deny: [\"nu\"]\nterms:\n  police: [\"poliți*\"]\n  debt: [\"*dator*\"]\n"

// found is what the lists find in the one text, by language.
func found(t *testing.T, words, lists map[string]string) map[string][]string {
	t.Helper()
	w, fsys := small(t, words, lists)
	l, err := Read(fsys, w)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]string{}
	for _, lang := range w.Languages() {
		if what := l.Text(lang.Tag, "a.b.say"); len(what) > 0 {
			out[lang.Tag] = what
		}
	}
	return out
}

// Each thing that is looked for is found in a text that is wrong, and in no right one.
func TestFinds(t *testing.T) {
	lists := map[string]string{
		"en": englishList, "ro": romanianList,
		"zh-Hans": "deny: [\"不\"]\nterms:\n  police: [\"警\"]\n",
		"never":   "en:\n  promise:\n    forms: [\"always\"]\n    why: \"No.\"\nro:\n  promise:\n    forms: [\"mereu*\"]\n    why: \"Fără promisiuni.\"\n",
	}
	if got := found(t, nil, lists); len(got) != 0 {
		t.Errorf("found in right texts: %v", got)
	}
	for _, c := range []struct{ tag, text, want string }{
		{"ro", "Sunați la poliție. Datorați ceva.", `the English says "not", and no word stands here that denies`},
		{"ro", "Nu sunați la gardă. Nu datorați nimic.", `the English says "police", and none of the words for it stands here: poliți*`},
		{"ro", "Nu sunați la poliție. Nu aveți de plătit.", `the English says "owe*", and none of the words for it stands here: *dator*`},
		{"ro", "Do not call the police. You owe nothing.", `it is the English`},
		{"ro", "Nu sunați mereu la poliție. Nu datorați nimic.", `says "mereu*" (promise): Fără promisiuni.`},
		{"ro", "Nu sunați la poliție. Nu datorați ничего.", `letter 'н' is of another script`},
		{"ro", `Nu sunați la \"poliție\". Nu datorați nimic.`, `a straight quotation mark`},
		{"ar", "لا تتصلوا بالشرطة, لا تدينون بشيء.", `',' beside its own letters: write "،"`},
		{"ar", "لا تتصلوا call بالشرطة.", ""},
		{"ar", "لا تتصلوا cops بالشرطة.", `the word "cops" is Latin and not in the English`},
		{"zh-Hans", "不要报警.您不欠钱。", `'.' beside its own letters: write "。"`},
		{"zh-Hans", "请报警。您欠钱。", `the English says "not"`},
		{"zh-Hans", "不要报警。您不欠ケ。", `letter 'ケ' is of another script`},
	} {
		got := found(t, map[string]string{c.tag: `a.b.say: "` + c.text + `"`}, lists)
		if c.want == "" && len(got) == 0 {
			continue
		}
		if len(got) != 1 || !slices.ContainsFunc(got[c.tag], func(what string) bool { return strings.HasPrefix(what, c.want) }) {
			t.Errorf("%s: %q: found %v, want %q", c.tag, c.text, got, c.want)
		}
	}
}

// An exception holds for its key and check, and is reported when nothing needs it.
func TestExceptions(t *testing.T) {
	words := map[string]string{"ro": `a.b.say: "Nu sunați la gardă. Nu datorați nimic."`}
	w, fsys := small(t, words, map[string]string{
		"en": englishList, "ro": romanianList + "except:\n  police: {a.*.say: \"The guard is the police here.\"}\n  deny: {a.b.say: \"Needless.\"}\n",
	})
	l, err := Read(fsys, w)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, err := range l.All() {
		all = append(all, err.Error())
	}
	if want := []string{`lint/ro.yaml: exception for "deny", key "a.b.say": nothing needs it`}; !slices.Equal(all, want) {
		t.Errorf("All() = %q, want %q", all, want)
	}
	if n := l.Exceptions("ro"); n != 2 {
		t.Errorf("%d exceptions, want 2", n)
	}
	if got := l.Unread("ar"); !slices.Equal(got, []string{"debt", "deny", "police"}) {
		t.Errorf("not looked at in Arabic: %v", got)
	}
	if got := l.Terms("ro", "a.b.say"); got != "owe*: *dator*; police: poliți*" {
		t.Errorf("terms for a translator: %q", got)
	}
}

// Mistakes in the lists themselves are named, all at once.
func TestBrokenLists(t *testing.T) {
	w, fsys := small(t, nil, map[string]string{
		"en": englishList,
		"ro": "terms:\n  polise: [\"x\"]\nexcept:\n  police: {a.b.c: \"Why.\", a.b.say: \"\"}\n  rumour: {a.b.say: \"Why.\"}\n",
		"xx": "deny: [\"x\"]\n", "never": "ro:\n  promise:\n    forms: []\n    only: [zz.]\n",
	})
	_, err := Read(fsys, w)
	if err == nil {
		t.Fatal("taken")
	}
	for _, want := range []string{
		`lint/ro.yaml: the English has no term "polise"`, `lint/ro.yaml: exception for "police": there is no key "a.b.c"`,
		`lint/ro.yaml: exception for "police", key "a.b.say": the reason is missing`, `lint/ro.yaml: exception for "rumour", which is no check`,
		`lint/xx.yaml: there is no language "xx"`, `lint/never.yaml: ro promise: needs forms and why`, `lint/never.yaml: ro promise: no key begins with "zz."`,
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("not named: %s\n%v", want, err)
		}
	}
	if l, err := Read(fstest.MapFS{}, w); l != nil || err != nil {
		t.Errorf("without lists: %v, %v", l, err)
	}
}

// Each form of the project's own lists is found where it stands, and not within a longer
// word unless its stars allow that.
func TestForms(t *testing.T) {
	var never map[string]map[string]rule
	if err := read(os.DirFS(".."), "lint/never.yaml", &never); err != nil {
		t.Fatal(err)
	}
	forms := 0
	for tag, rules := range never {
		for id, r := range rules {
			for _, f := range r.Forms {
				forms++
				for _, text := range []string{f.text, "Xx \u200e" + strings.ToUpper(f.text) + "\u200e, xx", "(" + f.text + ")"} {
					if !f.in(plainly(text), spaced(tag)) {
						t.Errorf("%s %s: %q is not found in %q", tag, id, f.written, text)
					}
				}
				if spaced(tag) && !f.anyBeginning && f.in(plainly("xx"+f.text), true) || spaced(tag) && !f.anyEnd && f.in(plainly(f.text+"xx"), true) {
					t.Errorf("%s %s: %q is found within a longer word", tag, id, f.written)
				}
			}
		}
	}
	if forms < 1000 {
		t.Errorf("only %d forms", forms)
	}
}
