// Package web is the browser channel: the same conversation as HTML, without a
// script, a third party or a trace in the address bar.
//
// Every screen lives at "/": a button posts and is redirected, so that the history
// of the browser shows one neutral page and no step. It translates and decides
// nothing; handlers does.
package web
