package telegramtest

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

const markup = `{"inline_keyboard":[[{"text":"Yes","callback_data":"y"}]]}`

// The same message by JSON, as a form, in the query and as a multipart form gives
// the same call and the same message.
func TestWaysToCall(t *testing.T) {
	form := url.Values{"chat_id": {"7"}, "text": {"<b>x</b>"}, "parse_mode": {"HTML"}, "disable_notification": {"true"}, "reply_markup": {markup}}
	var parts bytes.Buffer
	w := multipart.NewWriter(&parts)
	for key, values := range form {
		if err := w.WriteField(key, values[0]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	json := `{"chat_id": 7, "text": "<b>x</b>", "parse_mode": "HTML", "disable_notification": true, "protect_content": null, "reply_markup": ` + markup + `}`
	tests := []struct{ name, kind, query, body string }{
		{"JSON", "application/json", "", json},
		{"form", "application/x-www-form-urlencoded", "", form.Encode()},
		{"query", "", form.Encode(), ""},
		{"multipart", w.FormDataContentType(), "", parts.String()},
	}
	for _, tt := range tests {
		s, chat, _ := quiet(t)
		r := httptest.NewRequest(http.MethodPost, "/bot"+s.Token()+"/SendMessage?"+tt.query, strings.NewReader(tt.body))
		r.Header.Set("Content-Type", tt.kind)
		wantOK(t, serve(t, s, r))
		m, ok := chat.Last()
		if !ok || show(m.Entities) != "bold:x" || !m.Silent || m.Buttons[0][0].Data != "y" {
			t.Errorf("%s: the chat shows %+v", tt.name, m)
		}
		calls := s.Calls()
		if len(calls) != 1 || calls[0].Method != "sendMessage" || calls[0].ChatID() != 7 || calls[0].Params["reply_markup"] != markup || calls[0].Status != 200 || len(calls[0].Params) != 5 {
			t.Errorf("%s: recorded %+v", tt.name, calls)
		}
		wantValid(t, s)
	}
}

func TestUnreadableRequests(t *testing.T) {
	tests := []struct{ name, kind, body string }{
		{"JSON that breaks off", "application/json", `{"chat_id"`},
		{"a form that breaks off", "multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb"},
		{"a strange kind", "text/;", "x"},
		{"not UTF-8", "application/x-www-form-urlencoded", "text=%ff"},
	}
	for _, tt := range tests {
		s, _, _ := quiet(t)
		r := httptest.NewRequest(http.MethodPost, "/bot"+s.Token()+"/sendMessage", strings.NewReader(tt.body))
		r.Header.Set("Content-Type", tt.kind)
		if a := serve(t, s, r); a.ErrorCode != 400 || len(s.Invalid()) != 1 {
			t.Errorf("%s: %+v, invalid %q", tt.name, a, s.Invalid())
		}
	}
}

// Clients send a multipart form without a single part for methods without
// parameters.
func TestEmptyMultipart(t *testing.T) {
	s, _, _ := quiet(t)
	r := httptest.NewRequest(http.MethodPost, "/bot"+s.Token()+"/getMe", http.NoBody)
	r.Header.Set("Content-Type", "multipart/form-data; boundary=x")
	wantOK(t, serve(t, s, r))
	wantValid(t, s)
}

func TestUpload(t *testing.T) {
	small := pngOf(t, 30, 20)
	tests := []struct {
		name    string
		content []byte
		want    string
	}{
		{"a picture", small, ""},
		{"nothing", nil, "Bad Request: file must be non-empty"},
		{"no picture", []byte("hello"), "Bad Request: IMAGE_PROCESS_FAILED"},
		{"too long", pngOf(t, 210, 10), "Bad Request: PHOTO_INVALID_DIMENSIONS"},
		{"too wide", pngOf(t, 9000, 1001), "Bad Request: PHOTO_INVALID_DIMENSIONS"},
		{"too big", append(bytes.Clone(small), make([]byte, maxPhotoBytes)...), "Bad Request: file is too big"},
	}
	for _, tt := range tests {
		s, chat, _ := quiet(t)
		var b bytes.Buffer
		w := multipart.NewWriter(&b)
		part, err := w.CreateFormFile("photo", "sign.png")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write(tt.content); err != nil {
			t.Fatal(err)
		}
		if err := w.WriteField("chat_id", "7"); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		r := httptest.NewRequest(http.MethodPost, "/bot"+s.Token()+"/sendPhoto", &b)
		r.Header.Set("Content-Type", w.FormDataContentType())
		a := serve(t, s, r)
		if a.OK != (tt.want == "") || a.Description != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, a.Description, tt.want)
			continue
		}
		if !a.OK {
			continue
		}
		m, _ := chat.Last()
		if m.Picture.Name != "sign.png" || m.Picture.Width != 30 || !bytes.Equal(m.Picture.Content, small) || s.Calls()[0].Files["photo"] != "sign.png" {
			t.Errorf("the chat shows %+v", m.Picture)
		}
		wantValid(t, s)
	}
}

func TestCallsCanBeForgotten(t *testing.T) {
	s, _, _ := quiet(t)
	wantOK(t, ask(t, s, "getMe", nil))
	wantOK(t, ask(t, s, "getMyName", nil))
	if s.CountCalls() != 2 || s.CountCalls("getMe", "sendMessage") != 1 {
		t.Errorf("%d calls, %d of getMe", s.CountCalls(), s.CountCalls("getMe"))
	}
	s.Calls()[0].Params["changed"] = "here"
	if len(s.Calls()[0].Params) != 0 {
		t.Error("a test changed what was recorded")
	}
	s.ForgetCalls()
	if len(s.Calls()) != 0 {
		t.Errorf("calls %+v", s.Calls())
	}
}
