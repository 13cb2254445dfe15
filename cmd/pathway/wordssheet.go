package main

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"pathwaybot/guide"
	"pathwaybot/locales"
	"pathwaybot/locales/lint"
)

// sheetColumns are the columns of a table for translators. Only translation,
// reviewer and date are theirs to write.
func sheetColumns() []string {
	return []string{
		"key", "form", "screen", "description", "english", "translation", "state", "terms", "limit", "reviewer", "date", "fingerprint",
	}
}

func wordsExport(c *call) error {
	dir, lang := c.dirFlag(), c.langFlag()
	to := c.flags.String("o", "", "write to this `FILE` instead of the screen")
	po := c.flags.Bool("po", false, "write a PO file, for Weblate and others")
	if _, err := c.parse(0); err != nil {
		return err
	}
	g, err := load(*dir)
	if err != nil {
		return err
	}
	l, err := translation(g.Words, *lang)
	if err != nil {
		return err
	}
	var data []byte
	if *po {
		data = portable(g, l)
	} else if data, err = sheet(*dir, g, l); err != nil {
		return err
	}
	if *to == "" {
		_, _ = c.out.Write(data) // the printer keeps the error
		return nil
	}
	if err := writeFiles(filepath.Dir(*to), map[string][]byte{filepath.Base(*to): data}); err != nil {
		return err
	}
	c.out.printf("%s: %s in %s\n", *to, count(len(g.Words.Keys()), "text"), l.English)
	return nil
}

// sheet writes all texts as CSV (RFC 4180, UTF-8). The mark at the beginning is how
// LibreOffice and Excel know the encoding.
func sheet(dir string, g *guide.Guide, l locales.Language) ([]byte, error) {
	src, err := sources(dir)
	if err != nil {
		return nil, err
	}
	look, err := lint.Read(src.Locales, g.Words)
	if err != nil {
		return nil, mistakes(src, err)
	}
	out := bytes.NewBufferString("\ufeff")
	w := csv.NewWriter(out)
	w.UseCRLF = true
	rows := [][]string{sheetColumns()}
	eachForm(g, l.Tag, func(key, form, source, text string) {
		p, limit := placeOf(g, key), ""
		if p.limit > 0 {
			limit = strconv.Itoa(p.limit)
		}
		row := []string{
			key, form, p.screen, g.Words.Description(key), source, text,
			g.Words.State(l.Tag, key).String(), look.Terms(l.Tag, key), limit, "", "", fingerprint(g.Words, l.Tag, key),
		}
		for i := range row {
			row[i] = harmless(row[i])
		}
		rows = append(rows, row)
	})
	if err := w.WriteAll(rows); err != nil {
		return nil, fmt.Errorf("write the table: %w", err)
	}
	return out.Bytes(), nil
}

// eachForm calls f with each text of a language, screen by screen, plural forms one
// by one, with the English of the same form, or else of the last one. form is "" for
// a plain text.
func eachForm(g *guide.Guide, tag string, f func(key, form, source, text string)) {
	w := g.Words
	for _, key := range byScreen(g) {
		english, forms := w.Forms(guide.English, key), w.Forms(tag, key)
		for _, form := range forms {
			source := w.Form(guide.English, key, form)
			if source == "" {
				source = w.Form(guide.English, key, english[len(english)-1])
			}
			name := form
			if len(english) == 1 {
				name = ""
			}
			f(key, name, source, w.Form(tag, key, form))
		}
	}
}

// byScreen returns all keys, those of a screen together and in the order in which
// it is read: its title, its text, its question, then the buttons and the rest.
func byScreen(g *guide.Guide) []string {
	first := []string{"title", "who", "when", "say", "ask"}
	order := func(key string) (screen string, part int) {
		parts := strings.Split(key, ".")
		if part = slices.Index(first, parts[len(parts)-1]); part < 0 || len(parts) != 3 {
			part = len(first)
		}
		return placeOf(g, key).screen, part
	}
	keys := g.Words.Keys()
	slices.SortStableFunc(keys, func(a, b string) int {
		screenA, partA := order(a)
		screenB, partB := order(b)
		return cmp.Or(cmp.Compare(screenA, screenB), cmp.Compare(partA, partB))
	})
	return keys
}

// formula are the characters with which a cell would become a formula, and run when
// the table is opened: https://owasp.org/www-community/attacks/CSV_Injection
const formula = "=+-@\t\r＝＋－＠"

// harmless puts an apostrophe in front of what a spreadsheet would take for a
// formula, and in front of what has one already; unguarded takes it off.
func harmless(cell string) string {
	if cell != "" && strings.ContainsRune(formula+"'", []rune(cell)[0]) {
		return "'" + cell
	}
	return cell
}

func unguarded(cell string) string {
	rest, guarded := strings.CutPrefix(cell, "'")
	if guarded && rest != "" && strings.ContainsRune(formula+"'", []rune(rest)[0]) {
		return rest
	}
	return cell
}

// portable writes all texts as a PO file. It knows one doubt only: what nobody has
// reviewed is fuzzy. https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html
func portable(g *guide.Guide, l locales.Language) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "msgid \"\"\nmsgstr \"\"\n%s\n%s\n%s\n%s\n",
		quotePO("Language: "+l.Tag+"\n"), quotePO("MIME-Version: 1.0\n"),
		quotePO("Content-Type: text/plain; charset=UTF-8\n"), quotePO("Content-Transfer-Encoding: 8bit\n"))
	eachForm(g, l.Tag, func(key, form, source, text string) {
		b.WriteString("\n")
		p := placeOf(g, key)
		notes := strings.ReplaceAll(g.Words.Description(key), "\n", " ")
		if p.limit > 0 {
			notes = strings.TrimSpace(fmt.Sprintf("%s At most %d characters.", notes, p.limit))
		}
		if notes != "" {
			fmt.Fprintf(&b, "#. %s\n", notes)
		}
		fmt.Fprintf(&b, "#: %s\n", p.screen)
		if s := g.Words.State(l.Tag, key); text != "" && s != locales.Reviewed {
			fmt.Fprintf(&b, "#, fuzzy\n")
		}
		if form != "" {
			key += "#" + form
		}
		fmt.Fprintf(&b, "msgctxt %s\nmsgid %s\nmsgstr %s\n", quotePO(key), quotePO(source), quotePO(text))
	})
	return []byte(b.String())
}

func quotePO(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\t", `\t`, "\r", `\r`).Replace(s) + `"`
}
