package locales

import (
	"regexp"
	"strings"
	"unicode"
)

// sentenceEnd is a closing sign of any of our scripts with what may follow it, or a
// new line. A full stop closes only before a space, so that "GOV.UK" is one word;
// the Chinese and Devanagari ones need none.
var sentenceEnd = regexp.MustCompile(`[.!?…؟۔።]+[)"'”’»“\x{200e}]*(?:\s+|$)|[。！？।]+[”’）]*\s*|\n+`)

// Sentences returns the sentences of a text. Each line is a sentence of its own.
func Sentences(text string) []string {
	var all []string
	add := func(s string) {
		if s = strings.TrimSpace(s); strings.ContainsFunc(s, isWordRune) {
			all = append(all, s)
		}
	}
	from := 0
	for _, m := range sentenceEnd.FindAllStringIndex(text, -1) {
		add(text[from:m[1]])
		from = m[1]
	}
	add(text[from:])
	return all
}

// numberWord is a number as people see it: a telephone number is one word.
var numberWord = regexp.MustCompile(`\+?[0-9]+(?:[ .,:-][0-9]+)*`)

// WordCount returns how many words a sentence has. A number counts as one however
// it is spaced. Chinese has no spaces: 5 signs count as 3 words, so that the limit
// of 15 words is one of 25 signs.
func WordCount(sentence string) int {
	words, signs := 0, 0
	for _, field := range strings.Fields(numberWord.ReplaceAllString(sentence, "0")) {
		han, others := 0, false
		for _, r := range field {
			if unicode.Is(unicode.Han, r) {
				han++
			} else if isWordRune(r) {
				others = true
			}
		}
		signs += han
		if others {
			words++
		}
	}
	return words + (signs*3+4)/5
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
