package main

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pathwaybot/guide"
	"pathwaybot/session/redistest"
)

// The operator's secrets in this test.
const (
	secretToken = "7465839201:Qzalpha-the-token-of-the-bot-31"
	secretHook  = "qzbravo-the-secret-of-the-webhook"
	secretKey   = "qzcharlie-32-bytes-of-a-key-here"
)

func operatorSecrets() []string {
	_, token, _ := strings.Cut(secretToken, ":")
	return []string{token, secretHook, secretKey, base64.StdEncoding.EncodeToString([]byte(secretKey))}
}

// person is somebody with a marker everywhere a person can put something.
type person struct {
	id   int64
	lang string
}

// people write in each language. Their ids are as short and as long as Telegram's
// are: under 2^31, under 2^40 and of 52 bits.
func people() []person {
	return []person{{1987654321, "en"}, {5217394608, "ar"}, {3617284950617283, "ro"}}
}

// marks are what the people of this test are, send and type, in Telegram and in a
// browser. No screen, file or setting of ours holds one of them.
func marks() []string {
	all := []string{
		"qzfirst", "qzlast", "qzuser", "qztitle", "qzlanguage", "qzpayload", "qzcommand", "qzargument", "qztyped", "علامةسرية",
		"qzedited", "qzcaption", "qzcontact", "447700900461", "51.903177", "qzforged", "qzplace", "qzlookup", "qzraw",
		"qzfault", "qzagent", "198.51.100.77", "qzquery", "qzpress", "qzwebplace", "qzcookieqzcookieqzcookieqz",
	}
	for _, p := range people() {
		all = append(all, fmt.Sprint(p.id))
	}
	return append(all, "1009876543210") // a group
}

// content is what our own files would tell of a walk: nodes, options, outcomes,
// contacts, areas, the names of the channels, and how a walk begins. A word of under
// six letters proves nothing among random bytes; those, shape holds to be no more than chance.
func content(t *testing.T) []string {
	t.Helper()
	g, err := guide.Load(guide.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]bool{"telegram": true, "E07000243": true, "walk1 ": true, "adult-self/want": true}
	for _, l := range g.Words.Languages() {
		all["walk1 "+l.Tag] = true
	}
	for _, pw := range g.Graph.Pathways {
		all[pw.ID] = true
		for _, n := range pw.Nodes {
			all[string(n.Ref)], all[n.Ref.Node()], all[n.Outcome] = true, true, true
			for _, o := range n.Options {
				all[o.ID] = true
			}
			for _, group := range n.Groups {
				for _, box := range group.Signs {
					all[box.ID] = true
				}
			}
		}
	}
	for _, c := range g.Contacts.All() {
		all[c.ID] = true
	}
	return slices.DeleteFunc(slices.Collect(maps.Keys(all)), func(w string) bool { return len(w) < 6 })
}

