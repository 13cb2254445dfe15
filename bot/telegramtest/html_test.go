package telegramtest

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"
)

// show writes entities as "kind:piece".
func show(entities []Entity) string {
	var out []string
	for _, e := range entities {
		out = append(out, e.Kind+":"+e.Text+strings.TrimSuffix(":"+e.URL+e.Language, ":"))
	}
	return strings.Join(out, " ")
}

func TestHTMLAccepted(t *testing.T) {
	tests := []struct{ in, text, entities string }{
		{"plain", "plain", ""},
		{"<b>a</b><strong>b</strong>", "ab", "bold:a bold:b"},
		{"<i>a</i><em>b</em>", "ab", "italic:a italic:b"},
		{"<u>a</u><ins>b</ins>", "ab", "underline:a underline:b"},
		{"<s>a</s><strike>b</strike><del>c</del>", "abc", "strikethrough:a strikethrough:b strikethrough:c"},
		{`<tg-spoiler>a</tg-spoiler><span class="tg-spoiler">b</span>`, "ab", "spoiler:a spoiler:b"},
		{"<code>a</code><pre>b</pre>", "ab", "code:a pre:b"},
		{`<pre><code class="language-go">a</code></pre>`, "a", "pre:a:go"},
		{`<code class="language-go"><pre>a</pre></code>`, "a", "pre:a:go"},
		{"<blockquote>a</blockquote><blockquote expandable>b</blockquote>", "ab", "blockquote:a expandable_blockquote:b"},
		{`<a href="https://a.org/?x=1&amp;y">a</a>`, "a", "text_link:a:https://a.org/?x=1&y"},
		{"<a href='a.org'>a</a>", "a", "text_link:a:http://a.org"},
		{"<a>a.org</a>", "a.org", "text_link:a.org:http://a.org"},
		{`<a href="tg://user?id=5">a</a>`, "a", "text_mention:a:tg://user?id=5"},
		{`<tg-emoji emoji-id="5">x</tg-emoji>`, "x", "custom_emoji:x"},
		{`<tg-time unix="5">x</tg-time>`, "x", "date_time:x"},
		{"<B>a</b>", "a", "bold:a"},
		{"<b><i>a</i>b</b>", "ab", "bold:ab italic:a"},
		{"<b>a<i>b</i></b>", "ab", "bold:ab italic:b"},
		{"<b>a</>", "a", "bold:a"},
		{"<b ></b >a", "a", ""},
		{"&lt;&gt;&amp;&quot;&#65;&#x42;&lt", `<>&"AB<`, ""},
		{"&nbsp;&apos;&#0;&#xd800;&#x110000;&;&", "&nbsp;&apos;&#0;&#xd800;&#x110000;&;&", ""},
		{"a > b", "a > b", ""},
	}
	for _, tt := range tests {
		text, spans, notes, err := parseHTML(tt.in)
		if err != nil {
			t.Errorf("%s: %v", tt.in, err)
			continue
		}
		if got := show(entitiesOf(text, spans)); string(text) != tt.text || got != tt.entities || len(notes) > 0 {
			t.Errorf("%s: %q with %q, notes %q; want %q with %q", tt.in, string(text), got, notes, tt.text, tt.entities)
		}
	}
}

func TestHTMLRefused(t *testing.T) {
	tests := []struct{ in, want string }{
		{"a<br>b", `Unsupported start tag "br" at byte offset 1`},
		{"ሀ<p>b</p>", `Unsupported start tag "p" at byte offset 3`},
		{"a < b", `Unsupported start tag "" at byte offset 2`},
		{"a < b>", `Unsupported start tag "" at byte offset 2`},
		{"<b>a", `Can't find end tag corresponding to start tag "b"`},
		{"<b><i>a</b></i>", `Unmatched end tag at byte offset 7, expected "</i>", found "</b>"`},
		{"a</b>", `Unexpected end tag at byte offset 1`},
		{"<b>a</b", `Unclosed end tag at byte offset 4`},
		{"<b", `Unclosed start tag at byte offset 0`},
		{"<a href=", `Unclosed start tag "a" at byte offset 0`},
		{`<a href="x`, `Unclosed start tag at byte offset 0`},
		{`<a href>x</a>`, `Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0`},
		{`<a ="x">x</a>`, `Empty attribute name in the tag "a" at byte offset 0`},
		{`<a href=a/b>x</a>`, `Unexpected end of name token at byte offset 8`},
		{`<span class="x">x</span>`, `Tag "span" must have class "tg-spoiler" at byte offset 0`},
		{`<tg-emoji emoji-id="x">x</tg-emoji>`, `Invalid custom emoji identifier specified`},
	}
	for _, tt := range tests {
		_, _, _, err := parseHTML(tt.in)
		if err == nil || err.Error() != tt.want {
			t.Errorf("%s: %v, want %s", tt.in, err, tt.want)
		}
	}
}

