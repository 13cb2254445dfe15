package flows

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// options reads the answers of an ask.
func (r *reader) options(v *yaml.Node, what string) []Option {
	if v.Kind != yaml.SequenceNode || len(v.Content) == 0 {
		r.p.add(r.file, v.Line, "%s: options: want a list of {id, next}", what)
		return nil
	}
	var out []Option
	for _, item := range v.Content {
		o := Option{Line: item.Line}
		r.each(item, what+": option", func(k, v *yaml.Node) {
			switch k.Value {
			case "id":
				o.ID = r.id(v, what+": option")
			case "next":
				o.Next = r.target(v, what+": option: next")
			case "was":
				o.Was = r.words(v, what+": option: was")
			case "quiet":
				o.Quiet = r.flag(v, what+": option: quiet")
			default:
				r.p.add(r.file, k.Line, "%s: option: unknown key %q", what, k.Value)
			}
		})
		if o.ID == "" || o.Next.To == "" {
			r.p.add(r.file, item.Line, "%s: an option needs an id and a next", what)
			continue
		}
		if o.ID == Next || o.ID == Done {
			r.p.add(r.file, item.Line, "%s: an option cannot be called %q, that is a button of its own", what, o.ID)
		}
		for _, id := range append([]string{o.ID}, o.Was...) {
			if slices.ContainsFunc(out, func(other Option) bool { return other.ID == id || slices.Contains(other.Was, id) }) {
				r.p.add(r.file, item.Line, "%s: option %q stands there twice", what, id)
			}
		}
		out = append(out, o)
	}
	return out
}

// groups reads the boxes of a tick: a list of signs, or titled lists.
func (r *reader) groups(v *yaml.Node, what string) []Group {
	switch {
	case v.Kind == yaml.SequenceNode && len(v.Content) > 0:
		return []Group{{Signs: r.signs(v, what, nil)}}
	case v.Kind == yaml.MappingNode && len(v.Content) > 0:
		var out []Group
		r.each(v, what+": tick", func(k, v *yaml.Node) {
			r.checkID(k.Value, k.Line, what+": group")
			out = append(out, Group{ID: k.Value, Signs: r.signs(v, what, out)})
		})
		return out
	}
	r.p.add(r.file, v.Line, "%s: tick: want a list of signs, or groups of them", what)
	return nil
}

// signs reads one list of boxes; before are the groups that stand above it.
func (r *reader) signs(v *yaml.Node, what string, before []Group) []Sign {
	var out []Sign
	if v.Kind != yaml.SequenceNode || len(v.Content) == 0 {
		r.p.add(r.file, v.Line, "%s: tick: want a list of signs", what)
	}
	for _, item := range v.Content {
		id := r.text(item, what+": tick")
		s := Sign{ID: strings.TrimSuffix(id, "!"), Danger: strings.HasSuffix(id, "!"), Line: item.Line}
		if id == "" {
			continue
		}
		r.checkID(s.ID, item.Line, what+": sign")
		if s.ID == Done {
			r.p.add(r.file, item.Line, "%s: a sign cannot be called %q, that is the button", what, Done)
		}
		same := func(o Sign) bool { return o.ID == s.ID }
		if slices.ContainsFunc(out, same) ||
			slices.ContainsFunc(before, func(g Group) bool { return slices.ContainsFunc(g.Signs, same) }) {
			r.p.add(r.file, item.Line, "%s: sign %q stands there twice", what, s.ID)
		}
		out = append(out, s)
	}
	return out
}