// TestNothingIsLeftBehind: people walk in three languages and two channels, put a
// marker into everything that they can send, and things go wrong. Then all that a
// thief, an operator or a lawful demand could lay hands on is searched: Redis copied
// whole, what it writes to disk, the log, the command line and the environment, the
// figures, and the report of a crash.
//
// The same search finds them in a program whose sealing is taken out, and where the
// secrets stand in the environment.
func TestNothingIsLeftBehind(t *testing.T) {
	t.Run("as it is", func(t *testing.T) {
		path, err := program()
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range leaks(t, livedIn(newHouse(t, path))) {
			t.Error(l)
		}
	})
	for _, tt := range []struct {
		name   string
		pieces []string // of the source: file, what stands there, what stands there instead
		want   []string // some of what the search must find
	}{
		{
			"nothing sealed",
			[]string{
				"session/seal.go", "s.aead.Seal(append(out, s.head...), nil, *buffer, s.bound(key, version))", "append(append(out, s.head...), *buffer...)",
				"session/seal.go", "padded, err := s.aead.Open(in[:0], nil, in, s.bound(key, version))", "padded, err := in, error(nil)",
				"session/seal.go", "size := max(floor, (4+len(plain)+padStep-1)/padStep*padStep)", "size := 4 + len(plain)",
			},
			[]string{
				"dump.rdb: 1987654321", "dump.rdb: 5217394608", "dump.rdb: 3617284950617283", "dump.rdb: walk1 ar", "dump.rdb: walk1 ro",
				"dump.rdb: adult-self/want", "dump.rdb: telegram", "dump.rdb: E07000243",
				"as migrated: telegram", "keys and values: walk1 en", "strings: walk1 en", "appendonlydir/appendonly.aof.1.incr.aof: telegram",
				"slow commands: 5217394608", "dump.rdb: sealed bytes are not random", "dump.rdb: walks of",
			},
		},
		{
			"names in clear, expiries to the millisecond, a log that talks",
			[]string{
				"session/keys.go", "hex.EncodeToString(sum[:nameSize])", "chat.ID",
				"session/keys.go", "\t\"encoding/hex\"\n", "",
				"session/save.lua", "(math.ceil(now / 60000) + math.ceil(ms / 60000)) * 60000", "now + ms",
				"cmd/bot/run.go", `"telegram: receiving by webhook"`, `"telegram: receiving by webhook with " + s.config.token`,
			},
			[]string{
				"dump.rdb: 1987654321", "dump.rdb: 5217394608", "dump.rdb: 3617284950617283", "keys and values: 1987654321",
				"appendonlydir/appendonly.aof.1.incr.aof: 3617284950617283", "dump.rdb: what is", "dump.rdb: expires at",
				"log: Qzalpha-the-token-of-the-bot-31",
			},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h := newHouse(t, changed(t, tt.pieces...), "QZ="+strings.Join(operatorSecrets(), " "))
			got := leaks(t, livedIn(h))
			for _, want := range append(tt.want, "environ: Qzalpha", "environ: qzbravo", "environ: qzcharlie") {
				if !slices.ContainsFunc(got, func(l string) bool { return strings.HasPrefix(l, want) }) {
					t.Errorf("the search does not find %q", want)
				}
			}
			if t.Failed() {
				t.Logf("it finds\n%s", strings.Join(got, "\n"))
			}
		})
	}
}

// changed builds the program with pieces of its source replaced: a file, what stands in
// it and what shall stand there instead, in turn. The files stay as they are, so that
// no build but this one can ever be without its defences.
func changed(t *testing.T, pieces ...string) string {
	t.Helper()
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{}
	for piece := range slices.Chunk(pieces, 3) {
		file := filepath.Join(root, piece[0])
		if texts[file] == "" {
			source, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			texts[file] = string(source)
		}
		if strings.Count(texts[file], piece[1]) != 1 {
			t.Fatalf("%s does not hold %q once: say anew what has to be taken out", piece[0], piece[1])
		}
		texts[file] = strings.Replace(texts[file], piece[1], piece[2], 1)
	}
	dir := t.TempDir()
	overlay, out := filepath.Join(dir, "overlay.json"), filepath.Join(dir, "bot")
	instead := map[string]string{}
	for file, text := range texts {
		instead[file] = filepath.Join(dir, filepath.Base(file))
		if err := os.WriteFile(instead[file], []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	list, err := json.Marshal(map[string]any{"Replace": instead})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(overlay, list, 0o600); err != nil {
		t.Fatal(err)
	}
	if b, err := exec.Command("go", "build", "-overlay", overlay, "-o", out, ".").CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, b)
	}
	return out
}

// traces are what is left of a program that was in use, by where it was found.
type traces struct {
	redis  map[string][]byte // may hold nothing of people, of the operator, of our own words
	others map[string][]byte // may hold nothing of people and of the operator
	dump   redistest.Dump
}

// leaks says what the traces tell, one a line: where, and what.
func leaks(t *testing.T, left traces) []string {
	t.Helper()
	var out []string
	private := append(marks(), operatorSecrets()...)
	search := func(where map[string][]byte, words []string) {
		for _, place := range slices.Sorted(maps.Keys(where)) {
			if len(where[place]) == 0 {
				t.Errorf("%s is empty: it was not looked at", place)
			}
			for _, w := range redistest.Find(where[place], words...) {
				out = append(out, place+": "+w)
			}
		}
	}
	search(left.redis, append(content(t), private...))
	search(left.others, private)
	for _, s := range shape(left.dump) {
		out = append(out, "dump.rdb: "+s)
	}
	return out
}

