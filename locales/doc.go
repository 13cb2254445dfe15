// Package locales holds every word that people read, a language a file, and hands
// a text out by language and key.
//
// A word file is <tag>.yaml or <tag>.<part>.yaml: flat keys, each with a quoted
// text or with its plural forms. languages.yaml lists the languages, match.yaml
// says what a phone's language code means here, and review.yaml which texts a
// native speaker has checked. A deployment adds a language with a file and a row.
//
// Load checks all files and reports every mistake at once, so a loaded Words has
// no text without its placeholders, plural forms or direction marks. Behind it
// go-i18n holds the messages and their plural rules. It never chooses a language:
// for one that it lacks it would silently pick a relative, so Match uses a table.
//
// The package knows no pathway and no contact: which keys there must be, and which
// of them are about safety, is decided in guide. Texts hold no markup.
package locales
