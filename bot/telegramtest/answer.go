package telegramtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
)

// apiError is an answer with "ok": false.
type apiError struct {
	code       int
	text       string
	retryAfter int
	rule       bool // the call itself breaks a rule, whatever the chat holds
}

func (e *apiError) Error() string { return e.text }

// badRequest is a 400 in Telegram's form.
func badRequest(format string, args ...any) *apiError {
	return &apiError{code: http.StatusBadRequest, text: "Bad Request: " + fmt.Sprintf(format, args...)}
}

// broken is a badRequest that only a mistake in the bot can cause, so that it is
// listed by Server.Invalid too.
func broken(format string, args ...any) *apiError {
	e := badRequest(format, args...)
	e.rule = true
	return e
}

func forbidden(text string) *apiError {
	return &apiError{code: http.StatusForbidden, text: "Forbidden: " + text}
}

func conflict(text string) *apiError {
	return &apiError{code: http.StatusConflict, text: "Conflict: " + text}
}

// envelope is the body of every answer.
type envelope struct {
	OK          bool        `json:"ok"`
	Result      any         `json:"result,omitempty"`
	ErrorCode   int         `json:"error_code,omitempty"`
	Description string      `json:"description,omitempty"`
	Parameters  *parameters `json:"parameters,omitempty"`
}

type parameters struct {
	RetryAfter int `json:"retry_after,omitempty"`
}

// encode makes status and body of an answer.
func encode(result any, failed *apiError) (int, []byte) {
	out, status := envelope{OK: true, Result: result}, http.StatusOK
	if failed != nil {
		status = failed.code
		out = envelope{ErrorCode: failed.code, Description: failed.text}
		if failed.retryAfter > 0 {
			out.Parameters = &parameters{failed.retryAfter}
		}
	}
	body, err := json.Marshal(out)
	if err != nil { // only our own types are in it
		panic(fmt.Sprintf("telegramtest: encode an answer: %v", err))
	}
	return status, body
}

func write(w http.ResponseWriter, status int, body []byte, failed *apiError) {
	w.Header().Set("Content-Type", "application/json")
	if failed != nil && failed.retryAfter > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(failed.retryAfter))
	}
	w.WriteHeader(status)
	_, _ = w.Write(body) // the bot has gone: nobody to tell
}

// telegramText is an error in Telegram's own words, which begin with a capital.
type telegramText string

func (t telegramText) Error() string { return string(t) }

func saying(format string, args ...any) error {
	return telegramText(fmt.Sprintf(format, args...))
}
