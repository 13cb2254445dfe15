package main

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"pathwaybot/flows"
)

// What docs/pathways.md shows as a whole pathway, aside and policy is one.
func TestExamplesInTheManual(t *testing.T) {
	manual, err := os.ReadFile("../../docs/pathways.md")
	if err != nil {
		t.Fatal(err)
	}
	var examples []string
	for _, part := range strings.Split(string(manual), "\n```yaml\n")[1:] {
		text, _, _ := strings.Cut(part, "\n```\n")
		examples = append(examples, text+"\n")
	}
	if len(examples) != 3 {
		t.Fatalf("%d examples, want a pathway, an aside and a policy", len(examples))
	}
	gate := `id: gate
start: start
nodes:
  start: {options: [{id: worried, next: sample/signs}]}
`
	g, err := flows.Load(fstest.MapFS{
		"gate.yaml":   {Data: []byte(gate)},
		"sample.yaml": {Data: []byte(examples[0])},
		"words.yaml":  {Data: []byte(examples[1])},
	})
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[flows.Kind]bool{}
	for _, n := range g.Pathway("sample").Nodes {
		kinds[n.Kind] = true
	}
	if len(kinds) != 5 {
		t.Errorf("the example has the kinds %v, want all five", kinds)
	}
	policy, err := flows.LoadPolicy(fstest.MapFS{"policy.yaml": {Data: []byte(examples[2])}}, "policy.yaml", g)
	if err != nil {
		t.Fatal(err)
	}
	forms := map[string]bool{}
	for _, s := range policy.Statements {
		forms[s.Form] = true
	}
	if len(forms) != 5 {
		t.Errorf("the example has the forms %v, want all five", forms)
	}
	for _, b := range g.Prove(policy).Broken {
		t.Errorf("%s: %s", b.Statement.ID, b.Text)
	}
}
