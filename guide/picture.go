package guide

import (
	"unicode/utf8"

	"pathwaybot/flows"
)

// picture checks that the picture of a node is there and said in words.
func (c *checker) picture(file string, n *flows.Node) {
	if n.Picture == "" {
		return
	}
	if _, ok := c.g.Pictures.PNG(n.Picture); !ok {
		c.add(file, n.Line, "node %q: there is no picture %q", n.Ref.Node(), n.Picture)
	}
	c.word(file, n.Line, pictureKey(n.Picture), true)
}

// pictureKey is the key of the words for a picture.
func pictureKey(name string) string { return "ui.picture." + name }

// joint is what stands between two parts of a screen: an empty line, and perhaps a
// mark of direction.
const joint = 3

// illustrate gives a screen its picture, unless there would be more text under it
// than fits: with the English beside it a picture is left out rather than the English.
func (c *checker) illustrate(tag string, n *flows.Node, s *Screen) {
	if n.Picture == "" {
		return
	}
	size := 0
	for _, text := range []string{s.Title, s.Who, s.When, s.Say, s.Ask, s.Sources, s.English} {
		if text != "" {
			size += utf8.RuneCountInString(text) + joint
		}
	}
	if size <= MaxUnder {
		s.Picture, s.Alt = n.Picture, c.g.Words.Text(tag, pictureKey(n.Picture))
	}
}
