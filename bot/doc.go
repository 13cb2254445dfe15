// Package bot is the Telegram channel, and the only package that knows Telegram.
//
// It turns each update into an Event, hands it to the conversation, and shows the
// Reply: one live message, edited in place. It translates and decides nothing; it
// keeps which messages are in a chat, and the order of what happens there.
//
// The library github.com/go-telegram/bot serves as a typed client. Receiving is our
// own, since the library's ways of receiving reorder updates and lose them: an
// update is acknowledged only when its step is saved and shown, and the updates of
// one chat are handled one after another. Updates are read by our own small types,
// so that names, photos and the rest are never even decoded, and an update of a
// kind that did not exist when the library was made stops nobody.
//
// The log holds what kind of call failed and how, never a chat, a name, a text, a
// button or an address.
package bot
