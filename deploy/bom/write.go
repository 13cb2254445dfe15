package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// The parts of CycloneDX 1.6 that are written.
type (
	document struct {
		Schema       string       `json:"$schema"`
		Format       string       `json:"bomFormat"`
		Spec         string       `json:"specVersion"`
		Version      int          `json:"version"`
		Metadata     metadata     `json:"metadata"`
		Components   []component  `json:"components"`
		Dependencies []dependency `json:"dependencies"`
	}
	metadata struct {
		Component component `json:"component"`
	}
	component struct {
		Type       string     `json:"type"`
		Ref        string     `json:"bom-ref"`
		Name       string     `json:"name"`
		Version    string     `json:"version,omitempty"`
		Licences   []licence  `json:"licenses,omitempty"`
		Package    string     `json:"purl,omitempty"`
		Properties []property `json:"properties,omitempty"`
	}
	licence struct {
		Expression string `json:"expression"`
	}
	property struct {
		Name  string `json:"name"`
		Value string `json:"value"`
	}
	dependency struct {
		Ref   string   `json:"ref"`
		Needs []string `json:"dependsOn"`
	}
)

// cyclone writes the bill. It holds no time and no random number: the same modules
// give the same file.
func cyclone(list []module) ([]byte, error) {
	const own = "pathwaybot"
	d := document{
		Schema: "http://cyclonedx.org/schema/bom-1.6.schema.json", Format: "CycloneDX", Spec: "1.6", Version: 1,
		Metadata: metadata{component{Type: "application", Ref: own, Name: own, Licences: []licence{{"MIT"}}}},
	}
	refs := map[string]string{}
	for _, m := range list {
		refs[m.Path] = "pkg:golang/" + m.Path + "@" + m.Version
	}
	all := dependency{Ref: own, Needs: []string{}}
	for _, m := range list {
		c := component{
			Type: "library", Ref: refs[m.Path], Name: m.Path, Version: m.Version,
			Licences: []licence{{m.Licence}}, Package: refs[m.Path],
		}
		if m.Sum != "" {
			c.Properties = []property{{"go:sum", m.Sum}}
		}
		d.Components = append(d.Components, c)
		all.Needs = append(all.Needs, c.Ref)
		needs := []string{}
		for _, n := range m.Needs {
			needs = append(needs, refs[n])
		}
		d.Dependencies = append(d.Dependencies, dependency{c.Ref, needs})
	}
	d.Dependencies = append([]dependency{all}, d.Dependencies...)
	b, err := json.MarshalIndent(d, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("write the bill: %w", err)
	}
	return append(b, '\n'), nil
}

// ours are the licences of the project itself: its code, its words and data, its
// pictures. All of these are inside the binary.
func ours() []string { return []string{"LICENSE", "LICENSE-WORDS.md", "pictures/LICENSE.md"} }

// licences joins the texts of all licences and notices, as they have to be given on.
func licences(project string, list []module) ([]byte, error) {
	var out bytes.Buffer
	add := func(head, file string) error {
		b, err := os.ReadFile(file)
		if err != nil {
			return fmt.Errorf("%s: %w", head, err)
		}
		line := strings.Repeat("-", 72)
		fmt.Fprintf(&out, "%s\n%s: %s\n%s\n\n%s\n\n", line, head, filepath.Base(file), line, bytes.TrimSpace(b))
		return nil
	}
	for _, name := range ours() {
		if err := add("pathwaybot", filepath.Join(project, name)); err != nil {
			return nil, err
		}
	}
	for _, m := range list {
		for _, file := range m.Texts {
			if err := add(m.Path+" "+m.Version+" ("+m.Licence+")", file); err != nil {
				return nil, err
			}
		}
	}
	return out.Bytes(), nil
}
