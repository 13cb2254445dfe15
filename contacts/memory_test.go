package contacts

import (
	"runtime"
	"testing"

	"pathwaybot/areas"
)

// TestMemory loads areas and directory as the program does and weighs what stays.
func TestMemory(t *testing.T) {
	weigh := func() int64 {
		runtime.GC()
		runtime.GC() // what had a finaliser goes with the second
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return int64(m.HeapAlloc)
	}
	before := weigh()
	places, err := areas.Load(areas.Files())
	if err != nil {
		t.Fatal(err)
	}
	onlyPlaces := weigh()
	d, err := Load(Files(), places)
	if err != nil {
		t.Fatal(err)
	}
	after := weigh()
	t.Logf("areas %d kB, directory %d kB", (onlyPlaces-before)/1000, (after-onlyPlaces)/1000)
	if after-before > 10_000_000 {
		t.Errorf("areas and directory take %d bytes, want at most 10 MB", after-before)
	}
	runtime.KeepAlive(places)
	runtime.KeepAlive(d)
}
