package guide

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"pathwaybot/flows"
	"pathwaybot/locales"
)

// Limits of a screen, in characters. A screen beyond them is hard to read on a
// small phone; Telegram's own limit of 4,096 lies far above.
const (
	MaxText   = 1000 // title, text and question together
	MaxBeside = 2000 // the same with the English beside it
	MaxUnder  = 1000 // the same under a picture
	MaxButton = 44   // a button alone in its row
	MaxTick   = 36   // a box to tick, alone in its row
	MaxTitle  = 60   // a title, which is a button too where it is looked up
)

// checker holds what is joined against itself.
type checker struct {
	g    *Guide
	errs []error
	used map[string]bool // keys of words that something shows
}

func (c *checker) add(file string, line int, format string, args ...any) {
	c.errs = append(c.errs, fmt.Errorf("%s:%d: %s", file, line, fmt.Sprintf(format, args...)))
}

// at reports a mistake in a word file.
func (c *checker) at(tag, key, format string, args ...any) {
	where := c.g.Words.Where(tag, key)
	c.errs = append(c.errs, fmt.Errorf("%s: key %q: %s", where, key, fmt.Sprintf(format, args...)))
}

func (c *checker) all() {
	c.used = map[string]bool{}
	for _, pw := range c.g.Graph.Pathways {
		file := "pathways/" + pw.File
		if pw.Aside {
			c.word(file, 1, pw.ID+".button", true)
		}
		for _, n := range pw.Nodes {
			c.node(file, n)
		}
	}
	for _, ct := range c.g.Contacts.All() {
		c.word("contacts/"+strings.SplitN(ct.Pos, ":", 2)[0], posLine(ct.Pos), "contact."+ct.ID+".name", true)
		c.word("", 0, "contact."+ct.ID+".who", false)
		c.word("", 0, "contact."+ct.ID+".note", false)
	}
	for _, key := range c.g.Words.Keys() {
		if !c.used[key] && !strings.HasPrefix(key, "ui.") {
			c.at(English, key, "no screen shows this")
		}
	}
	for _, l := range c.g.Words.Languages() {
		for _, key := range c.g.Words.Keys() {
			c.text(l, key)
		}
		for _, pw := range c.g.Graph.Pathways {
			for _, n := range pw.Nodes {
				if n.Kind != flows.Fork {
					c.lengths(l.Tag, n)
				}
			}
		}
	}
	proof := c.g.Graph.Prove(c.g.Policy)
	for _, b := range proof.Broken {
		c.add(c.g.Policy.File, b.Statement.Line, "statement %q does not hold: %s", b.Statement.ID, b.Text)
	}
}

func posLine(pos string) int {
	line := 0
	if _, after, ok := strings.Cut(pos, ":"); ok {
		_, _ = fmt.Sscanf(after, "%d", &line)
	}
	return line
}

func (c *checker) node(file string, n *flows.Node) {
	if n.Kind == flows.Fork {
		return
	}
	bad := func(format string, args ...any) {
		c.add(file, n.Line, "node %q: %s", n.Ref.Node(), fmt.Sprintf(format, args...))
	}
	c.g.parts(n, func(p part) {
		c.word(file, n.Line, Key(n.Ref, p.name), p.must)
		if text := c.g.Words.Text(English, Key(n.Ref, p.name)); p.kind == "sum" && text != "" && !wholeSentence(text) {
			c.at(English, Key(n.Ref, p.name), "want a whole sentence, such as \"I am not paid.\"")
		}
	})
	for _, want := range n.Contacts {
		if _, ok := c.g.Contacts.Contact(want); !ok && !c.g.Contacts.Kind(want) {
			bad("there is no contact and no kind of contact %q", want)
		}
	}
	for _, key := range n.Sources {
		if _, ok := c.g.Evidence.Source(key); !ok {
			bad("there is no source %q", key)
		}
	}
	c.picture(file, n)
	if len(n.Sources) == 0 {
		bad("no source, neither here nor for the pathway")
	}
	if !n.Critical {
		return
	}
	for _, l := range c.g.Words.Languages() {
		c.g.parts(n, func(p part) {
			key := Key(n.Ref, p.name)
			if p.must && c.g.Words.State(English, key) != locales.Missing && c.g.Words.State(l.Tag, key) == locales.Missing {
				bad("safety wording: key %q is missing in %s", key, l.Tag)
			}
		})
	}
}

// word notes that a key is shown, and reports one that has no English.
func (c *checker) word(file string, line int, key string, must bool) {
	c.used[key] = true
	if must && c.g.Words.State(English, key) == locales.Missing {
		c.add(file, line, "there are no words for key %q", key)
	}
}

// text checks that no figure is typed: figures come from facts and contacts.
func (c *checker) text(l locales.Language, key string) {
	text := c.g.Words.Written(l.Tag, key)
	if i := strings.IndexFunc(text, unicode.IsDigit); i >= 0 {
		r, _ := utf8.DecodeRuneInString(text[i:])
		c.at(l.Tag, key, "the figure %q is typed; name a fact or a contact's phone instead", r)
	}
}

// lengths checks that a screen can be read on a small phone.
func (c *checker) lengths(tag string, n *flows.Node) {
	s := c.g.screens[tag][n.Ref]
	count := utf8.RuneCountInString
	size := count(s.Title) + count(s.Who) + count(s.When) + count(s.Say) + count(s.Ask) + count(s.Sources)
	if size > MaxText {
		c.at(tag, Key(n.Ref, "title"), "the screen has %d characters, at most %d", size, MaxText)
	}
	if size += count(s.English); size > MaxBeside {
		c.at(tag, Key(n.Ref, "title"), "the screen with its English has %d characters, at most %d", size, MaxBeside)
	}
	c.g.parts(n, func(p part) {
		key := Key(n.Ref, p.name)
		most := MaxButton
		switch p.kind {
		case "tick":
			most = MaxTick
		case "title":
			most = MaxTitle
		case "option", "then":
		default:
			return
		}
		if size := count(c.g.Words.Text(tag, key)); size > most && c.g.Words.Has(tag, key) {
			c.at(tag, key, "the %s has %d characters, at most %d", buttonWord(p.kind), size, most)
		}
	})
}

// wholeSentence reports whether a text can be said as it stands.
func wholeSentence(text string) bool {
	first, _ := utf8.DecodeRuneInString(text)
	return unicode.IsUpper(first) && strings.HasSuffix(text, ".")
}

func buttonWord(kind string) string {
	if kind == "title" {
		return kind
	}
	return "button"
}
