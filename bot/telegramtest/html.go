package telegramtest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// htmlKind knows the tags that Telegram accepts and the kind that each makes. Any
// other tag refuses the whole message.
// https://core.telegram.org/bots/api#html-style
func htmlKind(tag string) (kind string, ok bool) {
	switch tag {
	case "b", "strong":
		return "bold", true
	case "i", "em":
		return "italic", true
	case "u", "ins":
		return "underline", true
	case "s", "strike", "del":
		return "strikethrough", true
	case "tg-spoiler", "span":
		return "spoiler", true
	case "code", "pre", "blockquote":
		return tag, true
	case "a":
		return "text_link", true
	case "tg-emoji":
		return "custom_emoji", true
	case "tg-time":
		return "date_time", true
	}
	return "", false
}

type openTag struct {
	name string
	span span
}

// htmlReader turns Telegram's HTML into text and spans. Offsets in its errors
// count bytes, as Telegram's do.
type htmlReader struct {
	in    string
	at    int
	text  []rune
	open  []openTag
	spans []span
	notes []string // what Telegram drops without a word
}

// parseHTML reads a whole text. notes are things that Telegram would forgive but
// no author can have meant.
func parseHTML(in string) (text []rune, spans []span, notes []string, err error) {
	r := &htmlReader{in: in}
	for r.at < len(r.in) {
		switch {
		case strings.HasPrefix(r.in[r.at:], "</"):
			err = r.endTag()
		case r.in[r.at] == '<':
			err = r.startTag()
		default:
			r.text = append(r.text, r.char())
		}
		if err != nil {
			return nil, nil, nil, err
		}
	}
	if len(r.open) > 0 {
		return nil, nil, nil, saying("Can't find end tag corresponding to start tag %q", r.open[len(r.open)-1].name)
	}
	return r.text, r.spans, r.notes, nil
}

// until moves on to the first byte for which stop holds and returns what it
// passed.
func (r *htmlReader) until(stop func(byte) bool) string {
	start := r.at
	for r.at < len(r.in) && !stop(r.in[r.at]) {
		r.at++
	}
	return r.in[start:r.at]
}

func (r *htmlReader) skipSpace() { r.until(func(c byte) bool { return !isSpace(c) }) }

func (r *htmlReader) startTag() error {
	begin := r.at
	r.at++
	name := strings.ToLower(r.until(func(c byte) bool { return isSpace(c) || c == '>' }))
	if r.at == len(r.in) {
		return saying("Unclosed start tag at byte offset %d", begin)
	}
	kind, ok := htmlKind(name)
	if !ok {
		return saying("Unsupported start tag %q at byte offset %d", name, begin)
	}
	s := span{Entity: Entity{Kind: kind}, from: len(r.text)}
	class := ""
	for {
		r.skipSpace()
		if r.at == len(r.in) {
			return saying("Unclosed start tag %q at byte offset %d", name, begin)
		}
		if r.in[r.at] == '>' {
			r.at++
			break
		}
		key, value, err := r.attribute(name, begin)
		if err != nil {
			return err
		}
		switch name + " " + key {
		case "a href":
			s.URL = value
		case "code class":
			s.Language, _ = strings.CutPrefix(value, "language-")
		case "span class":
			class = value
		case "tg-emoji emoji-id":
			s.EmojiID = value
		case "blockquote expandable":
			s.Kind = "expandable_blockquote"
		}
	}
	if name == "span" && class != "tg-spoiler" {
		return saying("Tag \"span\" must have class \"tg-spoiler\" at byte offset %d", begin)
	}
	if name == "blockquote" && slices.ContainsFunc(r.open, func(t openTag) bool { return t.name == "blockquote" }) {
		r.notes = append(r.notes, fmt.Sprintf("blockquote inside a blockquote at byte offset %d", begin))
	}
	r.open = append(r.open, openTag{name, s})
	return nil
}

