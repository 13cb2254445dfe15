package session

import (
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"pathwaybot/session/redistest"
)

// marks are what a walk and mail would give away, and how each may be written.
func marks() []string {
	plain := []string{amina.ID, "telegram", "tigrinya", "papers-held", "hurt", "88112233", "adult-self"}
	var all []string
	for _, s := range plain {
		all = append(all, s, hex.EncodeToString([]byte(s)), base64.RawStdEncoding.EncodeToString([]byte(s))[:len(s)])
	}
	id, _ := strconv.ParseUint(amina.ID, 10, 64)
	for _, b := range [][]byte{binary.BigEndian.AppendUint64(nil, id), binary.LittleEndian.AppendUint64(nil, id)} {
		all = append(all, string(b))
	}
	return all
}

func containsAny(s string, words ...string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

const (
	walkText = `{"lang":"tigrinya","pathway":"adult-self","ticks":["papers-held","hurt"]}`
	mailText = `[{"id":88112233,"minute":29540000}]`
)

func TestNothingCanBeReadInRedis(t *testing.T) {
	r := openRedis(t, redistest.Start(t).URL())
	ctx := t.Context()
	for range 3 {
		rec := load(t, r, amina)
		rec.Walk, rec.Mail = []byte(walkText), []byte(mailText)
		save(t, r, rec, due(start))
	}
	keys := allKeys(t, r)
	if len(keys) != 3 {
		t.Fatalf("%d keys, want walk, mail and due: %q", len(keys), keys)
	}
	for _, key := range keys {
		dump, err := r.client.Dump(ctx, key).Result()
		if err != nil {
			t.Fatal(err)
		}
		if containsAny(key, marks()...) || containsAny(dump, marks()...) {
			t.Errorf("%s can be read", key)
		}
		at, err := r.client.PExpireTime(ctx, key).Result()
		if err != nil || at <= 0 || at%time.Minute != 0 {
			t.Errorf("%s expires at %v, %v; want a whole minute", key, at, err)
		}
	}
	for _, z := range r.client.ZRangeWithScores(ctx, r.ring.spots(amina)[0].due, 0, -1).Val() {
		if want := float64(start.Unix()/60 + 1); z.Score != want {
			t.Errorf("due at %v, want the minute %v", z.Score, want)
		}
	}

	// The search finds what is not sealed.
	r.client.Set(ctx, "plain", walkText, 0)
	if dump := r.client.Dump(ctx, "plain").Val(); !containsAny(dump, marks()...) {
		t.Error("the search misses an open walk")
	}
}

func TestNothingCanBeReadOnDisk(t *testing.T) {
	r := openRedis(t, redistest.Start(t).URL())
	save(t, r, record(amina, walkText, mailText), due(start))
	if err := r.client.Save(t.Context()).Err(); err != nil {
		t.Fatal(err)
	}
	dir := r.client.ConfigGet(t.Context(), "dir").Val()["dir"]
	file, err := os.ReadFile(filepath.Join(dir, "dump.rdb"))
	if err != nil {
		t.Fatal(err)
	}
	if !containsAny(string(file), r.ring.spots(amina)[0].mail) {
		t.Error("the file does not hold the record")
	}
	if containsAny(string(file), marks()...) {
		t.Error("the file can be read")
	}
}

func TestLengthTellsNothing(t *testing.T) {
	r := openRedis(t, redistest.Start(t).URL())
	sizes := func(depth int) (walk, mail int64) {
		var text strings.Builder
		for i := range depth {
			text.WriteString(`"a-node-of-twenty-let":"an-option-of-twenty",`)
			text.WriteString(strconv.Itoa(i))
		}
		rec := load(t, r, amina)
		rec.Walk, rec.Mail = []byte(text.String()), []byte(strings.Repeat(mailText, depth))
		save(t, r, rec, usual)
		at := r.ring.spots(amina)[0]
		return r.client.StrLen(t.Context(), at.walk).Val(), r.client.StrLen(t.Context(), at.mail).Val()
	}
	walk, mail := sizes(1)
	if overhead := int64(5 + 28); (walk-overhead)%256 != 0 || (mail-overhead-versionSize)%256 != 0 {
		t.Errorf("sizes %d and %d are not padded to 256", walk, mail)
	}
	for depth := 2; depth <= 12; depth++ {
		if w, m := sizes(depth); w != walk || m != mail {
			t.Errorf("depth %d: sizes %d and %d, want %d and %d as at depth 1", depth, w, m, walk, mail)
		}
	}
}

// Two saves of the same record have nothing in common but the key id, and the
// names of a chat under two keys have nothing in common at all.
func TestSavesCannotBeCompared(t *testing.T) {
	r := openRedis(t, redistest.Start(t).URL())
	at := r.ring.spots(amina)[0]
	rec := save(t, r, record(amina, walkText, mailText), usual)
	one := r.client.Get(t.Context(), at.walk).Val()
	save(t, r, rec, usual)
	two := r.client.Get(t.Context(), at.walk).Val()
	if one[:5] != two[:5] || one[5:17] == two[5:17] || one[17:] == two[17:] {
		t.Error("nonce or sealed text repeats")
	}
	other, err := newRing([][]byte{testKey("two")})
	if err != nil {
		t.Fatal(err)
	}
	if other.spots(amina)[0].name == at.name || r.ring.spots(bilal)[0].name == at.name {
		t.Error("names repeat")
	}
	if other[0].id == r.ring[0].id {
		t.Error("key ids repeat")
	}
}
