package guide_test

import (
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"pathwaybot/guide"
	"pathwaybot/pictures"
)

// A picture stands above what fits under it; where the English beside the words would
// not fit, the picture is left out and not the English.
func TestPictureGivesWay(t *testing.T) {
	change := &txtar.Archive{Files: []txtar.File{
		{Name: "flows/pathways/gate.yaml", Data: []byte(`id: gate
sources: [A1]
start: start
nodes:
  start:
    options:
      - {id: danger, next: emergency}
    critical: true
    picture: help
    says: [asks-danger]
  emergency: {outcome: emergency, contacts: [emergency-999]}
`)},
		{Name: "locales/en.pictures.yaml", Data: []byte("ui.picture.help: \"People who help\"\n")},
		{Name: "locales/en.more.yaml", Data: []byte("gate.start.say: \"" + strings.TrimSpace(strings.Repeat("Read this. ", 50)) + "\"\n")},
		{Name: "locales/ro.more.yaml", Data: []byte("gate.start.say: \"" + strings.TrimSpace(strings.Repeat("Citiți. ", 50)) + "\"\n")},
	}}
	src := small(t, change)
	src.Pictures = pictures.Files()
	g, err := guide.Load(src)
	if err != nil {
		t.Fatal(err)
	}
	n := g.Graph.Node("gate/start")
	if s := g.Screen("en", n); s.Picture != "help" || s.Alt != "People who help" {
		t.Errorf("in English the picture is %q, %q", s.Picture, s.Alt)
	}
	if s := g.Screen("ro", n); s.Picture != "" || s.Alt != "" || s.English == "" {
		t.Errorf("with its English beside it the picture is %q, want none", s.Picture)
	}
	src.Pictures = nil
	if _, err = guide.Load(src); err == nil || err.Error() != `pathways/gate.yaml:5: node "start": there is no picture "help"` {
		t.Errorf("a picture that is not there: %v", err)
	}
}
