package flows

import (
	"embed"
	"io/fs"
)

//go:embed pathways/*.yaml policy.yaml facts.yaml sources.yaml
var files embed.FS

// Files returns the project's own pathways (a folder), policy, facts and sources.
func Files() fs.FS { return files }
