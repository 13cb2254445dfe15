package telegramtest

import "fmt"

// Telegram's limits, in code points after the entities are parsed.
// https://core.telegram.org/bots/api#sendmessage, #sendphoto
const (
	maxText    = 4096
	maxCaption = 1024
)

// formatted is a text as a person sees it.
type formatted struct {
	text     string
	entities []Entity
	length   int // code points
}

// format reads a text parameter with its parse mode or entities and cleans it as
// Telegram's server does.
func (s *Server) format(c *Call, p params, textKey, entitiesKey string) (formatted, *apiError) {
	in := p.values[textKey]
	var runes []rune
	var spans []span
	switch mode := p.values["parse_mode"]; mode {
	case "HTML", "html", "Html":
		var notes []string
		var err error
		if runes, spans, notes, err = parseHTML(in); err != nil {
			return formatted{}, broken("can't parse entities: %v", err)
		}
		for _, n := range notes {
			s.note(c.Method, n)
		}
	case "":
		runes = []rune(in)
		var given []Entity
		if failed := p.json(entitiesKey, &given); failed != nil {
			return formatted{}, failed
		}
		spans = spansOf(runes, given)
	case "MarkdownV2", "Markdown":
		return formatted{}, broken("can't parse entities: this fake Telegram reads HTML only") // our words
	default:
		return formatted{}, broken("unsupported parse_mode")
	}
	runes, spans, changed := clean(runes, spans)
	if changed {
		s.note(c.Method, fmt.Sprintf("%s: a control character, or more than one U+200E or U+200F together: removed or replaced", textKey))
	}
	return formatted{string(runes), entitiesOf(runes, spans), len(runes)}, nil
}

// clean does to a text what Telegram's server does: control characters become
// spaces (tabs too), carriage returns and U+2028 to U+202E go, in a run of U+200E
// and U+200F all but the last become U+200C, and the ends are trimmed. changed
// says that more than white space was touched.
func clean(in []rune, spans []span) (out []rune, moved []span, changed bool) {
	to := make([]int, len(in)+1) // where each character went
	for i, c := range in {
		to[i] = len(out)
		switch {
		case c == '\r':
			continue
		case c < ' ' && c != '\n':
			changed = changed || c != '\t'
			c = ' '
		case 0x2028 <= c && c <= 0x202e, c == 0x030a, c == 0x0333, c == 0x033f:
			changed = true
			continue
		case isMark(c) && i+1 < len(in) && isMark(in[i+1]):
			changed = true
			c = 0x200c
		}
		out = append(out, c)
	}
	to[len(in)] = len(out)
	from, end := 0, len(out)
	for from < end && (out[from] == ' ' || out[from] == '\n') {
		from++
	}
	for end > from && (out[end-1] == ' ' || out[end-1] == '\n') {
		end--
	}
	for _, s := range spans {
		s.from = min(max(to[s.from], from), end) - from
		s.to = min(max(to[s.to], from), end) - from
		if s.from < s.to {
			moved = append(moved, s)
		}
	}
	return out[from:end], moved, changed
}

// isMark holds for the left-to-right and right-to-left marks.
func isMark(c rune) bool { return c == 0x200e || c == 0x200f }

// invisible holds for a text in which there is nothing to see.
func invisible(text string) bool {
	for _, c := range text {
		switch {
		case c == ' ', c == '\n', c == 0xa0, c == 0xad, c == 0x034f, c == 0x061c, c == 0x115f, c == 0x1160,
			c == 0x2800, c == 0x3000, c == 0x3164, c == 0xfeff, 0x2000 <= c && c <= 0x200f, 0x2028 <= c && c <= 0x202f,
			0x205f <= c && c <= 0x206f:
		default:
			return false
		}
	}
	return true
}
