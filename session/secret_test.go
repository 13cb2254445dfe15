package session

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"pathwaybot/session/redistest"
)

// words are what a walk and mail would give away.
func words() []string {
	return []string{amina.ID, "telegram", "tigrinya", "papers-held", "adult-self", "88112233"}
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
		if found := redistest.Find([]byte(key+dump), words()...); len(found) > 0 {
			t.Errorf("%s can be read: %q", key, found)
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
	if dump := r.client.Dump(ctx, "plain").Val(); len(redistest.Find([]byte(dump), words()...)) != 3 {
		t.Error("the search misses an open walk")
	}
}

// What Redis writes to disk holds the three keys of a chat and nothing beside them,
// above all not when a chat was last used.
func TestNothingCanBeReadOnDisk(t *testing.T) {
	server := redistest.Start(t)
	r := openRedis(t, server.URL())
	save(t, r, record(amina, walkText, mailText), due(start))
	file := server.Disk()["dump.rdb"]
	d, err := redistest.ReadDump(file)
	if err != nil {
		t.Fatal(err)
	}
	at := r.ring.spots(amina)[0]
	for _, e := range d.Entries {
		if e.Key != at.mail && e.Key != at.walk && e.Key != at.due {
			t.Errorf("the file holds %q", e.Key)
		}
		if e.Expires == 0 || e.Expires%60_000 != 0 {
			t.Errorf("%s expires at %d ms, want a whole minute", e.Key, e.Expires)
		}
	}
	if len(d.Entries) != 3 || d.Ages != 0 {
		t.Errorf("%d keys and %d ages, want walk, mail and due without ages", len(d.Entries), d.Ages)
	}
	if found := redistest.Find(file, words()...); len(found) > 0 {
		t.Errorf("the file can be read: %q", found)
	}
}

// However long an operator lets a walk live, its expiry beside that of the mail tells
// nothing of the second in which it was saved.
func TestExpiriesTellNoSecond(t *testing.T) {
	r := openRedis(t, redistest.Start(t).URL())
	at := r.ring.spots(amina)[0]
	apart := map[time.Duration]int{}
	for extra := time.Second; extra < time.Minute; extra += time.Second {
		k := usual
		k.Walk += extra
		rec := load(t, r, amina)
		rec.Walk = []byte(walkText)
		save(t, r, rec, k)
		ends := func(key string) time.Duration { return r.client.PExpireTime(t.Context(), key).Val() }
		apart[ends(at.mail)-ends(at.walk)]++
	}
	if want := usual.Mail - usual.Walk - time.Minute; len(apart) != 1 || apart[want] == 0 {
		t.Errorf("mail outlives the walk by %v, want %v whatever the second", apart, want)
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
