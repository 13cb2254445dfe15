// Package session keeps the walk of each chat for a short time, sealed, and
// knows which chats have been idle long enough to be covered or cleaned.
//
// There are two stores with the same methods and one set of tests: Redis, for
// several replicas, and Memory, for trying the bot and for tests. A Record is
// saved only if nobody saved it since it was loaded; otherwise Save returns
// ErrConflict and the caller loads and decides again.
//
// Redis holds nothing that can be read: names of keys are an HMAC of channel
// and chat id, values are sealed with AES-256-GCM under keys that are never in
// Redis, sizes are padded, and expiries and due times are whole minutes, so
// that a copy of it tells nobody who asked what, how far they came, or at which
// second they pressed.
//
// The package knows nothing of pathways or Telegram: Walk and Mail are bytes of
// the caller. It logs nothing, and no error of it holds a chat, a key or a value.
package session
