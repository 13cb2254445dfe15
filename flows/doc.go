// Package flows walks decision trees, called pathways, one answer at a time.
//
// A pathway is a YAML file of nodes. A node asks a question, offers signs to
// tick, is a page to read, splits on an earlier answer without a screen, or is
// an outcome. A pathway marked aside can be opened from any screen and returns
// to it. Load checks every pathway, so a loaded Graph has no dead ends; Press
// moves a State by one button; Prove walks every state there is and holds each
// statement of the policy against it.
//
// The package holds the shape of a pathway and none of its words, which live in
// locales. It knows nothing of Telegram, Redis, contacts or the clock: the same
// State and press always give the same result.
package flows
