package contacts

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"pathwaybot/areas"
)

// block is one contact as a coordinator writes it. docs/contacts.md explains
// every key.
type block struct {
	ID       string   `yaml:"id"`
	Kind     string   `yaml:"kind"`
	For      []string `yaml:"for"`
	Audience []string `yaml:"audience"`
	Areas    []string `yaml:"areas"`
	Police   bool     `yaml:"police_area"`

	Number lineBlock  `yaml:",inline"`
	Duty   *lineBlock `yaml:"duty"`

	BSL    bool   `yaml:"bsl"`
	Web    string `yaml:"web"`
	Form   string `yaml:"form"`
	Chat   string `yaml:"chat"`
	Email  string `yaml:"email"`
	App    string `yaml:"app"`
	Abroad string `yaml:"abroad"`

	Silent       bool   `yaml:"silent"`
	OffBill      bool   `yaml:"off_bill"`
	Anonymous    string `yaml:"anonymous"`
	Interpreters bool   `yaml:"interpreters"`

	SourceKind  string   `yaml:"source_kind"`
	SourceDate  string   `yaml:"source_date"`
	MoreSources []string `yaml:"more_sources"`
	Compiled    string   `yaml:"compiled"`
	Confirmed   string   `yaml:"confirmed"`
	Recheck     string   `yaml:"recheck"`
	ValidFrom   string   `yaml:"valid_from"`
	ValidTo     string   `yaml:"valid_to"`
	Remark      string   `yaml:"remark"`
}

type lineBlock struct {
	Phone      string `yaml:"phone"`
	Then       string `yaml:"then"`
	Second     string `yaml:"second"`
	SecondFor  string `yaml:"second_for"`
	SMS        string `yaml:"sms"`
	SMSNeeds   string `yaml:"sms_needs"`
	Relay      string `yaml:"relay"`
	Hours      string `yaml:"hours"`
	Confidence string `yaml:"confidence"`
	Source     string `yaml:"source"`
}

// checker turns one block into a contact and gathers what is wrong with it.
type checker struct {
	file    string
	node    *yaml.Node
	retired []Retired
	places  *areas.Map
	id      string
	errs    []error
}

// say notes a mistake at the line of a key ("phone", "duty.phone"), or at the
// beginning of the block where the key is absent.
func (c *checker) say(key, format string, args ...any) {
	c.errs = append(c.errs, fmt.Errorf("%s:%d: "+format, append([]any{c.file, lineOf(c.node, key)}, args...)...))
}

func lineOf(n *yaml.Node, key string) int {
	first, rest, deeper := strings.Cut(key, ".")
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value != first {
			continue
		}
		if deeper {
			return lineOf(n.Content[i+1], rest)
		}
		return n.Content[i].Line
	}
	return n.Line
}

var idForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

func (c *checker) contact(b *block) *Contact {
	c.id = b.ID
	out := &Contact{
		ID: b.ID, Kind: b.Kind, For: b.For, Audience: b.Audience, Areas: b.Areas, Police: b.Police,
		BSL: b.BSL, Web: b.Web, Form: b.Form, Chat: b.Chat, Email: b.Email, App: b.App, Abroad: b.Abroad,
		Silent: b.Silent, OffBill: b.OffBill, Anonymous: b.Anonymous, Interpreters: b.Interpreters,
		SourceKind: b.SourceKind, SourceDate: b.SourceDate, MoreSources: b.MoreSources, Remark: b.Remark,
		Pos: fmt.Sprintf("%s:%d", c.file, c.node.Line),
	}
	switch {
	case !idForm.MatchString(b.ID):
		c.say("id", "contact %q: an id is small letters, digits and hyphens", b.ID)
	case slices.Contains(kinds, b.ID):
		c.say("id", "contact %q: this is the name of a kind", b.ID)
	}
	c.oneOf("kind", b.Kind, kinds, true)
	c.someOf("for", b.For, []string{"adult", "child"})
	c.someOf("audience", b.Audience, []string{"public", professional, "victim"})
	c.oneOf("anonymous", b.Anonymous, []string{"yes", "limited", "guaranteed", "on-request", "public"}, false)
	for i, code := range b.Areas {
		a, ok := c.places.Area(code)
		if !ok {
			c.say("areas", "contact %q: %q is not an area or a nation", b.ID, code)
		}
		if i == 0 {
			out.nation = nationNumber(a.Nation)
		}
	}
	out.Line = c.line("", &b.Number, b.Kind == emergency)
	if b.Duty != nil {
		duty := c.line("duty.", b.Duty, false)
		if duty.Phone == "" {
			c.say("duty", "contact %q: duty needs a phone", b.ID)
		}
		if duty.Confidence == "" {
			duty.Confidence = b.Number.Confidence
		}
		out.Duty = &duty
	}
	c.ways(b)
	c.dates(b, out)
	if b.Number.Source == "" {
		c.say("source", "contact %q: where was this read? source is missing", b.ID)
	}
	if b.Number.Confidence == "" {
		c.say("confidence", "contact %q: confidence is missing", b.ID)
	}
	return out
}

