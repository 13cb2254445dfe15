package bot

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"time"
)

// patience is how long a call waits for Telegram's limits, in all its tries.
const patience = 10 * time.Second

// moment is how long a screen waits for our own limits before it is put off.
const moment = time.Second

// callLimit is how long a call may take in all its tries.
const callLimit = 20 * time.Second

// maxAnswer is the largest answer that is read. A hundred long messages with many
// links can be larger: then fewer are asked for.
const maxAnswer = 16 << 20

// errTooLarge says that an answer was larger than maxAnswer.
var errTooLarge = errors.New("answer too large")

// client carries the library's requests to Telegram: it keeps connections, keeps to
// the limits, tries again after a 429, and counts. Its errors never hold the
// address, which holds the token.
type client struct {
	http *http.Client
	pace *pace
	base string // address and token, for the calls that we make ourselves
	note *counter
}

func newClient(api, token string, p *pace, c *counter) *client {
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.MaxIdleConns, t.MaxIdleConnsPerHost = 0, 64 // the default of 2 opens a connection for nearly every call
	return &client{http: &http.Client{Transport: t}, pace: p, base: api + "/bot" + token + "/", note: c}
}

// pacing says how the calls under a context keep to the limits.
type pacing struct {
	chat     int64
	patience time.Duration // how long a call waits for its turn
	urgent   bool          // it waits for its chat's turn, not for all others
}

type pacingKey struct{}

// about says which chat the calls under a context are about.
func about(ctx context.Context, chat int64) context.Context {
	return context.WithValue(ctx, pacingKey{}, pacing{chat: chat, patience: patience})
}

// atOnce lets the calls under a context go before all others: what hides a screen
// waits for nobody. There are few of them, and Telegram itself says when it is too much.
func atOnce(ctx context.Context) context.Context {
	return context.WithValue(ctx, pacingKey{}, nil)
}

// quickly lets the calls under a context give up after a moment rather than hold up
// what the same person does next; urgent ones do not wait for other people either.
func quickly(ctx context.Context, urgent bool) context.Context {
	p, ok := ctx.Value(pacingKey{}).(pacing)
	if !ok {
		return ctx
	}
	p.patience, p.urgent = moment, urgent
	return context.WithValue(ctx, pacingKey{}, p)
}

// paced reports whether a method counts against Telegram's limits.
func paced(method string) bool {
	return method == "sendMessage" || method == "editMessageText" || method == "editMessageMedia"
}

// Do sends one request of the library's, as tg.HttpClient wants it.
func (c *client) Do(req *http.Request) (*http.Response, error) {
	method := path.Base(req.URL.Path)
	body, err := io.ReadAll(req.Body) // once, so that a second try can send it again
	if err != nil {
		return nil, fmt.Errorf("%s: read the request: %w", method, err)
	}
	ctx, cancel := context.WithTimeout(req.Context(), callLimit)
	defer cancel()
	if p, ok := ctx.Value(pacingKey{}).(pacing); ok && paced(method) {
		if err := c.pace.wait(ctx, p); err != nil {
			return nil, fmt.Errorf("%s: %w", method, err)
		}
	}
	for waited := time.Duration(0); ; {
		resp, err := c.once(ctx, req, body)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", method, err)
		}
		if resp.StatusCode >= http.StatusInternalServerError {
			c.note.fault(method + ": " + strconv.Itoa(resp.StatusCode))
		}
		wait := retryAfter(resp)
		if resp.StatusCode != http.StatusTooManyRequests || waited+wait > patience {
			return resp, nil
		}
		waited += wait
		c.note.fault(method + ": 429")
		if err := sleep(ctx, wait); err != nil {
			return nil, fmt.Errorf("%s: %w", method, err)
		}
	}
}

// once sends a request and reads the whole answer.
func (c *client) once(ctx context.Context, req *http.Request, body []byte) (*http.Response, error) {
	again := req.Clone(ctx)
	again.ContentLength = int64(len(body))
	again.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil }
	again.Body, _ = again.GetBody()
	resp, err := c.http.Do(again)
	if err != nil {
		return nil, hidden(err)
	}
	answer, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer+1))
	if closed := resp.Body.Close(); err == nil {
		err = closed
	}
	if len(answer) > maxAnswer {
		err = errTooLarge
	}
	if err != nil {
		return nil, fmt.Errorf("read the answer: %w", err)
	}
	resp.Body = io.NopCloser(bytes.NewReader(answer))
	return resp, nil
}

// call makes a call that the library does not offer in the form we need.
func (c *client) call(ctx context.Context, method string, params, result any) error {
	body, err := json.Marshal(params)
	if err != nil {
		return fmt.Errorf("%s: encode: %w", method, err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.base+method, nil)
	if err != nil {
		return fmt.Errorf("%s: %w", method, hidden(err))
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := c.once(ctx, req, body)
	if err != nil {
		return fmt.Errorf("%s: %w", method, err)
	}
	defer func() { _ = resp.Body.Close() }() // nothing is left to read
	wait := retryAfter(resp)
	var answer struct {
		OK     bool            `json:"ok"`
		Code   int             `json:"error_code"`
		Result json.RawMessage `json:"result"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&answer); err != nil {
		return fmt.Errorf("%s: %w", method, &refusal{code: resp.StatusCode})
	}
	if !answer.OK {
		return fmt.Errorf("%s: %w", method, &refusal{answer.Code, wait})
	}
	if err := json.Unmarshal(answer.Result, result); err != nil {
		return fmt.Errorf("%s: read the answer: not of the known form", method)
	}
	return nil
}

// refusal is Telegram's no to a call that we made ourselves.
type refusal struct {
	code  int
	after time.Duration // when to ask again; 0 where it was not said
}

func (r *refusal) Error() string { return strconv.Itoa(r.code) }

// retryAfter returns how long a 429 asks to wait, and leaves the answer readable.
func retryAfter(resp *http.Response) time.Duration {
	if resp.StatusCode != http.StatusTooManyRequests {
		return 0
	}
	body, err := io.ReadAll(resp.Body)
	resp.Body = io.NopCloser(bytes.NewReader(body))
	var answer struct {
		Parameters struct {
			RetryAfter int `json:"retry_after"`
		} `json:"parameters"`
	}
	if err != nil || json.Unmarshal(body, &answer) != nil || answer.Parameters.RetryAfter < 1 {
		return time.Second
	}
	return time.Duration(answer.Parameters.RetryAfter) * time.Second
}

// hidden takes the address out of an error.
func hidden(err error) error {
	var withAddress *url.Error
	if errors.As(err, &withAddress) {
		return withAddress.Err
	}
	return err
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// backoff is the wait after failures: it doubles with each.
type backoff struct{ first, last time.Duration }

// mostStuck bounds the wait while something is stuck, in first waits: two seconds.
const mostStuck = 8

// stuck returns the next wait when an update has to come again. Where the store is not
// away it is one chat's, and nobody else's updates are asked for meanwhile.
func (b *backoff) stuck(away bool) time.Duration {
	wait := b.next(0)
	if !away {
		wait = min(wait, mostStuck*b.first)
	}
	return wait
}

// next returns the next wait, which is not shorter than what was asked for.
func (b *backoff) next(asked time.Duration) time.Duration {
	b.last = min(max(2*b.last, b.first), 120*b.first)
	return max(b.last, asked)
}
