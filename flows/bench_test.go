package flows

import "testing"

func BenchmarkLoad(b *testing.B) {
	fsys := ownPathways(b)
	for b.Loop() {
		if _, err := Load(fsys); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkProve(b *testing.B) {
	g, pol := own(b)
	for b.Loop() {
		if p := g.Prove(pol); p.States == 0 {
			b.Fatal("no states")
		}
	}
}

func BenchmarkPress(b *testing.B) {
	g, _ := own(b)
	s, _ := do(b, g, g.Begin(), "gate/start/about-me, gate/age-me/adult, adult-self/what-happens/+no-pay, adult-self/what-happens/done")
	for b.Loop() {
		if _, c := g.Press(s, "adult-self/want", "talk"); c != Moved {
			b.Fatal("not moved")
		}
	}
}
