package bot

import (
	"strings"
	"testing"

	"github.com/go-telegram/bot/models"

	"pathwaybot/guide"
	"pathwaybot/handlers"
	"pathwaybot/locales"
)

func TestDirected(t *testing.T) {
	const l, r = "\u200e", "\u200f"
	tests := []struct {
		line string
		must bool
		want string
	}{
		{"مرحبا", false, "مرحبا"},
		{"", true, ""},
		{"Salvation Army", false, "Salvation Army"},
		{"Salvation Army", true, r + "Salvation Army"},
		{l + "NSPCC" + l + " خط", false, r + "NSPCC" + l + " خط"},
		{l + "999" + l + " هو", false, r + " " + l + "999" + l + " هو"},
		{"📞 " + l + "08000 121 700" + l, true, r + "📞 " + l + "08000 121 700" + l},
		{"☎️ هاتف", false, "☎️ هاتف"},
		{"• NSPCC خط", false, r + "• NSPCC خط"},
	}
	for _, tt := range tests {
		got := directed(tt.line, tt.must)
		if got != tt.want {
			t.Errorf("directed(%q, %v) = %q, want %q", tt.line, tt.must, got, tt.want)
		}
		if strings.Contains(got, l+r) || strings.Contains(got, r+l) || strings.Contains(got, l+l) {
			t.Errorf("directed(%q): two marks side by side in %q", tt.line, got)
		}
		if err := locales.NumbersInOrder(got, false); err != nil {
			t.Errorf("directed(%q): %v", tt.line, err)
		}
	}
}

func TestRender(t *testing.T) {
	r := handlers.Reply{
		Note: "a < b", Title: "T & U",
		Blocks: []handlers.Block{
			{Kind: handlers.Say, Text: "one\n\ntwo"},
			{Kind: handlers.Contact, Card: &handlers.Card{
				Name: "Line", Who: "who", Phone: "0300 1", Then: "1", Silent: []string{"Text: 5"}, Facts: []string{"Open now"}, Note: "note",
			}},
			{Kind: handlers.Beside, Head: "In English", Text: "x > y"},
		},
		Rows: []handlers.Row{
			{Buttons: []handlers.Button{{Label: "go", Press: "a/b/c", Style: handlers.Danger}, {Label: "copy", Copy: "0300 1"}}},
			{},
			{Buttons: []handlers.Button{{Label: "form", URL: "https://example.org"}}},
		},
	}
	want := "a &lt; b\n\n<b>T &amp; U</b>\n\none\n\ntwo\n\n<b>Line</b>\nwho\n📞 0300 1 → 1\nText: 5\nOpen now\nnote\n\n" +
		"<blockquote expandable><b>In English</b>\nx &gt; y</blockquote>"
	if got := render(r); got != want {
		t.Errorf("render:\n%s\nwant\n%s", got, want)
	}
	card := r.Blocks[1].Card
	card.First, card.Phone, card.Then, r.Lang.RTL = true, "\u200e0300 1\u200e", "\u200e1\u200e", true
	if got := render(r); !strings.Contains(got, "Text: 5\n\u200f📞 \u200e0300 1\u200e \u200f←\u200f \u200e1\u200e\n") {
		t.Errorf("with the silent ways first and from the right:\n%q", got)
	}
	keys := keyboard(r.Rows).(*models.InlineKeyboardMarkup).InlineKeyboard
	if len(keys) != 2 || keys[0][0].Style != "danger" || keys[0][1].CopyText.Text != "0300 1" || keys[1][0].URL == "" {
		t.Errorf("keyboard %+v", keys)
	}
	if keyboard(nil) != nil {
		t.Error("a keyboard of no buttons, want none")
	}
}

func TestCaptionLength(t *testing.T) {
	for text, want := range map[string]int{
		"": 0, "<b>Help</b>": 4, "a &amp; b &lt;": 7, "مرحبا\n\n" + `<blockquote expandable>x</blockquote>`: 8,
	} {
		if got := captionLength(text); got != want {
			t.Errorf("captionLength(%q) = %d, want %d", text, got, want)
		}
	}
}

// With a line above it a text can be too long to stand under its picture.
func TestLongTextHasNoPicture(t *testing.T) {
	g, err := guide.Load(guide.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	turn := &turn{bot: &Bot{config: Config{Guide: g}}}
	r := handlers.Reply{Blocks: []handlers.Block{
		{Kind: handlers.Picture, Name: "help"}, {Kind: handlers.Say, Text: strings.Repeat("x", maxCaption)},
	}}
	if turn.photo(r) == nil {
		t.Error("no picture above a text that fits")
	}
	r.Note = "y"
	if turn.photo(r) != nil {
		t.Error("a picture above a text that is too long")
	}
}
