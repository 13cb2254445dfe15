package telegramtest

import (
	"context"
	"crypto/subtle"
	"net/http"
	"slices"
	"strings"
)

// method is one Bot API method: its name and what it does. The call's own
// mistakes that Telegram forgives are noted, not returned.
type method struct {
	name string
	run  func(s *Server, c *Call) (any, *apiError)
}

// methodNamed finds a method; Telegram ignores the case of its name. getUpdates
// is served apart, since it waits.
func methodNamed(name string) (method, bool) {
	all := []method{
		{"answerCallbackQuery", (*Server).answerCallbackQuery},
		{"deleteMessage", (*Server).deleteMessage},
		{"deleteMessages", (*Server).deleteMessages},
		{"deleteWebhook", (*Server).deleteWebhook},
		{"editMessageCaption", (*Server).editMessageCaption},
		{"editMessageMedia", (*Server).editMessageMedia},
		{"editMessageReplyMarkup", (*Server).editMessageReplyMarkup},
		{"editMessageText", (*Server).editMessageText},
		{"getChat", (*Server).getChat},
		{"getMe", (*Server).getMe},
		{"getMyCommands", (*Server).getMyCommands},
		{"getMyDescription", (*Server).getMyDescription},
		{"getMyName", (*Server).getMyName},
		{"getMyShortDescription", (*Server).getMyShortDescription},
		{"getUpdates", nil},
		{"getWebhookInfo", (*Server).getWebhookInfo},
		{"leaveChat", (*Server).leaveChat},
		{"sendChatAction", (*Server).sendChatAction},
		{"sendMessage", (*Server).sendMessage},
		{"sendPhoto", (*Server).sendPhoto},
		{"setMyCommands", (*Server).setMyCommands},
		{"setMyDescription", (*Server).setMyDescription},
		{"setMyName", (*Server).setMyName},
		{"setMyShortDescription", (*Server).setMyShortDescription},
		{"setWebhook", (*Server).setWebhook},
	}
	for _, m := range all {
		if strings.EqualFold(m.name, name) {
			return m, true
		}
	}
	return method{}, false
}

// serveBot answers /bot<token>/<method> and /bot<token>/test/<method>.
func (s *Server) serveBot(w http.ResponseWriter, r *http.Request) {
	token, name, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/bot"), "/")
	name = strings.TrimPrefix(name, "test/")
	if subtle.ConstantTimeCompare([]byte(token), []byte(s.opts.Token)) != 1 {
		refuse(w, &apiError{code: http.StatusUnauthorized, text: "Unauthorized"})
		return
	}
	m, known := methodNamed(name)
	if known {
		name = m.name
	}
	p, err := readParams(r)
	if err != nil {
		s.note(name, err.Error())
		refuse(w, badRequest("%v", err))
		return
	}
	c := s.begin(name, p, false)
	long := name == "getUpdates"
	if !long {
		s.flight(1)
		defer s.flight(-1)
	}
	f := s.takeFault(c)
	if f.before(r.Context(), s.ctx) {
		f.fail(w, nil)
		s.end(c, f.status(), "planned fault")
		return
	}
	result, failed := s.run(r.Context(), m, c)
	status, body := encode(result, failed)
	if f.after(r.Context(), s.ctx) {
		f.fail(w, body)
		s.end(c, f.status(), "planned fault")
		return
	}
	// Noted before it is written: who has the answer also sees it in Calls.
	s.end(c, status, describe(failed))
	write(w, status, body, failed)
}

// run checks and executes one call.
func (s *Server) run(ctx context.Context, m method, c *Call) (any, *apiError) {
	if m.name == "" {
		s.note(c.Method, "no such method here")
		return nil, &apiError{code: http.StatusNotFound, text: "Not Found: method not found"}
	}
	if s.oracle != nil {
		for _, problem := range s.oracle.check(m.name, c.params) {
			s.note(m.name, problem)
		}
	}
	var result any
	var failed *apiError
	if m.run == nil {
		result, failed = s.getUpdates(ctx, c)
	} else {
		result, failed = m.run(s, c)
	}
	if failed != nil && failed.rule {
		s.note(m.name, failed.text)
	}
	return result, failed
}

// inWebhook executes the call that a bot put into its answer to a webhook
// request. Telegram tells nobody what came of it.
func (s *Server) inWebhook(name string, p params) {
	lower := strings.ToLower(name)
	if strings.HasPrefix(lower, "get") || slices.Contains([]string{"setwebhook", "deletewebhook", "close", "logout"}, lower) {
		return
	}
	m, known := methodNamed(name)
	if known {
		name = m.name
	}
	c := s.begin(name, p, true)
	f := s.takeFault(c)
	if f.before(s.ctx, s.ctx) {
		s.end(c, f.status(), "planned fault")
		return
	}
	_, failed := s.run(s.ctx, m, c)
	status, _ := encode(nil, failed)
	f.after(s.ctx, s.ctx)
	s.end(c, status, describe(failed))
}

func refuse(w http.ResponseWriter, failed *apiError) {
	status, body := encode(nil, failed)
	write(w, status, body, failed)
}

func describe(failed *apiError) string {
	if failed == nil {
		return ""
	}
	return failed.text
}
