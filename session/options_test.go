package session

import (
	"slices"
	"strings"
	"testing"

	"github.com/redis/go-redis/v9"
)

func TestParseURL(t *testing.T) {
	tests := []struct {
		url   string
		addrs []string
		check func(*redis.UniversalOptions) bool
	}{
		{"redis://localhost", []string{"localhost:6379"}, func(o *redis.UniversalOptions) bool {
			return o.TLSConfig == nil && o.Username == "" && o.Password == "" && o.DB == 0
		}},
		{"redis://me:p%40ss@[::1]:7000/3", []string{"[::1]:7000"}, func(o *redis.UniversalOptions) bool {
			return o.Username == "me" && o.Password == "p@ss" && o.DB == 3
		}},
		{"redis://:pass@[::1]", []string{"[::1]:6379"}, func(o *redis.UniversalOptions) bool {
			return o.Username == "" && o.Password == "pass"
		}},
		{"rediss://h:1?addr=i:2&addr=j", []string{"h:1", "i:2", "j:6379"}, func(o *redis.UniversalOptions) bool {
			return o.TLSConfig != nil && o.TLSConfig.ServerName == "" && !o.TLSConfig.InsecureSkipVerify
		}},
		{
			"redis://me:pass@s1/2?addr=s2:9&master_name=m&sentinel_username=su&sentinel_password=sp",
			[]string{"s1:26379", "s2:9"},
			func(o *redis.UniversalOptions) bool {
				return o.MasterName == "m" && o.SentinelUsername == "su" && o.SentinelPassword == "sp" &&
					o.Username == "me" && o.Password == "pass" && o.DB == 2
			},
		},
	}
	for _, tt := range tests {
		o, err := parseURL(tt.url)
		if err != nil {
			t.Errorf("%s: %v", tt.url, err)
			continue
		}
		if !slices.Equal(o.Addrs, tt.addrs) || !tt.check(o) {
			t.Errorf("%s: read as %+v", tt.url, o)
		}
		if !o.ContextTimeoutEnabled {
			t.Errorf("%s: deadlines are ignored", tt.url)
		}
	}
}

func TestParseURLRefuses(t *testing.T) {
	tests := []struct {
		url  string
		want []string
	}{
		{"redis://:hunter2 %zz@h", []string{"not a URL"}},
		{"http://:hunter2@h", []string{"neither redis:// nor rediss://"}},
		{"redis://:hunter2@", []string{"no host"}},
		{"redis://:hunter2@h/x", []string{"not the number of a database"}},
		{"redis://:hunter2@h/1?addr=i", []string{"a cluster has only database 0"}},
		{"redis://:hunter2@h?%zz", []string{"cannot be read"}},
		{"http://?host=h&tls=1", []string{"neither", "no host", `unknown option "host"`, `unknown option "tls"`}},
	}
	for _, tt := range tests {
		_, err := parseURL(tt.url)
		if err == nil {
			t.Errorf("%s: accepted", tt.url)
			continue
		}
		for _, want := range tt.want {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %q, want %q in it", tt.url, err, want)
			}
		}
		if containsAny(err.Error(), "hunter2") {
			t.Errorf("the error holds the password: %q", err)
		}
	}
}
