package bot

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"io"
	"net/http"
)

// maxUpdate is the largest update that is read.
const maxUpdate = 1 << 20

// secretHeader carries the secret of setWebhook.
const secretHeader = "X-Telegram-Bot-Api-Secret-Token"

// receive takes one update by webhook. It answers 200 only when the step is saved
// and shown; anything else makes Telegram send the update again, so what can never
// be handled is acknowledged and counted.
func (b *Bot) receive(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		http.Error(w, "POST only", http.StatusMethodNotAllowed)
		return
	}
	if !b.secret(r.Header.Get(secretHeader)) {
		b.note.fault("webhook: 401")
		http.Error(w, "wrong secret", http.StatusUnauthorized)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxUpdate))
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		b.note.fault("update too large")
		return
	case err != nil: // cut off: it will come again
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	u, err := readUpdate(body, b.config.Now())
	if err != nil {
		b.note.fault("update not understood")
		return
	}
	place, ok := b.order.join(u.chat)
	if !ok { // we are closing; another replica, or we after the restart
		again(w)
		return
	}
	var done answer
	place.run(func() { done = b.handle(r.Context(), u) })
	switch {
	case done.again:
		again(w)
	case done.press != "":
		reply(w, done)
	}
}

// secret compares in constant time. Hashed, so that not even the length is told.
func (b *Bot) secret(given string) bool {
	want := b.config.Webhook.Secret
	a, c := sha256.Sum256([]byte(given)), sha256.Sum256([]byte(want))
	return want != "" && subtle.ConstantTimeCompare(a[:], c[:]) == 1
}

// again asks Telegram to send the update once more, in two seconds.
func again(w http.ResponseWriter) {
	w.Header().Set("Retry-After", "2")
	w.WriteHeader(http.StatusServiceUnavailable)
}

// reply answers a press in the webhook's own answer, which saves a call:
// https://core.telegram.org/bots/api#making-requests-when-getting-updates
func reply(w http.ResponseWriter, a answer) {
	body, err := json.Marshal(struct {
		Method string `json:"method"`
		Press  string `json:"callback_query_id"`
		Text   string `json:"text,omitempty"`
	}{"answerCallbackQuery", a.press, a.text})
	if err != nil {
		return // two texts: it cannot happen
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(body) // Telegram has gone: nobody to tell
}
