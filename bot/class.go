package bot

import (
	"context"
	"errors"
	"io"
	"net"
	"strings"

	tg "github.com/go-telegram/bot"

	"pathwaybot/session"
)

// class is what a failed call means for us.
type class string

// The classes of failure. Only one of them is mended by trying again.
const (
	fine    class = ""
	refused class = "400"   // this call, with this content, will never be accepted
	blocked class = "403"   // the person does not want to hear from us
	later   class = "later" // limits, outages, a token that does not count just now
)

// sortOf sorts an error of a call to Telegram. That a message already looks as it
// should, or that nobody waits for the answer to a press any longer, is no error.
func sortOf(err error) class {
	switch {
	case err == nil:
		return fine
	case errors.Is(err, tg.ErrorForbidden):
		return blocked
	case !errors.Is(err, tg.ErrorBadRequest):
		return later
	}
	text := err.Error()
	if strings.Contains(text, "message is not modified") || strings.Contains(text, "query is too old") {
		return fine
	}
	return refused
}

// reason is how an error appears in counters and in the log: never its text, which
// can hold what Telegram was sent.
func reason(err error) string {
	var tooMany *tg.TooManyRequestsError
	var no *refusal
	var network net.Error
	switch {
	case errors.Is(err, session.ErrAway):
		return "session store is away"
	case errors.Is(err, session.ErrConflict):
		return "conflict"
	case errors.Is(err, errHeld):
		return "held back"
	case errors.As(err, &tooMany):
		return "429"
	case errors.Is(err, tg.ErrorBadRequest):
		return "400"
	case errors.Is(err, tg.ErrorForbidden):
		return "403"
	case errors.Is(err, tg.ErrorUnauthorized):
		return "401"
	case errors.Is(err, tg.ErrorNotFound):
		return "404"
	case errors.Is(err, tg.ErrorConflict):
		return "409"
	case errors.As(err, &no):
		return no.Error()
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return "time is up"
	case errors.As(err, &network), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return "network"
	}
	return "error"
}
