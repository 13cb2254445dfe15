// Package guide holds everything that authors write, joined and checked: the
// pathways, the words in every language, the contacts, the areas, the facts and
// the sources they rest on.
//
// Load reads it all and reports every mistake at once; a program never runs on
// half of it. After Load nothing changes, so a Guide can be read by any number of
// goroutines. The package knows no chat, no session and no clock.
package guide

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"pathwaybot/areas"
	"pathwaybot/contacts"
	"pathwaybot/flows"
	"pathwaybot/locales"
	"pathwaybot/pictures"
)

// Sources is where a guide is read from, and what an operator has hidden.
type Sources struct {
	Flows, Locales, Contacts, Areas fs.FS
	Pictures                        fs.FS // nil for a project without pictures
	// Hide names contacts and facts that are shown nowhere: the emergency brake
	// for a wrong number. 999 cannot be hidden.
	Hide []string
}

// Embedded returns the project's own files.
func Embedded() Sources {
	return Sources{
		Flows: flows.Files(), Locales: locales.Files(), Contacts: contacts.Files(), Areas: areas.Files(),
		Pictures: pictures.Files(),
	}
}

// Guide is everything that authors write.
type Guide struct {
	Graph    *flows.Graph
	Policy   *flows.Policy
	Evidence *flows.Evidence
	Words    *locales.Words
	Contacts *contacts.Directory
	Areas    *areas.Map
	Pictures *pictures.Set
	Hidden   []string // contact ids on no screen

	screens map[string]map[flows.Ref]*Screen
	find    map[string]*index // by language
	danger  danger
	leave   map[string]bool // folded
}

// Load reads and joins everything. The error lists every mistake found, one a
// line, each with its file and line.
func Load(src Sources) (*Guide, error) {
	var errs []error
	keep := func(err error) {
		if err != nil {
			errs = append(errs, err)
		}
	}
	g := &Guide{Pictures: &pictures.Set{}}
	var err error
	g.Areas, err = areas.Load(src.Areas)
	keep(err)
	if err == nil {
		g.Contacts, err = contacts.Load(src.Contacts, g.Areas)
		keep(err)
	}
	g.Evidence, err = flows.LoadEvidence(src.Flows)
	keep(err)
	pathways, err := fs.Sub(src.Flows, "pathways")
	keep(err)
	if err == nil {
		g.Graph, err = flows.Load(pathways)
		keep(err)
	}
	if g.Graph != nil {
		g.Policy, err = flows.LoadPolicy(src.Flows, "policy.yaml", g.Graph)
		keep(err)
	}
	if g.Contacts != nil && g.Evidence != nil {
		var facts []string
		g.Hidden, facts, err = g.hide(src.Hide)
		keep(err)
		g.Words, err = locales.Load(src.Locales, g.values(facts))
		keep(err)
	}
	if src.Pictures != nil {
		g.Pictures, err = pictures.Load(src.Pictures)
		keep(err)
	}
	g.danger, err = readDanger(src.Locales)
	keep(err)
	g.leave, err = readLeave(src.Locales)
	keep(err)
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	c := &checker{g: g}
	g.screens = c.screens()
	var running sync.WaitGroup
	running.Go(func() { g.find = g.indexes() })
	c.all()
	running.Wait()
	if err := errors.Join(c.errs...); err != nil {
		return nil, err
	}
	return g, nil
}

// hide sorts what an operator hides into contacts and facts.
func (g *Guide) hide(ids []string) (hidden, facts []string, err error) {
	var errs []error
	for _, id := range ids {
		c, isContact := g.Contacts.Contact(id)
		isFact := slices.ContainsFunc(g.Evidence.Facts, func(f flows.Fact) bool { return f.Key == id })
		switch {
		case isContact && c.Kind == "emergency":
			errs = append(errs, fmt.Errorf("hide: %q is an emergency number and cannot be hidden", id))
		case isContact:
			hidden = append(hidden, id)
		case isFact:
			facts = append(facts, id)
		default:
			errs = append(errs, fmt.Errorf("hide: there is no contact and no fact %q", id))
		}
	}
	return hidden, facts, errors.Join(errs...)
}

// values are what sentences can name: {{.recovery_days}} from facts.yaml,
// {{.phone_police_101}} from the contacts. A sentence that names a hidden one is left out.
func (g *Guide) values(hidden []string) map[string]string {
	v := map[string]string{}
	for _, f := range g.Evidence.Facts {
		v[f.Key] = f.Value
		if slices.Contains(hidden, f.Key) {
			v[f.Key] = locales.Withheld
		}
	}
	for _, c := range g.Contacts.All() {
		if c.Phone == "" {
			continue
		}
		key := phoneKey(c.ID)
		v[key] = c.Phone
		if slices.Contains(g.Hidden, c.ID) {
			v[key] = locales.Withheld
		}
	}
	return v
}

func phoneKey(contact string) string {
	return "phone_" + strings.ReplaceAll(contact, "-", "_")
}