// line checks a number, its hours and its own ways without a voice.
func (c *checker) line(at string, b *lineBlock, isEmergency bool) Line {
	l := Line{
		Phone: b.Phone, Then: b.Then, Second: b.Second, SecondFor: b.SecondFor, SMS: b.SMS, SMSNeeds: b.SMSNeeds,
		Relay: b.Relay, Confidence: b.Confidence, Source: b.Source,
	}
	l.E164 = c.number(at+"phone", b.Phone)
	c.number(at+"second", b.Second)
	c.number(at+"sms", b.SMS)
	if b.Relay != "" {
		if err := checkRelay(b.Relay, isEmergency); err != nil {
			c.say(at+"relay", "contact %q: %w", c.id, err)
		}
	}
	c.oneOf(at+"confidence", b.Confidence, []string{"high", "medium", low}, false)
	c.oneOf(at+"sms_needs", b.SMSNeeds, []string{"register", "deaf"}, false)
	c.oneOf(at+"second_for", b.SecondFor, []string{professional}, false)
	hours, err := ParseHours(b.Hours)
	if err != nil {
		c.say(at+"hours", "contact %q: %w", c.id, err)
	}
	l.Hours = hours
	return l
}

func (c *checker) number(key, printed string) string {
	if printed == "" {
		return ""
	}
	if err := retiredError("number", printed, c.retired); err != nil {
		c.say(key, "contact %q: %w", c.id, err)
		return ""
	}
	e164, err := checkNumber(printed)
	if err != nil {
		c.say(key, "contact %q: %w", c.id, err)
	}
	return e164
}

// ways checks addresses, and that there is any way at all.
func (c *checker) ways(b *block) {
	for _, a := range []struct{ key, address string }{{"web", b.Web}, {"form", b.Form}, {"chat", b.Chat}} {
		if a.address == "" {
			continue
		}
		if u, err := url.Parse(a.address); err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
			c.say(a.key, "contact %q: %s: %q is not a web address", c.id, a.key, a.address)
		}
	}
	if b.Email != "" && !strings.Contains(b.Email, "@") {
		c.say("email", "contact %q: %q is not an e-mail address", c.id, b.Email)
	}
	c.number("abroad", b.Abroad)
	if b.Number.Phone == "" && b.Web == "" && b.Form == "" && b.Chat == "" && b.Email == "" {
		c.say("id", "contact %q: nobody can reach it: no phone, web, form, chat or email", c.id)
	}
}

func (c *checker) dates(b *block, out *Contact) {
	for _, d := range []struct {
		key, text string
		into      *time.Time
	}{
		{"compiled", b.Compiled, &out.Compiled},
		{"confirmed", b.Confirmed, &out.Confirmed},
		{"recheck", b.Recheck, &out.Recheck},
		{"valid_from", b.ValidFrom, &out.ValidFrom},
		{"valid_to", b.ValidTo, &out.ValidTo},
	} {
		if d.text == "" {
			continue
		}
		t, err := time.Parse(time.DateOnly, d.text)
		if err != nil {
			c.say(d.key, "contact %q: %s: %q is not a date like 2026-12-25", c.id, d.key, d.text)
		}
		*d.into = t
	}
	if b.Compiled == "" {
		c.say("compiled", "contact %q: compiled is missing: the day on which the entry was made", c.id)
	}
	if !out.ValidFrom.IsZero() && !out.ValidTo.IsZero() && out.ValidTo.Before(out.ValidFrom) {
		c.say("valid_to", "contact %q: valid_to is before valid_from", c.id)
	}
}

func (c *checker) oneOf(key, value string, allowed []string, needed bool) {
	if value == "" && !needed || slices.Contains(allowed, value) {
		return
	}
	c.say(key, "contact %q: %s %q is not one of %s", c.id, key, value, strings.Join(allowed, ", "))
}

func (c *checker) someOf(key string, values, allowed []string) {
	if len(values) == 0 {
		c.say(key, "contact %q: %s is missing: %s", c.id, key, strings.Join(allowed, ", "))
	}
	for _, v := range values {
		c.oneOf(key, v, allowed, true)
	}
}
