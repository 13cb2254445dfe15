package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"pathwaybot/flows"
	"pathwaybot/guide"
	"pathwaybot/locales"
	"pathwaybot/locales/lint"
)

const wordsLong = `
For translators; docs/translating.md leads through it.

  pathway words status                        how far each language has come
  pathway words export --lang ro -o ro.csv    a table for LibreOffice, or with --po for Weblate
  pathway words import --lang ro ro.csv       take the table back; with --dry-run only say what would be taken
  pathway words withdraw KEY                  the English of a text has a new meaning: show no old translation of it
  pathway words compared --lang ro            note that the safety wording was translated back and compared, as it stands now

Import, withdraw and compared change locales/ of the project in the folder you are in, or in
--dir. What the checks refuse is refused row by row, with the reason; the rest is
taken. A changed text is a draft until a native speaker has reviewed it.`

func wordsCommand(c *call) error {
	if len(c.args) == 0 {
		return wrong("say what to do: status, export, import, withdraw or compared")
	}
	do := map[string]func(*call) error{
		"status": wordsStatus, "export": wordsExport, "import": wordsImport, "withdraw": wordsWithdraw,
		"compared": wordsCompared,
	}[c.args[0]]
	if do == nil {
		if _, err := c.parse(1); err != nil {
			return err
		}
		return wrong("%q is none of status, export, import, withdraw, compared", c.args[0])
	}
	c.args = c.args[1:]
	return do(c)
}

// langFlag is the flag with which a command takes one language.
func (c *call) langFlag() *string {
	return c.flags.String("lang", "", "the language with this `TAG`, such as ro")
}

// translation returns the language to translate into.
func translation(w *locales.Words, tag string) (locales.Language, error) {
	var tags []string
	for _, l := range w.Languages() {
		if l.Tag == tag && tag != guide.English {
			return l, nil
		} else if l.Tag != guide.English {
			tags = append(tags, l.Tag)
		}
	}
	if tag == "" {
		return locales.Language{}, wrong("name the language: --lang %s", strings.Join(tags, ", --lang "))
	}
	return locales.Language{}, wrong("there are no translations into %q; there are %s", tag, strings.Join(tags, ", "))
}

// worstFirst are the states of a text, in the order in which somebody should look.
func worstFirst() []locales.State {
	return []locales.State{locales.Missing, locales.Withdrawn, locales.Draft, locales.Stale, locales.Reviewed}
}

func wordsStatus(c *call) error {
	dir := c.dirFlag()
	if _, err := c.parse(0); err != nil {
		return err
	}
	g, err := load(*dir)
	if err != nil {
		return err
	}
	src, err := sources(*dir)
	if err != nil {
		return err
	}
	look, err := lint.Read(src.Locales, g.Words)
	if err != nil {
		return mistakes(src, err)
	}
	keys, critical := g.Words.Keys(), criticalKeys(g)
	c.out.printf("%s, %d of them critical (safety wording). Of the critical ones in brackets.\n\n", count(len(keys), "text"), len(critical))
	table := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', 0)
	lines := &printer{w: table}
	lines.printf("language\tdraft\treviewed\tstale\twithdrawn\tmissing\ttranslated back\texceptions\tweakest critical text\n")
	for _, l := range g.Words.Languages() {
		if l.Tag == guide.English {
			continue
		}
		lines.printf("%s %s", l.Tag, l.English)
		all, grave := states(g.Words, l.Tag, keys), states(g.Words, l.Tag, critical)
		for _, s := range []locales.State{locales.Draft, locales.Reviewed, locales.Stale, locales.Withdrawn, locales.Missing} {
			lines.printf("\t%d (%d)", len(all[s]), len(grave[s]))
		}
		lines.printf("\t(%d)\t%s", comparedTexts(g, l.Tag, critical), exceptions(look, l.Tag))
		for _, s := range worstFirst() {
			if len(grave[s]) > 0 {
				lines.printf("\t%s: %s", s, grave[s][0])
				break
			}
		}
		lines.printf("\n")
	}
	if err := table.Flush(); err != nil && c.out.err == nil {
		c.out.err = err
	}
	return nil
}

// exceptions is how many texts of a language the checks pass over, each with its reason;
// "-" where the lists of the checks are not there, as in a program without the project.
func exceptions(look *lint.Lint, tag string) string {
	if look == nil {
		return "-"
	}
	return strconv.Itoa(look.Exceptions(tag))
}

// states sorts keys by the state of their texts, in the order given.
func states(w *locales.Words, tag string, keys []string) map[locales.State][]string {
	by := map[locales.State][]string{}
	for _, key := range keys {
		by[w.State(tag, key)] = append(by[w.State(tag, key)], key)
	}
	return by
}

// criticalShared are the critical texts that stand on no screen of their own: help
// now and the silent ways, Leave now and its limits, what is kept, who can see it.
func criticalShared() []string {
	return []string{
		"ui.button.help", "ui.button.mute", "ui.button.leave", "ui.find.danger", "ui.away", "ui.typed", "ui.draft",
		"ui.privacy.kept", "ui.privacy.telegram", "ui.privacy.delete", "ui.save.warn", "ui.saved.keep", "ui.saved.until",
		"ui.england-wales",
	}
}

// criticalKeys returns the keys of all safety wording: every text of a screen that
// its pathway marks as critical, in the authors' order, and the shared ones. What is
// only searched for is shown to nobody, so it is none.
func criticalKeys(g *guide.Guide) []string {
	known := g.Words.Keys()
	var out []string
	for _, key := range criticalShared() {
		if slices.Contains(known, key) {
			out = append(out, key)
		}
	}
	for _, pw := range g.Graph.Pathways {
		for _, n := range pw.Nodes {
			if !n.Critical {
				continue
			}
			for _, key := range known {
				if strings.HasPrefix(key, guide.Key(n.Ref, "")) && !strings.HasSuffix(key, ".find") {
					out = append(out, key)
				}
			}
		}
	}
	return out
}

// place is where a text stands.
type place struct {
	screen string // "pathway/node"; "pathway" for its button; "ui", "contact" for what many share
	limit  int    // characters, with the values filled in; 0 where none is known
}

// placeOf finds the screen of a key and the length that it can have there.
func placeOf(g *guide.Guide, key string) place {
	parts := strings.Split(key, ".")
	if len(parts) < 3 || g.Graph.Pathway(parts[0]) == nil {
		return place{screen: parts[0]}
	}
	p := place{screen: parts[0] + "/" + parts[1]}
	isNode := slices.ContainsFunc(g.Graph.Pathway(parts[0]).Nodes, func(n *flows.Node) bool { return string(n.Ref) == p.screen })
	switch {
	case !isNode:
		return place{screen: parts[0]}
	case parts[2] == "title":
		p.limit = guide.MaxTitle
	case parts[2] == "then", parts[2] == "option" && len(parts) == 4:
		p.limit = guide.MaxButton
	case parts[2] == "tick" && len(parts) == 4:
		p.limit = guide.MaxTick
	}
	return p
}

// fingerprint ties a row of a table to the two texts that stood in the files when it
// was written: "ro/18d5bde45295/0123456789ab". It begins with letters, so that no
// spreadsheet takes it for a number.
func fingerprint(w *locales.Words, tag, key string) string {
	return fmt.Sprintf("%s/%s/%s", tag, w.Hash(guide.English, key), or(w.Hash(tag, key), "none"))
}
