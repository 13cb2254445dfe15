package main

import (
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// outcomes counts outcomes by pathway and kind. What is counted in an hour shows
// only when the hour is over, so that nobody who reads the metrics can tell when a
// person pressed.
type outcomes struct {
	now  func() time.Time
	desc *prometheus.Desc

	mu    sync.Mutex
	hour  int64
	open  map[[2]string]uint64
	shown map[[2]string]uint64
}

func newOutcomes(now func() time.Time) *outcomes {
	return &outcomes{
		now: now,
		desc: prometheus.NewDesc("pathway_outcomes_total",
			"Outcomes reached, up to the last full hour.", []string{"pathway", "outcome"}, nil),
		open: map[[2]string]uint64{}, shown: map[[2]string]uint64{},
	}
}

func (o *outcomes) reached(pathway, outcome string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.turn()
	o.open[[2]string{pathway, outcome}]++
}

// turn publishes what was counted before this hour.
func (o *outcomes) turn() {
	hour := o.now().Unix() / 3600
	if hour == o.hour {
		return
	}
	o.hour = hour
	for k, n := range o.open {
		o.shown[k] += n
	}
	clear(o.open)
}

// Describe implements prometheus.Collector.
func (o *outcomes) Describe(c chan<- *prometheus.Desc) { c <- o.desc }

// Collect implements prometheus.Collector.
func (o *outcomes) Collect(c chan<- prometheus.Metric) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.turn()
	for k, n := range o.shown {
		c <- prometheus.MustNewConstMetric(o.desc, prometheus.CounterValue, float64(n), k[0], k[1])
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
