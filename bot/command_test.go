package bot

import (
	"strings"
	"testing"
)

func TestCommand(t *testing.T) {
	tests := []struct {
		text, name, payload string
		ok                  bool
	}{
		{"/start", "start", "", true},
		{"/start ro_E07000243", "start", "ro_E07000243", true},
		{"/start@Some_Bot  ro ", "start", "ro", true},
		{"/HELP", "help", "", true},
		{"/help\nplease", "help", "please", true},
		{"/help مساعدة", "help", "مساعدة", true},
		{"مساعدة /help", "", "", false},
		{"/", "", "", false},
		{"/ help", "", "", false},
		{"/مساعدة", "", "", false},
		{"/@bot", "", "", false},
		{"/" + strings.Repeat("a", 33), "", "", false},
		{"help", "", "", false},
	}
	for _, tt := range tests {
		name, payload, ok := command(tt.text)
		if name != tt.name || ok != tt.ok || ok && payload != tt.payload {
			t.Errorf("command(%q) = %q, %q, %v, want %q, %q, %v", tt.text, name, payload, ok, tt.name, tt.payload, tt.ok)
		}
	}
}
