package session

import (
	"encoding/base64"
	"strconv"
	"strings"
	"testing"
)

func TestParseKeys(t *testing.T) {
	a := base64.StdEncoding.EncodeToString(testKey("a"))
	b := base64.StdEncoding.EncodeToString(testKey("b"))
	short := base64.StdEncoding.EncodeToString([]byte("hunter2"))
	tests := []struct {
		name, in string
		keys     int
		want     []string
	}{
		{"one", a, 1, nil},
		{"two, with the line end of a file", a + ", " + b + "\n", 2, nil},
		{"nothing", "", 0, []string{"key 1: 0 bytes, not 32"}},
		{"comma at the end", a + ",", 0, []string{"key 2: 0 bytes, not 32"}},
		{"all at once", "hunter2!," + short + "," + a + "," + a, 0, []string{
			"key 1: not base64", "key 2: 7 bytes, not 32", "key 4: stands there twice",
		}},
	}
	for _, tt := range tests {
		keys, err := ParseKeys(tt.in)
		if len(keys) != tt.keys || (err == nil) != (tt.want == nil) {
			t.Errorf("%s: %d keys, %v", tt.name, len(keys), err)
			continue
		}
		if err != nil && err.Error() != strings.Join(tt.want, "\n") {
			t.Errorf("%s: %q, want %q", tt.name, err, tt.want)
		}
		if err != nil && containsAny(err.Error(), "hunter2", short, a) {
			t.Errorf("%s: the error holds a key", tt.name)
		}
	}
}

// Chats must spread over the buckets, or one node of a cluster does all the work.
func TestBuckets(t *testing.T) {
	r, err := newRing([][]byte{testKey("one")})
	if err != nil {
		t.Fatal(err)
	}
	count := map[string]int{}
	for i := range 6400 {
		at := r.spots(Chat{"telegram", strconv.Itoa(i)})[0]
		_, tag, _ := strings.Cut(at.due, ":")
		if at.walk != "s:"+tag+":"+at.name || at.mail != "m:"+tag+":"+at.name {
			t.Fatalf("keys %q, %q and %q do not share a slot", at.walk, at.mail, at.due)
		}
		count[at.due]++
	}
	if len(count) != buckets {
		t.Errorf("%d buckets used, want %d", len(count), buckets)
	}
	for due, n := range count {
		if n < 50 || n > 200 {
			t.Errorf("%s: %d of 6400 chats, want about 100", due, n)
		}
	}
}
