package main

import (
	"encoding/base64"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pathwaybot/web"
)

func env(values map[string]string) func(string) string {
	return func(name string) string { return values[name] }
}

var (
	aKey   = base64.StdEncoding.EncodeToString([]byte(strings.Repeat("k", 32)))
	aToken = "123456:MARKER-token"
)

func TestNothingSetServesTheBrowser(t *testing.T) {
	c, err := readConfig(env(nil))
	if err != nil {
		t.Fatal(err)
	}
	if !c.web || c.token != "" || c.redisURL != "" || c.listen != "127.0.0.1:8080" || c.adminListen != "127.0.0.1:9090" || c.idleCover != 15*time.Minute {
		t.Errorf("with nothing set: %+v", c)
	}
}

func TestAllProblemsAtOnceWithoutSecrets(t *testing.T) {
	_, err := readConfig(env(map[string]string{
		"TELEGRAM_BOT_TOKEN": "MARKER-no-colon",
		"TELEGRAM_API_URL":   "telegram",
		"WEBHOOK_URL":        "https://example.org",
		"WEBHOOK_SECRET":     "MARKER short",
		"WEB":                "yes",
		"WEB_URL":            "ask.example.org",
		"LISTEN":             "8080",
		"ADMIN_LISTEN":       "here:",
		"REDIS_URL":          "redis://localhost",
		"SESSION_KEY":        "MARKER",
		"IDLE_COVER":         "1h",
		"IDLE_CLEAN":         "soon",
		"PRESSES_A_MINUTE":   "many",
		"TELEGRAM_RATE":      "0",
	}))
	if err == nil {
		t.Fatal("everything is wrong and nothing is said")
	}
	for _, want := range []string{
		"TELEGRAM_BOT_TOKEN: does not have the form of a token",
		"TELEGRAM_API_URL: is not an address",
		"WEBHOOK_URL: needs a path of its own",
		"WEBHOOK_SECRET: want 16 to 256",
		`WEB: "yes", want on or off`,
		"WEB_URL: is not an address such as https://",
		`LISTEN: "8080" is not an address`,
		`ADMIN_LISTEN: "here:" is not an address`,
		"SESSION_KEY: ",
		`IDLE_CLEAN: "soon" is not a time`,
		`PRESSES_A_MINUTE: "many" is not a number`,
		`TELEGRAM_RATE: "0" is not a number`,
		"IDLE_CLEAN: must be longer than IDLE_COVER",
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("not said: %s\nsaid:\n%v", want, err)
		}
	}
	if strings.Contains(err.Error(), "MARKER") {
		t.Errorf("a secret is printed:\n%v", err)
	}
}

func TestSettingsThatBelongTogether(t *testing.T) {
	for name, tt := range map[string]struct {
		set  map[string]string
		want string
	}{
		"a webhook without a secret": {
			map[string]string{"TELEGRAM_BOT_TOKEN": aToken, "WEBHOOK_URL": "https://example.org/x"}, "WEBHOOK_SECRET: is missing",
		},
		"a webhook without a token": {
			map[string]string{"WEBHOOK_URL": "https://example.org/x", "WEBHOOK_SECRET": strings.Repeat("s", 16)},
			"WEBHOOK_URL: is set, but TELEGRAM_BOT_TOKEN is not",
		},
		"redis without a key":        {map[string]string{"REDIS_URL": "redis://localhost"}, "SESSION_KEY: is missing"},
		"a key without redis":        {map[string]string{"SESSION_KEY": aKey}, "SESSION_KEY: is set, but REDIS_URL is not"},
		"a page that has no path":    {map[string]string{"WEB_URL": "https://example.org/ask"}, "WEB_URL: names more than a host"},
		"an address with a password": {map[string]string{"WEB_URL": "https://a:b@example.org"}, "WEB_URL: names more than a host"},
		"nothing to run":             {map[string]string{"WEB": "off"}, "WEB: is off"},
		"a file that is not there": {
			map[string]string{"TELEGRAM_BOT_TOKEN_FILE": "/no/such/file"}, "TELEGRAM_BOT_TOKEN_FILE: cannot be read",
		},
		"set twice": {
			map[string]string{"TELEGRAM_BOT_TOKEN": aToken, "TELEGRAM_BOT_TOKEN_FILE": "/x"}, "TELEGRAM_BOT_TOKEN: is set twice",
		},
	} {
		if _, err := readConfig(env(tt.set)); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: got %v, want %s", name, err, tt.want)
		}
	}
}

func TestSecretsFromFiles(t *testing.T) {
	file := func(content string) string {
		name := filepath.Join(t.TempDir(), "secret")
		if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return name
	}
	c, err := readConfig(env(map[string]string{
		"TELEGRAM_BOT_TOKEN_FILE": file(aToken + "\n"),
		"SESSION_KEY_FILE":        file(aKey + "," + base64.StdEncoding.EncodeToString([]byte(strings.Repeat("o", 32))) + "\n"),
		"REDIS_URL":               "redis://localhost:6379/0",
		"HIDE":                    "acas, recovery_days",
	}))
	if err != nil {
		t.Fatal(err)
	}
	if c.token != aToken || len(c.sessionKeys) != 2 || c.web || len(c.hide) != 2 {
		t.Errorf("read %+v", c)
	}
}

// The pages are warned of where what people press can be read on the way.
func TestPagesOpenToOthersWithoutHTTPS(t *testing.T) {
	const warning = "can be read on the way"
	for _, tt := range []struct {
		listen, address string
		warned          bool
		open            string
	}{
		{"", "", false, "http://127.0.0.1:8080"},
		{"localhost:1", "", false, "http://localhost:1"},
		{"[::1]:1", "http://ask.example.org", false, "http://ask.example.org"},
		{"0.0.0.0:1", "", true, "http://0.0.0.0:1"},
		{":1", "", true, "http://:1"},
		{"192.0.2.1:1", "http://ask.example.org/", true, "http://ask.example.org"},
		{"0.0.0.0:1", "https://ask.example.org/", false, "https://ask.example.org"},
	} {
		c, err := readConfig(env(map[string]string{"LISTEN": tt.listen, "WEB_URL": tt.address}))
		if err != nil {
			t.Fatal(err)
		}
		var lines strings.Builder
		s := &service{config: c, log: slog.New(slog.NewTextHandler(&lines, nil)), web: &web.Web{}}
		s.announceWeb()
		if got := lines.String(); strings.Count(got, warning) > 1 || strings.Contains(got, warning) != tt.warned || !strings.Contains(got, `"web: open `+tt.open+`"`) {
			t.Errorf("LISTEN %q, WEB_URL %q: said\n%s", tt.listen, tt.address, got)
		}
	}
}
