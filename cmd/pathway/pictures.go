package main

import (
	"encoding/base64"
	"fmt"
	"html/template"
	"os"
	"strings"

	"pathwaybot/guide"
	"pathwaybot/locales"
)

const picturesLong = `
Lists the pictures of the booklets: the name, what it means in English, and the
pages that show it. With --sheet it writes one page of HTML with every picture on
light and on dark, and its meaning in every language, for people who judge whether
a picture is understood without words. The page needs no other file.`

// pictured is one picture and where it is seen.
type pictured struct {
	Name  string
	PNG   template.URL
	Words []spoken
	Pages []string
}

// spoken is a meaning in one language.
type spoken struct {
	locales.Language
	Text string
}

// Dir is the direction of the language.
func (s spoken) Dir() string {
	if s.RTL {
		return "rtl"
	}
	return "ltr"
}

func listPictures(c *call) error {
	dir := c.dirFlag()
	sheet := c.flags.String("sheet", "", "write a page with all pictures to `FILE`")
	if _, err := c.parse(0); err != nil {
		return err
	}
	g, err := load(*dir)
	if err != nil {
		return err
	}
	all := gallery(g)
	if *sheet != "" {
		if err := writeSheet(*sheet, all); err != nil {
			return err
		}
		c.out.printf("%s in %s\n", count(len(all), "picture"), *sheet)
		return nil
	}
	for _, p := range all {
		c.out.printf("%-14s %-40s %s\n", p.Name, g.Words.Text(guide.English, "ui.picture."+p.Name), strings.Join(p.Pages, ", "))
	}
	return nil
}

func gallery(g *guide.Guide) []pictured {
	pages := map[string][]string{}
	for _, pw := range g.Graph.Pathways {
		for _, n := range pw.Nodes {
			pages[n.Picture] = append(pages[n.Picture], string(n.Ref))
		}
	}
	var all []pictured
	for _, name := range g.Pictures.Names() {
		b, _ := g.Pictures.PNG(name)
		p := pictured{Name: name, Pages: pages[name]}
		p.PNG = template.URL("data:image/png;base64," + base64.StdEncoding.EncodeToString(b))
		for _, l := range g.Words.Languages() {
			p.Words = append(p.Words, spoken{l, g.Words.Text(l.Tag, "ui.picture."+name)})
		}
		all = append(all, p)
	}
	return all
}

func writeSheet(file string, all []pictured) error {
	f, err := os.Create(file)
	if err != nil {
		return fmt.Errorf("write the sheet: %w", err)
	}
	err = sheetPage.Execute(f, all)
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return fmt.Errorf("write the sheet: %w", err)
	}
	return nil
}

// sheetPage never changes.
var sheetPage = template.Must(template.New("sheet").Parse(`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Pictures</title>
<style>
body { font: 16px/1.4 sans-serif; margin: 1rem; display: grid; grid-template-columns: repeat(auto-fill, minmax(29rem, 1fr)); gap: 1rem; }
header { grid-column: 1 / -1; }
section { border: 1px solid #999; padding: .5rem; }
section div { display: flex; }
section span { padding: .75rem; background: #fff; }
section span + span { background: #14171a; }
img { width: 12.5rem; height: auto; border: 1px solid #ccc; display: block; }
h2 { font-size: 1rem; margin: .25rem 0; }
p { margin: .1rem 0; }
small { color: #555; }
</style>
<header><h1>Pictures</h1>
<p>Cover the words. What does each picture say? Pictures: OpenMoji (openmoji.org), CC BY-SA 4.0, changed.</p></header>
{{range .}}<section>
<div><span><img src="{{.PNG}}" alt=""></span><span><img src="{{.PNG}}" alt=""></span></div>
<h2>{{.Name}}</h2>
{{range .Words}}<p lang="{{.Tag}}" dir="{{.Dir}}">{{.Text}}</p>
{{end}}<p><small>{{range $i, $p := .Pages}}{{if $i}}, {{end}}{{$p}}{{end}}</small></p>
</section>
{{end}}</html>
`))
