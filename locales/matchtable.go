package locales

import (
	"io/fs"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"
	"golang.org/x/text/language"
)

// A matchTable is match.yaml: what codes mean that are not simply our own tags.
type matchTable struct {
	same  map[string]string // code to tag
	near  map[string]near
	offer map[string][]string
}

// near is a language that is read by the same people in another script.
type near struct{ tag, notice string }

// target returns the tag that stands for a code, which is the code itself when no
// row says otherwise, and the key of a line to show with it.
func (t matchTable) target(code string) (tag, notice string) {
	if tag, ok := t.same[code]; ok {
		return tag, ""
	}
	if n, ok := t.near[code]; ok {
		return n.tag, n.notice
	}
	return code, ""
}

var codeShape = regexp.MustCompile(`^[a-z]{2,3}(-[a-z0-9]+)*$`)

// readMatch reads match.yaml, if there is one.
func readMatch(fsys fs.FS, byTag map[string]*locale, bad *problems) matchTable {
	t := matchTable{same: map[string]string{}, near: map[string]near{}, offer: map[string][]string{}}
	if _, err := fs.Stat(fsys, matchFile); err != nil {
		return t
	}
	lines := map[string]int{}
	for _, section := range pairs(matchFile, readYAML(fsys, matchFile, bad), bad) {
		name := section.key.Value
		if name != "same" && name != "near" && name != "offer" {
			bad.add(matchFile, section.key.Line, "unknown section %q; known are same, near, offer", name)
			continue
		}
		for _, p := range pairs(matchFile, section.value, bad) {
			code := p.key.Value
			if first := lines[code]; first > 0 {
				bad.add(matchFile, p.key.Line, "code %q: stands twice, first in %s:%d", code, matchFile, first)
			} else if !codeShape.MatchString(code) {
				bad.add(matchFile, p.key.Line, "code %q: must be a language code in small letters", code)
			}
			lines[code] = p.key.Line
			t.readRow(name, code, p, byTag, bad)
		}
	}
	for code, tag := range t.same {
		if next, _ := t.target(strings.ToLower(tag)); !strings.EqualFold(next, tag) {
			bad.add(matchFile, lines[code], "code %q: leads to %q, which leads on to %q", code, tag, next)
		}
	}
	return t
}

func (t matchTable) readRow(section, code string, p pair, byTag map[string]*locale, bad *problems) {
	line := p.key.Line
	var tags []string
	switch section {
	case "same":
		tags = []string{p.value.Value}
		t.same[code] = p.value.Value
	case "near":
		f := fields(matchFile, "code \""+code+"\"", p.value, []string{"tag", "notice"}, bad)
		n := near{f["tag"], f["notice"]}
		tags = []string{n.tag}
		t.near[code] = n
		if l := byTag[n.tag]; l != nil && l.entries[n.notice] == nil {
			bad.add(matchFile, line, "code %q: %s lacks the notice %q", code, l.English, n.notice)
		}
	case "offer":
		if p.value.Kind != yaml.SequenceNode {
			bad.add(matchFile, line, "code %q: must be a list of tags", code)
		}
		for _, item := range p.value.Content {
			tags = append(tags, item.Value)
		}
		t.offer[code] = tags
	}
	for _, tag := range tags {
		if parsed, err := language.Parse(tag); err != nil || parsed.String() != tag {
			bad.add(matchFile, line, "code %q: %q is not a tag such as ar or zh-Hans", code, tag)
		}
	}
}
