package handlers_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"pathwaybot/flows"
	"pathwaybot/guide"
	"pathwaybot/handlers"
	"pathwaybot/session"
)

var noon = time.Date(2026, 1, 6, 12, 0, 0, 0, time.UTC)

func clock() time.Time { return noon }

type chat struct {
	t    *testing.T
	conv *handlers.Handlers
	id   uint32
}

func newChat(t *testing.T, store handlers.Store) *chat {
	return &chat{t: t, conv: handlers.New(project(t), store, handlers.Settings{Cover: 15 * time.Minute, Clean: 45 * time.Minute})}
}

func (c *chat) event(ev handlers.Event) handlers.Reply {
	c.t.Helper()
	if ev.ID == 0 {
		c.id++
		ev.ID = c.id
	}
	ev.Chat, ev.Now = session.Chat{Channel: "test", ID: "1"}, noon
	r, err := c.conv.Turn(context.Background(), ev, nil)
	if err != nil {
		c.t.Fatal(err)
	}
	return r
}

func (c *chat) press(data ...string) handlers.Reply {
	c.t.Helper()
	var r handlers.Reply
	for _, d := range data {
		r = c.event(handlers.Event{What: handlers.Press, Data: d})
	}
	return r
}

func TestRepeatShowsTheSameScreen(t *testing.T) {
	c := newChat(t, session.NewMemory(clock))
	c.press("!lang/en", "gate/start/about-me", "gate/age-me/adult")
	first := c.event(handlers.Event{What: handlers.Press, Data: "adult-self/what-happens/+debt", ID: 77})
	c.press("adult-self/what-happens/-debt")
	again := c.event(handlers.Event{What: handlers.Press, Data: "adult-self/what-happens/+debt", ID: 77})
	if again.Title != first.Title || strings.Contains(text(again), "☑") {
		t.Errorf("a repeated event was applied twice:\n%s", text(again))
	}
}

// A link to any step passes the gate, role and age, lands at the step and keeps the
// area. One that names nothing opens the first screen.
func TestLinkPassesTheGate(t *testing.T) {
	g := project(t)
	c := newChat(t, session.NewMemory(clock))
	for _, n := range entries(g) {
		for _, name := range append(n.Was, n.Ref) {
			step := strings.Replace(string(name), "/", "--", 1)
			r := c.event(handlers.Event{What: handlers.Command, Data: "start", Arg: "ro_E07000243_" + step})
			if r.Lang.Tag != "ro" || r.Title != g.Screen("ro", g.Graph.Node("gate/start")).Title {
				t.Errorf("a link to %s does not open the gate in its language, but %q", name, r.Title)
			}
			if !strings.Contains(r.Note, g.Words.Text("ro", "ui.draft")) {
				t.Errorf("a link to %s does not say that nobody has checked the translation: %q", name, r.Note)
			}
			c.press("!lang/en")
			if r = c.pressGate(g, n); r.Title != g.Screen("en", n).Title {
				t.Errorf("after gate, role and age a link to %s lands at %q", name, r.Title)
			}
			if n.Kind == flows.Outcome && strings.Contains(text(r), "[Change area]") != strings.Contains(text(r), "Area: Stevenage") {
				t.Errorf("the area of a link to %s is lost:\n%s", name, text(r))
			}
		}
	}
	for _, arg := range []string{"x", "xx_E99_no--node", "_", strings.Repeat("a", 64), "gate--who", "adult-self--want"} {
		r := c.event(handlers.Event{What: handlers.Command, Data: "start", Arg: arg})
		if len(r.Rows) == 0 || r.Do != handlers.Show {
			t.Errorf("a link %q that names nothing does not open the first screen", arg)
		}
		if r = c.press("!lang/en", "gate/start/about-me"); r.Title != "Your age" {
			t.Errorf("a link %q leads to %q", arg, r.Title)
		}
	}
}

// entries returns the steps that a link may land on.
func entries(g *guide.Guide) []*flows.Node {
	var out []*flows.Node
	for _, pw := range g.Graph.Pathways {
		for _, n := range pw.Nodes {
			if n.Entry {
				out = append(out, n)
			}
		}
	}
	return out
}

// pressGate answers the gate as somebody who works with people does on the way to a step.
func (c *chat) pressGate(g *guide.Guide, n *flows.Node) handlers.Reply {
	c.t.Helper()
	c.press("gate/start/work")
	for _, o := range g.Graph.Node("gate/work").Options {
		if o.Next.To.Pathway() == n.Ref.Pathway() {
			return c.press("gate/work/" + o.ID)
		}
	}
	c.t.Fatalf("no role and age lead to %s", n.Ref)
	return handlers.Reply{}
}

// rival saves between another's load and save, a few times.
type rival struct {
	handlers.Store
	times int
}

