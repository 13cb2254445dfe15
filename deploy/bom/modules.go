package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// module is one module that is linked into what is released. The standard library
// counts as one, and the project itself does not.
type module struct {
	Path, Version string
	Sum           string   // as in go.sum; none for the standard library
	Dir           string   // where its source lies
	Needs         []string // paths of the modules that its packages import
	Licence       string   // SPDX expression
	Texts         []string // files with its licence and its notices
}

const standard = "std"

// released is what goes to people who run the service.
func released() []string { return []string{"./cmd/bot", "./cmd/pathway"} }

// imported is what "go list -json" says of a package, as far as it is read.
type imported struct {
	ImportPath string
	Imports    []string
	Standard   bool
	Module     *struct {
		Path, Version, Dir string
		Main               bool
		Replace            *struct{ Path, Version, Dir string }
	}
}

// modules returns the modules of what is released, in the order of their paths, with
// their licences. It reads what a build for Linux reads, whatever runs it.
func modules(project string) ([]module, error) {
	list := exec.Command("go", append([]string{"list", "-deps", "-json=ImportPath,Imports,Standard,Module"}, released()...)...)
	list.Dir = project
	list.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS=linux", "GOARCH=amd64", "GOFLAGS=-mod=readonly", "GOWORK=off")
	var out, complaint bytes.Buffer
	list.Stdout, list.Stderr = &out, &complaint
	if err := list.Run(); err != nil {
		return nil, fmt.Errorf("list packages: %w: %s", err, complaint.String())
	}
	sums, err := checksums(filepath.Join(project, "go.sum"))
	if err != nil {
		return nil, err
	}
	std, err := goItself()
	if err != nil {
		return nil, err
	}
	all := map[string]*module{standard: &std}
	var packages []imported
	home := map[string]string{} // package to module; "" for the project's own
	for dec := json.NewDecoder(&out); ; {
		var p imported
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, fmt.Errorf("list packages: %w", err)
		}
		packages = append(packages, p)
		switch m := p.Module; {
		case p.Standard:
			home[p.ImportPath] = standard
		case m == nil:
			return nil, fmt.Errorf("package %s belongs to no module", p.ImportPath)
		case m.Main:
			home[p.ImportPath] = ""
		default:
			if r := m.Replace; r != nil { // what is built is the replacement
				m.Path, m.Version, m.Dir = r.Path, r.Version, r.Dir
			}
			home[p.ImportPath] = m.Path
			all[m.Path] = &module{Path: m.Path, Version: m.Version, Dir: m.Dir, Sum: sums[m.Path+" "+m.Version]}
		}
	}
	needs := map[string]map[string]bool{}
	for _, p := range packages {
		from := home[p.ImportPath]
		for _, to := range p.Imports {
			if m := home[to]; from != "" && m != "" && m != from {
				if needs[from] == nil {
					needs[from] = map[string]bool{}
				}
				needs[from][m] = true
			}
		}
	}
	var errs []error
	found := make([]module, 0, len(all))
	for _, m := range all {
		m.Needs = slices.Sorted(maps.Keys(needs[m.Path]))
		if err := m.read(); err != nil {
			errs = append(errs, err)
		}
		found = append(found, *m)
	}
	slices.SortFunc(found, func(a, b module) int { return cmp.Compare(a.Path, b.Path) })
	return found, errors.Join(errs...)
}

// goItself is the standard library, which is linked in like the rest.
func goItself() (module, error) {
	b, err := exec.Command("go", "env", "GOROOT", "GOVERSION").Output()
	if err != nil {
		return module{}, fmt.Errorf("ask for the version of Go: %w", err)
	}
	root, version, _ := strings.Cut(strings.TrimSpace(string(b)), "\n")
	return module{Path: standard, Version: strings.TrimPrefix(version, "go"), Dir: root}, nil
}

// checksums reads go.sum: "path version" to the checksum of the module's files.
func checksums(file string) (map[string]string, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("read checksums: %w", err)
	}
	sums := map[string]string{}
	for line := range strings.Lines(string(b)) {
		if f := strings.Fields(line); len(f) == 3 {
			sums[f[0]+" "+f[1]] = f[2]
		}
	}
	return sums, nil
}

// read finds the module's licence and notices at the top of its source. Some ports
// of Go lay its licence one folder up.
func (m *module) read() error {
	names, err := os.ReadDir(m.Dir)
	if err != nil {
		return fmt.Errorf("%s: read its files: %w", m.Path, err)
	}
	var ids []string
	for _, n := range names {
		file := filepath.Join(m.Dir, n.Name())
		name := strings.ToLower(strings.TrimSuffix(n.Name(), filepath.Ext(n.Name())))
		switch {
		case n.IsDir():
		case name == "license" || name == "licence" || name == "copying":
			b, err := os.ReadFile(file)
			if err != nil {
				return fmt.Errorf("%s: %w", m.Path, err)
			}
			id := identify(string(b))
			if id == "" {
				return fmt.Errorf("%s %s: %s is no licence text that is known: read it, then add it to deploy/bom/licence.go", m.Path, m.Version, file)
			}
			ids = append(ids, id)
			m.Texts = append(m.Texts, file)
		case name == "notice" || name == "patents":
			m.Texts = append(m.Texts, file)
		}
	}
	if len(ids) == 0 {
		return fmt.Errorf("%s %s: no licence at the top of %s", m.Path, m.Version, m.Dir)
	}
	m.Licence = strings.Join(ids, " AND ")
	return nil
}
