package bot_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"pathwaybot/bot"
	"pathwaybot/bot/telegramtest"
	"pathwaybot/flows"
	"pathwaybot/guide"
	"pathwaybot/locales"
)

// TestEveryPathwayInEveryLanguage goes through every pathway as a person does: each
// screen is opened, each of its buttons pressed, and what the phone shows is that
// screen in that language, without English where it does not belong.
func TestEveryPathwayInEveryLanguage(t *testing.T) {
	g := project(t)
	for _, l := range g.Words.Languages() {
		t.Run(l.Tag, func(t *testing.T) {
			if bot.Raced && l.Tag != "en" && l.Tag != "ar" {
				t.Skip("done without the race detector")
			}
			t.Parallel()
			w := newWorld(t, setup{skip: l.Tag != "en" && !l.RTL}) // every call is held against the schema in some languages
			v := &visitor{world: w, lang: l, chat: w.tg.Chat(9000), pressed: map[string]bool{}, english: onlyEnglish(g, l)}
			w.walk(v.chat, l.Tag)
			s := v.visit(g.Graph.Begin())
			for _, pw := range g.Graph.Pathways { // what only some answers lead to can be looked up
				for _, n := range pw.Nodes {
					if pw.Aside && n.Kind != flows.Fork && !v.pressed["screen "+string(n.Ref)] && !t.Failed() {
						v.push("!page/" + string(n.Ref))
						s, _ = g.Graph.OpenAt(s, n.Ref)
						s = v.visit(s)
					}
				}
			}
			for _, pw := range g.Graph.Pathways {
				for _, n := range pw.Nodes {
					if n.Kind != flows.Fork && !v.pressed["screen "+string(n.Ref)] {
						t.Errorf("%s was never shown", n.Ref)
					}
				}
			}
			t.Logf("%d screens and buttons", len(v.pressed))
		})
	}
}

// visitor goes through the pathways in one language.
type visitor struct {
	*world
	lang    locales.Language
	chat    *telegramtest.Chat
	pressed map[string]bool // buttons, and screens that were seen
	english map[string]bool // lines that stand for nothing in this language
}

// visit presses each button of the screen that a walk has come to, and comes back. It
// returns where the walk is then, which can be the same screen on another way.
func (v *visitor) visit(s flows.State) flows.State {
	g := project(v.t)
	n := g.Graph.Here(s)
	v.pressed["screen "+string(n.Ref)] = true
	m := v.look(n)
	for _, row := range m.Buttons {
		for _, b := range row {
			if b.Data == "" || v.pressed[b.Data] || b.Data == "!back" || b.Data == "!leave" || b.Data == "!start" ||
				strings.HasPrefix(b.Data, "!lang") || strings.HasPrefix(b.Data, "!help") {
				continue
			}
			v.pressed[b.Data] = true
			s = v.follow(g, s, n, b.Data)
			if v.t.Failed() {
				return s
			}
		}
	}
	return s
}

// push presses a button in the message that shows the screen.
func (v *visitor) push(data string) {
	v.chat.PressOn(v.only(v.chat).ID, data)
	v.settle()
}

// follow presses one button, looks at what it opens, and returns to the screen.
func (v *visitor) follow(g *guide.Guide, s flows.State, n *flows.Node, data string) flows.State {
	v.push(data)
	name, arg, _ := strings.Cut(data, "/")
	if strings.HasPrefix(data, "!") && name != "!aside" {
		v.lay(data)
		v.push("!close")
		v.look(n)
		return s
	}
	if tick, ok := strings.CutPrefix(data, string(n.Ref)+"/+"); ok {
		if m := v.look(n); !ticked(m, string(n.Ref)+"/-"+tick) {
			v.t.Errorf("%s ticks nothing", data)
		}
		on, _ := g.Graph.Press(s, n.Ref, "+"+tick)
		if next, _ := g.Graph.Press(on, n.Ref, flows.Done); !v.pressed["screen "+string(g.Graph.Here(next).Ref)] {
			v.follow(g, on, n, string(n.Ref)+"/"+flows.Done)
		}
		v.push(string(n.Ref) + "/-" + tick)
		v.look(n)
		return s
	}
	next := s
	if name == "!aside" {
		next, _ = g.Graph.Open(s, arg)
	} else {
		next, _ = g.Graph.Press(s, n.Ref, strings.TrimPrefix(data, string(n.Ref)+"/"))
	}
	here := g.Graph.Here(next)
	v.look(here)
	if !v.pressed["screen "+string(here.Ref)] {
		next = v.visit(next)
	}
	v.push("!back")
	if next, _ = next.Back(); g.Graph.Here(next) != n {
		next = v.goTo(g, s)
	}
	v.look(n)
	return next
}

