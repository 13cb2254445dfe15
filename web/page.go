package web

import (
	"bytes"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"pathwaybot/handlers"
	"pathwaybot/locales"
)

// view is a Reply as the page shows it.
type view struct {
	handlers.Reply
	Refresh int    // seconds until the page covers itself; 0 for never
	Focus   string // the press of the button at which the page opens
}

// Dir is the direction of the page.
func (v view) Dir() string { return v.DirOf(&v.Lang) }

// DirOf is the direction in which a language is written.
func (view) DirOf(l *locales.Language) string {
	if l.RTL {
		return "rtl"
	}
	return "ltr"
}

// Arrow points the way that is read. From the right it has marks of that direction around
// it: between two numbers, which have left-to-right marks, it would make one line of them
// that is read from the left, with the second number first.
func (v view) Arrow() string {
	if v.Lang.RTL {
		return "\u200f←\u200f"
	}
	return "→"
}

// Class tells the style sheet how a button stands out.
func (view) Class(s handlers.Style) string {
	return map[handlers.Style]string{handlers.Danger: "danger", handlers.Ticked: "ticked"}[s]
}

// Is reports the kind of a block by name, so that the page reads plainly.
func (view) Is(b handlers.Block, name string) bool {
	return map[string]handlers.Kind{
		"say": handlers.Say, "ask": handlers.Ask, "beside": handlers.Beside,
		"notice": handlers.Notice, "contact": handlers.Contact, "picture": handlers.Picture,
	}[name] == b.Kind
}

// Shown reports whether a row has a button that works without a script. A button
// that copies does not; the number itself can be marked and copied.
func (v view) Shown(row handlers.Row) bool {
	if row.Top && len(v.Tops()) > 0 {
		return false // it stands above the contacts
	}
	return slices.ContainsFunc(row.Buttons, func(b handlers.Button) bool { return b.Press != "" || b.URL != "" })
}

// Leave is the label of leaving, which stands above a long page too; nothing where
// there is no such button.
func (v view) Leave() string {
	for _, row := range v.Rows {
		for _, b := range row.Buttons {
			if b.Press == "!leave" {
				return b.Label
			}
		}
	}
	return ""
}

// Tops are the rows that stand above the contacts; none where there are no contacts.
func (v view) Tops() []handlers.Row {
	if !slices.ContainsFunc(v.Blocks, func(b handlers.Block) bool { return b.Kind == handlers.Contact }) {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(v.Rows), func(r handlers.Row) bool { return !r.Top })
}

// Tel is the number without spaces, for the phone's own dialler.
func (view) Tel(dial string) string { return strings.ReplaceAll(dial, " ", "") }

func paragraphs(text string) [][]string {
	var out [][]string
	for _, p := range strings.Split(text, "\n\n") {
		out = append(out, strings.Split(p, "\n"))
	}
	return out
}

// show writes a screen. The page asks for itself again when its time is over and
// is then shown covered. With a tick it opens at that button.
func (w *Web) show(rw http.ResponseWriter, status int, r handlers.Reply, mark int) {
	v := view{Reply: r, Focus: tickAt(r.Rows, mark)}
	if r.Do == handlers.Show && r.Patience > 0 {
		v.Refresh = int((r.Patience + time.Minute) / time.Second)
	}
	var page bytes.Buffer
	if err := w.page.Execute(&page, v); err != nil {
		w.config.Log.Error("web: page")
		http.Error(rw, "999", http.StatusInternalServerError)
		return
	}
	h := rw.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Language", r.Lang.Tag)
	if v.Refresh > 0 {
		h.Set("Refresh", fmt.Sprintf("%d; url=/", v.Refresh))
	}
	rw.WriteHeader(status)
	_, _ = page.WriteTo(rw)
}
