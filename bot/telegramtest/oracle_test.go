package telegramtest

import (
	"slices"
	"strings"
	"testing"
)

func TestSchema(t *testing.T) {
	tests := []struct {
		method string
		values map[string]string
		want   string // in the only complaint; empty if valid
	}{
		{"sendMessage", map[string]string{"chat_id": "7", "text": "123", "parse_mode": "HTML", "protect_content": "true"}, ""},
		{"sendMessage", map[string]string{"chat_id": "@channel", "text": "x", "reply_markup": markup, "link_preview_options": `{"is_disabled":true}`}, ""},
		{"sendMessage", map[string]string{"text": "x"}, "missing property 'chat_id'"},
		{"sendMessage", map[string]string{"chat_id": "7", "text": "x", "parse_mode": "Html5"}, "/parse_mode: value must be one of"},
		{"sendMessage", map[string]string{"chat_id": "7", "text": "x", "silent": "true"}, "additional properties 'silent' not allowed"},
		{"sendMessage", map[string]string{"chat_id": "7", "text": "x", "protect_content": "maybe"}, "/protect_content: got string, want boolean"},
		{"sendMessage", map[string]string{"chat_id": "7", "text": "x", "link_preview_options": `{"disabled":true}`}, "/link_preview_options: additional properties 'disabled' not allowed"},
		{"editMessageText", map[string]string{"chat_id": "7", "message_id": "x", "text": "x"}, "/message_id: got string, want number"},
		{"editMessageText", map[string]string{"chat_id": "7", "message_id": "5", "reply_markup": `{"inline_keyboard":[[{"text":"x","callbackdata":"y"}]]}`}, "/reply_markup/inline_keyboard/0/0: additional properties 'callbackdata' not allowed"},
		{"deleteMessages", map[string]string{"chat_id": "7", "message_ids": "[1,2]"}, ""},
		{"deleteMessages", map[string]string{"chat_id": "7", "message_ids": `["1"]`}, "/message_ids/0: got string, want number"},
		{"getMe", nil, ""},
		{"getMe", map[string]string{"x": "y"}, "additional properties 'x' not allowed"},
		{"setWebhook", map[string]string{"url": "x", "allowed_updates": `["messages"]`}, "/allowed_updates/0: value must be one of"},
	}
	o := newOracle()
	for _, tt := range tests {
		got := o.check(tt.method, params{values: tt.values})
		if tt.want == "" && len(got) > 0 || tt.want != "" && (len(got) != 1 || !strings.Contains(got[0], tt.want)) {
			t.Errorf("%s %v: %q, want %q", tt.method, tt.values, got, tt.want)
		}
	}
}

func TestSchemaOfUploads(t *testing.T) {
	o := newOracle()
	files := map[string]upload{"photo": {}, "other": {}}
	if got := o.check("sendPhoto", params{values: map[string]string{"chat_id": "7"}, files: files}); len(got) > 0 {
		t.Errorf("%q", got)
	}
	if got := o.check("sendPhoto", params{values: map[string]string{"chat_id": "7"}}); len(got) != 1 {
		t.Errorf("without a photo: %q", got)
	}
}

// Every method has a schema, and the schema has no method that is missing here.
func TestSchemaKnowsTheMethods(t *testing.T) {
	o := newOracle()
	properties := o.defs["Methods"].(map[string]any)["properties"].(map[string]any)
	for name := range properties {
		if m, ok := methodNamed(strings.ToUpper(name)); !ok || m.name != name {
			t.Errorf("the schema has %s, the server does not", name)
		}
		o.method(name)
	}
	if len(properties) != 25 {
		t.Errorf("%d methods in the schema, want 25", len(properties))
	}
}

func TestSchemaComplaintsAreNoted(t *testing.T) {
	s, chat, _ := quiet(t)
	wantOK(t, ask(t, s, "sendMessage", fields{"chat_id": 7, "text": "x", "silent": true})) // Telegram forgives it
	if len(chat.Messages()) != 2 || !slices.Equal(s.Invalid(), []string{"sendMessage: /: additional properties 'silent' not allowed"}) {
		t.Errorf("invalid %q", s.Invalid())
	}
	s = New(Options{SkipSchema: true})
	t.Cleanup(s.Close)
	s.Chat(7).Send("/start")
	wantOK(t, ask(t, s, "sendMessage", fields{"chat_id": 7, "text": "x", "silent": true}))
	wantValid(t, s)
}
