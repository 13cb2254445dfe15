package bot

import (
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-telegram/bot/models"

	"pathwaybot/handlers"
	"pathwaybot/locales"
)

func TestCommand(t *testing.T) {
	tests := []struct {
		text, name, payload string
		ok                  bool
	}{
		{"/start", "start", "", true},
		{"/start ro_E07000243", "start", "ro_E07000243", true},
		{"/start@Some_Bot  ro ", "start", "ro", true},
		{"/HELP", "help", "", true},
		{"/help\nplease", "help", "please", true},
		{"/help مساعدة", "help", "مساعدة", true},
		{"مساعدة /help", "", "", false},
		{"/", "", "", false},
		{"/ help", "", "", false},
		{"/مساعدة", "", "", false},
		{"/@bot", "", "", false},
		{"/" + strings.Repeat("a", 33), "", "", false},
		{"help", "", "", false},
	}
	for _, tt := range tests {
		name, payload, ok := command(tt.text)
		if name != tt.name || ok != tt.ok || ok && payload != tt.payload {
			t.Errorf("command(%q) = %q, %q, %v, want %q, %q, %v", tt.text, name, payload, ok, tt.name, tt.payload, tt.ok)
		}
	}
}

func TestMail(t *testing.T) {
	now := time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC)
	var m mail
	m.begin(7)
	m.add(900, now.Add(-time.Hour), true)
	m.add(100, now.Add(-48*time.Hour), false) // too old to be of use
	m.add(905, now, false)
	m.drop(905)
	m.add(907, now, true)
	m.show(900)
	m.show(907)
	got := readMail(m.bytes(now))
	want := mail{live: 907, last: 7, items: []item{
		{id: 900, minute: now.Unix()/60 - 60, mine: true, goes: true},
		{id: 905, minute: now.Unix() / 60, goes: true},
		{id: 907, minute: now.Unix() / 60, mine: true},
	}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("after a round:\n%+v\nwant\n%+v", got, want)
	}
	if n := len(got.going()); n != 2 {
		t.Errorf("%d messages go, want 2", n)
	}
	if !got.begin(7) || len(got.going()) != 2 {
		t.Error("a repeat does not delete what the first time may not have")
	}
	if got.begin(8) || len(got.going()) != 0 {
		t.Error("the next event deletes again what has gone")
	}
	for id := range 1000 {
		m.add(10_000+id, now, false)
	}
	b := m.bytes(now)
	if back := readMail(b); len(b) > 4*mostKept+20 || back.find(907) == nil || back.find(10_999) == nil {
		t.Errorf("%d bytes for a thousand messages; the live one and the newest must stay", len(b))
	}
	for _, bad := range [][]byte{nil, {9, 1, 2}, {mailForm}, {mailForm, 1, 0, 0}, {mailForm, 1, 0, 0, 0, 1, 0x80}} {
		if got := readMail(bad); got.live != 0 || len(got.items) != 0 {
			t.Errorf("readMail(%v) = %+v, want none", bad, got)
		}
	}
}

func FuzzReadMail(f *testing.F) {
	m := mail{live: 5, last: 9, items: []item{{id: 5, minute: 100, mine: true}, {id: 9, minute: 101, goes: true}}}
	f.Add(m.bytes(time.Unix(6000, 0)))
	f.Fuzz(func(t *testing.T, b []byte) {
		m := readMail(b)
		now := time.Unix(0, 0)
		if again := readMail(m.bytes(now)); again.live != m.live || again.last != m.last {
			t.Errorf("%+v is read back as %+v", m, again)
		}
	})
}

func TestEventID(t *testing.T) {
	seen := map[uint32]bool{}
	for _, id := range []int64{0, 1, 2, 1000, 1 << 31, 1 << 32, 1<<32 + 1, 5 << 40} {
		got := eventID(id)
		if got == 0 || seen[got] && id != 1 {
			t.Errorf("eventID(%d) = %d: 0 or taken", id, got)
		}
		seen[got] = true
	}
}

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
	r.Blocks[1].Card.First, r.Lang.RTL = true, true
	if got := render(r); !strings.Contains(got, "Text: 5\n\u200f📞 0300 1 ← 1\n") {
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

func TestOrder(t *testing.T) {
	o := newOrder(8)
	var mu sync.Mutex
	got := map[int64][]int{}
	var jobs sync.WaitGroup
	first := make(chan struct{})
	for n := range 200 {
		chat := int64(n % 4)
		place, ok := o.join(chat)
		if !ok {
			t.Fatal("closed")
		}
		jobs.Go(func() {
			defer func() { _ = recover() }()
			place.run(func() {
				if n == 0 {
					<-first // the others of this chat wait, those of other chats do not
				}
				mu.Lock()
				got[chat] = append(got[chat], n)
				done := len(got[1]) + len(got[2]) + len(got[3])
				mu.Unlock()
				if done == 150 && chat != 0 {
					close(first)
				}
				if n%10 == 0 {
					panic("lets the next begin all the same")
				}
			})
		})
	}
	jobs.Wait()
	for chat, list := range got {
		if len(list) != 50 || !slices.IsSorted(list) {
			t.Errorf("chat %d: %v", chat, list)
		}
	}
	if len(o.last) != 0 {
		t.Errorf("%d chats are remembered after the last job", len(o.last))
	}
	place, _ := o.join(1)
	if o.drain(time.Millisecond) {
		t.Error("drain reports that all is done while a job waits")
	}
	if _, ok := o.join(1); ok {
		t.Error("a job was taken after the end")
	}
	place.run(func() {})
	if !o.drain(time.Hour) {
		t.Error("drain did not see the end")
	}
}

func TestStraysAreBounded(t *testing.T) {
	s := newStrays()
	for chat := range int64(mostStrays + 10) {
		s.add(chat, item{id: 1})
		s.add(chat, item{id: 1})
	}
	if len(s.all) != mostStrays || len(s.of(mostStrays+9)) != 1 {
		t.Errorf("%d chats, %v", len(s.all), s.of(mostStrays+9))
	}
	s.forget(mostStrays + 9)
	if s.of(mostStrays+9) != nil {
		t.Error("not forgotten")
	}
}

func TestLimitersForgetChatsAtRest(t *testing.T) {
	l := newPressLimiters(60)
	now := time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC)
	for chat := range int64(mostLimiters) {
		l.of(chat, now).AllowN(now, 1)
	}
	l.of(-1, now.Add(time.Hour))
	if n := len(l.all); n != 1 {
		t.Errorf("%d limiters after an hour, want 1", n)
	}
}
