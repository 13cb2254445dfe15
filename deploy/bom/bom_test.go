package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Whatever is linked into what is released stands under a licence that may be used,
// and its text goes with it.
func TestEveryLicenceMayBeUsed(t *testing.T) {
	dir := t.TempDir()
	if err := run("../..", dir, t.Output()); err != nil {
		t.Fatal(err)
	}
	texts, err := os.ReadFile(filepath.Join(dir, "licences.txt"))
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(filepath.Join(dir, "bom.cdx.json"))
	if err != nil {
		t.Fatal(err)
	}
	var bill document
	if err := json.Unmarshal(b, &bill); err != nil {
		t.Fatal(err)
	}
	var refs []string
	for _, c := range bill.Components {
		refs = append(refs, c.Ref)
		if len(c.Licences) != 1 || c.Version == "" {
			t.Errorf("%s has no version or no licence: %+v", c.Name, c)
		}
		if c.Name != standard && (len(c.Properties) != 1 || !strings.HasPrefix(c.Properties[0].Value, "h1:")) {
			t.Errorf("%s has no checksum", c.Name)
		}
		if !strings.Contains(string(texts), c.Name+" "+c.Version) {
			t.Errorf("%s: its licence is not in licences.txt", c.Name)
		}
	}
	for _, d := range bill.Dependencies {
		for _, n := range d.Needs {
			if !slices.Contains(refs, n) {
				t.Errorf("%s needs %s, which is not in the bill", d.Ref, n)
			}
		}
	}
	for _, want := range []string{"github.com/redis/go-redis/v9", "github.com/go-telegram/bot", standard} {
		if !slices.ContainsFunc(bill.Components, func(c component) bool { return c.Name == want }) {
			t.Errorf("the bill lacks %s", want)
		}
	}
	for _, want := range []string{"Permission is hereby granted", "Redistribution and use", "END OF TERMS AND CONDITIONS", "CC BY-SA 4.0"} {
		if !strings.Contains(string(texts), want) {
			t.Errorf("licences.txt lacks the text with %q", want)
		}
	}
}

// A text that differs from a known one by a word or a sentence is not that licence.
func TestIdentifyIsExact(t *testing.T) {
	own, err := os.ReadFile("../../LICENSE")
	if err != nil {
		t.Fatal(err)
	}
	text := string(own)
	for name, tt := range map[string]struct{ text, want string }{
		"as it is":          {text, "MIT"},
		"in capitals":       {strings.ToUpper(text), "MIT"},
		"one use forbidden": {strings.Replace(text, "without restriction", "without restriction other than military use", 1), ""},
		"a sentence more":   {text + "\nThe Software shall be used for good, not evil.\n", ""},
		"a sentence less":   {strings.Replace(text, "subject to the following conditions", "", 1), ""},
		"nothing":           {"", ""},
		"all rights":        {"Copyright (c) 2026 Somebody. All rights reserved.", ""},
	} {
		if got := identify(tt.text); got != tt.want {
			t.Errorf("%s: identify = %q, want %q", name, got, tt.want)
		}
	}
}

func TestRefused(t *testing.T) {
	if err := allowed([]module{{Path: "example.org/a", Version: "v1", Licence: "MIT AND Apache-2.0"}}); err != nil {
		t.Errorf("MIT AND Apache-2.0: %v", err)
	}
	for _, id := range []string{"GPL-3.0-only", "MPL-2.0", "", "MIT AND AGPL-3.0-only"} {
		if allowed([]module{{Path: "example.org/a", Version: "v1", Licence: id}}) == nil {
			t.Errorf("%q may be used", id)
		}
	}
	empty := module{Path: "example.org/a", Version: "v1", Dir: t.TempDir()}
	if empty.read() == nil {
		t.Error("a module without a licence is let in")
	}
	if err := os.WriteFile(filepath.Join(empty.Dir, "LICENSE.md"), []byte("Ask first."), 0o600); err != nil {
		t.Fatal(err)
	}
	if empty.read() == nil {
		t.Error("a text that is no known licence is let in")
	}
}
