package session

import (
	"crypto/aes"
	"crypto/cipher"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"sync"
)

// schema is the first byte of every sealed value. Raise it when the shape of a
// sealed value changes: older values then count as unreadable, that is absent.
const schema = 1

// Sealed values come in steps of padStep bytes, and walks and mail start at a
// floor, so that length does not tell how far somebody came. No walk passes its
// floor: the longest there is, with a booklet read to its end, takes 1,802 bytes
// (TestLengthTellsNoDepth of cmd/bot measures it). Mail passes its floor after 120
// to 240 messages in 47 hours.
const (
	padStep   = 256
	walkFloor = 2048
	mailFloor = 512
)

// errUnreadable says that a value is damaged, or was put where it does not belong.
var errUnreadable = errors.New("value cannot be opened")

// sealer seals values of one purpose under one key.
type sealer struct {
	head    string // schema and key id, in front of every value
	purpose string
	floor   int
	aead    cipher.AEAD
}

func newSealer(id [4]byte, purpose string, floor int, key []byte) (sealer, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return sealer{}, fmt.Errorf("prepare cipher: %w", err)
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return sealer{}, fmt.Errorf("prepare cipher: %w", err)
	}
	return sealer{head: string([]byte{schema}) + string(id[:]), purpose: purpose, floor: floor, aead: aead}, nil
}

// seal returns plain sealed for this key of Redis and this version: a value
// moved to another chat, or an older one put back, does not open.
func (s sealer) seal(key, version string, plain []byte) []byte {
	buffer := buffers.Get().(*[]byte)
	defer buffers.Put(buffer)
	*buffer = pad((*buffer)[:0], plain, s.floor)
	defer clear(*buffer)
	out := make([]byte, 0, len(s.head)+len(*buffer)+s.aead.Overhead())
	return s.aead.Seal(append(out, s.head...), nil, *buffer, s.bound(key, version))
}

// buffers are for what is about to be sealed; they are emptied before another use.
var buffers = sync.Pool{New: func() any { return new([]byte) }}

// open undoes seal, and leaves value as it is. It returns errUnreadable for anything else.
func open[V string | []byte](s sealer, key, version string, value V) ([]byte, error) {
	if len(value) < len(s.head) || string(value[:len(s.head)]) != s.head {
		return nil, errUnreadable
	}
	in := append([]byte(nil), value[len(s.head):]...)
	padded, err := s.aead.Open(in[:0], nil, in, s.bound(key, version))
	if err != nil {
		return nil, errUnreadable
	}
	return unpad(padded)
}

// sealed says whether value claims to be sealed under this key.
func (s sealer) sealed(value string) bool {
	return len(value) >= len(s.head) && value[:len(s.head)] == s.head
}

// bound is the associated data: what a value is for and where it belongs.
func (s sealer) bound(key, version string) []byte {
	b := make([]byte, 0, 128)
	b = append(append(b, s.head[:1]...), s.purpose...)
	b = append(append(b, 0), key...)
	return append(append(b, 0), version...)
}

// pad appends the length and plain to b and fills with zeros up to whole steps.
func pad(b, plain []byte, floor int) []byte {
	size := max(floor, (4+len(plain)+padStep-1)/padStep*padStep)
	b = slices.Grow(b, size)
	b = binary.BigEndian.AppendUint32(b, uint32(len(plain)))
	b = append(b, plain...)
	fill := b[len(b):size]
	clear(fill)
	return b[:size]
}

func unpad(padded []byte) ([]byte, error) {
	if len(padded) < 4 {
		return nil, errUnreadable
	}
	size := binary.BigEndian.Uint32(padded)
	if uint64(size) > uint64(len(padded)-4) {
		return nil, errUnreadable
	}
	return padded[4 : 4+size : 4+size], nil
}

// packMail joins the chat and its mail, which are sealed together.
func packMail(chat Chat, mail []byte) []byte {
	var b []byte
	for _, s := range []string{chat.Channel, chat.ID} {
		b = binary.AppendUvarint(b, uint64(len(s)))
		b = append(b, s...)
	}
	return append(b, mail...)
}

func unpackMail(b []byte) (Chat, []byte, error) {
	var parts [2]string
	for i := range parts {
		size, n := binary.Uvarint(b)
		if n <= 0 || size > uint64(len(b)-n) {
			return Chat{}, nil, errUnreadable
		}
		parts[i], b = string(b[n:n+int(size)]), b[n+int(size):]
	}
	return Chat{Channel: parts[0], ID: parts[1]}, b, nil
}
