package telegramtest

import (
	"bytes"
	_ "embed" // for the schema
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
	xlanguage "golang.org/x/text/language"
	xmessage "golang.org/x/text/message"
)

//go:embed schema/schema.json
var schemaJSON []byte

// oracle checks the parameters of calls against the JSON Schema of the Bot API.
// A method's part is compiled when it is first called.
type oracle struct {
	mu       sync.Mutex
	compiler *jsonschema.Compiler
	defs     map[string]any
	methods  map[string]*methodSchema
	printer  *xmessage.Printer
}

// methodSchema is one method's compiled schema, and which of its parameters are
// objects, numbers or flags, so that a form's text must be read as JSON first.
type methodSchema struct {
	schema *jsonschema.Schema
	asJSON map[string]bool
}

const schemaURL = "telegram.json"

func newOracle() *oracle {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(schemaJSON))
	if err != nil {
		panic(fmt.Sprintf("telegramtest: read schema.json: %v", err))
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource(schemaURL, doc); err != nil {
		panic(fmt.Sprintf("telegramtest: add schema.json: %v", err))
	}
	defs, _ := doc.(map[string]any)["definitions"].(map[string]any)
	return &oracle{
		compiler: c, defs: defs, methods: map[string]*methodSchema{},
		printer: xmessage.NewPrinter(xlanguage.English),
	}
}

// check returns what is wrong with the parameters, one text for each problem.
func (o *oracle) check(method string, p params) []string {
	m := o.method(method)
	value := map[string]any{}
	for key, text := range p.values {
		value[key] = text
		if !m.asJSON[key] {
			continue
		}
		if decoded, err := jsonschema.UnmarshalJSON(strings.NewReader(text)); err == nil {
			value[key] = decoded
		} else if flag := (params{values: map[string]string{key: text}}); flag.bool(key) {
			value[key] = true
		}
	}
	for field := range p.files {
		if _, ok := m.asJSON[field]; ok { // a parameter; others are attachments
			value[field] = "attach://" + field
		}
	}
	err := m.schema.Validate(value)
	if err == nil {
		return nil
	}
	var invalid *jsonschema.ValidationError
	if !errors.As(err, &invalid) {
		return []string{err.Error()}
	}
	return o.leaves(invalid, nil)
}

// leaves flattens a tree of validation errors. Where several alternatives were
// tried, all their complaints are listed, since which one was meant is unknown.
func (o *oracle) leaves(e *jsonschema.ValidationError, out []string) []string {
	for _, cause := range e.Causes {
		out = o.leaves(cause, out)
	}
	if len(e.Causes) == 0 {
		line := fmt.Sprintf("/%s: %s", strings.Join(e.InstanceLocation, "/"), e.ErrorKind.LocalizedString(o.printer))
		if !slices.Contains(out, line) {
			out = append(out, line)
		}
	}
	return out
}

// method compiles a method's schema once.
func (o *oracle) method(name string) *methodSchema {
	o.mu.Lock()
	defer o.mu.Unlock()
	if m := o.methods[name]; m != nil {
		return m
	}
	methods := o.resolve(map[string]any{"$ref": "#/definitions/Methods"})
	part := methods["properties"].(map[string]any)[name].(map[string]any)
	ref := part["$ref"].(string)
	schema, err := o.compiler.Compile(schemaURL + ref)
	if err != nil {
		panic(fmt.Sprintf("telegramtest: compile the schema of %s: %v", name, err))
	}
	m := &methodSchema{schema: schema, asJSON: map[string]bool{}}
	properties, _ := o.resolve(part)["properties"].(map[string]any)
	for key, p := range properties {
		m.asJSON[key] = !o.takesText(p.(map[string]any))
	}
	o.methods[name] = m
	return m
}

// resolve follows a $ref.
func (o *oracle) resolve(s map[string]any) map[string]any {
	for {
		ref, ok := s["$ref"].(string)
		if !ok {
			return s
		}
		s = o.defs[strings.TrimPrefix(ref, "#/definitions/")].(map[string]any)
	}
}

// takesText says whether a parameter may be a plain text.
func (o *oracle) takesText(s map[string]any) bool {
	s = o.resolve(s)
	switch t := s["type"].(type) {
	case string:
		return t == "string"
	case []any:
		return slices.Contains(t, any("string"))
	}
	if c, ok := s["const"].(string); ok && c != "" {
		return true
	}
	alternatives, _ := s["anyOf"].([]any)
	return slices.ContainsFunc(alternatives, func(a any) bool { return o.takesText(a.(map[string]any)) })
}
