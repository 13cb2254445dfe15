package session

import (
	"bytes"
	"testing"

	"pathwaybot/session/redistest"
)

func BenchmarkLoadSave(b *testing.B) {
	r := openRedis(b, redistest.Start(b).URL())
	walk, mail := bytes.Repeat([]byte("w"), 400), bytes.Repeat([]byte("m"), 100)
	b.ReportAllocs()
	for b.Loop() {
		rec, err := r.Load(b.Context(), amina)
		if err != nil {
			b.Fatal(err)
		}
		rec.Walk, rec.Mail = walk, mail
		if _, err := r.Save(b.Context(), rec, due(start)); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkLeaseNone(b *testing.B) {
	r := openRedis(b, redistest.Start(b).URL())
	for b.Loop() {
		if _, err := r.Lease(b.Context(), start, usual.Walk, 50); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSealOpen(b *testing.B) {
	s := testRing(b)[0].walk
	walk := bytes.Repeat([]byte("w"), 400)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := open(s, "key", "version", string(s.seal("key", "version", walk))); err != nil {
			b.Fatal(err)
		}
	}
}
