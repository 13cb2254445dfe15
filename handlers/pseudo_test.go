package handlers

import (
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
	"unicode"
	"unicode/utf8"

	"pathwaybot/flows"
	"pathwaybot/guide"
	"pathwaybot/locales"
	"pathwaybot/session"
)

// made is the project with one more language, made from the English by a function: a word
// file and a row, and nothing else.
func made(t *testing.T, g *guide.Guide, tag, row string, say func(key, form, english string) string, forms []string) *guide.Guide {
	t.Helper()
	src := guide.Embedded()
	files := fstest.MapFS{}
	names, err := fs.Glob(src.Locales, "*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		data, err := fs.ReadFile(src.Locales, name)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = &fstest.MapFile{Data: data}
	}
	files["languages.yaml"] = &fstest.MapFile{Data: append(slices.Clip(files["languages.yaml"].Data), (row + "\n")...)}
	var out strings.Builder
	for _, key := range g.Words.Keys() {
		english := g.Words.Forms(guide.English, key)
		if len(english) == 1 {
			fmt.Fprintf(&out, "%s: %q\n", key, say(key, "", g.Words.Form(guide.English, key, english[0])))
			continue
		}
		fmt.Fprintf(&out, "%s:\n", key)
		for _, form := range forms {
			fmt.Fprintf(&out, "  %s: %q\n", form, say(key, form, g.Words.Form(guide.English, key, english[len(english)-1])))
		}
	}
	files[tag+".yaml"] = &fstest.MapFile{Data: []byte(out.String())}
	src.Locales = files
	other, err := guide.Load(src)
	if err != nil {
		t.Fatalf("%s: %.2000v", tag, err)
	}
	return other
}

// outside changes the letters of a text and leaves placeholders alone.
func outside(text string, change func(string) string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(text, "{{")
		b.WriteString(change(before))
		if !found {
			return b.String()
		}
		name, after, _ := strings.Cut(rest, "}}")
		b.WriteString("{{" + name + "}}")
		text = after
	}
}

// accented is the English with accents, in brackets, and two fifths longer where there is
// room: what it does not reach is written in the code, what it breaks is too narrow.
func accented(key, _, english string) string {
	accents := strings.NewReplacer("a", "á", "e", "é", "i", "í", "o", "ó", "u", "ú", "n", "ñ", "c", "ç", "A", "Á", "E", "É", "O", "Ó", "Y", "Ý", "W", "Ŵ", "s", "š")
	text := outside(english, accents.Replace)
	most := guide.MaxButton
	if strings.Contains(key, ".tick.") {
		most = guide.MaxTick
	}
	n := utf8.RuneCountInString(text)
	pad := max(0, min(2*n/5, most-n-2))
	if n > 60 {
		pad = 0 // screens have their own limit
	}
	if n+2 > most && n <= most && strings.Contains(key, ".") && !strings.HasSuffix(key, ".say") {
		return text // no room for brackets
	}
	return "⟦" + text + strings.Repeat("~", pad) + "⟧"
}

// TestPseudoAccented: on every screen every word comes from the word files. What stands
// outside the brackets is a number, a name, an address or the English beside.
func TestPseudoAccented(t *testing.T) {
	g, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	other := made(t, g, "en-XA", `- {tag: en-XA, name: "⟦Éñglíšh⟧", english: "Accented", dir: ltr}`, accented, []string{"one", "other"})
	h := New(other, session.NewMemory(time.Now), Settings{Cover: 15 * time.Minute, Clean: 45 * time.Minute})
	known := map[string]bool{}
	for _, a := range g.Areas.All() {
		known[a.Name] = true
	}
	for _, key := range g.Words.Keys() { // those that had no room
		if text := other.Words.Text("en-XA", key); !strings.HasPrefix(text, "⟦") {
			known[text] = true
		}
	}
	sources := other.Words.Text("en-XA", "ui.sources")
	screens, strange := 0, map[string]bool{}
	everyScreen(h, func(what string, r Reply) {
		if r.Lang.Tag != "en-XA" || strings.Contains(what, overSay) || strings.Contains(what, overCard) || strings.Contains(what, overLanguage) || strings.HasSuffix(what, " away") {
			return // sentences to be said in English, the names of all languages, and the card in both
		}
		screens++
		for _, b := range r.Blocks {
			if b.Kind == Beside || strings.HasPrefix(b.Text, sources) || strings.HasPrefix(b.Text, "/start ") {
				continue // titles as they were published; what a colleague sends
			}
			for _, text := range []string{b.Head, b.Text} {
				for left := range leftOver(text) {
					if !known[left] {
						strange[left] = true
					}
				}
			}
		}
		for _, row := range r.Rows {
			for _, b := range row.Buttons {
				for left := range leftOver(strings.TrimLeft(b.Label, "☐☑🌐 ")) {
					if !known[left] {
						strange[left] = true
					}
				}
			}
		}
	})
	if screens < 10_000 {
		t.Errorf("only %d screens", screens)
	}
	for _, left := range slices.Sorted(maps.Keys(strange)) {
		t.Errorf("stands outside the brackets: %q", left)
	}
}

