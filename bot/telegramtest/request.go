package telegramtest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"
)

// maxRequest is more than any picture that sendPhoto takes.
const maxRequest = 64 << 20

// params are the parameters of one call, whatever way they came: a text as it
// is, anything else as JSON, exactly as a form field would carry it.
type params struct {
	values map[string]string
	files  map[string]upload
}

type upload struct {
	name    string
	content []byte
}

func (p params) int64(key string) int64 {
	n, err := strconv.ParseInt(strings.TrimSpace(p.values[key]), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// bool reads a flag as Telegram does: "true", "yes" and "1".
func (p params) bool(key string) bool {
	switch strings.ToLower(strings.TrimSpace(p.values[key])) {
	case "true", "yes", "1":
		return true
	}
	return false
}

// json decodes a nested object; an absent one leaves v alone.
func (p params) json(key string, v any) *apiError {
	text := p.values[key]
	if text == "" {
		return nil
	}
	if err := json.Unmarshal([]byte(text), v); err != nil {
		return badRequest("can't parse %s JSON object", strings.ReplaceAll(key, "_", " "))
	}
	return nil
}

// readParams reads a query, an urlencoded form, a multipart form or JSON.
func readParams(r *http.Request) (params, error) {
	p := params{values: map[string]string{}, files: map[string]upload{}}
	p.form(r.URL.Query())
	body := http.MaxBytesReader(nil, r.Body, maxRequest)
	kind, attrs, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil && r.Header.Get("Content-Type") != "" {
		return p, fmt.Errorf("read content type: %w", err)
	}
	switch kind {
	case "multipart/form-data":
		err = p.multipart(body, attrs["boundary"])
	case "application/json":
		err = p.object(body)
	default:
		var data []byte
		if data, err = io.ReadAll(body); err == nil {
			var form url.Values
			form, err = url.ParseQuery(string(data))
			p.form(form)
		}
	}
	if err != nil {
		return p, err
	}
	for key, value := range p.values {
		if !utf8.ValidString(value) {
			return p, fmt.Errorf("parameter %q: strings must be encoded in UTF-8", key)
		}
	}
	return p, nil
}

func (p params) form(values url.Values) {
	for key, all := range values {
		p.values[key] = all[0]
	}
}

// multipart reads the parts. A form that ends before its first part is empty:
// clients send such a one for methods without parameters.
func (p params) multipart(body io.Reader, boundary string) error {
	reader := multipart.NewReader(body, boundary)
	for {
		part, err := reader.NextRawPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read multipart: %w", err)
		}
		data, err := io.ReadAll(part)
		if err != nil {
			return fmt.Errorf("read multipart: %w", err)
		}
		if name := part.FileName(); name != "" {
			p.files[part.FormName()] = upload{name, data}
		} else {
			p.values[part.FormName()] = string(data)
		}
	}
}

func (p params) object(body io.Reader) error {
	data, err := io.ReadAll(body)
	if err != nil {
		return err
	}
	if len(bytes.TrimSpace(data)) == 0 {
		return nil
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(data, &fields); err != nil {
		return fmt.Errorf("read JSON: %w", err)
	}
	for key, raw := range fields {
		var text string
		if err := json.Unmarshal(raw, &text); err == nil && raw[0] == '"' {
			p.values[key] = text
		} else if string(raw) != "null" {
			p.values[key] = string(raw)
		}
	}
	return nil
}
