package flows

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// MaxID is the longest id in bytes, so that "pathway/node/option" fits into a
// button of a chat service.
const MaxID = 20

var idForm = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)

// Load reads every *.yaml file of a folder as one pathway each, joins them and
// checks the whole. It reports all mistakes at once, each with file and line; on
// any mistake there is no Graph.
func Load(fsys fs.FS) (*Graph, error) {
	names, err := fs.Glob(fsys, "*.yaml")
	if err != nil {
		return nil, fmt.Errorf("list pathways: %w", err)
	}
	slices.Sort(names)
	p := &problems{}
	g := &Graph{nodes: map[Ref]*Node{}, byID: map[string]*Pathway{}, was: map[Ref]Ref{}}
	for _, name := range names {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, fmt.Errorf("read pathway: %w", err)
		}
		pw := readPathway(name, data, p)
		if pw == nil {
			continue
		}
		if other := g.byID[pw.ID]; other != nil {
			p.add(name, 1, "pathway %q stands in %s already", pw.ID, other.File)
			continue
		}
		g.byID[pw.ID] = pw
		g.Pathways = append(g.Pathways, pw)
		for _, n := range pw.Nodes {
			g.nodes[n.Ref] = n
		}
	}
	for _, pw := range g.Pathways {
		for _, n := range pw.Nodes {
			for _, w := range n.Was {
				switch {
				case g.nodes[w] != nil:
					p.add(n.File, n.Line, "node %q: was %q, but that is still a node", n.Ref.Node(), w)
				case g.was[w] != "":
					p.add(n.File, n.Line, "node %q: was %q, but so was %q", n.Ref.Node(), w, g.was[w])
				default:
					g.was[w] = n.Ref
				}
			}
		}
	}
	check(g, p)
	if err := p.err(); err != nil {
		return nil, err
	}
	return g, nil
}

// problems collects authors' mistakes so that all can be shown at once.
type problems struct {
	list []problem
	seen map[string]bool
}

type problem struct {
	file string
	line int
	text string
}

func (p *problems) add(file string, line int, format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if p.seen == nil {
		p.seen = map[string]bool{}
	}
	if key := fmt.Sprintf("%s:%d: %s", file, line, text); !p.seen[key] {
		p.seen[key] = true
		p.list = append(p.list, problem{file, line, text})
	}
}

func (p *problems) err() error {
	slices.SortStableFunc(p.list, func(a, b problem) int {
		if c := strings.Compare(a.file, b.file); c != 0 {
			return c
		}
		return a.line - b.line
	})
	errs := make([]error, 0, len(p.list))
	for _, x := range p.list {
		errs = append(errs, fmt.Errorf("%s:%d: %s", x.file, x.line, x.text))
	}
	return errors.Join(errs...)
}

func sortedKeys[V any](m map[string]V) []string {
	return slices.Sorted(maps.Keys(m))
}
