package redistest

import (
	"encoding/base64"
	"encoding/binary"
	"maps"
	"strings"
	"testing"
	"unicode/utf16"
)

func TestDump(t *testing.T) {
	s := Start(t)
	long := strings.Repeat("x", 20000)
	for _, command := range []string{
		"SET small 7", "SET middle -300", "SET number 123456", "SET word abc", "SET long " + long,
		"SET ends word PXAT 4102444800123",
	} {
		s.send(command)
	}
	want := map[string]float64{"a": 1, "b": -5, "c": 4000, "d": 30000, "e": 29740000, "f": 0.5, "g": -1e15, strings.Repeat("h", 90): 8e6}
	args := ""
	for member := range want {
		args += " 0 " + member
	}
	s.do("ZADD set" + args)
	s.do("ZADD set 1 a -5 b 4000 c 30000 d 29740000 e 0.5 f -1000000000000000 g 8000000 " + strings.Repeat("h", 90))
	s.do("ZADD wide 3 " + strings.Repeat("w", 100)) // over what Redis packs tightly
	d, err := ReadDump(s.Disk()["dump.rdb"])
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, e := range d.Entries {
		switch {
		case e.Key == "set":
			if !maps.Equal(e.Scores, want) {
				t.Errorf("the set is %v, want %v", e.Scores, want)
			}
		case e.Key == "wide":
			if e.Scores[strings.Repeat("w", 100)] != 3 {
				t.Errorf("the wide set is %v", e.Scores)
			}
		case (e.Expires != 0) != (e.Key == "ends") || e.Expires != 0 && e.Expires != 4102444800123:
			t.Errorf("%s expires at %d", e.Key, e.Expires)
			fallthrough
		default:
			got[e.Key] = e.Value
		}
	}
	if values := map[string]string{
		"small": "7", "middle": "-300", "number": "123456", "word": "abc", "long": long, "ends": "word",
	}; !maps.Equal(got, values) {
		t.Errorf("the values are %.200q", got)
	}
	if d.Aux["redis-ver"] == "" || d.Ages != 0 {
		t.Errorf("notes %q, %d ages", d.Aux, d.Ages)
	}

	// What tells how long ago somebody pressed stands in the file only where Redis may
	// throw keys away.
	for _, policy := range []string{"allkeys-lru", "allkeys-lfu"} {
		s.send("CONFIG SET maxmemory-policy " + policy)
		if d, err := ReadDump(s.Disk()["dump.rdb"]); err != nil || d.Ages != len(d.Entries) {
			t.Errorf("%s: %d ages of %d keys, %v", policy, d.Ages, len(d.Entries), err)
		}
	}

	file := s.Disk()["dump.rdb"]
	for _, bad := range [][]byte{nil, file[:len(file)-9], append(file[:len(file):len(file)], 0), file[:30]} {
		if _, err := ReadDump(bad); err == nil {
			t.Errorf("%d bytes of %d are read without an error", len(bad), len(file))
		}
	}
}

func TestAppend(t *testing.T) {
	s := Start(t)
	s.Append()
	s.send("SET key a-value-that-goes")
	s.send("SET key another")
	var all []byte
	for _, b := range s.Disk() {
		all = append(all, b...)
	}
	if got := Find(all, "a-value-that-goes", "a-value-that-never-was"); len(got) != 1 {
		t.Errorf("found %q, want what was written over and nothing else", got)
	}
}

func TestFind(t *testing.T) {
	const word, number = "Zoë's place", "5217394608"
	wide := utf16.Encode([]rune(word))
	var little []byte
	for _, u := range wide {
		little = binary.LittleEndian.AppendUint16(little, u)
	}
	for name, in := range map[string]string{
		"as it is":    word,
		"escaped":     `{"a":"Zo\u00eb's place"}`,
		"address":     "?q=Zo%C3%AB%27s+place",
		"utf-16":      string(little),
		"base64, 0":   base64.StdEncoding.EncodeToString([]byte("abc" + word + "d")),
		"base64, 1":   base64.StdEncoding.EncodeToString([]byte("abcd" + word + "e")),
		"base64, 2":   base64.URLEncoding.EncodeToString([]byte("abcde" + word + "f")),
		"capitals":    "ZOË'S PLACE",
		"hex":         "5a6fc3ab277320706c616365",
		"digits":      number,
		"eight bytes": "\x00\x00\x00\x01\x36\xfb\x1f\xb0",
		"backwards":   "\xb0\x1f\xfb\x36\x01\x00\x00\x00",
		"varint":      string(binary.AppendUvarint(nil, 5217394608)),
		"hex number":  "goroutine 7: f(0x136fb1fb0)",
	} {
		if got := Find([]byte("before it "+in+" after it"), word, number, "other", "77"); len(got) != 1 {
			t.Errorf("%s: found %q, want one", name, got)
		}
	}
	if got := Find([]byte{0xbd, 0x7a, 0x79, 0x76}, "1987672765"); len(got) != 1 {
		t.Error("an integer of four bytes is missed")
	}
}

func TestStrings(t *testing.T) {
	if got := Strings([]byte("\x00abc\x01defg\xffa line\nlast")); got != "defg\na line\nlast\n" {
		t.Errorf("%q", got)
	}
}
