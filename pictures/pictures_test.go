package pictures

import (
	"bytes"
	"image/color"
	"image/png"
	"strings"
	"testing"
	"testing/fstest"
)

// mostBytes keeps a picture quick to load on a poor line.
const mostBytes = 25_000

func TestPictures(t *testing.T) {
	s, err := Load(Files())
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Names()) == 0 {
		t.Fatal("there is no picture")
	}
	seen := map[string]string{}
	for _, name := range s.Names() {
		b, ok := s.PNG(name)
		if !ok || len(b) > mostBytes {
			t.Errorf("%s: %d bytes, want at most %d", name, len(b), mostBytes)
		}
		if other := seen[string(b)]; other != "" {
			t.Errorf("%s and %s are the same picture", name, other)
		}
		seen[string(b)] = name
		pic, err := png.Decode(bytes.NewReader(b))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		// Opaque white at the edge is readable in a dark theme and in a light one.
		for _, c := range []color.Color{pic.At(0, 0), pic.At(Width-1, Height-1)} {
			if r, g, b, a := c.RGBA(); r < 0xfc00 || g < 0xfc00 || b < 0xfc00 || a != 0xffff {
				t.Errorf("%s: the ground is %v, want opaque white", name, c)
			}
		}
	}
}

func TestBlank(t *testing.T) {
	pic, err := png.Decode(bytes.NewReader(Blank()))
	if err != nil {
		t.Fatal(err)
	}
	size := pic.Bounds()
	if size.Dx() > 20*size.Dy() { // more than Telegram takes: https://core.telegram.org/bots/api#sendphoto
		t.Errorf("%v is too narrow", size)
	}
	first := pic.At(0, 0)
	for y := range size.Dy() {
		for x := range size.Dx() {
			if pic.At(x, y) != first {
				t.Fatalf("something is to be seen at %d, %d", x, y)
			}
		}
	}
}

func TestMistakes(t *testing.T) {
	own, err := Load(Files())
	if err != nil {
		t.Fatal(err)
	}
	good, _ := own.PNG("help")
	fsys := fstest.MapFS{
		"pictures.yaml": {Data: []byte(strings.Join([]string{
			"help: {symbols: [1F64B], mark: none}",
			"gone: {symbols: [1F64B], mark: none}",
			"none: {symbols: [], mark: none}",
			"four: {symbols: [1F64B, 1F64B, 1F64B, 1F64B], mark: cross}",
			"code: {symbols: [smile], mark: arrow}",
			"mark: {symbols: [1F64B], mark: star}",
			"more: {symbols: [1F64B], mark: none, colour: red}",
			"Name: {symbols: [1F64B], mark: none}",
			"small: {symbols: [1F64B], mark: none}",
			"torn: {symbols: [1F64B], mark: none}",
		}, "\n"))},
		"png/small.png": {Data: Blank()},
		"png/torn.png":  {Data: good[:10]},
		"png/extra.png": {Data: good},
	}
	for _, name := range []string{"help", "none", "four", "code", "mark", "more", "Name"} {
		fsys["png/"+name+".png"] = &fstest.MapFile{Data: good}
	}
	_, err = Load(fsys)
	if err == nil {
		t.Fatal("no mistake is found")
	}
	for _, want := range []string{
		`pictures.yaml:2: picture "gone": there is no file png/gone.png`,
		`pictures.yaml:3: picture "none": want one to three symbols`,
		`pictures.yaml:4: picture "four": want one to three symbols`,
		`pictures.yaml:5: picture "code": "smile" is no code of a symbol`,
		`pictures.yaml:6: picture "mark": the mark "star"`,
		`pictures.yaml:7: picture "more": the key "colour" is not known`,
		`pictures.yaml:8: picture "Name": a name is small letters`,
		`pictures.yaml:9: picture "small": png/small.png has 960 x 96 pixels`,
		`pictures.yaml:10: picture "torn": png/torn.png is no PNG`,
		`png/extra.png:1: there is no picture of this name`,
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("no %q in\n%v", want, err)
		}
	}
	if n := strings.Count(err.Error(), "\n") + 1; n != 10 {
		t.Errorf("%d mistakes, want 10:\n%v", n, err)
	}
}
