package session

import (
	"bytes"
	"testing"
)

func TestSealSizes(t *testing.T) {
	s := testRing(t)[0].walk
	for _, tt := range []struct{ plain, want int }{{0, 2048}, {2044, 2048}, {2045, 2304}, {2300, 2304}, {5000, 5120}} {
		plain := bytes.Repeat([]byte("x"), tt.plain)
		sealed := s.seal("key", "version", plain)
		if got := len(sealed) - len(s.head) - s.aead.Overhead(); got != tt.want {
			t.Errorf("%d bytes are padded to %d, want %d", tt.plain, got, tt.want)
		}
		if got, err := open(s, "key", "version", string(sealed)); err != nil || !bytes.Equal(got, plain) {
			t.Errorf("%d bytes come back as %d, %v", tt.plain, len(got), err)
		}
	}
}

func TestOpenOnlyWhereItBelongs(t *testing.T) {
	r := testRing(t)
	sealed := string(r[0].walk.seal("key", "version", []byte("walk")))
	for _, tt := range []struct {
		name         string
		with         sealer
		key, version string
	}{
		{"another key of Redis", r[0].walk, "other", "version"},
		{"another version", r[0].walk, "key", "older"},
		{"another purpose", r[0].mail, "key", "version"},
		{"another session key", r[1].walk, "key", "version"},
	} {
		if got, err := open(tt.with, tt.key, tt.version, sealed); err == nil {
			t.Errorf("%s: opened %q", tt.name, got)
		}
	}
}

// FuzzUnpack feeds what only a holder of the key could write: it must not panic,
// and what is accepted is what was packed.
func FuzzUnpack(f *testing.F) {
	f.Add(pad(nil, packMail(amina, []byte("mail")), mailFloor))
	f.Add([]byte{0xff, 0xff, 0xff, 0xff, 0})
	f.Add([]byte{0, 0, 0, 1, 0x80})
	f.Fuzz(func(t *testing.T, padded []byte) {
		plain, err := unpad(padded)
		if err != nil {
			return
		}
		if again, err := unpad(pad(nil, plain, 0)); err != nil || !bytes.Equal(again, plain) {
			t.Errorf("padding %d bytes again gives %d, %v", len(plain), len(again), err)
		}
		chat, mail, err := unpackMail(plain)
		if err != nil {
			return
		}
		c, m, err := unpackMail(packMail(chat, mail))
		if err != nil || c != chat || !bytes.Equal(m, mail) {
			t.Errorf("packing again gives another record, %v", err)
		}
	})
}

func testRing(t testing.TB) ring {
	t.Helper()
	r, err := newRing([][]byte{testKey("one"), testKey("two")})
	if err != nil {
		t.Fatal(err)
	}
	return r
}
