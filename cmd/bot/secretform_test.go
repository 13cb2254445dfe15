package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"pathwaybot/flows"
	"pathwaybot/guide"
	"pathwaybot/handlers"
	"pathwaybot/session"
	"pathwaybot/session/redistest"
)

// form is what of a chat's record can be seen from outside: lengths in bytes, and how
// long after the mail's expiry less its 47 hours, that is after the press, the walk
// expires and the chat is looked at.
type form struct {
	walk, mail int64
	ends, due  time.Duration
}

// talker is a conversation with one chat, in this process and over a real Redis.
type talker struct {
	t      *testing.T
	talk   *handlers.Handlers
	store  *session.Redis
	client *redis.Client
	mail   []byte
	walks  int // bytes of the longest walk that was saved
	failed int // numbers that did not work
	later  time.Duration
}

func newTalker(t *testing.T) *talker {
	t.Helper()
	url := redistest.Start(t).URL()
	r, err := session.NewRedis(session.Config{URL: url, Keys: [][]byte{[]byte(secretKey)}})
	if err != nil {
		t.Fatal(err)
	}
	options, err := redis.ParseURL(url)
	if err != nil {
		t.Fatal(err)
	}
	s := &talker{t: t, store: r, client: redis.NewClient(options)}
	t.Cleanup(func() {
		_ = r.Close()
		_ = s.client.Close()
	})
	s.talk = handlers.New(theGuide(t), s, handlers.Settings{Cover: 15 * time.Minute, Clean: 45 * time.Minute})
	return s
}

