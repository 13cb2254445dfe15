package redistest

import (
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
)

// shortest is from how many bytes on a form is looked for in a large heap of random
// bytes: a shorter one stands there by chance. Six bytes stand in a megabyte once in
// 200 million times.
const (
	shortest = 6
	large    = 64 << 10
)

// Find returns those of the words that lie in b, in whatever form. A word of fewer
// than four bytes is never found: chance would put it anywhere.
func Find(b []byte, words ...string) []string {
	var found []string
	text := string(b)
	for _, w := range words {
		if slices.ContainsFunc(forms(w), func(f string) bool {
			return len(f) >= 4 && (len(f) >= shortest || len(b) <= large) && strings.Contains(text, f)
		}) {
			found = append(found, w)
		}
	}
	return found
}

// forms are the ways in which a word may lie in bytes: as it is, in capitals, in hex,
// in base64 at each of its three places, as UTF-16, as JSON, Go or an address escapes
// it; and a whole number also as an integer of four or eight bytes, a varint and in hex.
func forms(word string) []string {
	wide := utf16.Encode([]rune(word))
	var little, big []byte
	for _, u := range wide {
		little, big = binary.LittleEndian.AppendUint16(little, u), binary.BigEndian.AppendUint16(big, u)
	}
	all := []string{
		word, strings.ToLower(word), strings.ToUpper(word),
		hex.EncodeToString([]byte(word)), strings.ToUpper(hex.EncodeToString([]byte(word))),
		string(little), string(big),
		url.QueryEscape(word), url.PathEscape(word), strings.Trim(strconv.QuoteToASCII(word), `"`),
	}
	for place := range 3 {
		in := append(make([]byte, place), word...)
		// What the neighbours on both sides have a part in is left out.
		from, to := (place*8+5)/6, len(in)*8/6
		for _, e := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
			all = append(all, e.EncodeToString(in)[from:to])
		}
	}
	if n, err := strconv.ParseInt(word, 10, 64); err == nil && n > 0 && word[0] != '0' {
		all = append(all,
			string(binary.LittleEndian.AppendUint64(nil, uint64(n))), string(binary.BigEndian.AppendUint64(nil, uint64(n))),
			string(binary.AppendUvarint(nil, uint64(n))), string(binary.AppendVarint(nil, n)),
			fmt.Sprintf("%x", n), fmt.Sprintf("%X", n), strconv.FormatInt(n, 36))
		if n < 1<<32 {
			all = append(all,
				string(binary.LittleEndian.AppendUint32(nil, uint32(n))), string(binary.BigEndian.AppendUint32(nil, uint32(n))))
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// Strings returns what the strings command prints of b: every run of at least four
// printable letters of ASCII, a line each.
func Strings(b []byte) string {
	var out strings.Builder
	for i := 0; i < len(b); {
		end := i
		for end < len(b) && (b[end] >= ' ' && b[end] <= '~' || b[end] == '\t') {
			end++
		}
		if end-i >= 4 {
			out.Write(b[i:end])
			out.WriteByte('\n')
		}
		i = end + 1
	}
	return out.String()
}
