package bot

import (
	"errors"
	"fmt"

	"pathwaybot/flows"
	"pathwaybot/guide"
)

// maxCallbackData is Telegram's limit for what a button carries, in bytes:
// https://core.telegram.org/bots/api#inlinekeyboardbutton
const maxCallbackData = 64

// ErrTooLong says that a button would carry more than Telegram takes.
var ErrTooLong = errors.New("over Telegram's 64 bytes")

// checkButtons returns an error for every button of the guide that would be too
// long, so that a running bot never meets one.
func checkButtons(g *guide.Guide) []error {
	var errs []error
	check := func(where, data string) {
		if len(data) > maxCallbackData {
			errs = append(errs, fmt.Errorf("%sbutton %q: %d bytes: %w", where, data, len(data), ErrTooLong))
		}
	}
	for _, pw := range g.Graph.Pathways {
		for _, n := range pw.Nodes {
			where := fmt.Sprintf("%s:%d: ", n.File, n.Line)
			if pw.Aside {
				check(where, "!page/"+string(n.Ref))
			}
			if n.Entry {
				check(where, "!go/"+string(n.Ref))
			}
			for _, option := range options(n) {
				check(where, string(n.Ref)+"/"+option)
			}
		}
		if pw.Aside {
			check(pw.File+": ", "!aside/"+pw.ID)
		}
	}
	for _, l := range g.Words.Languages() {
		check("language ", "!lang/"+l.Tag)
	}
	for _, a := range g.Areas.All() {
		check("area ", "!area/"+a.Code+"/9")
	}
	for _, c := range g.Contacts.All() {
		check("contacts/"+c.Pos+": ", "!wrong/"+c.ID)
	}
	return errs
}

// options returns what the buttons of a node carry behind its name.
func options(n *flows.Node) []string {
	var out []string
	switch n.Kind {
	case flows.Ask:
		for _, o := range n.Options {
			out = append(out, o.ID)
		}
	case flows.Tick:
		out = append(out, flows.Done)
		for _, g := range n.Groups {
			for _, s := range g.Signs {
				out = append(out, "+"+s.ID)
			}
		}
	case flows.Page, flows.Outcome:
		out = append(out, flows.Next)
	case flows.Fork:
	}
	return out
}
