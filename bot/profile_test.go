package bot_test

import (
	"strings"
	"testing"

	"pathwaybot/bot/telegramtest"
)

func TestProfile(t *testing.T) {
	w := newWorld(t, setup{})
	w.await(func() bool { _, _, about := w.tg.Profile(); return len(about) == 4 })
	for _, code := range []string{"", "en", "ar", "ro"} {
		tag := code
		if tag == "" {
			tag = "en"
		}
		menu := w.tg.Commands("all_private_chats", code)
		if len(menu) != 7 || menu[0].Command != "start" || menu[0].Description != word(t, tag, "ui.command.start") {
			t.Errorf("menu in %q: %+v", code, menu)
		}
	}
	names, short, _ := w.tg.Profile()
	if names["ar"] != word(t, "ar", "ui.profile.name") || short["ro"] != word(t, "ro", "ui.profile.short") {
		t.Errorf("names %v, short %v", names, short)
	}
	if n := w.tg.CountCalls("setMyCommands"); n != 4 {
		t.Errorf("%d menus were set, want 4", n)
	}
}

// TestProfileIsReadFirst: what is as it should be is not set again.
func TestProfileIsReadFirst(t *testing.T) {
	w := newWorld(t, setup{})
	w.await(func() bool { _, _, about := w.tg.Profile(); return len(about) == 4 })
	w.tg.ForgetCalls()
	second := w.again()
	w.await(func() bool { return w.tg.CountCalls("getMyDescription") == 4 })
	if n := w.tg.CountCalls("setMyCommands", "setMyName", "setMyDescription", "setMyShortDescription"); n != 0 {
		t.Errorf("%d calls to set what was set, want none", n)
	}
	second()
}

func TestStartWithoutTelegram(t *testing.T) {
	w := newWorld(t, setup{})
	w.await(func() bool { _, _, about := w.tg.Profile(); return len(about) == 4 })
	w.tg.ForgetCalls()
	w.tg.Fail("getMe", 1, telegramtest.Fault{Outage: true})
	w.tg.Fail("setWebhook", 1, telegramtest.Fault{Status: 500})
	second := w.again()
	w.await(func() bool { return w.tg.CountCalls("setWebhook") >= 2 && w.tg.CountCalls("getMe") >= 2 })
	second()
	if log := w.log.String(); !strings.Contains(log, "telegram: set webhook: error") || !strings.Contains(log, "telegram: getMe: network") {
		t.Errorf("log:\n%s", log)
	}
}
