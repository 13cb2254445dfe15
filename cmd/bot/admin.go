package main

import (
	"context"
	"io"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"pathwaybot/session"
)

// admin is what operators reach and nobody else: whether the program lives, whether
// it is ready, and its figures. It names no person, no chat and no language.
func (s *service) admin() http.Handler {
	reg := prometheus.NewRegistry()
	reg.MustRegister(
		s.outcomes, s.wrong, collectors.NewGoCollector(),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{
			Name: "session_store_up", Help: "1 when the session store answers.",
		}, s.up),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{
			Name: "bank_holidays_known_days", Help: "Days until the bank-holiday table ends.",
		}, func() float64 { return s.guide.Contacts.HolidaysUntil().Sub(s.now()).Hours() / 24 }),
	)
	if s.telegram != nil {
		reg.MustRegister(newFaults("telegram_total", "What the Telegram channel met, by class.", s.telegram.Counts))
	}
	if r, ok := s.store.(*session.Redis); ok {
		reg.MustRegister(newFaults("session_total", "What the session store met, by class.", func() map[string]uint64 {
			return map[string]uint64{"unreadable": r.Unreadable()}
		}))
	}
	mux := http.NewServeMux()
	ok := func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "ok\n") }
	mux.HandleFunc("GET /healthz", ok)
	// Ready without the store too: no replica must be taken out for it, since each
	// can still show the emergency card.
	mux.HandleFunc("GET /readyz", ok)
	mux.Handle("GET /metrics", promhttp.HandlerFor(reg, promhttp.HandlerOpts{}))
	return mux
}

func (s *service) up() float64 {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	if s.store.Ping(ctx) != nil {
		return 0
	}
	return 1
}
