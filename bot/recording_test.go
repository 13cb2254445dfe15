package bot_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"pathwaybot/bot/telegramtest"
)

var update = flag.Bool("update", false, "write the recordings in testdata anew")

// TestRecordingOfLeaving writes down what a chat of 60 messages shows before and after
// Leave now. Telegram refused to delete for two days and nobody cleaned up, so that
// all of them are still there; those over 48 hours old can be deleted by nobody.
func TestRecordingOfLeaving(t *testing.T) {
	w := newWorld(t, setup{})
	c := w.tg.Chat(7401)
	w.tg.Fail("deleteMessages", -1, telegramtest.Fault{Status: 400, Chat: c.ID()})
	w.walk(c, "en", outcome...)
	old, _ := c.Last()
	typed := func(lines int, when string) {
		for i := range lines {
			c.Send(fmt.Sprintf("%s line %d, with a name", when, i+1))
		}
		w.settle()
	}
	typed(18, "early")
	w.clock.add(30 * time.Hour)
	typed(8, "later")
	w.clock.add(20 * time.Hour)
	c.PressOn(old.ID, "!open") // too old to be deleted: a new one is made
	w.settle()
	live, _ := c.Last()
	for _, press := range []string{
		"!lang/en", "gate/start/worried", "gate/age-them/adult", "adult-public/signs/+no-pay", "adult-public/signs/done",
		"adult-public/person-or-place/place", "!note/numbers", "!keep/numbers", "!note/say",
	} {
		c.PressOn(live.ID, press)
		w.settle()
	}
	typed(28, "last")
	before := record(w, c)
	if n := len(c.Messages()); n != 60 {
		t.Errorf("%d messages before leaving, want 60", n)
	}
	w.tg.Heal()
	c.PressOn(live.ID, "!leave")
	w.settle()
	got := "# What the chat shows before and after Leave now. Made by: go test ./bot -run TestRecordingOfLeaving -update\n" +
		"\nBefore Leave now\n" + before + "\nAfter Leave now\n" + record(w, c) +
		"\nOn the lock screen, in all that time: " + strings.Join(seen(c), " / ") + "\n"
	const file = "testdata/leaving.txt"
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the chat shows something else than %s; look at it and run with -update:\n%s", file, got)
	}
}

// record writes a chat as a list: number, who, age, the first line, how many buttons.
func record(w *world, c *telegramtest.Chat) string {
	var out strings.Builder
	for _, m := range c.Messages() {
		who := "person"
		if m.FromBot {
			who = "bot   "
		}
		line, _, more := strings.Cut(m.Text, "\n")
		if more {
			line += " …"
		}
		n := 0
		for _, row := range m.Buttons {
			n += len(row)
		}
		fmt.Fprintf(&out, "%3d  %s  %2d h  %s", m.ID, who, int(w.clock.Now().Sub(m.Sent)/time.Hour), line)
		if n > 0 {
			fmt.Fprintf(&out, "  [%d buttons]", n)
		}
		out.WriteByte('\n')
	}
	return out.String()
}
