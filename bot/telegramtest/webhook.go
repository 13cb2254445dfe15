package telegramtest

import (
	"context"
	"net/url"
	"regexp"
	"slices"
	"time"
)

// hook is a webhook that has been set.
type hook struct {
	url, secret    string
	maxConnections int
	slots          chan struct{} // as many as maxConnections
	ctx            context.Context
	cancel         context.CancelFunc
}

// hookError is the last delivery that went wrong.
type hookError struct {
	at   time.Time
	text string
}

func (s *Server) setWebhook(c *Call) (any, *apiError) {
	address := c.params.values["url"]
	if address == "" {
		return s.deleteWebhook(c)
	}
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return nil, broken("bad webhook: An HTTPS URL must be provided for webhook")
	}
	secret := c.params.values["secret_token"]
	if secret != "" && !regexp.MustCompile(`^[A-Za-z0-9_-]{1,256}$`).MatchString(secret) {
		return nil, broken("secret token contains unallowed characters")
	}
	n := int(c.params.int64("max_connections"))
	if n < 1 || n > 100 {
		n = 40
	}
	if failed := s.allow(c); failed != nil {
		return nil, failed
	}
	h := &hook{url: address, secret: secret, maxConnections: n, slots: make(chan struct{}, n)}
	h.ctx, h.cancel = context.WithCancel(s.ctx)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.unhook(c)
	s.hook = h
	if s.poll != nil {
		s.poll.end(telegramText("terminated by setWebhook request"))
	}
	for _, q := range s.queues {
		s.deliver(q)
	}
	s.notify()
	return true, nil
}

func (s *Server) deleteWebhook(c *Call) (any, *apiError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.unhook(c)
	s.notify()
	return true, nil
}

// unhook ends the webhook; deliveries under way may still arrive.
func (s *Server) unhook(c *Call) {
	if s.hook != nil {
		s.hook.cancel()
		s.hook = nil
	}
	if c.params.bool("drop_pending_updates") {
		for _, u := range slices.Clone(s.pending) {
			s.finish(u)
		}
	}
}

func (s *Server) getWebhookInfo(*Call) (any, *apiError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.expire()
	info := map[string]any{"url": "", "has_custom_certificate": false, "pending_update_count": s.waiting}
	if s.hook != nil {
		info["url"], info["max_connections"] = s.hook.url, s.hook.maxConnections
	}
	if s.allowed != nil {
		kinds := []string{}
		for kind := range s.allowed {
			kinds = append(kinds, kind)
		}
		slices.Sort(kinds)
		info["allowed_updates"] = kinds
	}
	if s.hookError.text != "" {
		info["last_error_date"], info["last_error_message"] = s.hookError.at.Unix(), s.hookError.text
	}
	return info, nil
}
