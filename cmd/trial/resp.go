package main

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
)

// value is one command or reply of Redis's protocol: the bytes as they came, and the
// texts in it.
type value struct {
	raw   []byte
	texts []string
}

// readValue reads one value. It knows RESP2 and RESP3:
// https://redis.io/docs/latest/develop/reference/protocol-spec/
func readValue(r *bufio.Reader) (value, error) {
	var v value
	err := v.read(r)
	return v, err
}

func (v *value) read(r *bufio.Reader) error {
	line, err := r.ReadBytes('\n')
	if err != nil {
		return err
	}
	v.raw = append(v.raw, line...)
	if len(line) < 3 {
		return fmt.Errorf("redis protocol: line %q", line)
	}
	text := string(line[1 : len(line)-2])
	switch line[0] {
	case '+', '-', ':', '_', ',', '#', '(':
		v.texts = append(v.texts, text)
		return nil
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		return fmt.Errorf("redis protocol: length %q", text)
	}
	switch line[0] {
	case '$', '=', '!':
		if n < 0 {
			return nil
		}
		body := make([]byte, n+2)
		if _, err := io.ReadFull(r, body); err != nil {
			return err
		}
		v.raw = append(v.raw, body...)
		v.texts = append(v.texts, string(body[:n]))
		return nil
	case '%', '|':
		n *= 2
	case '*', '~', '>':
	default:
		return fmt.Errorf("redis protocol: kind %q", line[0])
	}
	for range max(n, 0) {
		if err := v.read(r); err != nil {
			return err
		}
	}
	if line[0] == '|' { // attributes stand before the value itself
		return v.read(r)
	}
	return nil
}
