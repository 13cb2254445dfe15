package telegramtest

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// char reads one character or HTML entity. Telegram knows four named entities
// and the numeric ones; any other stays as it is written.
func (r *htmlReader) char() rune {
	rest := r.in[r.at:]
	if rest[0] == '&' {
		if c, size := htmlEntity(rest); size > 0 {
			r.at += size
			return c
		}
	}
	c, size := utf8.DecodeRuneInString(rest)
	r.at += size
	return c
}

// htmlEntity decodes an entity at the start of s; size is 0 if it is none.
func htmlEntity(s string) (c rune, size int) {
	if strings.HasPrefix(s, "&#") {
		digits, base := s[2:], 10
		if strings.HasPrefix(digits, "x") || strings.HasPrefix(digits, "X") {
			digits, base = digits[1:], 16
		}
		start := len(s) - len(digits)
		end := 0
		for end < len(digits) && isDigit(digits[end], base) {
			end++
		}
		n, err := strconv.ParseUint(digits[:end], base, 32)
		if err != nil || n == 0 || n >= 0x10ffff || end > 9 || 0xd800 <= n && n <= 0xdfff {
			return 0, 0
		}
		return rune(n), start + end + semicolon(digits[end:])
	}
	end := 1
	for end < len(s) && isLetter(s[end]) {
		end++
	}
	switch s[1:end] {
	case "lt":
		c = '<'
	case "gt":
		c = '>'
	case "amp":
		c = '&'
	case "quot":
		c = '"'
	default:
		return 0, 0
	}
	return c, end + semicolon(s[end:])
}

func semicolon(s string) int {
	if strings.HasPrefix(s, ";") {
		return 1
	}
	return 0
}

func isDigit(c byte, base int) bool {
	return '0' <= c && c <= '9' || base == 16 && ('a' <= c|0x20 && c|0x20 <= 'f')
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func isSpace(c byte) bool { return strings.IndexByte(" \t\r\n\v\x00", c) >= 0 }
