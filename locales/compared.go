package locales

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"
)

// ComparedKey stands in review.yaml among the texts of a language, for the screens that
// somebody who had not seen the English translated back, and that were compared then.
// It makes no text reviewed:
//
//	ro:
//	  back-translated:
//	    date: 2026-11-22
//	    screens:
//	      gate.start: 0123456789ab 0123456789ab
//
// The two fingerprints are those of the English and of the own texts of the screen.
const ComparedKey = "back-translated"

// compared are the screens of a language that were compared, and when.
type compared struct {
	date  string
	marks map[string]string
}

// readCompared reads what stands under ComparedKey.
func readCompared(node *yaml.Node, l *locale, bad *problems) {
	l.compared.marks = map[string]string{}
	for _, p := range pairs(reviewFile, node, bad) {
		switch p.key.Value {
		case "date":
			l.compared.date = p.value.Value
			if _, err := time.Parse(time.DateOnly, l.compared.date); err != nil {
				bad.add(reviewFile, p.value.Line, "%s: date is %q, must be a day such as 2026-11-21", ComparedKey, p.value.Value)
			}
		case "screens":
			for _, row := range pairs(reviewFile, p.value, bad) {
				english, own, _ := strings.Cut(row.value.Value, " ")
				if !hashShape.MatchString(english) || !hashShape.MatchString(own) {
					bad.add(reviewFile, row.value.Line, "%s: %q must be two hashes of 12 hex digits", row.key.Value, row.value.Value)
				}
				l.compared.marks[row.key.Value] = row.value.Value
			}
		default:
			bad.add(reviewFile, p.key.Line, "%s: unknown key %q; known are date and screens", ComparedKey, p.key.Value)
		}
	}
}

// Compared reports whether all texts of a screen still are those that were translated
// back and compared with the English, and when that was. A screen is the beginning of
// its keys, such as gate.start, or one key that stands for itself.
func (w *Words) Compared(tag, screen string) (date string, ok bool) {
	l := w.byTag[tag]
	if l == nil || l.compared.marks[screen] == "" {
		return "", false
	}
	return l.compared.date, l.compared.marks[screen] == w.CompareMark(tag, screen)
}

// CompareMark returns the two fingerprints of a screen as it stands now.
func (w *Words) CompareMark(tag, screen string) string {
	keys := slices.DeleteFunc(slices.Sorted(maps.Keys(w.byTag[english].entries)), func(key string) bool {
		return key != screen && !strings.HasPrefix(key, screen+".") || strings.HasSuffix(key, ".find")
	})
	return w.markOf(english, keys) + " " + w.markOf(tag, keys)
}

func (w *Words) markOf(tag string, keys []string) string {
	sum := sha256.New()
	for _, key := range keys {
		_, _ = sum.Write([]byte(key + " " + w.Hash(tag, key) + "\n")) // never fails
	}
	return hex.EncodeToString(sum.Sum(nil)[:6])
}
