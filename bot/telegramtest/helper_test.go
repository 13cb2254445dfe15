package telegramtest

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"hash/crc32"
	"image"
	"image/png"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// clock is a time that a test moves.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *clock { return &clock{now: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)} }

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// answer is a Bot API answer.
type answer struct {
	OK          bool
	Result      json.RawMessage
	Description string
	ErrorCode   int `json:"error_code"`
	Parameters  struct {
		RetryAfter int `json:"retry_after"`
	}
}

func (a answer) messageID(t *testing.T) int {
	t.Helper()
	var m struct {
		ID int `json:"message_id"`
	}
	if err := json.Unmarshal(a.Result, &m); err != nil || m.ID == 0 {
		t.Fatalf("no message in %s (%s)", a.Result, a.Description)
	}
	return m.ID
}

type fields map[string]any

// ask calls a method with a JSON body, without a network.
func ask(t *testing.T, s *Server, method string, params fields) answer {
	t.Helper()
	body, err := json.Marshal(params)
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, "/bot"+s.Token()+"/"+method, bytes.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	return serve(t, s, r)
}

func serve(t *testing.T, s *Server, r *http.Request) answer {
	t.Helper()
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	var a answer
	if err := json.Unmarshal(w.Body.Bytes(), &a); err != nil {
		t.Fatalf("%s: %v in %q", r.URL.Path, err, w.Body)
	}
	if a.OK != (w.Code == http.StatusOK) || !a.OK && a.ErrorCode != w.Code {
		t.Errorf("%s: status %d with body %s", r.URL.Path, w.Code, w.Body)
	}
	return a
}

// quiet returns a server without polling or webhook, one chat that has begun, and
// a clock.
func quiet(t *testing.T) (*Server, *Chat, *clock) {
	t.Helper()
	c := newClock()
	s := New(Options{Now: c.Now})
	t.Cleanup(s.Close)
	chat := s.Chat(7)
	chat.Send("/start")
	return s, chat, c
}

// say sends a text as the bot and returns its id.
func say(t *testing.T, s *Server, text string, more ...fields) int {
	t.Helper()
	p := fields{"chat_id": 7, "text": text}
	for _, m := range more {
		for k, v := range m {
			p[k] = v
		}
	}
	return ask(t, s, "sendMessage", p).messageID(t)
}

// wantError checks an answer's error, by its beginning.
func wantError(t *testing.T, a answer, code int, text string) {
	t.Helper()
	if a.OK || a.ErrorCode != code || !strings.HasPrefix(a.Description, text) {
		t.Errorf("got %t %d %q, want %d %q", a.OK, a.ErrorCode, a.Description, code, text)
	}
}

func wantOK(t *testing.T, a answer) {
	t.Helper()
	if !a.OK {
		t.Errorf("got %d %q, want ok", a.ErrorCode, a.Description)
	}
}

// wantValid checks that no rule was broken.
func wantValid(t *testing.T, s *Server) {
	t.Helper()
	if bad := s.Invalid(); len(bad) > 0 {
		t.Errorf("invalid requests: %q", bad)
	}
}

// wantInvalid checks that exactly one line was noted, which holds all the texts.
func wantInvalid(t *testing.T, s *Server, texts ...string) {
	t.Helper()
	bad := s.Invalid()
	if len(bad) != 1 {
		t.Fatalf("invalid requests: %q, want one about %q", bad, texts)
	}
	for _, text := range texts {
		if !strings.Contains(bad[0], text) {
			t.Errorf("invalid request noted as %q, want %q in it", bad[0], text)
		}
	}
}

// pngOf returns a PNG that says it has this size. Its one pixel suffices, since
// only the size is read.
func pngOf(t *testing.T, width, height uint32) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 1, 1))); err != nil {
		t.Fatal(err)
	}
	out := b.Bytes()
	header := out[12:29] // "IHDR", width, height, five bytes more; then its checksum
	binary.BigEndian.PutUint32(header[4:], width)
	binary.BigEndian.PutUint32(header[8:], height)
	binary.BigEndian.PutUint32(out[29:], crc32.ChecksumIEEE(header))
	return out
}

func inline(buttons ...fields) fields {
	return fields{"reply_markup": fields{"inline_keyboard": [][]fields{buttons}}}
}
