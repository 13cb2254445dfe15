// Package telegramtest is a Telegram Bot API server that runs inside a test, or
// alone as cmd/faketelegram, so that a bot can be tried without Telegram.
//
// A Server answers the Bot API over real HTTP for one bot and plays Telegram's
// part behind it: the people's phones (Chat), the queues in which updates wait,
// their delivery by long polling or by webhook with Telegram's own retries, the
// rules for text, buttons, editing and deleting, and the texts of its errors.
// A test acts as the person (Send, Press, Block), looks at what the person would
// see (Messages, Notifications), and at what the bot asked for (Calls, Invalid).
//
// Every request is checked against a JSON Schema of Bot API 10.3 and against
// rules that no schema holds. Telegram itself forgives some of what breaks them,
// so a broken rule does not always fail the request: it is noted, and a test
// asserts that Invalid is empty.
//
// Where a rule comes from: the documentation at https://core.telegram.org/bots/api,
// and where that is silent the open source of the official server,
// https://github.com/tdlib/telegram-bot-api and https://github.com/tdlib/td.
// Error texts are Telegram's; the few that could not be found are marked "our
// words" in the code, and a bot should not depend on them.
//
// What is left out: parse modes other than HTML, inline mode, business, rich
// messages, payments, files other than pictures, flood limits of its own (Fail
// plans a 429), and methods that our bot does not use, which answer 404.
//
// The package imports nothing of ours.
package telegramtest
