package bot

import (
	"math"
	"testing"
	"time"
)

// Whatever Telegram's side sends, what is taken of it is one person's own, and its
// numbers are such that the mail keeps them.
func FuzzReadUpdate(f *testing.F) {
	for _, body := range []string{
		`{"update_id":1,"message":{"message_id":1,"date":1,"chat":{"id":5,"type":"private"},"from":{"id":5},"text":"/start@x y"}}`,
		`{"update_id":2,"callback_query":{"id":"x","from":{"id":5},"message":{"message_id":3,"chat":{"id":5,"type":"private"},"date":0},"data":"a/b/c"}}`,
		`{"update_id":3,"my_chat_member":{"chat":{"id":5,"type":"private"},"from":{"id":5},"new_chat_member":{"status":"kicked"}}}`,
		`{"update_id":4,"edited_message":{"message_id":-1,"date":-1,"chat":{"id":5,"type":"private"},"from":{"id":5},"text":"/stop"}}`,
		`{"update_id":5,"message":{"message_id":1,"date":9223372036854775807,"chat":{"id":-5,"type":"group"},"from":{"id":5,"is_bot":true}}}`,
		`{"update_id":6,"message":{"message_id":2,"date":1,"chat":{"id":5,"type":"private"},"from":{"id":5},"text":"/x","forward_origin":{},"via_bot":null,"photo":null}}`,
	} {
		f.Add([]byte(body))
	}
	now := time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, b []byte) {
		u, err := readUpdate(b, now)
		if err != nil {
			if err.Error() != "read update: not of the known form" {
				t.Errorf("%q: the error %q", b, err)
			}
			return
		}
		if u.event.ID == 0 || u.event.Chat.Channel != Channel || u.message < 0 || u.message > math.MaxInt32 || u.sent.After(now) {
			t.Errorf("%q: %+v", b, u)
		}
		switch u.kind {
		case "message", "press":
			if u.chat <= 0 || u.message == 0 {
				t.Errorf("%q: %+v", b, u)
			}
			var m mail
			m.add(u.message, u.sent, false)
			m.drop(u.message) // else one that is too old would not be kept
			if got := readMail(m.bytes(now)); len(got.items) != 1 || got.items[0] != m.items[0] {
				t.Errorf("%q: kept as %+v, read back as %+v", b, m.items, got.items)
			}
		case "blocked":
			if u.chat <= 0 {
				t.Errorf("%q: %+v", b, u)
			}
		case "group":
			if u.chat >= 0 {
				t.Errorf("%q: %+v", b, u)
			}
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

// A time that is no time of a message neither keeps it for ever nor overflows.
func TestSentAt(t *testing.T) {
	now := time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC)
	for date, want := range map[int64]time.Time{
		0: {}, -1: {}, math.MinInt64: {}, -62135596800: {}, // the year 1
		1: time.Unix(1, 0), now.Unix() - 60: now.Add(-time.Minute),
		now.Unix(): now, now.Unix() + 1: now, math.MaxInt32: now, 31_556_952_000_000_000: now, math.MaxInt64: now,
	} {
		if got := sentAt(date, now); !got.Equal(want) {
			t.Errorf("sentAt(%d) = %v, want %v", date, got, want)
		}
	}
}
