package guide

import (
	"io/fs"
	"strings"
)

// leaveFile lists the words with which somebody leaves, by language. Unlike a word
// of danger, such a word counts only where it is all that was typed: "stop" leaves,
// "they do not let me stop" does not.
const leaveFile = "leave.yaml"

func readLeave(fsys fs.FS) (map[string]bool, error) {
	words := map[string]bool{}
	err := readList(fsys, leaveFile, func(word string) { words[word] = true })
	return words, err
}

// Leaves reports whether a typed text says, in whatever language, that somebody
// wants to leave, and nothing else. A command is no such text: it can have been
// forwarded.
func (g *Guide) Leaves(text string) bool {
	const longest = 64 // bytes: no word of leaving is longer
	return len(text) <= longest && !strings.HasPrefix(text, "/") && g.leave[fold(text)]
}
