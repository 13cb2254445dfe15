package main

import (
	"math/rand/v2"
	"testing"
)

// TestAccount: each thing that can go wrong shows in its own column and in no other.
func TestAccount(t *testing.T) {
	words, err := readWords()
	if err != nil {
		t.Fatal(err)
	}
	const a, b, c = tickScreen + "/+debt", tickScreen + "/+no-pay", tickScreen + "/+threats"
	const done, place, back = tickScreen + "/done", "adult-self/want/safe-place", "!back"
	tests := []struct {
		name    string
		pressed []string
		handled []string // what the bot does with it, in that order
		want    counts
	}{
		{"all is well", []string{a, b, done, back, c}, []string{a, b, done, back, c}, counts{updates: 5}},
		{"one is lost", []string{a, b, c}, []string{a, c}, counts{updates: 3, lost: 1}},
		{"the last is lost", []string{a, b, c}, []string{a, b}, counts{updates: 3, lost: 1}},
		{"two are swapped", []string{a, b, c}, []string{b, a, c}, counts{updates: 3, reordered: 1}},
		{"one counts twice", []string{a, done, place, back}, []string{a, done, place, back, back}, counts{updates: 4, repeated: 1}},
		{"one is shown twice", []string{a, b}, []string{a, a, b}, counts{updates: 2, twice: 1}},
		{"a screen from nowhere", []string{a}, []string{a, "!aside/afraid"}, counts{updates: 1, wrong: 1}},
	}
	for _, tt := range tests {
		acc := account{words: words, cur: words.begin()}
		for _, data := range []string{"!lang/en", "gate/start/about-me", "gate/age-me/adult"} {
			acc.cur = words.press(acc.cur, data)
		}
		for _, data := range tt.pressed {
			acc.press(data)
		}
		bot := acc.cur
		for _, data := range tt.handled {
			bot = words.press(bot, data)
			acc.show(1, seen{screen: words.screen(bot)}, false)
		}
		acc.settled()
		if acc.counts != tt.want {
			t.Errorf("%s: %+v, want %+v", tt.name, acc.counts, tt.want)
		}
	}
}

// TestEachButtonChangesTheScreen: an account can tell a button that was lost only if
// each changes the screen.
func TestEachButtonChangesTheScreen(t *testing.T) {
	words, err := readWords()
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(1, 1))
	backs := 0
	for range 200 {
		s := words.begin()
		for range 50 {
			data := words.next(s, random)
			after := words.press(s, data)
			if words.screen(after) == words.screen(s) {
				t.Fatalf("%s at %s changes nothing", data, words.screen(s))
			}
			if data == "!back" && words.screen(words.press(after, data)) != words.screen(after) {
				backs++
			}
			s = after
		}
	}
	if backs < 500 {
		t.Errorf("%d buttons of 10000 would show if they counted twice, want some hundreds", backs)
	}
}
