package telegramtest

import (
	"strings"
	"testing"
)

func TestProfileTexts(t *testing.T) {
	for _, tt := range []struct {
		name, field string
		limit       int
		unset       string
	}{
		{"Name", "name", 64, "Bot"},
		{"ShortDescription", "short_description", 120, ""},
		{"Description", "description", 512, ""},
	} {
		s, _, _ := quiet(t)
		get := func(code string) string {
			return string(ask(t, s, "getMy"+tt.name, fields{"language_code": code}).Result)
		}
		want := func(text string) string { return `{"` + tt.field + `":"` + text + `"}` }
		if got := get(""); got != want(tt.unset) {
			t.Errorf("%s: %s before it is set", tt.name, got)
		}
		wantOK(t, ask(t, s, "setMy"+tt.name, fields{tt.field: strings.Repeat("ሀ", tt.limit), "language_code": "ti"}))
		if got := get("ti"); got != want(strings.Repeat("ሀ", tt.limit)) {
			t.Errorf("%s: %s in ti", tt.name, got)
		}
		if got := get("ar"); got != want("") {
			t.Errorf("%s: %s in ar", tt.name, got)
		}
		wantValid(t, s)
		wantError(t, ask(t, s, "setMy"+tt.name, fields{tt.field: strings.Repeat("x", tt.limit+1)}), 400, "Bad Request: "+tt.field+" is too long")
		for _, code := range []string{"ckb", "zh-hans", "EN", "e"} {
			wantError(t, ask(t, s, "setMy"+tt.name, fields{tt.field: "x", "language_code": code}), 400, "Bad Request: invalid language code specified")
			wantError(t, ask(t, s, "getMy"+tt.name, fields{"language_code": code}), 400, "Bad Request: invalid language code specified")
		}
	}
}

func TestProfileSeen(t *testing.T) {
	s, _, _ := quiet(t)
	wantOK(t, ask(t, s, "setMyName", fields{"name": "Way"}))
	wantOK(t, ask(t, s, "setMyShortDescription", fields{"short_description": "s", "language_code": "ro"}))
	wantOK(t, ask(t, s, "setMyDescription", fields{"description": "d"}))
	wantOK(t, ask(t, s, "setMyDescription", fields{"description": ""}))
	names, short, about := s.Profile()
	if names[""] != "Way" || short["ro"] != "s" || len(about) != 0 {
		t.Errorf("profile %v %v %v", names, short, about)
	}
}

func TestCommands(t *testing.T) {
	s, _, _ := quiet(t)
	private := fields{"type": "all_private_chats"}
	list := []fields{{"command": "help", "description": "Help now"}}
	wantOK(t, ask(t, s, "setMyCommands", fields{"commands": list, "scope": private, "language_code": "ro"}))
	if got := ask(t, s, "getMyCommands", fields{"scope": private, "language_code": "ro"}); string(got.Result) != `[{"command":"help","description":"Help now"}]` {
		t.Errorf("getMyCommands: %s", got.Result)
	}
	for _, p := range []fields{nil, {"scope": private}, {"language_code": "ro"}} {
		if got := ask(t, s, "getMyCommands", p); string(got.Result) != `[]` {
			t.Errorf("getMyCommands %v: %s", p, got.Result)
		}
	}
	if got := s.Commands("all_private_chats", "ro"); len(got) != 1 || got[0].Command != "help" {
		t.Errorf("Commands: %v", got)
	}
	wantValid(t, s)
	set := func(p fields) answer { return ask(t, s, "setMyCommands", p) }
	for _, name := range []string{"", "Help", "hélp", strings.Repeat("x", 33)} {
		wantError(t, set(fields{"commands": []fields{{"command": name, "description": "x"}}}), 400, "Bad Request: BOT_COMMAND_INVALID")
	}
	for _, help := range []string{"", strings.Repeat("x", 257)} {
		wantError(t, set(fields{"commands": []fields{{"command": "x", "description": help}}}), 400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
	}
	many := make([]fields, 101)
	for i := range many {
		many[i] = fields{"command": "x", "description": "x"}
	}
	wantError(t, set(fields{"commands": many}), 400, "Bad Request: BOT_COMMANDS_TOO_MUCH")
	wantError(t, set(fields{"commands": list, "language_code": "ckb"}), 400, "Bad Request: invalid language code specified")
	wantError(t, set(fields{"commands": list, "scope": fields{"type": "all"}}), 400, "Bad Request: can't parse BotCommandScope")
}
