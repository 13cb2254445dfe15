package guide

import (
	"io/fs"
	"strings"
)

// dangerFile lists words of danger by language: whole words, stems of at least four
// letters, or several words together. The languages may be more than those spoken
// here, since people type in their own.
const dangerFile = "danger.yaml"

// danger is what somebody may type who needs help now.
type danger struct {
	words   [][]rune
	phrases []string // several words, or a script without spaces
}

// readDanger reads the list. A folder without one has no words of danger.
func readDanger(fsys fs.FS) (danger, error) {
	var d danger
	err := readList(fsys, dangerFile, d.take)
	return d, err
}

func (d *danger) take(word string) {
	runes := []rune(word)
	if strings.Contains(word, " ") || spaceless(runes[0]) {
		d.phrases = append(d.phrases, word)
		return
	}
	d.words = append(d.words, runes)
}

// Lengths from which a word of danger may be the beginning of a longer one, and from
// which one letter may be mistyped.
const (
	stemFrom  = 4
	typosFrom = 5
)

// in reports whether a text holds a word of danger.
func (d *danger) in(text string) bool {
	folded := fold(text)
	padded := " " + folded + " "
	for _, p := range d.phrases {
		if spaceless([]rune(p)[0]) && strings.Contains(folded, p) || strings.Contains(padded, " "+p+" ") {
			return true
		}
	}
	for _, typed := range strings.Fields(folded) {
		t := []rune(typed)
		for _, w := range d.words {
			switch {
			case len(t) < len(w)-1:
			case string(t) == string(w):
				return true
			case len(w) >= stemFrom && len(t) > len(w) && string(t[:len(w)]) == string(w):
				return true
			case len(w) >= typosFrom && t[0] == w[0] && near(t, w, 1):
				return true
			}
		}
	}
	return false
}
