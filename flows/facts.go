package flows

import (
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"time"

	"go.yaml.in/yaml/v3"
)

// Fact is a figure that can change: a number of days, a date. Sentences name it
// in {{.key}} and never hold it themselves.
type Fact struct {
	Key     string
	Value   string
	Says    string // what the figure means, for authors
	Sources []string
	Review  time.Time // when to look at it again
	Line    int
}

// Source is where a statement comes from.
type Source struct {
	Key     string
	Title   string
	Address string
	Date    string    // as the source states it; empty where it states none
	Read    time.Time // the day our note of it was made
	Trust   string    // high: official; medium: other professional; low: weak or old
	Line    int
}

// Evidence is what the pathways rest on: the facts and the sources.
type Evidence struct {
	Facts   []Fact
	Sources []Source
}

var factForm = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

// LoadEvidence reads facts.yaml and sources.yaml and reports all mistakes at once:
// a fact without a source that exists, a date that is none, an unknown key.
func LoadEvidence(fsys fs.FS) (*Evidence, error) {
	p := &problems{}
	e := &Evidence{}
	load := func(file string, f func(r strict, k, v *yaml.Node)) error {
		data, err := fs.ReadFile(fsys, file)
		if err != nil {
			return fmt.Errorf("read evidence: %w", err)
		}
		r := strict{file, p}
		if doc := r.document(data); doc != nil {
			r.each(doc, file, func(k, v *yaml.Node) { f(r, k, v) })
		}
		return nil
	}
	if err := load("sources.yaml", func(r strict, k, v *yaml.Node) { e.Sources = append(e.Sources, r.source(k, v)) }); err != nil {
		return nil, err
	}
	if err := load("facts.yaml", func(r strict, k, v *yaml.Node) { e.Facts = append(e.Facts, r.fact(k, v, e)) }); err != nil {
		return nil, err
	}
	if err := p.err(); err != nil {
		return nil, err
	}
	return e, nil
}

// Source reports whether there is a source with that key.
func (e *Evidence) Source(key string) (Source, bool) {
	i := slices.IndexFunc(e.Sources, func(s Source) bool { return s.Key == key })
	if i < 0 {
		return Source{}, false
	}
	return e.Sources[i], true
}

func (s strict) source(k, v *yaml.Node) Source {
	src := Source{Key: k.Value, Line: k.Line}
	what := "source " + quote(k.Value)
	s.each(v, what, func(k, v *yaml.Node) {
		in := what + ": " + k.Value
		switch k.Value {
		case "title":
			src.Title = s.text(v, in)
		case "address":
			src.Address = s.text(v, in)
		case "date":
			src.Date = s.text(v, in)
		case "read":
			src.Read = s.day(v, in)
		case "trust":
			src.Trust = s.text(v, in)
			if !slices.Contains([]string{"high", "medium", "low"}, src.Trust) {
				s.p.add(s.file, v.Line, "%s: %q, want high, medium or low", in, src.Trust)
			}
		default:
			s.p.add(s.file, k.Line, "%s: unknown key %q", what, k.Value)
		}
	})
	if src.Title == "" || src.Address == "" || src.Trust == "" || src.Read.IsZero() {
		s.p.add(s.file, k.Line, "%s: needs title, address, read and trust", what)
	}
	return src
}

func (s strict) fact(k, v *yaml.Node, e *Evidence) Fact {
	f := Fact{Key: k.Value, Line: k.Line}
	what := "fact " + quote(k.Value)
	if !factForm.MatchString(f.Key) {
		s.p.add(s.file, k.Line, "%s: want small letters, digits and underscores", what)
	}
	s.each(v, what, func(k, v *yaml.Node) {
		in := what + ": " + k.Value
		switch k.Value {
		case "value":
			f.Value = s.text(v, in)
		case "says":
			f.Says = s.text(v, in)
		case "sources":
			f.Sources = s.words(v, in)
			for _, key := range f.Sources {
				if _, ok := e.Source(key); !ok {
					s.p.add(s.file, v.Line, "%s: there is no source %q", in, key)
				}
			}
		case "review":
			f.Review = s.day(v, in)
		default:
			s.p.add(s.file, k.Line, "%s: unknown key %q", what, k.Value)
		}
	})
	if f.Value == "" || f.Says == "" || len(f.Sources) == 0 || f.Review.IsZero() {
		s.p.add(s.file, k.Line, "%s: needs value, says, sources and review", what)
	}
	return f
}

func (s strict) day(n *yaml.Node, what string) time.Time {
	t, err := time.Parse(time.DateOnly, n.Value)
	if err != nil {
		s.p.add(s.file, n.Line, "%s: %q is not a day such as 2026-11-21", what, n.Value)
	}
	return t
}
