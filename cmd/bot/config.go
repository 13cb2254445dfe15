package main

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"

	"pathwaybot/session"
)

// config is every setting, read once. The table in README.md describes each.
type config struct {
	token         string
	apiURL        string
	webhookURL    *url.URL // nil: long polling
	webhookSecret string
	web           bool
	webURL        *url.URL // at which browsers reach the page; nil: nobody said so
	listen        string
	adminListen   string
	redisURL      string // empty: sessions in memory
	sessionKeys   [][]byte
	idleCover     time.Duration
	idleClean     time.Duration
	hide          []string
	postcodes     string // path of the file that finds councils by half a postcode; empty: none
	presses       int    // a person and minute; 0: as usual
	telegramRate  int    // messages and edits a second; 0: as usual
}

const telegramAPI = "https://api.telegram.org"

// readConfig reads every setting and reports all that is wrong at once, by the
// name of the variable and never with the value of a secret.
func readConfig(getenv func(string) string) (config, error) {
	r := reader{getenv: getenv}
	c := config{
		token:         r.secret("TELEGRAM_BOT_TOKEN"),
		apiURL:        r.or("TELEGRAM_API_URL", telegramAPI),
		webhookSecret: r.secret("WEBHOOK_SECRET"),
		listen:        r.or("LISTEN", "127.0.0.1:8080"),
		adminListen:   r.or("ADMIN_LISTEN", "127.0.0.1:9090"),
		redisURL:      r.secret("REDIS_URL"), // it can hold a password
		idleCover:     r.duration("IDLE_COVER", 15*time.Minute),
		idleClean:     r.duration("IDLE_CLEAN", 45*time.Minute),
		hide:          r.list("HIDE"),
		postcodes:     getenv("POSTCODES"),
		presses:       r.number("PRESSES_A_MINUTE"),
		telegramRate:  r.number("TELEGRAM_RATE"),
	}
	c.web = r.onOff("WEB", c.token == "")
	r.address("LISTEN", c.listen)
	r.address("ADMIN_LISTEN", c.adminListen)
	if u, err := url.Parse(c.apiURL); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		r.bad("TELEGRAM_API_URL", "is not an address such as %s", telegramAPI)
	}
	r.webhook(&c)
	c.webURL = r.webAddress()
	r.sessions(&c)
	if c.idleClean <= c.idleCover {
		r.bad("IDLE_CLEAN", "must be longer than IDLE_COVER")
	}
	if id, rest, ok := strings.Cut(c.token, ":"); c.token != "" && (!ok || id == "" || rest == "") {
		r.bad("TELEGRAM_BOT_TOKEN", "does not have the form of a token: number, colon, letters")
	}
	if c.token == "" && !c.web {
		r.bad("WEB", "is off and there is no TELEGRAM_BOT_TOKEN, so nothing would run")
	}
	return c, errors.Join(r.errs...)
}

func (r *reader) webhook(c *config) {
	raw := r.getenv("WEBHOOK_URL")
	if raw == "" {
		return
	}
	u, err := url.Parse(raw)
	switch {
	case err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http":
		r.bad("WEBHOOK_URL", "is not an address such as https://example.org/telegram")
		return
	case u.Path == "" || u.Path == "/":
		r.bad("WEBHOOK_URL", "needs a path of its own, such as /telegram")
	case c.token == "":
		r.bad("WEBHOOK_URL", "is set, but TELEGRAM_BOT_TOKEN is not")
	}
	c.webhookURL = u
	switch {
	case c.webhookSecret == "":
		r.bad("WEBHOOK_SECRET", "is missing: without it anybody could pretend to be Telegram")
	case len(c.webhookSecret) < 16 || len(c.webhookSecret) > 256 || strings.Trim(c.webhookSecret, tokenLetters) != "":
		r.bad("WEBHOOK_SECRET", "want 16 to 256 letters, digits, hyphens and underscores")
	}
}

