package bot

import (
	"log/slog"
	"net"
	"strings"
	"testing"
	"time"

	tg "github.com/go-telegram/bot"
)

func TestErrorsHideTheToken(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := "http://" + l.Addr().String()
	_ = l.Close() // nobody answers there
	c := newClient(address, "123:TOKEN", newPace(Limits{}.usual()), newCounter(slog.New(slog.DiscardHandler), time.Now))
	api, err := tg.New("123:TOKEN", tg.WithSkipGetMe(), tg.WithServerURL(address), tg.WithHTTPClient(time.Second, c))
	if err != nil {
		t.Fatal(err)
	}
	_, byLibrary := api.GetMe(t.Context())
	for _, err := range []error{byLibrary, c.call(t.Context(), "getMe", struct{}{}, nil)} {
		if err == nil || strings.Contains(err.Error(), "TOKEN") || sortOf(err) != later || reason(err) != "network" {
			t.Errorf("error %v, of class %q, reason %q", err, sortOf(err), reason(err))
		}
	}
}