func TestHTMLForgiven(t *testing.T) {
	tests := []struct{ in, text, entities, note string }{
		{`<a href="tel:999">999</a>`, "999", "", `link to "tel:999": Wrong HTTP URL: dropped, its text stays`},
		{`<a href="mailto:a@b.org">a</a>`, "a", "text_link:a:http://mailto:a@b.org", `becomes "http://mailto:a@b.org"`},
		{"<blockquote>a<blockquote>b</blockquote></blockquote>", "ab", "blockquote:ab blockquote:b", "blockquote inside a blockquote"},
	}
	for _, tt := range tests {
		text, spans, notes, err := parseHTML(tt.in)
		if err != nil {
			t.Errorf("%s: %v", tt.in, err)
			continue
		}
		if got := show(entitiesOf(text, spans)); string(text) != tt.text || got != tt.entities {
			t.Errorf("%s: %q with %q, want %q with %q", tt.in, string(text), got, tt.text, tt.entities)
		}
		if len(notes) != 1 || !strings.Contains(notes[0], tt.note) {
			t.Errorf("%s: notes %q, want one with %q", tt.in, notes, tt.note)
		}
	}
}

func TestCheckURL(t *testing.T) {
	tests := []struct{ in, want string }{
		{"https://a.org/x", "https://a.org/x"},
		{"HTTP://a.org", "http://a.org"},
		{"a.org:8080?x", "http://a.org:8080?x"},
		{"tg://resolve?domain=x", "tg://resolve?domain=x"},
		{"ton://x", "ton://x"},
		{"tonsite://x", "tonsite://x"},
		{"tel:999", "Wrong HTTP URL"},
		{"tel:+442077303469", "Wrong HTTP URL"},
		{"https://localhost/x", "Wrong HTTP URL"},
		{"https://a b.org", "Wrong HTTP URL"},
		{"https://a.org:0", "Wrong HTTP URL"},
		{"https://.", "Wrong HTTP URL"},
		{"ftp://a.org", "Unsupported URL protocol"},
		{"tel://a.org", "Unsupported URL protocol"},
	}
	for _, tt := range tests {
		got, err := checkURL(tt.in)
		if err != nil {
			got = err.Error()
		}
		if got != tt.want {
			t.Errorf("%s: %s, want %s", tt.in, got, tt.want)
		}
	}
}

func TestClean(t *testing.T) {
	tests := []struct {
		name, in, want string
		changed        bool
	}{
		{"ends are trimmed", " \n a b \n", "a b", false},
		{"tabs become spaces", "a\tb", "a b", false},
		{"carriage returns go", "a\r\nb", "a\nb", false},
		{"control characters become spaces", "a\x01b", "a b", true},
		{"bidi embeddings and overrides go", "a\u202bb\u202ec\u2028d", "abcd", true},
		{"isolates stay", "a\u2067b\u2069", "a\u2067b\u2069", false},
		{"one mark stays", "\u200e08000 121 700\u200e", "\u200e08000 121 700\u200e", false},
		{"of several marks the last stays", "a\u200e\u200f\u200eb", "a\u200c\u200c\u200eb", true},
	}
	for _, tt := range tests {
		got, _, changed := clean([]rune(tt.in), nil)
		if string(got) != tt.want || changed != tt.changed {
			t.Errorf("%s: %q, %t; want %q, %t", tt.name, string(got), changed, tt.want, tt.changed)
		}
	}
}

func TestCleanMovesEntities(t *testing.T) {
	text, spans, _, err := parseHTML("  <b> 😀</b>\u202e<i>b</i><u> </u>")
	if err != nil {
		t.Fatal(err)
	}
	text, spans, _ = clean(text, spans)
	entities := entitiesOf(text, spans)
	if got := fmt.Sprintf("%s %v", show(entities), entities[1].Offset); string(text) != "😀b" || got != "bold:😀 italic:b 2" {
		t.Errorf("%q with %s", string(text), got)
	}
}

// FuzzHTML: reading ends without a panic, and every entity lies inside the text
// and covers the piece that it says.
func FuzzHTML(f *testing.F) {
	for _, in := range []string{"<b>a</b>", `<a href="a.org">x</a>`, "<pre><code class=language-x>ሀ</code></pre>", "&#x1f600;<i> </i>", "<blockquote expandable>"} {
		f.Add(in)
	}
	f.Fuzz(func(t *testing.T, in string) {
		text, spans, _, err := parseHTML(in)
		if err != nil {
			return
		}
		text, spans, _ = clean(text, spans)
		units := utf16.Encode(text)
		for _, e := range entitiesOf(text, spans) {
			if e.Offset < 0 || e.Length < 1 || e.Offset+e.Length > len(units) {
				t.Fatalf("%q: entity %+v outside of %d units", in, e, len(units))
			}
			if got := string(utf16.Decode(units[e.Offset : e.Offset+e.Length])); got != e.Text {
				t.Fatalf("%q: entity says %q and covers %q", in, e.Text, got)
			}
		}
	})
}
