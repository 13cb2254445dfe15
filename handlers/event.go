package handlers

import (
	"time"

	"pathwaybot/session"
)

// What says what kind of thing happened.
type What int

// What can happen in a chat.
const (
	Press   What = iota // a button: Data is what it carries
	Text                // typed words: Data is the text, forgotten after the turn
	Command             // a command without its slash; a start link's payload is in Arg
	Other               // a photo, a voice message, a contact: anything with no place here
	Look                // a page that is opened again: nothing was pressed
	Idle                // nobody has pressed for a while
	Found               // the channel has messages of its own that are not saved: nobody did anything
	Blocked             // the person has blocked the service
)

// Event is one thing that happened in a chat.
type Event struct {
	Chat session.Chat
	What What
	Data string
	Arg  string
	Hint string    // the language of the person's app: a hint, never a decision
	ID   uint32    // names the event, so that a repeat is known; 0 for none
	Now  time.Time // when it is handled

	// Again says that a look shows the last screen once more, with the line above it.
	Again bool

	// Quoted says that somebody else wrote the text, and the person passed it on.
	Quoted bool

	// Apart says that the channel can put something into a message of its own.
	Apart bool

	// Move returns the id under which a walk goes on that this event begins, for a
	// channel whose ids other people can note or plant; false where there is no room
	// for another. nil: a walk stays under Chat.
	Move func() (session.Chat, bool)
}
