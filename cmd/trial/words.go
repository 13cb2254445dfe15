package main

import (
	"fmt"
	"slices"
	"strings"

	"pathwaybot/bot/telegramtest"
	"pathwaybot/guide"
)

// words are what the trial has to know of what the bot says, in every language.
type words struct {
	guide   *guide.Guide
	neutral map[string]bool // the word of a new message
	left    map[string]bool // the dull line
	covered map[string]bool
	typed   []string // the line above the screen after words that found nothing
	forgot  []string // the lines that say that an answer did not count
	away    []string // beginnings of the emergency card
}

func readWords() (*words, error) {
	g, err := guide.Load(guide.Embedded())
	if err != nil {
		return nil, fmt.Errorf("read pathways and words: %w", err)
	}
	w := &words{guide: g, neutral: map[string]bool{}, left: map[string]bool{}, covered: map[string]bool{}}
	for _, l := range g.Words.Languages() {
		text := func(key string) string { return g.Words.Text(l.Tag, key) }
		w.neutral[text("ui.neutral")] = true
		w.left[text("ui.left")] = true
		w.covered[text("ui.covered")] = true
		w.typed = append(w.typed, text("ui.typed"))
		w.forgot = append(w.forgot, text("ui.new-walk"), text("ui.old-press"))
		w.away = append(w.away, text("ui.away"))
	}
	return w, nil
}

// What a screen is, beside the name of a node of a pathway.
const (
	picker  = "the languages"
	left    = "the dull line"
	covered = "the cover"
	other   = "" // a word on its way to be a screen, or an emergency card
)

// seen is a screen as the trial tells it from others.
type seen struct {
	screen  string // a node, with the boxes that are ticked; or one of the above
	typed   bool   // it answers typed words
	forgot  bool   // it says that an answer did not count
	card    bool   // the emergency card
	picture bool   // it has a picture
}

// look tells what a message shows.
func (w *words) look(m telegramtest.Message) seen {
	var s seen
	text := plainText(m.Text)
	switch {
	case w.neutral[text]:
		return s
	case w.left[text]:
		s.screen = left
		return s
	case w.covered[text]:
		s.screen = covered
		return s
	}
	holds := func(lines []string) bool {
		return slices.ContainsFunc(lines, func(line string) bool { return strings.Contains(text, plainText(line)) })
	}
	s.card = holds(w.away)
	if s.card {
		return s
	}
	s.typed, s.forgot = holds(w.typed), holds(w.forgot)
	var ticks []string
	for _, row := range m.Buttons {
		for _, b := range row {
			if s.screen == "" && strings.HasPrefix(b.Data, "!lang/") {
				s.screen = picker
				continue
			}
			node, option, ok := cutLast(b.Data)
			if !ok || strings.HasPrefix(b.Data, "!") {
				continue
			}
			if s.screen == "" {
				s.screen = node
			}
			if tick, ok := strings.CutPrefix(option, "-"); ok && node == s.screen {
				ticks = append(ticks, tick)
			}
		}
	}
	s.picture = m.Kind == "photo"
	s.screen = withTicks(s.screen, ticks)
	return s
}

func withTicks(screen string, ticks []string) string {
	if len(ticks) == 0 {
		return screen
	}
	ticks = slices.Sorted(slices.Values(ticks))
	return screen + ": " + strings.Join(ticks, " ")
}

func cutLast(data string) (node, option string, ok bool) {
	i := strings.LastIndexByte(data, '/')
	if i < 0 {
		return "", "", false
	}
	return data[:i], data[i+1:], true
}

// plainText is a text without the marks that keep numbers in their order.
func plainText(s string) string {
	return strings.Map(func(c rune) rune {
		if c == 0x200e || c == 0x200f || 0x2066 <= c && c <= 0x2069 {
			return -1
		}
		return c
	}, strings.TrimSpace(s))
}

// dull reports whether a message may stay in a chat that was left: the neutral word
// or the dull line, without a button.
func (w *words) dull(m telegramtest.Message) bool {
	text := plainText(m.Text)
	return m.FromBot && m.Kind == "text" && len(m.Buttons) == 0 && (w.neutral[text] || w.left[text])
}
