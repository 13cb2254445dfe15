package handlers_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pathwaybot/handlers"
	"pathwaybot/session"
)

// A number that did not work is counted once for each person, after the step is
// saved, and a repeat of the press counts nothing.
func TestANumberThatDidNotWorkIsCounted(t *testing.T) {
	var counted []string
	c := &chat{t: t}
	c.conv = handlers.New(project(t), session.NewMemory(clock), handlers.Settings{
		Cover: 15 * time.Minute, Clean: 45 * time.Minute,
		Wrong: func(contact string) { counted = append(counted, contact) },
	})
	c.press("!lang/en", "gate/start/about-me", "gate/age-me/adult", "adult-self/what-happens/+debt", "adult-self/what-happens/done", "adult-self/want/talk")
	first := c.press("!wrong")
	if first.Title != "Which number did not work?" || len(counted) != 0 {
		t.Fatalf("counted %q before anything was chosen:\n%s", counted, text(first))
	}
	press := handlers.Event{What: handlers.Press, Data: "!wrong/modern-slavery-helpline", ID: 500}
	r := c.event(press)
	if got := cards(r); !slices.Equal(got, []string{"salvation-army-referral-helpline", "samaritans", "modern-slavery-helpline"}) || r.Wrong != "modern-slavery-helpline" {
		t.Errorf("contacts %q, reported %q", got, r.Wrong)
	}
	c.event(press) // the chat service repeats it
	c.press("!wrong/modern-slavery-helpline", "!wrong/childline", "!wrong/nobody", "!wrong/emergency-999", "!help", "!wrong/emergency-999")
	if want := []string{"modern-slavery-helpline"}; !slices.Equal(counted, want) {
		t.Errorf("counted %q, want %q", counted, want)
	}
	c.press("!start", "gate/start/about-me", "!wrong/samaritans")
	if len(counted) != 1 {
		t.Errorf("counted away from an outcome: %q", counted)
	}
}

// When no number that a person could report is left, there is no button for it, and a
// new walk knows nothing of what did not work in the one before.
func TestTheButtonForNumbersGoesWhenAllAreReported(t *testing.T) {
	c := newChat(t, session.NewMemory(clock))
	way := []string{"gate/start/about-me", "gate/age-me/adult", "adult-self/what-happens/done", "adult-self/not-these/unfair"}
	c.press("!lang/en")
	r := c.press(way...)
	if !strings.Contains(text(r), "[Number not working]") {
		t.Fatalf("no button:\n%s", text(r))
	}
	r = c.press("!wrong/acas", "!wrong/modern-slavery-helpline", "!wrong/salvation-army-referral-helpline", "!wrong/samaritans")
	if strings.Contains(text(r), "[Number not working]") || !strings.Contains(text(r), "0300 123 1100") {
		t.Errorf("all were reported, and still:\n%s", text(r))
	}
	if r = c.press(append([]string{"!start"}, way...)...); !strings.Contains(text(r), "[Number not working]") {
		t.Errorf("a new walk has no button:\n%s", text(r))
	}
}

// cards returns the ids of the contacts on a screen.
func cards(r handlers.Reply) []string {
	var out []string
	for _, b := range r.Blocks {
		if b.Card != nil {
			out = append(out, b.Card.ID)
		}
	}
	return out
}
