package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"pathwaybot/areas"
	"pathwaybot/guide"
	"pathwaybot/handlers"
	"pathwaybot/session"
)

const playLong = `
Walks through the pathways with the very conversation that people have. Each
screen is shown whole, its buttons numbered. Type a number to press a button, or
what the button carries ("gate/start/danger", "!help"), a command ("/help"), or
any text. An empty line shows the screen again; q quits. What is typed may come
from a file: pathway play --lang ro < presses.txt`

// The times of silence of the running service, so that --at and a pause behave alike.
const (
	cover = 15 * time.Minute
	clean = 45 * time.Minute
)

func play(c *call) error {
	dir, at := c.dirFlag(), c.atFlag()
	lang := c.flags.String("lang", "", "begin in this language: a `TAG` such as en, ar or ro")
	area := c.flags.String("area", "", "begin with this area chosen: a `CODE` or a name")
	hide := c.flags.String("hide", "", "without these contacts and facts: `IDS` with commas, as the service takes them in HIDE")
	half := c.flags.String("postcodes", "", "find councils by half a postcode with this `FILE` of \"pathway areas import\"")
	if _, err := c.parse(0); err != nil {
		return err
	}
	now := c.now
	start, err := c.moment(*at)
	if err != nil {
		return err
	}
	if *at != "" {
		now = func() time.Time { return start }
	}
	g, err := loadHiding(*dir, strings.FieldsFunc(*hide, func(r rune) bool { return r == ',' || r == ' ' }))
	if err != nil {
		return err
	}
	link, err := startLink(g, *lang, *area, start)
	if err != nil {
		return err
	}
	postcodes, err := readPostcodes(*half, g.Areas)
	if err != nil {
		return err
	}
	p := &player{
		call: c, now: now, hint: *lang, echo: !interactive(c.stdin),
		conv: handlers.New(g, session.NewMemory(now), handlers.Settings{Cover: cover, Clean: clean, Postcodes: postcodes}),
	}
	c.out.printf("UK time: %s. Type the number of a button, /help, or text. q quits.\n", start.Format("Monday 2 January 2006, 15:04"))
	return p.walk(link)
}

// startLink is what a start link carries for a language and an area.
func startLink(g *guide.Guide, lang, area string, at time.Time) (string, error) {
	var parts []string
	if lang != "" {
		if _, ok := g.Words.Language(lang); !ok {
			return "", wrong("--lang %q is none of our languages: %s", lang, strings.Join(tags(g), ", "))
		}
		parts = append(parts, lang)
	}
	if area != "" {
		code, err := areaCode(g.Areas, area, at)
		if err != nil {
			return "", err
		}
		parts = append(parts, code)
	}
	return strings.Join(parts, "_"), nil
}

func tags(g *guide.Guide) []string {
	var out []string
	for _, l := range g.Words.Languages() {
		out = append(out, l.Tag)
	}
	return out
}

// areaCode finds a place by its code, or by a name that means one place only.
func areaCode(m *areas.Map, typed string, at time.Time) (string, error) {
	if _, ok := m.Area(typed); ok {
		return typed, nil
	}
	found := m.Find(typed)
	if len(found) == 1 && found[0].Exact {
		return found[0].Area.Code, nil
	}
	if len(found) == 0 {
		return "", wrong("--area %q: no such place is known", typed)
	}
	var names []string
	for _, f := range found {
		names = append(names, fmt.Sprintf("%s (%s)", f.Area.Name, f.Area.Code))
	}
	return "", wrong("--area %q: which is meant? %s", typed, strings.Join(names, ", "))
}

// interactive reports whether somebody sits at a keyboard, whose terminal shows
// what is typed by itself.
func interactive(stdin io.Reader) bool {
	f, ok := stdin.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// player is one walk in a terminal.
type player struct {
	*call
	conv    *handlers.Handlers
	now     func() time.Time
	hint    string
	echo    bool
	buttons []handlers.Button // of the screen that is shown, as they are numbered
}

// walk begins as a start link does and goes on until there is nothing more to read.
func (p *player) walk(link string) error {
	if err := p.turn(handlers.Event{What: handlers.Command, Data: "start", Arg: link}); err != nil {
		return err
	}
	lines := bufio.NewScanner(p.stdin)
	for p.out.printf("> "); p.out.err == nil && lines.Scan(); p.out.printf("> ") {
		typed := strings.TrimSpace(lines.Text())
		if p.echo {
			p.out.printf("%s\n", typed)
		}
		if typed == "q" {
			return nil
		}
		if err := p.typed(typed); err != nil {
			return err
		}
	}
	p.out.printf("\n")
	if err := lines.Err(); err != nil {
		return fmt.Errorf("read what was typed: %w", err)
	}
	return nil
}

// typed makes an event of one line.
func (p *player) typed(line string) error {
	if n, err := strconv.Atoi(line); err == nil || errors.Is(err, strconv.ErrRange) {
		if n < 1 || n > len(p.buttons) {
			p.out.printf("There is no button %s: they have the numbers 1 to %d.\n", line, len(p.buttons))
			return nil
		}
		return p.press(p.buttons[n-1])
	}
	for _, b := range p.buttons {
		if b.Press != "" && b.Press == line {
			return p.press(b)
		}
	}
	switch {
	case line == "":
		return p.turn(handlers.Event{What: handlers.Look})
	case strings.HasPrefix(line, "/"):
		name, arg, _ := strings.Cut(line[1:], " ")
		return p.turn(handlers.Event{What: handlers.Command, Data: name, Arg: arg})
	}
	return p.turn(handlers.Event{What: handlers.Text, Data: line})
}

func (p *player) press(b handlers.Button) error {
	switch {
	case b.URL != "":
		p.out.printf("(opens %s)\n", b.URL)
	case b.Copy != "":
		p.out.printf("(copies %s)\n", b.Copy)
	default:
		return p.turn(handlers.Event{What: handlers.Press, Data: b.Press})
	}
	return nil
}

func (p *player) turn(ev handlers.Event) error {
	ev.Chat = session.Chat{Channel: "play", ID: "1"}
	ev.Hint, ev.Now = p.hint, p.now()
	r, err := p.conv.Turn(p.ctx, ev, nil)
	if err != nil {
		return fmt.Errorf("take a step: %w", err)
	}
	p.buttons = show(p.out, r)
	return nil
}
