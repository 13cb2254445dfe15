package bot

import (
	"reflect"
	"testing"
	"time"
)

func TestMail(t *testing.T) {
	now := time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC)
	var m mail
	m.begin(7)
	m.add(900, now.Add(-time.Hour), true)
	m.add(100, now.Add(-48*time.Hour), false) // too old to be of use
	m.add(905, now, false)
	m.drop(905)
	m.add(907, now, true)
	m.picture(907)
	m.picture(100_000)
	m.show(900)
	m.show(907)
	got := readMail(m.bytes(now))
	want := mail{live: 907, last: 7, items: []item{
		{id: 900, minute: now.Unix()/60 - 60, mine: true, goes: true},
		{id: 905, minute: now.Unix() / 60, goes: true},
		{id: 907, minute: now.Unix() / 60, mine: true, photo: true},
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
	m := mail{live: 5, last: 9, items: []item{{id: 5, minute: 100, mine: true}, {id: 9, minute: 101, goes: true, photo: true}}}
	f.Add(m.bytes(time.Unix(6000, 0)))
	f.Fuzz(func(t *testing.T, b []byte) {
		m := readMail(b)
		now := time.Unix(0, 0)
		if again := readMail(m.bytes(now)); again.live != m.live || again.last != m.last {
			t.Errorf("%+v is read back as %+v", m, again)
		}
	})
}