// goTo begins again and goes the way of a walk.
func (v *visitor) goTo(g *guide.Guide, to flows.State) flows.State {
	v.push("!start")
	s := g.Graph.Begin()
	press := func(node flows.Ref, option string) {
		v.push(string(node) + "/" + option)
		s, _ = g.Graph.Press(s, node, option)
	}
	for _, a := range to.Main.Walk {
		option := a.Option
		if n := g.Graph.Node(a.Node); n.Kind == flows.Tick {
			option = flows.Done
			for _, tick := range a.Ticks {
				press(a.Node, "+"+tick)
			}
		}
		press(a.Node, option)
	}
	if to.Aside != nil {
		v.push("!page/" + string(to.Aside.At))
		s, _ = g.Graph.OpenAt(s, to.Aside.At)
	}
	return s
}

// ticked reports whether a message has a button that takes a tick away.
func ticked(m telegramtest.Message, data string) bool {
	b, ok := m.Button(data)
	return ok && strings.HasPrefix(b.Label, "☑")
}

// lay looks at what a button lays over a screen, and at what that offers.
func (v *visitor) lay(data string) {
	m := v.words(v.only(v.chat), data)
	for _, row := range m.Buttons {
		for _, b := range row {
			if strings.HasPrefix(b.Data, "!card/") && !v.pressed[b.Data] {
				v.pressed[b.Data] = true
				v.push(b.Data)
				v.words(v.only(v.chat), b.Data)
			}
		}
	}
}

// look fails unless the phone shows a node in the language.
func (v *visitor) look(n *flows.Node) telegramtest.Message {
	v.t.Helper()
	m := v.words(v.only(v.chat), string(n.Ref))
	if title := project(v.t).Screen(v.lang.Tag, n).Title; !strings.Contains(m.Text, title) {
		v.t.Errorf("%s does not show %q:\n%s", n.Ref, title, m.Text)
	}
	return m
}

// aKey is the name of a text instead of the text itself.
var aKey = regexp.MustCompile(`\b[a-z-]+\.[a-z0-9-]+\.(title|say|ask|then|option|tick|group)\b|\bui\.[a-z.-]+\b|<no value>|\{\{`)

// words fails where a message shows English, a key, or a number in the wrong order.
func (v *visitor) words(m telegramtest.Message, where string) telegramtest.Message {
	v.t.Helper()
	text := withoutBeside(m)
	lines := strings.Split(text, "\n")
	for _, row := range m.Buttons {
		for _, b := range row {
			lines = append(lines, strings.TrimLeft(b.Label, "☐☑ "))
		}
	}
	for _, line := range lines {
		if v.lang.RTL {
			if err := locales.NumbersInOrder(line, false); err != nil {
				v.t.Errorf("%s: %v", where, err)
			}
		}
		line = strings.Trim(plain(line), "☎📞•👥⏰ ")
		if v.english[line] && !strings.HasPrefix(where, "!say") && !strings.HasPrefix(where, "!card") { // words to say in England
			v.t.Errorf("%s: %q is English", where, line)
		}
		if found := aKey.FindString(line); found != "" {
			v.t.Errorf("%s: %q stands in %q", where, found, line)
		}
	}
	return m
}

// withoutBeside is a message without the English beside, which belongs there.
func withoutBeside(m telegramtest.Message) string {
	units := utf16.Encode([]rune(m.Text))
	for _, e := range m.Entities {
		if e.Kind == "expandable_blockquote" {
			units = slices.Delete(units, e.Offset, e.Offset+e.Length)
		}
	}
	return string(utf16.Decode(units))
}

// plain is a line without the marks that keep its numbers in order.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\u200e' || r == '\u200f' {
			return -1
		}
		return r
	}, s)
}

// onlyEnglish are the lines of English texts that the language says otherwise.
func onlyEnglish(g *guide.Guide, l locales.Language) map[string]bool {
	lines := map[string]bool{}
	if l.Tag == guide.English {
		return lines
	}
	own := map[string]bool{}
	split := func(tag, key string) []string { return strings.Split(plain(g.Words.Text(tag, key)), "\n") }
	for _, key := range g.Words.Keys() {
		for _, line := range split(l.Tag, key) {
			own[strings.TrimSpace(line)] = true
		}
	}
	for _, key := range g.Words.Keys() {
		for _, line := range split(guide.English, key) {
			if key == "ui.draft" { // said in both
				continue
			}
			if line = strings.TrimSpace(line); line != "" && !own[line] && !strings.Contains(line, "…") {
				lines[line] = true
			}
		}
	}
	return lines
}
