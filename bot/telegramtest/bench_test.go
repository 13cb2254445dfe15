package telegramtest

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// BenchmarkCall is one sendMessage with two buttons, without a network.
func BenchmarkCall(b *testing.B) {
	for _, bench := range []struct {
		name string
		skip bool
	}{{"schema", false}, {"no schema", true}} {
		b.Run(bench.name, func(b *testing.B) {
			s := New(Options{SkipSchema: bench.skip})
			defer s.Close()
			s.Chat(7).Send("/start")
			body := `{"chat_id": 7, "text": "<b>Is anyone in danger now?</b>\nYou can ask for help in silence.", "parse_mode": "HTML",
				"reply_markup": {"inline_keyboard": [[{"text": "Yes", "callback_data": "adult/danger/yes"}], [{"text": "No", "callback_data": "adult/danger/no"}]]}}`
			w := &sink{header: http.Header{}}
			b.ReportAllocs()
			for b.Loop() {
				r, err := http.NewRequest(http.MethodPost, "/bot123456:fake/sendMessage", strings.NewReader(body))
				if err != nil {
					b.Fatal(err)
				}
				r.Header.Set("Content-Type", "application/json")
				s.ServeHTTP(w, r)
			}
			if bad := s.Invalid(); len(bad) > 0 {
				b.Fatal(bad)
			}
		})
	}
}

// BenchmarkWebhook is one update of one of 200 chats, made and delivered to a bot
// that answers at once.
func BenchmarkWebhook(b *testing.B) {
	s := New(Options{SkipSchema: true})
	defer s.Close()
	web := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	defer web.Close()
	r := httptest.NewRequest(http.MethodPost, "/bot123456:fake/setWebhook?url="+web.URL, http.NoBody)
	s.ServeHTTP(&sink{header: http.Header{}}, r)
	b.ReportAllocs()
	for i := range b.N { // not Loop, which would leave the delivery out
		s.Chat(int64(i%200) + 1).Send("x")
	}
	if err := s.Settle(b.Context()); err != nil {
		b.Fatal(err)
	}
}

// sink is a response that goes nowhere.
type sink struct{ header http.Header }

func (s *sink) Header() http.Header         { return s.header }
func (s *sink) Write(p []byte) (int, error) { return len(p), nil }
func (s *sink) WriteHeader(int)             {}
