package bot

import (
	"testing"
	"time"
)

func FuzzReadUpdate(f *testing.F) {
	f.Add([]byte(`{"update_id":1,"message":{"message_id":1,"date":1,"chat":{"id":5,"type":"private"},"text":"/start@x y"}}`))
	f.Add([]byte(`{"update_id":2,"callback_query":{"id":"x","message":{"chat":{"id":5,"type":"private"},"date":0},"data":"a/b/c"}}`))
	f.Add([]byte(`{"update_id":3,"my_chat_member":{"chat":{"id":5,"type":"private"},"new_chat_member":{"status":"kicked"}}}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		u, err := readUpdate(b, time.Unix(0, 0))
		if err == nil && (u.event.ID == 0 || u.event.Chat.Channel != Channel) {
			t.Errorf("%q: %+v", b, u)
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
