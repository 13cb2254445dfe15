package guide_test

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"pathwaybot/guide"
)

// twelve is the project with twelve languages' worth of text: Romanian and Arabic
// stand in for those that are not translated yet.
func twelve(b *testing.B) guide.Sources {
	b.Helper()
	src := guide.Embedded()
	files := fstest.MapFS{}
	names, err := fs.Glob(src.Locales, "*.yaml")
	if err != nil {
		b.Fatal(err)
	}
	for _, name := range names {
		data, err := fs.ReadFile(src.Locales, name)
		if err != nil {
			b.Fatal(err)
		}
		files[name] = &fstest.MapFile{Data: data}
		for as, from := range map[string]string{
			"sq": "ro", "bg": "ro", "hi": "ro", "pl": "ro", "so": "ro", "ti": "ro", "vi": "ro", "hu": "ro", "fa": "ar",
		} {
			if rest, ok := strings.CutPrefix(name, from+"."); ok {
				files[as+"."+rest] = &fstest.MapFile{Data: data}
			}
		}
	}
	var rows strings.Builder
	rows.Write(files["languages.yaml"].Data)
	for _, tag := range []string{"sq", "bg", "hi", "pl", "so", "ti", "vi", "hu"} {
		fmt.Fprintf(&rows, "\n- {tag: %s, name: \"%s\", english: \"%s\", dir: ltr}", tag, tag, tag)
	}
	rows.WriteString("\n- {tag: fa, name: \"fa\", english: \"fa\", dir: rtl}\n")
	files["languages.yaml"] = &fstest.MapFile{Data: []byte(rows.String())}
	src.Locales = files
	return src
}

// BenchmarkLoad is the start of the program: everything read, joined, checked and
// proved, with the project's languages and with twelve languages' worth of text.
func BenchmarkLoad(b *testing.B) {
	for name, src := range map[string]guide.Sources{"own": guide.Embedded(), "twelve": twelve(b)} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := guide.Load(src); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
