package locales

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// What a phone's code must give with the twelve planned languages. "ask en" shows
// English and the picker, with these languages first.
const twelveMatches = `
am            ask en
ru            ask en
uk            ask en
sr            ask en
tg            ask en
mk            ask en
ckb           ask ar fa en
gu            ask hi en
ps            ask fa en
ur            ask hi en
pa            ask en
bn            ask en
om            ask en
ml            ask en
ta            ask en
ne            ask en
prs           fa
fa-AF         fa
pes           fa
ku            ask en
kmr           ask en
zh-hant       zh-Hans ui.language.simplified
zh-TW         zh-Hans ui.language.simplified
zh-HK         zh-Hans ui.language.simplified
zh-MO         zh-Hans ui.language.simplified
yue           zh-Hans ui.language.simplified
zh-yue        zh-Hans ui.language.simplified
apd           ar
arz           ar
acm           ar
ary           ar
aln           sq
als           sq
sq-XK         sq
mo            ro
ro-MD         ro
hr            ask en
bs            ask en
tig           ask ti ar en

en            en
en-GB         en
EN_us         en
ar-EG         ar
arb           ar
ar-arz        ar
AR            ar
ti-ER         ti
zh            zh-Hans
zh-CN         zh-Hans
zh-hans       zh-Hans
ZH_HANS       zh-Hans
zh-Hans-HK    zh-Hans
zh-hans-raw   zh-Hans
ro-beta       ro
vi-VN-x-any   vi
ku-IQ         ask en
ku-Arab       ask ar fa en
sdh           ask ar fa en
pa-Arab       ask en
pnb           ask en
hi-Latn       ask hi en
ar-Latn       ask ar en
zh-Latn       ask zh-Hans en
pt-br         ask en
xx            ask en
und           ask en
`

func TestMatchTwelve(t *testing.T) {
	w := mustLoad(t, readSet(t, "testdata/twelve"))
	checkMatches(t, w, twelveMatches)
}

// The same rows when only English, Arabic and Romanian are there.
func TestMatchThree(t *testing.T) {
	rows := strings.NewReplacer(" fa", " ", " hi", " ", " ti", " ").Replace
	var three strings.Builder
	for line := range strings.Lines(strings.TrimSpace(twelveMatches)) {
		code, want, ok := strings.Cut(strings.TrimSpace(line), " ")
		if !ok {
			continue
		}
		want = strings.TrimSpace(want)
		if offers, asks := strings.CutPrefix(want, "ask"); asks {
			want = "ask " + strings.ReplaceAll(rows(offers), "zh-Hans", "")
		} else if tag := strings.Fields(want)[0]; tag != "en" && tag != "ar" && tag != "ro" {
			want = "ask en"
		}
		three.WriteString(code + " " + want + "\n")
	}
	checkMatches(t, goodWords(t), three.String())
}

func checkMatches(t *testing.T, w *Words, rows string) {
	t.Helper()
	n := 0
	for line := range strings.Lines(rows) {
		f := strings.Fields(line)
		if len(f) == 0 {
			continue
		}
		n++
		want := Guess{Tag: "en", Suggest: f[2:]}
		if f[1] != "ask" {
			want = Guess{Tag: f[1], Exact: true, Suggest: []string{f[1], "en"}}
			if f[1] == "en" {
				want.Suggest = []string{"en"}
			}
			if len(f) == 3 {
				want.Notice = f[2]
			}
		}
		got := w.Match(f[0])
		if got.Tag != want.Tag || got.Exact != want.Exact || got.Notice != want.Notice || !slices.Equal(got.Suggest, want.Suggest) {
			t.Errorf("Match(%q) = %+v, want %+v", f[0], got, want)
		}
	}
	if n < 60 {
		t.Errorf("only %d rows", n)
	}
}

func TestMatchNonsense(t *testing.T) {
	w := goodWords(t)
	for _, code := range []string{"", "-", "---", "_", "a", "\x00", "ar ro", "العربية", "x-klingon", "-ar"} {
		g := w.Match(code)
		if g.Tag != "en" || g.Exact || g.Notice != "" || !slices.Equal(g.Suggest, []string{"en"}) {
			t.Errorf("Match(%q) = %+v, want English and the picker", code, g)
		}
	}
}

// A language that is added is matched by its own tag, whatever stood for it before.
func TestMatchAnAddedLanguage(t *testing.T) {
	set := with(t, "ckb.yaml", "ui.leave: \"دەرچوون\"\n")
	set[languagesFile] = &fstest.MapFile{Data: append(slices.Clone(set[languagesFile].Data),
		"- {tag: ckb, name: \"کوردیی ناوەندی\", english: \"Kurdish\", dir: rtl}\n"...)}
	w := mustLoad(t, set)
	for code, want := range map[string]Guess{
		"ckb":     {Tag: "ckb", Exact: true, Suggest: []string{"ckb", "en"}},
		"ku-Arab": {Tag: "ckb", Exact: true, Suggest: []string{"ckb", "en"}},
		"ku":      {Tag: "en", Suggest: []string{"ckb", "en"}},
	} {
		got := w.Match(code)
		if got.Tag != want.Tag || got.Exact != want.Exact || !slices.Equal(got.Suggest, want.Suggest) {
			t.Errorf("Match(%q) = %+v, want %+v", code, got, want)
		}
	}
}

func BenchmarkMatch(b *testing.B) {
	w := goodWords(b)
	b.ReportAllocs()
	for b.Loop() {
		_ = w.Match("zh-hant")
	}
}
