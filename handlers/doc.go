// Package handlers is the conversation: an Event comes in, a Reply goes out.
//
// It decides what a press, a word or a long silence means at this moment for this
// chat, and knows neither Telegram nor HTML: a channel makes Events of what it
// receives and shows a Reply in its own way. What people typed is looked at once,
// to find a place where a place was asked for, and is never kept, shown or logged.
package handlers
