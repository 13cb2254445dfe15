package main

import (
	"bytes"
	"errors"
	"fmt"
	"os/exec"
	"strings"

	"pathwaybot/flows"
	"pathwaybot/guide"
)

const drawLong = `
Draws a pathway. Without --dot or --svg it is Mermaid, which many web sites show
in a Markdown file; without PATHWAY all pathways are drawn in one such file.
Boxes are named by their ids, or with --lang by their words.

In Mermaid: a box is a question, a slanted box signs to tick, a double box a page,
a diamond a fork, a round box an outcome; a thick line is an emergency.`

// graphviz is the program that makes SVG, from Debian's package of that name.
const graphviz = "dot"

func draw(c *call) error {
	dir := c.dirFlag()
	dot := c.flags.Bool("dot", false, "draw in the language of Graphviz")
	svg := c.flags.Bool("svg", false, "draw as SVG; needs the program dot of Graphviz")
	lang := c.flags.String("lang", "", "write the words of this language: a `TAG` such as en, ar or ro")
	names, err := c.parse(1)
	if err != nil {
		return err
	}
	if *dot && *svg {
		return wrong("--dot and --svg cannot go together")
	}
	if *svg && len(names) == 0 {
		return wrong("--svg needs the name of a pathway")
	}
	g, err := load(*dir)
	if err != nil {
		return err
	}
	label, err := labels(g, *lang)
	if err != nil {
		return err
	}
	list := g.Graph.Pathways
	if len(names) > 0 {
		pw := g.Graph.Pathway(names[0])
		if pw == nil {
			return wrong("there is no pathway %q: %s", names[0], strings.Join(ids(list), ", "))
		}
		list = []*flows.Pathway{pw}
	}
	switch {
	case *svg:
		return c.svg(g.Graph.DOT(list[0], label))
	case *dot:
		for _, pw := range list {
			c.out.printf("%s", g.Graph.DOT(pw, label))
		}
	case len(names) > 0:
		c.out.printf("%s", g.Graph.Mermaid(list[0], label))
	default:
		for _, pw := range list {
			c.out.printf("## %s\n\n```mermaid\n%s```\n\n", pw.ID, g.Graph.Mermaid(pw, label))
		}
	}
	return nil
}

func labels(g *guide.Guide, lang string) (flows.Labels, error) {
	if lang == "" {
		return flows.IDs, nil
	}
	if _, ok := g.Words.Language(lang); !ok {
		return nil, wrong("--lang %q is none of our languages: %s", lang, strings.Join(tags(g), ", "))
	}
	return g.Label(lang), nil
}

func ids(list []*flows.Pathway) []string {
	var out []string
	for _, pw := range list {
		out = append(out, pw.ID)
	}
	return out
}

// svg hands a drawing to Graphviz.
func (c *call) svg(drawing string) error {
	program, err := exec.LookPath(graphviz)
	if err != nil {
		return errors.New("--svg needs the program dot, from Debian's package graphviz; without it draw Mermaid or --dot")
	}
	var complaint bytes.Buffer
	cmd := exec.CommandContext(c.ctx, program, "-Tsvg")
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(drawing), c.out, &complaint
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("run dot: %w: %s", err, strings.TrimSpace(complaint.String()))
	}
	return nil
}
