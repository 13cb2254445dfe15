package redistest

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"strconv"
)

// Dump is a file that Redis saved, read to its last byte: what is not in here is
// not in the file. https://rdb.fnordig.de/file_format.html
type Dump struct {
	Aux     map[string]string // what Redis notes of itself
	Entries []Entry
	Ages    int // how often the file says when a key was last used, or how often
}

// Entry is one key. Of Value and Scores it has the one that it is.
type Entry struct {
	Key     string
	Expires int64 // milliseconds since 1970; 0 for never
	Value   string
	Scores  map[string]float64
}

// The marks between the parts of a file, and the kinds of value that we know.
const (
	opFreq, opIdle, opAux, opResize   = 0xf9, 0xf8, 0xfa, 0xfb
	opExpireMillis, opSelect, opEnd   = 0xfc, 0xfe, 0xff
	kindString, kindZSet, kindZSetLP  = 0, 5, 17
	listpackHead, listpackEnd         = 6, 0xff
	lengthByte, lengthTwo, lengthCode = 0, 1, 3
)

// errShort says that a file ends too early.
var errShort = errors.New("the file ends too early")

// ReadDump reads a file that was saved without compression. What it does not know
// is an error, so that nothing in a file stays unseen.
func ReadDump(b []byte) (d Dump, err error) {
	r := &rdb{rest: b}
	defer func() {
		if err == nil {
			err = r.err
		}
	}()
	d.Aux = map[string]string{}
	if head := string(r.take(9)); len(head) != 9 || head[:5] != "REDIS" {
		return d, errors.New("not a file of Redis")
	}
	var expires int64
	for r.err == nil {
		switch op := r.byte(); op {
		case opEnd:
			if r.take(8); len(r.rest) > 0 {
				return d, fmt.Errorf("%d bytes after the end", len(r.rest))
			}
			return d, r.err
		case opAux:
			name := r.text()
			d.Aux[name] = r.text()
		case opSelect:
			r.length()
		case opResize:
			r.length()
			r.length()
		case opExpireMillis:
			expires = int64(binary.LittleEndian.Uint64(r.take(8)))
		case opFreq:
			r.byte()
			d.Ages++
		case opIdle:
			r.length()
			d.Ages++
		default:
			e := Entry{Key: r.text(), Expires: expires}
			expires = 0
			switch op {
			case kindString:
				e.Value = r.text()
			case kindZSet:
				e.Scores = r.zset()
			case kindZSetLP:
				e.Scores = r.listpack(r.text())
			default:
				return d, fmt.Errorf("key %q: kind %d is not known here", e.Key, op)
			}
			d.Entries = append(d.Entries, e)
		}
	}
	return d, r.err
}

// rdb reads a file from its front. After an error it returns zeros.
type rdb struct {
	rest []byte
	err  error
}

func (r *rdb) take(n int) []byte {
	if r.err == nil && (n < 0 || n > len(r.rest)) {
		r.err = errShort
	}
	if r.err != nil {
		return make([]byte, min(max(n, 0), 16))
	}
	out := r.rest[:n]
	r.rest = r.rest[n:]
	return out
}

func (r *rdb) byte() byte { return r.take(1)[0] }

// length reads a length, or with code the way in which a number is written.
func (r *rdb) length() (n int, code bool) {
	first := r.byte()
	switch first >> 6 {
	case lengthByte:
		return int(first & 0x3f), false
	case lengthTwo:
		return int(first&0x3f)<<8 | int(r.byte()), false
	case lengthCode:
		return int(first & 0x3f), true
	}
	if first == 0x81 {
		return int(binary.BigEndian.Uint64(r.take(8))), false
	}
	return int(binary.BigEndian.Uint32(r.take(4))), false
}

func (r *rdb) text() string {
	n, code := r.length()
	if !code {
		return string(r.take(n))
	}
	switch n {
	case 0:
		return strconv.Itoa(int(int8(r.byte())))
	case 1:
		return strconv.Itoa(int(int16(binary.LittleEndian.Uint16(r.take(2)))))
	case 2:
		return strconv.Itoa(int(int32(binary.LittleEndian.Uint32(r.take(4)))))
	}
	r.err = errors.New("a text is compressed: save with rdbcompression no")
	return ""
}

func (r *rdb) zset() map[string]float64 {
	n, _ := r.length()
	scores := map[string]float64{}
	for range n {
		if r.err != nil {
			break
		}
		member := r.text()
		scores[member] = math.Float64frombits(binary.LittleEndian.Uint64(r.take(8)))
	}
	return scores
}

// listpack reads a small sorted set: members and scores in turn.
// https://github.com/antirez/listpack/blob/master/listpack.md
func (r *rdb) listpack(packed string) map[string]float64 {
	in := &rdb{rest: []byte(packed)}
	in.take(listpackHead)
	scores, member, odd := map[string]float64{}, "", false
	for in.err == nil && len(in.rest) > 0 && in.rest[0] != listpackEnd {
		text := in.element()
		if odd {
			score, err := strconv.ParseFloat(text, 64)
			if err != nil && in.err == nil {
				in.err = fmt.Errorf("a score is %q", text)
			}
			scores[member] = score
		}
		member, odd = text, !odd
	}
	if r.err == nil {
		r.err = in.err
	}
	return scores
}

// element reads one element of a listpack with the length behind it.
func (r *rdb) element() string {
	before := len(r.rest)
	var text string
	little := func(n int) int64 { // signed, of n bytes
		var v uint64
		for i, b := range r.take(n) {
			v |= uint64(b) << (8 * i)
		}
		return int64(v<<(64-8*n)) >> (64 - 8*n)
	}
	switch b := r.byte(); {
	case b < 0x80:
		text = strconv.Itoa(int(b))
	case b < 0xc0:
		text = string(r.take(int(b & 0x3f)))
	case b < 0xe0:
		v := int(b&0x1f)<<8 | int(r.byte())
		text = strconv.Itoa(v << 51 >> 51)
	case b < 0xf0:
		text = string(r.take(int(b&0x0f)<<8 | int(r.byte())))
	case b == 0xf0:
		text = string(r.take(int(binary.LittleEndian.Uint32(r.take(4)))))
	case b <= 0xf4:
		text = strconv.FormatInt(little([]int{2, 3, 4, 8}[b-0xf1]), 10)
	default:
		r.err = fmt.Errorf("an element begins with %#x", b)
		return ""
	}
	behind := 1
	for size := before - len(r.rest); size > 127; size >>= 7 {
		behind++
	}
	r.take(behind)
	return text
}
