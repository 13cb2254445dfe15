package handlers_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"pathwaybot/guide"
	"pathwaybot/handlers"
	"pathwaybot/session"
)

var update = flag.Bool("update", false, "write the conversations anew; their # lines stay as they are")

// loaded is the project's own guide, read once: it never changes.
var loaded = sync.OnceValues(func() (*guide.Guide, error) { return guide.Load(guide.Embedded()) })

func project(tb testing.TB) *guide.Guide {
	tb.Helper()
	g, err := loaded()
	if err != nil {
		tb.Fatalf("load guide: %v", err)
	}
	return g
}

// TestConversations plays every file in testdata. Its # lines come first and are
// never rewritten: "# must: words" have to appear in what the bot says, "# never:
// words" must not; what follows " — " is the reason and its source. Then a line
// with > is the person: a [button], a /command, (a thing that happens), or typed
// words. A line with @ sets the time in the UK.
func TestConversations(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no conversations: %v", err)
	}
	g := project(t)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			p := newPlayer(t, g)
			got := p.play(string(want))
			p.rules(string(want), got)
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
				return
			}
			if got != string(want) {
				t.Errorf("the conversation has changed; look at it and run go test ./handlers -update\n%s", firstDifference(string(want), got))
			}
		})
	}
}

func firstDifference(want, got string) string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range max(len(w), len(g)) {
		var a, b string
		if i < len(w) {
			a = w[i]
		}
		if i < len(g) {
			b = g[i]
		}
		if a != b {
			return fmt.Sprintf("line %d\nwant %s\ngot  %s", i+1, a, b)
		}
	}
	return "no difference"
}

// player walks one chat.
type player struct {
	t      *testing.T
	conv   *handlers.Handlers
	now    time.Time
	reply  handlers.Reply
	hint   string
	id     uint32
	london *time.Location
}

func newPlayer(t *testing.T, g *guide.Guide) *player {
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	p := &player{t: t, london: london, now: time.Date(2026, 1, 6, 10, 0, 0, 0, london)}
	store := session.NewMemory(func() time.Time { return p.now })
	p.conv = handlers.New(g, store, handlers.Settings{Cover: 15 * time.Minute, Clean: 45 * time.Minute})
	return p
}

func (p *player) play(script string) string {
	var out strings.Builder
	head := true
	for line := range strings.SplitSeq(script, "\n") {
		switch {
		case head && (strings.HasPrefix(line, "#") || line == ""):
			if line != "" {
				out.WriteString(line + "\n")
			}
		case strings.HasPrefix(line, "@ "):
			head = false
			at, err := time.ParseInLocation("2006-01-02 15:04", line[2:], p.london)
			if err != nil {
				p.t.Fatal(err)
			}
			p.now = at
			out.WriteString("\n" + line + "\n")
		case strings.HasPrefix(line, "~ "):
			head = false
			p.hint = line[2:]
			out.WriteString(line + "\n")
		case strings.HasPrefix(line, "> "):
			head = false
			out.WriteString("\n" + line + "\n" + p.step(line[2:]))
		}
	}
	return out.String()
}

func (p *player) step(line string) string {
	ev := handlers.Event{What: handlers.Text, Data: line}
	switch {
	case strings.HasPrefix(line, "["):
		ev.What, ev.Data = handlers.Press, p.find(strings.Trim(line, "[]"))
	case strings.HasPrefix(line, "/"):
		name, arg, _ := strings.Cut(line[1:], " ")
		ev.What, ev.Data, ev.Arg = handlers.Command, name, arg
	case strings.HasPrefix(line, "(press "):
		ev.What, ev.Data = handlers.Press, strings.TrimSuffix(line[7:], ")")
	case strings.HasPrefix(line, "(quiet for "):
		d, err := time.ParseDuration(strings.TrimSuffix(line[11:], ")"))
		if err != nil {
			p.t.Fatal(err)
		}
		p.now = p.now.Add(d)
		ev.What = handlers.Idle
	case line == "(photo)":
		ev.What = handlers.Other
	case line == "(again)":
		ev.What = handlers.Look
	}
	return p.turn(ev)
}

func (p *player) turn(ev handlers.Event) string {
	p.id++
	ev.Chat = session.Chat{Channel: "test", ID: "1"}
	ev.ID, ev.Now, ev.Hint, ev.Apart = p.id, p.now, p.hint, true
	r, err := p.conv.Turn(context.Background(), ev, nil)
	if err != nil {
		p.t.Fatalf("%v: %v", ev, err)
	}
	p.reply = r
	return text(r)
}

