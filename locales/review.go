package locales

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"
)

// State says how far a text may be trusted.
type State int

// The states of a text, worst first but for Withdrawn.
const (
	Missing   State = iota // the language has no such text
	Draft                  // written, but no native speaker has checked it
	Stale                  // checked, but it or its English has changed since
	Reviewed               // a native speaker has checked this very text
	Withdrawn              // known to say something false: kept in the file, never shown
)

// String returns the state as review.yaml writes it.
func (s State) String() string {
	names := []string{"missing", "draft", "stale", "reviewed", "withdrawn"}
	if s < 0 || int(s) >= len(names) {
		return "unknown"
	}
	return names[s]
}

// A review is one row of review.yaml.
type review struct {
	state        State
	english, own string // hashes of the texts that were checked
}

var hashShape = regexp.MustCompile(`^[0-9a-f]{12}$`)

// Hash returns the fingerprint of a text that review.yaml carries: the first 12 hex
// digits of the SHA-256 of all its plural forms as written, before any value is put
// in. It is empty when the language lacks the key.
func (w *Words) Hash(tag, key string) string {
	l := w.byTag[tag]
	if l == nil || l.entries[key] == nil {
		return ""
	}
	return l.entries[key].hash()
}

func (e *entry) hash() string {
	sum := sha256.Sum256([]byte(strings.Join(e.written[:], "\x00")))
	return hex.EncodeToString(sum[:6])
}

// readReviews reads review.yaml, if there is one, into the states of all languages.
func readReviews(fsys fs.FS, byTag map[string]*locale, bad *problems) {
	reviews := map[string]map[string]review{}
	if _, err := fs.Stat(fsys, reviewFile); err == nil {
		for _, p := range pairs(reviewFile, readYAML(fsys, reviewFile, bad), bad) {
			tag := p.key.Value
			if l := byTag[tag]; l == nil || tag == english {
				bad.add(reviewFile, p.key.Line, "language %q: not a language with translations", tag)
			} else {
				reviews[tag] = readLanguageReviews(p.value, l, bad)
			}
		}
	}
	for tag, l := range byTag {
		l.states = map[string]State{}
		l.Reviewed = true
		for key, source := range byTag[english].entries {
			l.states[key] = stateOf(l.entries[key], source, reviews[tag][key], tag == english)
			l.Reviewed = l.Reviewed && l.states[key] == Reviewed
		}
	}
}

// stateOf compares what was checked with what stands in the files now.
func stateOf(e, source *entry, r review, isEnglish bool) State {
	switch {
	case isEnglish:
		return Reviewed
	case e == nil:
		return Missing
	case r.state == Withdrawn && r.own == e.hash():
		return Withdrawn
	case r.state == Withdrawn: // rewritten since
		return Draft
	case r.state == Reviewed && (r.own != e.hash() || r.english != source.hash()):
		return Stale
	case r.state == Reviewed:
		return Reviewed
	default:
		return Draft
	}
}

func readLanguageReviews(node *yaml.Node, l *locale, bad *problems) map[string]review {
	rows := map[string]review{}
	for _, p := range pairs(reviewFile, node, bad) {
		key, line := p.key.Value, p.key.Line
		if key == ComparedKey {
			readCompared(p.value, l, bad)
			continue
		}
		f := fields(reviewFile, "key \""+key+"\"", p.value, []string{"state", "english", "own", "check", "date"}, bad)
		if f == nil {
			continue
		}
		if l.entries[key] == nil {
			bad.add(reviewFile, line, "key %q: no such text in %s", key, l.English)
		}
		for _, wrong := range checkReview(f) {
			bad.add(reviewFile, line, "key %q: %s", key, wrong)
		}
		r := review{state: Reviewed, english: f["english"], own: f["own"]}
		if f["state"] == Withdrawn.String() {
			r.state = Withdrawn
		}
		rows[key] = r
	}
	return rows
}

// checkReview returns what is wrong with a row. Kinds of check are a fixed list so
// that no reviewer's name gets in: some have family at risk.
func checkReview(f map[string]string) []string {
	var wrong []string
	if s := f["state"]; s != Reviewed.String() && s != Withdrawn.String() {
		wrong = append(wrong, "state is \""+s+"\", must be reviewed or withdrawn")
	}
	for _, name := range []string{"english", "own"} {
		if !hashShape.MatchString(f[name]) {
			wrong = append(wrong, name+" is \""+f[name]+"\", must be a hash of 12 hex digits")
		}
	}
	kinds := []string{"native-speaker", "back-translation", "comparison"}
	if !slices.Contains(kinds, f["check"]) {
		wrong = append(wrong, "check is \""+f["check"]+"\", must be one of "+list(kinds))
	} else if f["state"] == Reviewed.String() && f["check"] != kinds[0] {
		wrong = append(wrong, "only a native speaker makes a text reviewed")
	}
	if _, err := time.Parse(time.DateOnly, f["date"]); err != nil {
		wrong = append(wrong, "date is \""+f["date"]+"\", must be a day such as 2026-11-21")
	}
	return wrong
}
