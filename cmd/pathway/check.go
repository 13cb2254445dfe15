package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"pathwaybot/guide"
	"pathwaybot/locales/lint"
)

const checkLong = `
Reads the pathways, the words in every language, the contacts, the areas, the
facts and the sources, and holds them against each other and against the policy.
Every mistake is printed with its file and line, all at once. Without DIR it
reads the files that the program carries; with DIR the project in that folder,
and looks through the words of every language for what locales/lint lists.`

func check(c *call) error {
	words, err := c.parse(1)
	if err != nil {
		return err
	}
	dir := strings.Join(words, "")
	g, err := load(dir)
	if err != nil {
		return err
	}
	if err := checkWording(dir, g); err != nil {
		return err
	}
	nodes := 0
	for _, pw := range g.Graph.Pathways {
		nodes += len(pw.Nodes)
	}
	c.out.printf("No mistakes in %s with %s, %s in %s, %s, %s, %s, %s, %s.\n",
		count(len(g.Graph.Pathways), "pathway"), count(nodes, "node"),
		count(len(g.Words.Keys()), "text"), count(len(g.Words.Languages()), "language"),
		count(len(g.Policy.Statements), "policy statement"),
		count(len(g.Contacts.All()), "contact"), count(len(g.Areas.All()), "area"),
		count(len(g.Evidence.Facts), "fact"), count(len(g.Evidence.Sources), "source"))
	return nil
}

// checkWording looks through the texts of a project for what its lists name.
func checkWording(dir string, g *guide.Guide) error {
	src, err := sources(dir)
	if err != nil {
		return err
	}
	look, err := lint.Read(src.Locales, g.Words)
	if err == nil && look != nil {
		err = errors.Join(look.All()...)
	}
	if err != nil {
		return mistakes(src, err)
	}
	return nil
}

// load reads the project in a folder, or without one what the program carries.
// Mistakes of authors come back as a mistakesError.
func load(dir string) (*guide.Guide, error) { return loadHiding(dir, nil) }

// loadHiding is load where an operator hides some contacts and facts, by their ids.
func loadHiding(dir string, ids []string) (*guide.Guide, error) {
	src, err := sources(dir)
	if err != nil {
		return nil, err
	}
	src.Hide = ids
	g, err := guide.Load(src)
	if err != nil {
		return nil, mistakes(src, err)
	}
	return g, nil
}

// sources finds the four folders that a guide is read from, and the pictures, which a
// project may do without.
func sources(dir string) (guide.Sources, error) {
	if dir == "" {
		return guide.Embedded(), nil
	}
	folder := func(name string) fs.FS { return os.DirFS(filepath.Join(dir, name)) }
	src := guide.Sources{
		Flows: folder("flows"), Locales: folder("locales"), Contacts: folder("contacts"), Areas: folder("areas"),
	}
	if _, err := os.Stat(filepath.Join(dir, "pictures")); err == nil {
		src.Pictures = folder("pictures")
	}
	for _, name := range []string{"flows", "locales", "contacts", "areas"} {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || !info.IsDir() {
			return src, wrong("%q has no folder %q: name the folder of the project", dir, name)
		}
	}
	return src, nil
}

// mistakesError is what authors wrote wrong, a line each, with file and line.
type mistakesError []string

func (e mistakesError) Error() string { return strings.Join(e, "\n") }

// mistakes takes a joined error apart and puts the folder in front of each file.
func mistakes(src guide.Sources, err error) mistakesError {
	var out mistakesError
	for line := range strings.SplitSeq(err.Error(), "\n") {
		out = append(out, inFolder(src, line))
	}
	return out
}

// inFolder completes the file at the beginning of a line. The packages name files
// as they see them, each from its own folder. A name that is in two folders stays.
func inFolder(src guide.Sources, line string) string {
	file, rest, ok := strings.Cut(line, ":")
	if !ok {
		return line
	}
	var found []string
	for _, place := range []struct {
		fsys         fs.FS
		inside, name string
	}{
		{src.Flows, "pathways/", "flows/pathways/"},
		{src.Flows, "", "flows/"},
		{src.Locales, "", "locales/"},
		{src.Contacts, "", "contacts/"},
		{src.Areas, "", "areas/"},
		{src.Pictures, "", "pictures/"},
	} {
		if place.fsys == nil {
			continue
		}
		if _, err := fs.Stat(place.fsys, place.inside+file); err == nil {
			found = append(found, place.name+file)
		}
	}
	if len(found) != 1 {
		return line
	}
	return fmt.Sprintf("%s:%s", found[0], rest)
}