func theGuide(t *testing.T) *guide.Guide {
	t.Helper()
	g, err := guide.Load(guide.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func (s *talker) Load(ctx context.Context, c session.Chat) (session.Record, error) {
	return s.store.Load(ctx, c)
}

func (s *talker) Current(ctx context.Context, r session.Record) (bool, error) {
	return s.store.Current(ctx, r)
}

func (s *talker) Drop(ctx context.Context, c session.Chat) error { return s.store.Drop(ctx, c) }

func (s *talker) Lease(ctx context.Context, now time.Time, lease time.Duration, n int) ([]session.Record, error) {
	return s.store.Lease(ctx, now, lease, n)
}

func (s *talker) Save(ctx context.Context, r session.Record, k session.Keep) (session.Record, error) {
	s.walks = max(s.walks, len(r.Walk))
	return s.store.Save(ctx, r, k)
}

var aChat = session.Chat{Channel: "telegram", ID: "3617284950617283"}

func (s *talker) press(buttons ...string) handlers.Reply {
	s.t.Helper()
	var r handlers.Reply
	for _, b := range buttons {
		// By Redis' own clock, as the expiries.
		ev := handlers.Event{
			Chat: aChat, What: handlers.Press, Data: b, Now: s.client.Time(s.t.Context()).Val().Add(s.later), ID: rand.Uint32() | 1<<31,
		}
		var err error
		r, err = s.talk.Turn(s.t.Context(), ev, func(context.Context, handlers.Reply, []byte) ([]byte, error) { return s.mail, nil })
		if err != nil {
			s.t.Fatalf("%s: %v", b, err)
		}
	}
	return r
}

// seen is the form of the one record in Redis.
func (s *talker) seen() form {
	s.t.Helper()
	ctx := s.t.Context()
	key := func(kind string) string {
		keys := s.client.Keys(ctx, kind+":*").Val()
		if len(keys) != 1 {
			s.t.Fatalf("keys %q, want one of %s", keys, kind)
		}
		return keys[0]
	}
	walk, mail := key("s"), key("m")
	pressed := s.client.PExpireTime(ctx, mail).Val() - handlers.MailKept
	due := s.client.ZRangeWithScores(ctx, key("due"), 0, -1).Val()
	if len(due) != 1 {
		s.t.Fatalf("due: %v, want one", due)
	}
	return form{
		s.client.StrLen(ctx, walk).Val(), s.client.StrLen(ctx, mail).Val(),
		s.client.PExpireTime(ctx, walk).Val() - pressed, time.Duration(due[0].Score)*time.Minute - pressed,
	}
}

// longest returns the presses that lead on from a state to the one whose answers take
// the most bytes, with every box ticked on the way, and that state.
func longest(g *flows.Graph, from flows.State) (out []string, end flows.State) {
	best, most := map[flows.Ref]int{}, 0
	var visit func(s flows.State, presses []string)
	visit = func(s flows.State, presses []string) {
		n := g.Here(s)
		size := len(fmt.Sprint(s.Main))
		if s.Aside != nil {
			size += len(fmt.Sprint(*s.Aside))
		}
		if was, known := best[n.Ref]; known && was >= size {
			return
		}
		best[n.Ref] = size
		if size > most {
			most, out, end = size, slices.Clone(presses), s
		}
		step := func(s flows.State, options ...string) {
			way := slices.Clone(presses)
			for _, o := range options {
				var counted flows.Counted
				if s, counted = g.Press(s, n.Ref, o); counted == flows.Ignored {
					return
				}
				way = append(way, string(n.Ref)+"/"+o)
			}
			visit(s, way)
		}
		switch n.Kind {
		case flows.Ask:
			for _, o := range n.Options {
				step(s, o.ID)
			}
		case flows.Tick:
			var mild, all []string
			for _, group := range n.Groups {
				for _, sign := range group.Signs {
					all = append(all, "+"+sign.ID)
					if !sign.Danger {
						mild = append(mild, "+"+sign.ID)
					}
				}
			}
			step(s, append(all, flows.Done)...)
			step(s, append(mild, flows.Done)...)
			step(s, flows.Done)
		default:
			step(s, flows.Next)
		}
	}
	visit(from, nil)
	return out, end
}

// fail says of up to eight numbers on the screen that they did not work, of those with
// the longest names first.
func (s *talker) fail() {
	s.t.Helper()
	for {
		longest := ""
		for _, row := range s.press("!wrong").Rows {
			if b := row.Buttons[0].Press; strings.HasPrefix(b, "!wrong/") && len(b) > len(longest) {
				longest = b
			}
		}
		if longest == "" || s.failed == 8 {
			return
		}
		s.press(longest)
		s.failed++
	}
}

// TestLengthTellsNoDepth: the first press, and the longest walk there is with an area,
// pictures, an aside and numbers that did not work, look the same from outside, with
// no message and with thirty.
func TestLengthTellsNoDepth(t *testing.T) {
	s := newTalker(t)
	s.press("!lang/en")
	first := s.seen()
	g := theGuide(t).Graph
	way, end := longest(g, g.Begin())
	s.press("!pictures", "!mute", "!area", "!here/E07000243")
	for _, b := range way {
		s.press(b)
		s.fail()
	}
	var aside []string
	for _, pw := range g.Pathways {
		over, open := g.Open(end, pw.ID)
		if more, _ := longest(g, over); open && len(strings.Join(more, "")) > len(strings.Join(aside, "")) {
			aside = append([]string{"!aside/" + pw.ID}, more...)
		}
	}
	s.press(append(aside, "!area/E12000006/1")...)
	for _, n := range []int{0, 1, 30} {
		s.mail = make([]byte, 10+7*n) // at most seven bytes a message: see the mail of package bot
		s.press("!mute")
		if got := s.seen(); got.walk != first.walk || got.mail != first.mail {
			t.Errorf("after %d presses and %d messages %d and %d bytes, want %d and %d as after the first",
				len(way), n, got.walk, got.mail, first.walk, first.mail)
		}
	}
	t.Logf("the longest walk takes %d bytes: %s, with %d numbers that did not work, and %s",
		s.walks, strings.Join(way, " "), s.failed, strings.Join(aside, " "))
}

// TestExpiryTellsNoAnswer: what somebody answered does not show in when the record
// ends or is looked at.
func TestExpiryTellsNoAnswer(t *testing.T) {
	var want form
	for i, answers := range [][]string{
		{"gate/start/about-me", "gate/age-me/adult"}, {"gate/start/worried", "gate/age-them/under-18"}, {"gate/start/work", "gate/work/refer-adult"},
	} {
		s := newTalker(t)
		s.press(append([]string{"!lang/en"}, answers...)...)
		if i == 0 {
			want = s.seen()
		}
		if got := s.seen(); got.ends != want.ends || got.due != want.due {
			t.Errorf("%s: the walk ends after %v and is looked at after %v, want %v and %v as for everybody",
				answers, got.ends, got.due, want.ends, want.due)
		}
	}
}

// TestPutBackWalkIsNotShown: who can write to Redis, or restores a backup, can put a
// walk back that somebody left; nothing outside Redis knows better. But the minute of
// the last press is sealed in it, so after the time of covering it is shown to nobody,
// even where its expiry was taken off.
func TestPutBackWalkIsNotShown(t *testing.T) {
	s := newTalker(t)
	s.press("!lang/en", "gate/start/about-me", "gate/age-me/adult")
	ctx := t.Context()
	copies := map[string]string{}
	for _, key := range s.client.Keys(ctx, "[sm]:*").Val() {
		copies[key] = s.client.Dump(ctx, key).Val()
	}
	s.press("!leave")
	s.client.FlushAll(ctx) // the mark of the leaving as well
	for key, dump := range copies {
		if err := s.client.Restore(ctx, key, 0, dump).Err(); err != nil {
			t.Fatal(err)
		}
	}
	s.later = 16 * time.Minute
	for _, row := range s.press("adult-self/what-happens/+debt").Rows {
		if strings.HasPrefix(row.Buttons[0].Press, "adult-self/") {
			t.Errorf("a walk that was left is shown again: %q", row.Buttons[0].Press)
		}
	}
}
