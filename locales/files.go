package locales

import (
	"embed"
	"io/fs"
	"regexp"
	"slices"
)

// The files beside the word files.
const (
	languagesFile = "languages.yaml"
	matchFile     = "match.yaml"
	reviewFile    = "review.yaml"
)

// lists are files of words that are looked for and not shown; guide reads them.
var lists = []string{"danger.yaml", "leave.yaml"}

// english is the language that all others are translated from and fall back to.
const english = "en"

//go:embed *.yaml
var embedded embed.FS

// Files returns the word files and tables that are built into the program.
func Files() fs.FS { return embedded }

// wordFileName is <tag>.yaml or <tag>.<part>.yaml.
var wordFileName = regexp.MustCompile(`^([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)(?:\.[a-z0-9-]+)*\.yaml$`)

// wordFiles returns the word files of each tag, in the order of their names.
func wordFiles(fsys fs.FS, bad *problems) map[string][]string {
	names, err := fs.Glob(fsys, "*.yaml")
	if err != nil {
		bad.add("*.yaml", 0, "list the files: %v", err)
	}
	byTag := map[string][]string{}
	for _, name := range names {
		if name == languagesFile || name == matchFile || name == reviewFile || slices.Contains(lists, name) {
			continue
		}
		m := wordFileName.FindStringSubmatch(name)
		if m == nil {
			bad.add(name, 0, "the name is not <tag>.yaml or <tag>.<part>.yaml")
			continue
		}
		byTag[m[1]] = append(byTag[m[1]], name)
	}
	return byTag
}
