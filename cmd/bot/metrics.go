package main

import (
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// hourly counts by a few labels. What is counted in an hour shows only when the hour
// is over, so that nobody who reads the metrics can tell when a person pressed.
type hourly struct {
	now  func() time.Time
	desc *prometheus.Desc

	mu    sync.Mutex
	hour  int64
	open  map[[2]string]uint64
	shown map[[2]string]uint64
	width int // how many labels there are, at most two
}

func newHourly(now func() time.Time, name, help string, labels ...string) *hourly {
	return &hourly{
		now: now, desc: prometheus.NewDesc(name, help, labels, nil), width: len(labels),
		open: map[[2]string]uint64{}, shown: map[[2]string]uint64{},
	}
}

func (h *hourly) count(labels ...string) {
	var key [2]string
	copy(key[:], labels)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.turn()
	h.open[key]++
}

// turn publishes what was counted before this hour.
func (h *hourly) turn() {
	hour := h.now().Unix() / 3600
	if hour == h.hour {
		return
	}
	h.hour = hour
	for k, n := range h.open {
		h.shown[k] += n
	}
	clear(h.open)
}

// Describe implements prometheus.Collector.
func (h *hourly) Describe(c chan<- *prometheus.Desc) { c <- h.desc }

// Collect implements prometheus.Collector.
func (h *hourly) Collect(c chan<- prometheus.Metric) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.turn()
	for k, n := range h.shown {
		c <- prometheus.MustNewConstMetric(h.desc, prometheus.CounterValue, float64(n), k[:h.width]...)
	}
}

// faults shows counters that another part keeps, by class of fault.
type faults struct {
	desc *prometheus.Desc
	read func() map[string]uint64
}

func newFaults(name, help string, read func() map[string]uint64) *faults {
	return &faults{prometheus.NewDesc(name, help, []string{"class"}, nil), read}
}

// Describe implements prometheus.Collector.
func (f *faults) Describe(c chan<- *prometheus.Desc) { c <- f.desc }

// Collect implements prometheus.Collector.
func (f *faults) Collect(c chan<- prometheus.Metric) {
	for class, n := range f.read() {
		c <- prometheus.MustNewConstMetric(f.desc, prometheus.CounterValue, float64(n), class)
	}
}
