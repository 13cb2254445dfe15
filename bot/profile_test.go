package bot_test

import (
	"strings"
	"testing"

	"pathwaybot/bot/telegramtest"
)

// profiles are the languages that Telegram is told of, and the one for all others.
const profiles = 13

func TestProfile(t *testing.T) {
	w := newWorld(t, setup{})
	w.await(func() bool { _, _, about := w.tg.Profile(); return len(about) == profiles })
	for _, code := range []string{"", "en", "sq", "ar", "bg", "zh", "hi", "fa", "pl", "ro", "so", "ti", "vi"} {
		tag := code
		switch tag {
		case "":
			tag = "en"
		case "zh":
			tag = "zh-Hans"
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
	if n := w.tg.CountCalls("setMyCommands"); n != profiles {
		t.Errorf("%d menus were set, want %d", n, profiles)
	}
}

// TestProfileIsReadFirst: what is as it should be is not set again.
func TestProfileIsReadFirst(t *testing.T) {
	w := newWorld(t, setup{})
	w.await(func() bool { _, _, about := w.tg.Profile(); return len(about) == profiles })
	w.tg.ForgetCalls()
	second := w.again()
	w.await(func() bool { return w.tg.CountCalls("getMyDescription") == profiles })
	if n := w.tg.CountCalls("setMyCommands", "setMyName", "setMyDescription", "setMyShortDescription"); n != 0 {
		t.Errorf("%d calls to set what was set, want none", n)
	}
	second()
}

func TestStartWithoutTelegram(t *testing.T) {
	w := newWorld(t, setup{})
	w.await(func() bool { _, _, about := w.tg.Profile(); return len(about) == profiles })
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