func (r *rival) Save(ctx context.Context, rec session.Record, keep session.Keep) (session.Record, error) {
	if r.times > 0 {
		r.times--
		other, err := r.Load(ctx, rec.Chat)
		if err != nil {
			return other, err
		}
		if _, err := r.Store.Save(ctx, other, keep); err != nil {
			return other, err
		}
	}
	return r.Store.Save(ctx, rec, keep)
}

func TestConflictIsDecidedAgain(t *testing.T) {
	store := &rival{Store: session.NewMemory(clock)}
	c := newChat(t, store)
	c.press("!lang/en")
	store.times = 2
	placed := 0
	ev := handlers.Event{
		Chat: session.Chat{Channel: "test", ID: "1"}, Now: noon, ID: 900,
		What: handlers.Press, Data: "gate/start/about-me",
	}
	r, err := c.conv.Turn(context.Background(), ev, func(_ context.Context, _ handlers.Reply, mail []byte) ([]byte, error) {
		placed++
		return mail, nil
	})
	if err != nil || r.Title != "Your age" || placed != 3 {
		t.Errorf("got %q, %v after %d places; want the next screen after three", r.Title, err, placed)
	}
}

// gone is a store that cannot be reached.
type gone struct{ handlers.Store }

func (gone) Load(context.Context, session.Chat) (session.Record, error) {
	return session.Record{}, session.ErrAway
}

func TestStoreAwayIsSaid(t *testing.T) {
	c := newChat(t, gone{})
	_, err := c.conv.Turn(context.Background(), handlers.Event{Now: noon, What: handlers.Press, Data: "!help"}, nil)
	if !errors.Is(err, session.ErrAway) {
		t.Errorf("got %v, want ErrAway", err)
	}
	for hint, langs := range map[string]int{"ar": 2, "en": 1, "am": 1, "": 1} {
		r := c.conv.Away(hint)
		if len(r.Blocks) != langs || !strings.Contains(r.Blocks[langs-1].Text, "999") {
			t.Errorf("the card for %q has %d blocks, want %d with 999", hint, len(r.Blocks), langs)
		}
	}
}

func TestWalkIsSmall(t *testing.T) {
	store := session.NewMemory(clock)
	c := newChat(t, store)
	c.press("!lang/en", "gate/start/danger", "gate/emergency/next", "gate/who/about-me", "gate/age-me/adult",
		"adult-self/what-happens/+no-pay", "adult-self/what-happens/+debt", "adult-self/what-happens/done",
		"adult-self/want/learn", "adult-self/nrm/next", "adult-self/nrm-choice/accept", "!area", "!here/E07000243")
	rec, err := store.Load(context.Background(), session.Chat{Channel: "test", ID: "1"})
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(rec.Walk), "\n+ "); n < 8 {
		t.Fatalf("the walk has %d answers, want eight", n)
	}
	if len(rec.Walk) > 512 {
		t.Errorf("a walk with eight answers has %d bytes, want at most 512:\n%s", len(rec.Walk), rec.Walk)
	}
}

func TestOutcomesAreTold(t *testing.T) {
	var told []string
	conv := handlers.New(project(t), session.NewMemory(clock), handlers.Settings{
		Cover: 15 * time.Minute, Clean: 45 * time.Minute,
		Reached: func(pathway, outcome string) { told = append(told, pathway+" "+outcome) },
	})
	c := &chat{t: t, conv: conv}
	c.press("!lang/en", "gate/start/danger", "!mute/on", "!area", "!here/E07000243", "gate/emergency/next", "!help", "!back")
	if got := strings.Join(told, ", "); got != "gate emergency" {
		t.Errorf("told of %q, want the one outcome that an answer led to", got)
	}
}

// BenchmarkTurn is one stored turn without a network: unseal, decode, press, make
// the screen in one language, encode, seal. The memory store seals as Redis does.
// "question" leads to the next question, "outcome" to three contacts.
func BenchmarkTurn(b *testing.B) {
	way := []string{
		"!lang/ro", "gate/start/danger", "gate/emergency/next", "gate/who/about-me", "gate/age-me/adult",
		"adult-self/what-happens/+no-pay", "adult-self/what-happens/done", "adult-self/want/learn", "adult-self/nrm/next",
		"adult-self/nrm-choice/accept",
	}
	for name, data := range map[string]string{"question": "adult-self/nrm/next", "outcome": "adult-self/nrm-choice/accept"} {
		b.Run(name, func(b *testing.B) {
			conv := handlers.New(project(b), session.NewMemory(clock), handlers.Settings{Cover: 15 * time.Minute, Clean: 45 * time.Minute})
			press := func(data string, id uint32) {
				ev := handlers.Event{Chat: session.Chat{Channel: "test", ID: "1"}, Now: noon, ID: id, What: handlers.Press, Data: data}
				if _, err := conv.Turn(context.Background(), ev, nil); err != nil {
					b.Fatal(err)
				}
			}
			for i, data := range way {
				press(data, uint32(i+1))
			}
			b.ReportAllocs()
			id := uint32(100)
			for b.Loop() {
				id++
				press(data, id)
			}
		})
	}
}