// webAddress reads the address at which browsers reach the page, which always lives
// at "/" there.
func (r *reader) webAddress() *url.URL {
	raw := r.getenv("WEB_URL")
	if raw == "" {
		return nil
	}
	u, err := url.Parse(raw)
	if err != nil || u.Hostname() == "" || u.Scheme != "https" && u.Scheme != "http" {
		r.bad("WEB_URL", "is not an address such as https://ask.example.org")
		return nil
	}
	if strings.TrimSuffix(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		r.bad("WEB_URL", "names more than a host: the page lives at / there, as in https://ask.example.org")
		return nil
	}
	return &url.URL{Scheme: u.Scheme, Host: u.Host}
}

// privateWeb reports whether what browsers send cannot be read on the way: they come
// by https, or from this machine alone.
func (c config) privateWeb() bool {
	if c.webURL != nil && c.webURL.Scheme == "https" {
		return true
	}
	host, _, _ := net.SplitHostPort(c.listen) // checked already
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

const tokenLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"

func (r *reader) sessions(c *config) {
	raw := r.secret("SESSION_KEY")
	switch {
	case c.redisURL == "" && raw != "":
		r.bad("SESSION_KEY", "is set, but REDIS_URL is not")
	case c.redisURL != "" && raw == "":
		r.bad("SESSION_KEY", "is missing: 32 random bytes in base64, made by: openssl rand -base64 32")
	case raw != "":
		keys, err := session.ParseKeys(raw)
		if err != nil {
			r.bad("SESSION_KEY", "%v", err)
		}
		c.sessionKeys = keys
	}
}

// reader reads settings and gathers what is wrong with them.
type reader struct {
	getenv func(string) string
	errs   []error
}

func (r *reader) bad(name, format string, args ...any) {
	r.errs = append(r.errs, fmt.Errorf("%s: %s", name, fmt.Sprintf(format, args...)))
}

func (r *reader) or(name, otherwise string) string {
	if v := r.getenv(name); v != "" {
		return v
	}
	return otherwise
}

// secret reads NAME, or the file that NAME_FILE names.
func (r *reader) secret(name string) string {
	value, file := r.getenv(name), r.getenv(name+"_FILE")
	switch {
	case file == "":
		return value
	case value != "":
		r.bad(name, "is set twice, here and in %s_FILE", name)
		return ""
	}
	b, err := os.ReadFile(file)
	if err != nil {
		r.bad(name+"_FILE", "cannot be read: %v", errors.Unwrap(err))
		return ""
	}
	if value = strings.TrimSpace(string(b)); value == "" {
		r.bad(name+"_FILE", "names an empty file")
	}
	return value
}

func (r *reader) duration(name string, otherwise time.Duration) time.Duration {
	v := r.getenv(name)
	if v == "" {
		return otherwise
	}
	d, err := time.ParseDuration(v)
	if err != nil || d < time.Minute || d > 24*time.Hour || d%time.Minute != 0 { // a part of a minute would show in Redis
		r.bad(name, "%q is not a time of whole minutes between 1m and 24h, such as 15m", v)
		return otherwise
	}
	return d
}

func (r *reader) number(name string) int {
	v := r.getenv(name)
	if v == "" {
		return 0
	}
	n, err := strconv.Atoi(v)
	if err != nil || n < 1 || n > 1_000_000 {
		r.bad(name, "%q is not a number from 1 to 1000000", v)
		return 0
	}
	return n
}

func (r *reader) onOff(name string, otherwise bool) bool {
	switch v := r.getenv(name); v {
	case "":
		return otherwise
	case "on":
		return true
	case "off":
		return false
	default:
		r.bad(name, "%q, want on or off", v)
		return otherwise
	}
}

func (r *reader) list(name string) []string {
	return strings.FieldsFunc(r.getenv(name), func(c rune) bool { return c == ',' || c == ' ' })
}

func (r *reader) address(name, v string) {
	if _, port, err := net.SplitHostPort(v); err != nil || port == "" {
		r.bad(name, "%q is not an address such as 127.0.0.1:8080", v)
	}
}
