package bot_test

import (
	"strings"
	"testing"
)

// A professional's link opens the gate at a colleague's, and after role and age the
// step, with the area.
func TestLinkForAColleague(t *testing.T) {
	w := newWorld(t, setup{})
	w.await(func() bool { return w.tg.CountCalls("getMe") > 0 })
	w.settle()
	c := w.tg.Chat(8001)
	w.walk(c, "en", "gate/start/work", "gate/work/other-child", "outside-child/where/lead", "!link")
	m := w.only(c)
	_, start, ok := strings.Cut(m.Text, "https://t.me/fake_bot?start=")
	if !ok {
		t.Fatalf("no address of this bot:\n%s", m.Text)
	}
	start, _, _ = strings.Cut(start, "\n")
	if len(start) > 64 || strings.Trim(start, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-") != "" {
		t.Errorf("Telegram would not take %q", start)
	}
	colleague := w.tg.Chat(8002)
	w.send(colleague, "/start "+start)
	w.press(colleague, "!lang/en")
	if m := w.only(colleague); !strings.Contains(m.Text, word(t, "en", "gate.start.title")) {
		t.Errorf("a link does not pass the gate first:\n%s", m.Text)
	}
}
