package bot

import (
	"math"
	"reflect"
	"slices"
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

// Damaged mail is read as some mail or none, and what has ids of messages is written
// and read back as it was, without what is too old and beyond what is kept.
func FuzzReadMail(f *testing.F) {
	m := mail{live: 5, last: 9, items: []item{{id: 5, minute: 100, mine: true}, {id: 9, minute: 101, goes: true, photo: true}}}
	f.Add(m.bytes(time.Unix(6000, 0)))
	f.Add([]byte{mailForm, 5, 0, 0, 0, 9, 1<<3 | 1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 2 << 3, 4}) // a time before all others
	f.Add([]byte{mailForm, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 0, 0, 0, 0})
	f.Fuzz(func(t *testing.T, b []byte) {
		m := readMail(b)
		now := time.Unix(0, 0)
		again := readMail(m.bytes(now))
		if again.live != m.live || again.last != m.last || len(again.items) > mostKept+1 {
			t.Errorf("%+v is read back as %+v", m, again)
		}
		last := 0
		for _, i := range m.items {
			if i.id <= last || i.id > math.MaxInt32 {
				return // no ids of messages, or not in their order
			}
			last = i.id
		}
		want := slices.DeleteFunc(slices.Clone(m.items), func(i item) bool { return i.over(now) && !i.goes && i.id != m.live })
		if len(want) <= mostKept && !slices.Equal(again.items, want) {
			t.Errorf("%+v is read back as %+v", want, again.items)
		}
	})
}