// attribute reads key="value"; only a blockquote may have a key without value.
func (r *htmlReader) attribute(tag string, begin int) (key, value string, err error) {
	key = r.until(func(c byte) bool { return isSpace(c) || c == '=' || c == '>' })
	if key == "" {
		return "", "", saying("Empty attribute name in the tag %q at byte offset %d", tag, begin)
	}
	r.skipSpace()
	if r.at == len(r.in) || r.in[r.at] != '=' {
		if tag == "blockquote" && key == "expandable" {
			return key, "", nil
		}
		return "", "", saying("Expected equal sign in declaration of an attribute of the tag %q at byte offset %d", tag, begin)
	}
	r.at++
	r.skipSpace()
	if r.at == len(r.in) {
		return "", "", saying("Unclosed start tag %q at byte offset %d", tag, begin)
	}
	quote := r.in[r.at]
	if quote != '"' && quote != '\'' {
		start := r.at
		value = strings.ToLower(r.until(func(c byte) bool {
			return !isLetter(c) && !isDigit(c, 10) && c != '.' && c != '-'
		}))
		if r.at < len(r.in) && !isSpace(r.in[r.at]) && r.in[r.at] != '>' {
			return "", "", saying("Unexpected end of name token at byte offset %d", start)
		}
		return key, value, nil
	}
	r.at++
	var b strings.Builder
	for r.at < len(r.in) && r.in[r.at] != quote {
		b.WriteRune(r.char())
	}
	if r.at == len(r.in) {
		return "", "", saying("Unclosed start tag at byte offset %d", begin)
	}
	r.at++
	return key, b.String(), nil
}

// endTag closes the innermost tag; "</>" closes whatever is open.
func (r *htmlReader) endTag() error {
	begin := r.at
	if len(r.open) == 0 {
		return saying("Unexpected end tag at byte offset %d", begin)
	}
	r.at += 2
	name := strings.ToLower(r.until(func(c byte) bool { return isSpace(c) || c == '>' }))
	r.skipSpace()
	if r.at == len(r.in) || r.in[r.at] != '>' {
		return saying("Unclosed end tag at byte offset %d", begin)
	}
	r.at++
	tag := r.open[len(r.open)-1]
	if name != "" && name != tag.name {
		return saying("Unmatched end tag at byte offset %d, expected \"</%s>\", found \"</%s>\"", begin, tag.name, name)
	}
	r.open = r.open[:len(r.open)-1]
	tag.span.to = len(r.text)
	if tag.span.to == tag.span.from {
		return nil
	}
	return r.close(tag)
}

func (r *htmlReader) close(tag openTag) error {
	s := tag.span
	switch tag.name {
	case "a":
		if s.URL == "" {
			s.URL = string(r.text[s.from:s.to])
		}
		if strings.HasPrefix(s.URL, "tg://user?id=") {
			s.Kind = "text_mention"
			break
		}
		url, err := checkURL(s.URL)
		if err != nil {
			r.notes = append(r.notes, fmt.Sprintf("link to %q: %v: dropped, its text stays", s.URL, err))
			return nil
		}
		if strings.HasPrefix(strings.ToLower(s.URL), "mailto:") {
			r.notes = append(r.notes, fmt.Sprintf("link to %q: becomes %q", s.URL, url))
		}
		s.URL = url
	case "tg-emoji":
		if n, err := strconv.ParseInt(s.EmojiID, 10, 64); err != nil || n == 0 {
			return saying("Invalid custom emoji identifier specified")
		}
	case "pre", "code":
		// <pre><code class="language-go">: one block, in whichever order.
		if last := len(r.spans) - 1; last >= 0 && r.spans[last].from == s.from && r.spans[last].to == s.to &&
			(r.spans[last].Kind == "code" || r.spans[last].Kind == "pre") && r.spans[last].Kind != s.Kind &&
			r.spans[last].Language+s.Language != "" {
			r.spans[last].Kind = "pre"
			r.spans[last].Language += s.Language
			return nil
		}
	}
	r.spans = append(r.spans, s)
	return nil
}
