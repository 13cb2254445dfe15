package telegramtest

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
)

// script calls the JSON for scripts.
func script(t *testing.T, method, url, body string) (int, string) {
	t.Helper()
	req, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(resp.Body)
	if err := errors.Join(err, resp.Body.Close()); err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(data)
}

func TestPhone(t *testing.T) {
	s := New(Options{})
	url := s.Start(t)
	for _, step := range []struct {
		method, path, body string
		status             int
		want               string
	}{
		{"GET", "/", "", 200, "<!doctype html>"},
		{"GET", "/nothing", "", 404, ""},
		{"GET", "/phone/chats", "", 200, "[]"},
		{"POST", "/phone/chats", `{"name": "Ann", "language_code": "ti"}`, 200, `{"id":1,"name":"Ann","language_code":"ti","kind":"private","blocked":false}`},
		{"POST", "/phone/chats", `{"id": -5, "kind": "group", "title": "Neighbours"}`, 200, `"name":"Neighbours"`},
		{"POST", "/phone/chats", `{`, 400, "read JSON"},
		{"GET", "/phone/chats", "", 200, `[{"id":-5,`},
		{"POST", "/phone/chats/1/send", `{"text": "/start"}`, 200, `"text":"/start"`},
		{"POST", "/phone/chats/1/send", `{"kind": "voice"}`, 200, `"kind":"voice"`},
		{"POST", "/phone/chats/1/send", `{"kind": "photo", "text": "look"}`, 200, `"kind":"photo","text":"look"`},
		{"POST", "/phone/chats/1/send", `{"kind": "sticker"}`, 200, `"kind":"sticker"`},
		{"POST", "/phone/chats/1/send", `{"kind": "contact"}`, 200, `"kind":"contact"`},
		{"POST", "/phone/chats/1/send", `{"kind": "location"}`, 200, `"kind":"location"`},
		{"POST", "/phone/chats/1/send", `{"kind": "dance"}`, 400, `kind "dance"`},
		{"POST", "/phone/chats/1/press", `{"button": "Yes"}`, 409, "no message has such a button"},
		{"POST", "/phone/chats/1/press", `{"message_id": 1, "data": "x"}`, 200, "messages"},
		{"POST", "/phone/chats/1/block", `{"blocked": true}`, 200, `"blocked":true`},
		{"POST", "/phone/chats/1/block", `{"blocked": false}`, 200, `"blocked":false`},
		{"GET", "/phone/chats/2", "", 404, `chat "2": there is none`},
		{"GET", "/phone/chats/x", "", 404, "there is none"},
		{"POST", "/bot123456:fake/sendPhoto?chat_id=1&photo=https://a.org/a.png&caption=see", "", 200, "photo-1"},
		{"GET", "/phone/chats/1", "", 200, `"notifications":[{"message_id":7,"text":"[photo] see"`},
		{"GET", "/phone/pictures/photo-1", "", 404, ""},
		{"GET", "/phone/calls", "", 200, `"Method":"sendPhoto"`},
		{"GET", "/phone/invalid", "", 200, "null"},
		{"GET", "/phone/changes?since=0", "", 200, `{"version":`},
	} {
		status, body := script(t, step.method, url+step.path, step.body)
		if status != step.status || !strings.Contains(body, step.want) {
			t.Errorf("%s %s %s: %d %s, want %d %s", step.method, step.path, step.body, status, body, step.status, step.want)
		}
	}
	wantValid(t, s)
}

func TestPhoneWaitsForChange(t *testing.T) {
	s := New(Options{})
	url := s.Start(t)
	s.mu.Lock()
	version := s.version
	s.mu.Unlock()
	got := make(chan string)
	go func() {
		_, body := script(t, "GET", fmt.Sprintf("%s/phone/changes?since=%d", url, version), "")
		got <- body
	}()
	s.Chat(7)
	var answer struct{ Version uint64 }
	if err := json.Unmarshal([]byte(<-got), &answer); err != nil || answer.Version <= version {
		t.Errorf("version %d after %d, %v", answer.Version, version, err)
	}
}

// A page of another site cannot press buttons here.
func TestPhoneRefusesOtherSites(t *testing.T) {
	s := New(Options{})
	url := s.Start(t)
	req, err := http.NewRequest(http.MethodPost, url+"/phone/chats", strings.NewReader(`{}`))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Origin", "https://evil.example")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	if err := resp.Body.Close(); err != nil || resp.StatusCode != http.StatusForbidden {
		t.Errorf("status %d, %v", resp.StatusCode, err)
	}
}

func TestPhoneShowsPictures(t *testing.T) {
	s := New(Options{})
	url := s.Start(t)
	content := pngOf(t, 3, 2)
	p, failed := s.upload(upload{"a.png", content})
	if failed != nil {
		t.Fatal(failed)
	}
	resp, err := http.Get(url + "/phone/pictures/" + p.FileID)
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(resp.Body)
	if err := errors.Join(err, resp.Body.Close()); err != nil || string(got) != string(content) || resp.Header.Get("Content-Type") != "image/png" {
		t.Errorf("%d bytes of %s, %v", len(got), resp.Header.Get("Content-Type"), err)
	}
}
