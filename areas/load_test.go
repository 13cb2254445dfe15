package areas

import (
	"strings"
	"testing"
	"testing/fstest"
)

func TestBrokenFiles(t *testing.T) {
	const nation = "areas:\n  - {code: england, name: England, kind: nation}\n"
	for _, tt := range []struct{ name, text, want string }{
		{"an area without a parent", nation + "  - {code: E1, name: Kent, kind: county}\n", `x.yaml:3: area "E1" has no parent`},
		{"a parent that is none", nation + "  - {code: E1, name: Kent, kind: county, parent: englnd}\n", `x.yaml:3: area "E1": parent "englnd" is not an area`},
		{"one code twice", nation + "  - {code: england, name: Kent, kind: county, parent: england}\n", `x.yaml:3: area "england" is already at x.yaml:2`},
		{"an unknown kind", nation + "  - {code: E1, name: Kent, kind: shire, parent: england}\n", `x.yaml:3: area "E1": kind "shire" is not one of [nation region county unitary metropolitan district london-borough]`},
		{"an unknown key", nation + "  - {code: E1, nme: Kent, kind: county, parent: england}\n", `x.yaml:3: key "nme" is not known`},
		{"no name", nation + "  - {code: E1, kind: county, parent: england}\n", `x.yaml:3: an area needs a code and a name`},
		{"a nation inside", nation + "  - {code: wales, name: Wales, kind: nation, parent: england}\n", `x.yaml:3: nation "wales" cannot lie in "england"`},
		{"a bad date", nation + "  - {code: E1, name: Kent, kind: county, parent: england, to: April}\n", `x.yaml:3: to: "April" is not a date like 2027-04-01`},
		{"ends before it begins", nation + "  - {code: E1, name: Kent, kind: county, parent: england, from: \"2027-04-01\", to: \"2027-03-31\"}\n", `x.yaml:3: area "E1" ends (2027-03-31) before it begins (2027-04-01)`},
		{"replaces nothing known", nation + "  - {code: E1, name: Kent, kind: county, parent: england, was: [E9]}\n", `x.yaml:3: area "E1": was "E9", which is not an area`},
		{"a town nowhere", nation + "towns:\n  - {name: Deal, in: E9}\n", `x.yaml:4: name "Deal": "E9" is not an area`},
		{"a name of nothing", nation + "names:\n  - {name: Mercia, means: []}\n", `x.yaml:4: a name needs the places it means`},
		{
			"a circle", nation + "  - {code: E1, name: A, kind: county, parent: E2}\n  - {code: E2, name: B, kind: county, parent: E1}\n",
			"x.yaml:3: area \"E1\" lies inside itself\nx.yaml:4: area \"E2\" lies inside itself",
		},
		{
			"two mistakes", nation + "  - {code: E1, name: Kent, kind: county}\nnames:\n  - {name: Mercia, means: [E9]}\n",
			"x.yaml:3: area \"E1\" has no parent\nx.yaml:5: name \"Mercia\": \"E9\" is not an area",
		},
	} {
		_, err := Load(fstest.MapFS{"x.yaml": {Data: []byte(tt.text)}})
		if err == nil || err.Error() != tt.want {
			t.Errorf("%s:\n got %v\nwant %s", tt.name, err, tt.want)
		}
	}
}

func TestAnEmptyFolderIsRefused(t *testing.T) {
	if _, err := Load(fstest.MapFS{}); err == nil || !strings.Contains(err.Error(), "no file of places") {
		t.Errorf("got %v", err)
	}
}