// find returns what the button with a label carries.
func (p *player) find(label string) string {
	for _, row := range p.reply.Rows {
		for _, b := range row.Buttons {
			if plain(b.Label) == label {
				return b.Press
			}
		}
	}
	p.t.Fatalf("there is no button %q on:\n%s", label, text(p.reply))
	return ""
}

// plain leaves out what a reader of the file cannot see.
func plain(s string) string {
	return strings.NewReplacer("\u200e", "", "\u200f", "").Replace(s)
}

// text writes a reply as the file shows it.
func text(r handlers.Reply) string {
	var b strings.Builder
	line := func(s string) { b.WriteString(strings.ReplaceAll(plain(s), "\n", "\n  ") + "\n") }
	switch r.Do {
	case handlers.Cover:
		line("(the screen is covered)")
	case handlers.Leave:
		line("(everything is deleted)")
	case handlers.Clean:
		line("(everything is deleted, silently)")
	case handlers.Nothing:
		line("(nothing changes)")
	case handlers.Show:
	}
	if r.Note != "" {
		line("! " + r.Note)
	}
	if r.Title != "" {
		line("  = " + r.Title)
	}
	for _, bl := range r.Blocks {
		switch bl.Kind {
		case handlers.Contact:
			card(line, bl.Card)
		case handlers.Ask:
			line("  ? " + bl.Text)
		case handlers.Beside:
			line("  " + bl.Head + ": (folded)")
		case handlers.Picture:
			line("  (picture: " + bl.Text + ")")
		case handlers.Say, handlers.Notice:
			line("  " + bl.Text)
		}
	}
	rows, foot := footless(r.Rows)
	for _, row := range rows {
		var labels []string
		for _, btn := range row.Buttons {
			labels = append(labels, "["+btn.Label+"]")
		}
		line("  " + strings.Join(labels, " "))
	}
	if foot {
		line("  [...]")
	}
	return b.String()
}

// footless takes the three rows away that every screen ends with: help now and "I
// cannot talk", back and language, leave now. The file shows them as [...].
func footless(rows []handlers.Row) ([]handlers.Row, bool) {
	want := [][]string{{"!help", "!mute/on"}, {"!back", "!lang"}, {"!leave"}}
	if len(rows) < len(want) {
		return rows, false
	}
	for i, row := range rows[len(rows)-len(want):] {
		for j, b := range row.Buttons {
			if b.Press != want[i][j] && b.Press != "!mute/off" {
				return rows, false
			}
		}
	}
	return rows[:len(rows)-len(want)], true
}

func card(line func(string), c *handlers.Card) {
	line("  * " + c.Name + ": " + c.Who)
	number := func() {
		if c.Phone != "" {
			then := ""
			if c.Then != "" {
				then = " → " + c.Then
			}
			line("    ☎ " + c.Phone + then)
		}
	}
	if !c.First {
		number()
	}
	for _, s := range c.Silent {
		line("    ✎ " + s)
	}
	if c.First {
		number()
	}
	if c.Note != "" {
		line("    " + c.Note)
	}
	line("    " + strings.Join(c.Facts, ". "))
}

// rules checks the # lines against what the bot said, and only that.
func (p *player) rules(script, got string) {
	var said strings.Builder
	for line := range strings.SplitSeq(got, "\n") {
		if !strings.HasPrefix(line, "#") && !strings.HasPrefix(line, ">") {
			said.WriteString(line + "\n")
		}
	}
	musts := 0
	for line := range strings.SplitSeq(script, "\n") {
		rule, isMust := strings.CutPrefix(line, "# must: ")
		words, _, _ := strings.Cut(rule, " — ")
		if isMust {
			musts++
			if !strings.Contains(said.String(), words) {
				p.t.Errorf("must be said and is not: %s", rule)
			}
			continue
		}
		rule, isNever := strings.CutPrefix(line, "# never: ")
		words, _, _ = strings.Cut(rule, " — ")
		if isNever && strings.Contains(strings.ToLower(said.String()), strings.ToLower(words)) {
			p.t.Errorf("must never be said and is: %s", rule)
		}
	}
	if musts == 0 {
		p.t.Error("a conversation needs at least one # must: line")
	}
}
