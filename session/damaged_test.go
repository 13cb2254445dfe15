package session

import (
	"errors"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"pathwaybot/session/redistest"
)

func TestDamagedIsAbsent(t *testing.T) {
	r := openRedis(t, redistest.Start(t).URL())
	at, other := r.ring.spots(amina)[0], r.ring.spots(bilal)[0]
	ctx := t.Context()
	set := func(key, value string) {
		if err := r.client.Set(ctx, key, value, time.Hour).Err(); err != nil {
			t.Fatal(err)
		}
	}
	get := func(key string) string { return r.client.Get(ctx, key).Val() }
	flip := func(key string, i int) {
		b := []byte(get(key))
		b[(i+len(b))%len(b)] ^= 1
		set(key, string(b))
	}
	tests := []struct {
		name       string
		walk, mail string // what is left
		counted    uint64
		foreign    bool // may be another replica's, so it stays due
		harm       func()
	}{
		{"end of the mail", "", "", 1, false, func() { flip(at.mail, -1) }},
		{"version of the mail", "", "", 1, false, func() { flip(at.mail, 0) }},
		{"schema of the mail", "", "", 1, true, func() { flip(at.mail, versionSize) }},
		{"key id of the mail", "", "", 1, true, func() { flip(at.mail, versionSize+1) }},
		{"mail cut short", "", "", 1, true, func() { set(at.mail, get(at.mail)[:versionSize+3]) }},
		{"mail shorter than a version", "", "", 1, true, func() { set(at.mail, "x") }},
		{"mail empty", "", "", 1, true, func() { set(at.mail, "") }},
		{"mail of another type", "", "", 0, false, func() { r.client.Del(ctx, at.mail); r.client.LPush(ctx, at.mail, "x") }},
		{"mail of somebody else", "", "", 1, false, func() { set(at.mail, get(other.mail)) }},
		{"walk of somebody else", "", "mail", 1, false, func() { set(at.walk, get(other.walk)) }},
		{"walk in the place of the mail", "", "", 1, false, func() { set(at.mail, get(at.mail)[:versionSize]+get(at.walk)) }},
		{"end of the walk", "", "mail", 1, false, func() { flip(at.walk, -1) }},
		{"walk of another type", "", "mail", 0, false, func() { r.client.Del(ctx, at.walk); r.client.LPush(ctx, at.walk, "x") }},
		{"an earlier walk put back", "", "mail", 1, false, func() {
			earlier := get(at.walk)
			save(t, r, load(t, r, amina), due(start))
			set(at.walk, earlier)
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r.client.FlushAll(ctx)
			save(t, r, record(amina, "walk", "mail"), due(start))
			save(t, r, record(bilal, "other", "other"), usual)
			tt.harm()
			counted := r.Unreadable()
			got := load(t, r, amina)
			wantRecord(t, got, tt.walk, tt.mail)
			if n := r.Unreadable() - counted; n != tt.counted {
				t.Errorf("%d values counted, want %d", n, tt.counted)
			}
			if got.Chat != amina {
				t.Error("the chat is lost")
			}
			if tt.mail == "" {
				wantLeased(t, r, start.Add(time.Minute), 10)
				_, err := r.client.ZScore(ctx, at.due, at.name).Result()
				if gone := errors.Is(err, redis.Nil); gone == tt.foreign {
					t.Errorf("no more due: %v, want %v", gone, !tt.foreign)
				}
				got = load(t, r, amina)
			}
			got.Walk, got.Mail = []byte("anew"), []byte("post")
			save(t, r, got, usual)
			wantRecord(t, load(t, r, amina), "anew", "post")
		})
	}
}
