package handlers

import (
	"time"

	"pathwaybot/locales"
	"pathwaybot/session"
)

// Do says what a channel does with a Reply.
type Do int

// What a channel is asked to do.
const (
	Show    Do = iota // show the screen
	Cover             // put one neutral line over the screen
	Leave             // delete all that can be deleted, leave one dull line
	Clean             // delete all that can be deleted, silently
	Undo              // delete what the event itself has left in the chat, and nothing more
	Drop              // delete the message whose button was pressed, and nothing more
	Sweep             // leave once more, where something slow may have come back
	Wait              // change nothing, and look again later
	Note              // note what the channel has found in the chat
	Nothing           // change nothing
)

// Reply is a screen, in words of one language and without markup.
type Reply struct {
	Do     Do
	Lang   locales.Language
	Note   string // one line above everything
	Title  string
	Blocks []Block
	Rows   []Row
	Typing bool // a typed word has a meaning here, at choosing an area

	Patience time.Duration // how long the screen may stay before it is covered

	Urgent bool   // the way out of danger: no limit of the channel's own holds it up
	Saved  *Saved // to be put into a message of its own, beside the screen

	Pathway, Outcome string // set when a press has just led to an outcome
	Wrong            string // the contact whose number a press has just said did not work

	kept  session.Record // as it was saved
	Moved session.Chat   // where the walk goes on, when the event has begun one under a new id
}

// Saved is what a person takes away in a message of its own.
type Saved struct {
	Keep   bool // it stays when the person leaves; otherwise it goes then
	Title  string
	Blocks []Block
	Rows   []Row
}

// Kind says what a block is, so that each channel can show it in its own way.
type Kind int

// The kinds of block.
const (
	Say     Kind = iota // something to read
	Ask                 // the question that the buttons answer
	Beside              // the English beside words that nobody has checked; may be folded away
	Notice              // a line about what is shown, such as the area
	Contact             // somebody to reach
	Picture             // a picture, which Text says in words
)

// Block is one part of a screen.
type Block struct {
	Kind Kind
	Head string // Beside: the heading
	Text string
	Card *Card             // Contact
	Name string            // Picture: its name
	Lang *locales.Language // of the text; nil: the reply's
}

// Card is one contact as a person needs it: every line is ready to be shown.
type Card struct {
	ID     string
	Name   string
	Who    string   // who they are, in six words
	Phone  string   // as printed, with direction marks where needed; empty for none
	Then   string   // what to press after the answer
	Dial   string   // digits and spaces only
	Silent []string // ways without a voice
	Facts  []string // whether open, cost, name, how far checked
	Note   string
	First  bool // ways without a voice come before the number
}

// Row is a row of buttons, with a heading where a channel can show one.
type Row struct {
	Heading string
	Buttons []Button
	Top     bool // belongs above the contacts, where a channel can put it there
}

// Style is how much a button stands out.
type Style int

// The styles of a button.
const (
	Plain Style = iota
	Danger
	Ticked
)

// Button does one of three things: it is a press, it opens an address, or it copies.
type Button struct {
	Label string
	Press string
	URL   string
	Copy  string
	Style Style
}
