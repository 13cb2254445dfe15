package contacts

import (
	"os"
	"testing"

	"go.yaml.in/yaml/v3"
)

type fact struct {
	ID         string `yaml:"id"`
	Kind       string `yaml:"kind"`
	Phone      string `yaml:"phone"`
	E164       string `yaml:"e164"`
	Second     string `yaml:"second"`
	Hours      string `yaml:"hours"`
	SMS        string `yaml:"sms"`
	Relay      string `yaml:"relay"`
	Duty       string `yaml:"duty"`
	DutySecond string `yaml:"duty_second"`
	DutyHours  string `yaml:"duty_hours"`
	Form       string `yaml:"form"`
	Email      string `yaml:"email"`
	Confidence string `yaml:"confidence"`

	For      []string `yaml:"for"`
	Audience []string `yaml:"audience"`
	Areas    []string `yaml:"areas"`
}

func facts(t *testing.T) []fact {
	t.Helper()
	raw, err := os.ReadFile("testdata/facts.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var out []fact
	if err := yaml.Unmarshal(raw, &out); err != nil {
		t.Fatal(err)
	}
	if len(out) < 90 {
		t.Fatalf("%d facts, want all that were found", len(out))
	}
	return out
}

func TestDirectoryHoldsWhatTheSourcesSay(t *testing.T) {
	d := mustLoad(t)
	for _, f := range facts(t) {
		c, ok := d.Contact(f.ID)
		if !ok {
			t.Errorf("%s: not in the directory", f.ID)
			continue
		}
		duty := c.Duty
		if duty == nil {
			duty = &Line{}
		}
		if f.Hours == "" {
			f.Hours = "not stated"
		}
		if f.DutyHours == "" {
			f.DutyHours = "not stated"
		}
		for _, v := range []struct{ what, got, want string }{
			{"kind", c.Kind, f.Kind},
			{"phone", c.Phone, f.Phone},
			{"international", c.E164, f.E164},
			{"second", c.Second, f.Second},
			{"hours", c.Hours.String(), f.Hours},
			{"sms", c.SMS, f.SMS},
			{"relay", c.Relay, f.Relay},
			{"duty", duty.Phone, f.Duty},
			{"duty second", duty.Second, f.DutySecond},
			{"duty hours", duty.Hours.String(), f.DutyHours},
			{"form", c.Form, f.Form},
			{"email", c.Email, f.Email},
			{"confidence", c.Confidence, f.Confidence},
		} {
			if v.got != v.want {
				t.Errorf("%s: %s is %q, the source says %q", f.ID, v.what, v.got, v.want)
			}
		}
	}
}

func TestNobodyIsNamedAndNothingIsRung(t *testing.T) {
	d := mustLoad(t)
	if _, ok := d.Contact("stevenage-community-safety-manager"); ok {
		t.Error("the line of a named officer is in the directory")
	}
	for _, c := range d.All() {
		if c.Compiled.IsZero() {
			t.Errorf("%s: compiled is missing", c.ID)
		}
		if d.Kind(c.ID) {
			t.Errorf("%s is the name of a kind too", c.ID)
		}
	}
}
