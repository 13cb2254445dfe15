package telegramtest

import (
	"cmp"
	"slices"
	"unicode/utf16"
)

// Entity is a piece of a text that looks or acts differently.
type Entity struct {
	// Kind is a name of the Bot API: bold, italic, underline, strikethrough,
	// spoiler, blockquote, expandable_blockquote, code, pre, text_link,
	// text_mention, custom_emoji, date_time.
	Kind string `json:"type"`
	// Offset and Length count UTF-16 units.
	Offset int `json:"offset"`
	Length int `json:"length"`
	// URL is where a text_link leads, Language what a pre is written in.
	URL      string `json:"url,omitempty"`
	Language string `json:"language,omitempty"`
	EmojiID  string `json:"custom_emoji_id,omitempty"`
	// Text is the piece itself.
	Text string `json:"-"`
}

// span is an entity while its text is still worked on: from and to count code
// points.
type span struct {
	Entity
	from, to int
}

// entitiesOf turns spans into entities, the outer one first.
func entitiesOf(text []rune, spans []span) []Entity {
	if len(spans) == 0 {
		return nil
	}
	units := make([]int, len(text)+1) // UTF-16 units before each character
	for i, c := range text {
		units[i+1] = units[i] + max(1, utf16.RuneLen(c))
	}
	out := make([]Entity, 0, len(spans))
	for _, s := range spans {
		e := s.Entity
		e.Offset, e.Length = units[s.from], units[s.to]-units[s.from]
		e.Text = string(text[s.from:s.to])
		out = append(out, e)
	}
	slices.SortStableFunc(out, func(a, b Entity) int {
		return cmp.Or(cmp.Compare(a.Offset, b.Offset), cmp.Compare(b.Length, a.Length))
	})
	return out
}

// spansOf reads entities that were given as a list; those outside of the text
// are left out, as Telegram does.
func spansOf(text []rune, given []Entity) []span {
	at := map[int]int{} // UTF-16 offset to character
	units := 0
	for i, c := range text {
		at[units] = i
		units += max(1, utf16.RuneLen(c))
	}
	at[units] = len(text)
	var out []span
	for _, e := range given {
		from, ok := at[e.Offset]
		to, ok2 := at[e.Offset+e.Length]
		if ok && ok2 && from < to {
			out = append(out, span{e, from, to})
		}
	}
	return out
}
