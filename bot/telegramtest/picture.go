package telegramtest

import (
	"bytes"
	"fmt"
	"image"
	_ "image/gif" // the formats that sendPhoto takes and the standard library reads
	_ "image/jpeg"
	_ "image/png"
	"strings"
)

// Telegram's limits for photos: https://core.telegram.org/bots/api#sendphoto
const (
	maxPhotoBytes = 10 << 20
	maxPhotoSides = 10000 // width and height together
	maxPhotoRatio = 20
)

// Picture is a photo in a chat.
type Picture struct {
	// FileID names it for sending it again.
	FileID string `json:"file_id"`
	// Name is the file's name, or the address it was sent by.
	Name   string `json:"name"`
	Width  int    `json:"width"`
	Height int    `json:"height"`
	// Content is nil for an address, which the fake does not load, and for a
	// person's photo.
	Content []byte `json:"-"`
}

// picture finds the photo that a parameter means: an upload in the field itself,
// "attach://field", the id of a photo sent before, or an http address.
func (s *Server) picture(c *Call, field, value string) (*Picture, *apiError) {
	file, uploaded := c.params.files[field]
	if name, ok := strings.CutPrefix(value, "attach://"); ok {
		if file, uploaded = c.params.files[name]; !uploaded {
			return nil, broken("wrong file attachment name %q", name) // our words
		}
	}
	if uploaded {
		return s.upload(file)
	}
	if strings.HasPrefix(value, "http://") || strings.HasPrefix(value, "https://") {
		if _, err := checkURL(value); err != nil {
			return nil, broken("wrong HTTP URL specified")
		}
		return s.keep(&Picture{Name: value, Width: 800, Height: 600}), nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if p := s.pictures[value]; p != nil {
		return p, nil
	}
	if value == "" {
		return nil, broken("there is no photo in the request")
	}
	return nil, broken("wrong file identifier/HTTP URL specified")
}

// upload checks a file and gives it an id.
func (s *Server) upload(file upload) (*Picture, *apiError) {
	switch n := len(file.content); {
	case n == 0:
		return nil, broken("file must be non-empty")
	case n > maxPhotoBytes:
		return nil, broken("file is too big")
	}
	size, _, err := image.DecodeConfig(bytes.NewReader(file.content))
	if err != nil {
		return nil, broken("IMAGE_PROCESS_FAILED")
	}
	long, short := max(size.Width, size.Height), min(size.Width, size.Height)
	if long+short > maxPhotoSides || long > maxPhotoRatio*short {
		return nil, broken("PHOTO_INVALID_DIMENSIONS")
	}
	return s.keep(&Picture{Name: file.name, Width: size.Width, Height: size.Height, Content: file.content}), nil
}

func (s *Server) keep(p *Picture) *Picture {
	s.mu.Lock()
	defer s.mu.Unlock()
	p.FileID = fmt.Sprintf("photo-%d", len(s.pictures)+1)
	s.pictures[p.FileID] = p
	return p
}
