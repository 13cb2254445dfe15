package session

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"slices"
	"strconv"
	"strings"
	"sync"
)

const (
	masterSize = 32 // bytes of a key in SESSION_KEY
	nameSize   = 16 // bytes of a chat's name in Redis: 128 bits, so no two chats meet
	buckets    = 64 // sets of due chats, so that a cluster can share the work
)

// ParseKeys reads SESSION_KEY: keys of 32 bytes in base64, separated by commas.
// Errors name the place of a wrong key and never its value.
//
// To rotate without losing a walk, first give every replica the new key as the
// second one, then give every replica the new key as the first; drop the old
// one when the longest expiry has passed. A key should be rotated well before
// 2^32 saves, the limit of AES-GCM with random nonces.
func ParseKeys(s string) ([][]byte, error) {
	var keys [][]byte
	var errs []error
	for i, part := range strings.Split(s, ",") {
		key, err := base64.StdEncoding.DecodeString(strings.TrimSpace(part))
		if err != nil {
			errs = append(errs, fmt.Errorf("key %d: not base64", i+1))
			continue
		}
		keys = append(keys, key)
		if err := checkKey(keys[:len(keys)-1], key); err != nil {
			errs = append(errs, fmt.Errorf("key %d: %w", i+1, err))
		}
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	return keys, nil
}

// checkKey says what is wrong with key, given those before it.
func checkKey(before [][]byte, key []byte) error {
	if len(key) != masterSize {
		return fmt.Errorf("%d bytes, not %d", len(key), masterSize)
	}
	if slices.ContainsFunc(before, func(k []byte) bool { return string(k) == string(key) }) {
		return errors.New("stands there twice")
	}
	return nil
}

// ring is the master keys, unfolded. The first seals, all open.
type ring []secrets

// secrets is what is derived from one master key.
type secrets struct {
	id         [4]byte    // stands in front of what it sealed, tells nothing of the key
	name       *sync.Pool // of HMACs under the key for the names of chats
	walk, mail sealer
}

func newRing(masters [][]byte) (ring, error) {
	if len(masters) == 0 {
		return nil, errors.New("no session key")
	}
	var r ring
	for i, master := range masters {
		if err := checkKey(masters[:i], master); err != nil {
			return nil, fmt.Errorf("session key %d: %w", i+1, err)
		}
		s, err := unfold(master)
		if err != nil {
			return nil, fmt.Errorf("session key %d: %w", i+1, err)
		}
		r = append(r, s)
	}
	return r, nil
}

// unfold derives one key for each purpose, so that none is used for two.
func unfold(master []byte) (secrets, error) {
	var s secrets
	derive := func(purpose string, size int) []byte {
		key, err := hkdf.Key(sha256.New, master, nil, "pathwaybot session 1 "+purpose, size)
		if err != nil {
			panic(err) // only for sizes over 255 hashes, and these are fixed
		}
		return key
	}
	s.id = [4]byte(derive("key id", len(s.id)))
	nameKey := derive("name", sha256.Size)
	s.name = &sync.Pool{New: func() any { return hmac.New(sha256.New, nameKey) }}
	var err error
	if s.walk, err = newSealer(s.id, "walk", walkFloor, derive("walk", 32)); err != nil {
		return s, err
	}
	s.mail, err = newSealer(s.id, "mail", mailFloor, derive("mail", 32))
	return s, err
}

// find returns the place in the ring of the key that sealed value.
func (r ring) find(value string) (int, bool) {
	i := slices.IndexFunc(r, func(s secrets) bool { return s.walk.sealed(value) })
	return i, i >= 0
}

// spot is where a chat's record lies in Redis. The braces put the three keys
// into one slot of a cluster.
type spot struct{ name, walk, mail, due string }

// spots returns where chat lies under each key of the ring.
func (r ring) spots(chat Chat) []spot {
	spots := make([]spot, len(r))
	for i, s := range r {
		mac := s.name.Get().(hash.Hash)
		mac.Reset()
		mac.Write([]byte(chat.Channel + "\x00" + chat.ID))
		sum := mac.Sum(nil)
		mac.Reset() // no chat's name stays in it
		s.name.Put(mac)
		bucket := int(binary.BigEndian.Uint16(sum[nameSize:]) % buckets)
		spots[i] = spotAt(bucket, hex.EncodeToString(sum[:nameSize]))
	}
	return spots
}

func spotAt(bucket int, name string) spot {
	tag := ":{" + strconv.Itoa(bucket) + "}"
	return spot{name: name, walk: "s" + tag + ":" + name, mail: "m" + tag + ":" + name, due: "due" + tag}
}
