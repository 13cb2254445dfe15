package handlers

import (
	"reflect"
	"testing"

	"pathwaybot/flows"
)

func TestWalkIsReadAsWritten(t *testing.T) {
	for name, w := range map[string]Walk{
		"nobody":          {},
		"forgotten":       {Lang: "ro", Seen: []uint32{1, 4294967295}, Touched: 29453400},
		"begun":           {Lang: "ar", Flow: &flows.State{Main: flows.Leg{At: "gate/start"}}},
		"pictures":        {Lang: "en", Images: true},
		"a number failed": {Lang: "en", Failed: []string{"acas"}, Flow: &flows.State{Main: flows.Leg{At: "gate/start"}}},
		"everything": {
			Lang: "zh-Hans", Area: "E07000243", Mute: true, Images: true, Note: "ui.old-press", Over: "area/E10000015/1", More: 2, Touched: 1, Seen: []uint32{7},
			Failed: []string{"police-101", "childline"},
			Flow: &flows.State{
				Entry: "work-child/today",
				Main: flows.Leg{At: "a/b", Ticks: []string{"x", "y"}, Walk: []flows.Answer{
					{Node: "a/c", Option: "some", Ticks: []string{"p", "q"}}, {Node: "a/d", Option: "yes"},
				}},
				Aside: &flows.Leg{At: "help/card", Walk: []flows.Answer{{Node: "help/first", Option: "next"}}},
			},
		},
	} {
		got, err := readWalk(w.write())
		if err != nil || !reflect.DeepEqual(got, w) {
			t.Errorf("%s: wrote\n%s\nread %+v, %v", name, w.write(), got, err)
		}
	}
}

func FuzzReadWalk(f *testing.F) {
	f.Add([]byte(""))
	f.Add([]byte("walk1 en - - - 0 0 - -"))
	f.Add([]byte("walk1 ro E1 m area 0 9 1,z e/f\nmain a/b t,u\n+ a/c some x,y\naside h/c"))
	f.Add([]byte("walk1 en - - - 0 0 - -\n+ a/b c"))
	f.Add([]byte("walk1 en - - wrong 0 0 - - police-101,acas\nmain a/b"))
	f.Add([]byte("walk1 en - - - 0 0 - - police-101"))
	f.Fuzz(func(t *testing.T, kept []byte) {
		w, err := readWalk(kept)
		if err != nil {
			return
		}
		again, err := readWalk(w.write())
		if err != nil || !reflect.DeepEqual(again, w) {
			t.Errorf("%q reads as %+v and then as %+v, %v", kept, w, again, err)
		}
	})
}