// shape says what in a dump is not of the form that everything has: names that are
// random, values of one length that are random, expiries and due times of whole
// minutes, and nothing else at all.
func shape(d redistest.Dump) []string {
	var out []string
	say := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	for name := range d.Aux {
		if !slices.Contains([]string{"redis-ver", "redis-bits", "ctime", "used-mem", "aof-base", "aof-preamble"}, name) {
			say("what is %q?", name)
		}
	}
	if d.Ages > 0 {
		say("%d keys have an age", d.Ages)
	}
	const version, head = 16, 5 // random, and schema with the key's id
	heads, lengths := map[string]bool{}, map[byte]map[int]bool{'s': {}, 'm': {}}
	var random []byte
	for _, e := range d.Entries {
		if e.Expires == 0 || e.Expires%60_000 != 0 {
			say("expires at %d ms, which is no whole minute", e.Expires)
		}
		switch {
		case dueName.MatchString(e.Key):
			for name, minute := range e.Scores {
				if !bareName.MatchString(name) || minute != float64(int64(minute)) || minute > float64(e.Expires/60_000) {
					say("what is due at %v: %q?", minute, name)
				}
			}
			continue
		case !recordName.MatchString(e.Key):
			say("what is %q?", e.Key)
		}
		lengths[e.Key[0]][len(e.Value)] = true
		value := e.Value
		if e.Key[0] == 'm' && len(value) > version {
			random, value = append(random, value[:version]...), value[version:]
		}
		if len(value) > head {
			heads[value[:head]] = true
			random = append(random, value[head:]...)
		}
	}
	for kind, name := range map[byte]string{'s': "walks", 'm': "mail"} {
		if len(lengths[kind]) != 1 {
			say("%s of %d lengths: %v", name, len(lengths[kind]), slices.Sorted(maps.Keys(lengths[kind])))
		}
	}
	if len(heads) != 1 {
		say("values under %d keys", len(heads))
	}
	if chi := chiSquare(random); chi > 460 {
		say("sealed bytes are not random: chi-square %.0f over %d bytes", chi, len(random))
	}
	return out
}

var (
	recordName = regexp.MustCompile(`^[sm]:\{\d{1,2}\}:[0-9a-f]{32}$`)
	dueName    = regexp.MustCompile(`^due:\{\d{1,2}\}$`)
	bareName   = regexp.MustCompile(`^[0-9a-f]{32}$`)
)

// chiSquare measures how far bytes are from even. Of random ones it is 255, with a
// deviation of 23: over 460 it comes by chance less than once in a million million.
func chiSquare(b []byte) float64 {
	var count [256]float64
	for _, c := range b {
		count[c]++
	}
	sum, even := 0.0, float64(len(b))/256
	for _, n := range count {
		sum += (n - even) * (n - even) / even
	}
	return sum
}

// livedIn leads a program through faults and conversations and returns its traces.
func livedIn(h *house) traces {
	t := h.t
	t.Helper()
	h.goWrong()
	h.redis.Append()
	h.do("CONFIG", "SET", "slowlog-log-slower-than", "0")
	h.do("CONFIG", "SET", "slowlog-max-len", "100000")
	for _, p := range people() {
		h.talk(p)
	}
	for _, lang := range []string{"en", "ar", "ro"} {
		h.browse(lang)
	}
	left := traces{redis: h.copied(), others: map[string][]byte{}}
	var err error
	if left.dump, err = redistest.ReadDump(left.redis["dump.rdb"]); err != nil {
		t.Fatal(err)
	}
	if n := len(left.dump.Entries); n < 3*6 {
		t.Fatalf("%d keys in Redis, want those of six people", n)
	}
	var all []byte
	for _, place := range slices.Sorted(maps.Keys(left.redis)) {
		all = append(all, left.redis[place]...)
	}
	left.redis["strings"] = []byte(redistest.Strings(all))
	h.inspect(left.others)
	return left
}
