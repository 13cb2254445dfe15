package telegramtest

// Happening is a kind of Change.
type Happening int

// What can happen to a message or an update.
const (
	Sent    Happening = iota // the bot sent a message
	Edited                   // the bot edited one
	Same                     // an edit would have changed nothing, and was refused
	Deleted                  // a message has gone, whoever deleted it
	Taken                    // the bot has taken an update
	Expired                  // an update waited too long and was dropped
)

// Change is one thing that happened in a chat, in the order in which it took
// effect: calls that a fault cut off after their effect are there too.
type Change struct {
	Chat int64
	What Happening
	// Message is the message after the change, or as it was when it went; without
	// content for Taken and Expired.
	Message Message
}

// tell tells Options.Watch of a change. Call it with the lock held.
func (c *Chat) tell(what Happening, m *message) {
	watch := c.server.opts.Watch
	if watch == nil {
		return
	}
	out := Change{Chat: c.id, What: what}
	if m != nil {
		out.Message = m.snapshot()
	}
	watch(out)
}