// leftOver are the words of a text outside its brackets.
func leftOver(text string) func(func(string) bool) {
	return func(yield func(string) bool) {
		depth, start := 0, 0
		part := func(end int) bool {
			left := strings.TrimSpace(text[start:end])
			return !strings.ContainsFunc(left, unicode.IsLetter) || yield(left)
		}
		for i, r := range text {
			switch r {
			case '⟦':
				if depth == 0 && !part(i) {
					return
				}
				depth++
			case '⟧':
				depth--
				start = i + len("⟧")
			}
		}
		if depth == 0 {
			part(len(text))
		}
	}
}

// mirrored is the English in Arabic letters.
func mirrored(_, _, english string) string {
	return outside(english, func(s string) string {
		return strings.Map(func(r rune) rune {
			switch {
			case r >= 'a' && r <= 'z':
				return []rune("ابتثجحخدذرزسشصضطظعغفقلمنهو")[r-'a']
			case r >= 'A' && r <= 'Z':
				return []rune("ابتثجحخدذرزسشصضطظعغفقلمنهو")[r-'A']
			case r == ',':
				return '،'
			case r == '?':
				return '؟'
			}
			return r
		}, s)
	})
}

// TestPseudoMirrored: on every screen every number and address keeps its order among
// letters that run from the right.
func TestPseudoMirrored(t *testing.T) {
	g, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	other := made(t, g, "ar-XB", `- {tag: ar-XB, name: "ابت", english: "Mirrored", dir: rtl}`, mirrored, []string{"zero", "one", "two", "few", "many", "other"})
	h := New(other, session.NewMemory(time.Now), Settings{Cover: 15 * time.Minute, Clean: 45 * time.Minute})
	screens, said := 0, map[string]bool{}
	everyScreen(h, func(what string, r Reply) {
		if r.Lang.Tag != "ar-XB" {
			return
		}
		screens++
		for _, text := range texts(r) {
			if said[text] {
				continue
			}
			said[text] = true
			for _, web := range []bool{false, true} {
				if err := locales.NumbersInOrder(text, web); err != nil {
					t.Errorf("%s: %v", what, err)
				}
			}
			if strings.Contains(text, "no value") || strings.Contains(text, "{{") {
				t.Errorf("%s: %q", what, text)
			}
		}
	})
	if screens < 10_000 {
		t.Errorf("only %d screens", screens)
	}
}

// TestAThirteenthLanguage: a language is added by a word file and a row, here Ukrainian,
// and whoever has it chosen walks in it. The words are made of the English in Cyrillic
// letters; its four plural forms are those of Ukrainian.
func TestAThirteenthLanguage(t *testing.T) {
	g, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	own := map[string]string{"ui.neutral": "Вітаємо", "ui.button.leave": "Вийти зараз"}
	other := made(t, g, "uk", `- {tag: uk, name: "українська", english: "Ukrainian", dir: ltr, never: "ыэёъ"}`, func(key, form, english string) string {
		if text := own[key]; text != "" {
			return text
		}
		return outside(english, func(s string) string {
			return strings.Map(func(r rune) rune {
				switch {
				case r >= 'a' && r <= 'z':
					return []rune("абцдефгхійклмнопкрстувшжиз")[r-'a']
				case r >= 'A' && r <= 'Z':
					return []rune("АБЦДЕФГХІЙКЛМНОПКРСТУВШЖИЗ")[r-'A']
				}
				return r
			}, s)
		})
	}, []string{"one", "few", "many", "other"})
	h := New(other, session.NewMemory(time.Now), Settings{Cover: 15 * time.Minute, Clean: 45 * time.Minute})
	turn := func(ev Event) Reply {
		ev.Chat, ev.Now, ev.Hint = session.Chat{Channel: "test", ID: "13"}, time.Date(2026, 1, 6, 12, 0, 0, 0, time.UTC), "uk"
		r, err := h.Turn(t.Context(), ev, nil)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	first := turn(Event{What: Command, Data: "start"})
	if !slices.ContainsFunc(first.Rows, func(row Row) bool {
		return slices.ContainsFunc(row.Buttons, func(b Button) bool { return b.Press == "!lang/uk" && b.Label == "українська" })
	}) {
		t.Errorf("the picker does not offer it:\n%v", texts(first))
	}
	turn(Event{What: Press, Data: "!lang/uk"})
	r := turn(Event{What: Press, Data: "gate/start/about-me"})
	if want := other.Words.Text("uk", "gate.age-me.title"); r.Title != want || r.Lang.Tag != "uk" {
		t.Errorf("shows %q in %s, want %q", r.Title, r.Lang.Tag, want)
	}
	if left := turn(Event{What: Press, Data: "!leave"}); !slices.Contains(texts(left), other.Words.Text("uk", "ui.left")) {
		t.Errorf("leaving shows %v", texts(left))
	}
	for _, pw := range other.Graph.Pathways { // and every screen is whole
		for _, n := range pw.Nodes {
			if n.Kind != flows.Fork && other.Screen("uk", n).Title == g.Screen(guide.English, n).Title {
				t.Errorf("%s is shown in English", n.Ref)
			}
		}
	}
}
