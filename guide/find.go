package guide

import (
	"cmp"
	"math"
	"math/bits"
	"slices"
	"sync"

	"pathwaybot/flows"
	"pathwaybot/locales"
)

// Limits of looking something up, so that a long text costs no more than a short one.
const (
	findMost  = 5   // answers
	findRunes = 200 // of a typed text; the rest is not read
	findWords = 8   // of them
)

// Found is what typed words lead to.
type Found struct {
	Danger bool // a word of danger is among them, in whatever language
	Hits   []Hit
}

// Hit is a screen that can be opened.
type Hit struct {
	Node  *flows.Node
	Title string
}

// index finds screens by their words in one language: the titles of steps that a
// link may land on, the pages of asides, and with less weight what those pages say.
type index struct {
	docs  []Hit
	words []word
	at    map[string]int // word to its place in words
}

type word struct {
	runes   []rune
	letters uint64
	titles  int // documents that have it in their title
	in      []place
}

// place says that a word stands in a document, and how much that counts.
type place struct {
	doc    int
	weight float64
}

// What a word counts for in a title and in a text.
const (
	inTitle = 1.0
	inText  = 0.3
)

// indexes makes one index a language.
func (g *Guide) indexes() map[string]*index {
	languages := g.Words.Languages()
	made := make([]*index, len(languages))
	var running sync.WaitGroup
	for i, l := range languages {
		running.Go(func() { made[i] = g.index(l) })
	}
	running.Wait()
	out := map[string]*index{}
	for i, l := range languages {
		out[l.Tag] = made[i]
	}
	return out
}

func (g *Guide) index(l locales.Language) *index {
	x := &index{at: map[string]int{}}
	doc := map[flows.Ref]int{}
	for _, pw := range g.Graph.Pathways {
		for _, n := range pw.Nodes {
			if n.Kind != flows.Fork && (pw.Aside || n.Entry) {
				s := g.Screen(l.Tag, n)
				doc[n.Ref] = len(x.docs)
				x.docs = append(x.docs, Hit{n, s.Title})
				x.add(doc[n.Ref], s.Title, inTitle)
				x.add(doc[n.Ref], g.Words.Text(l.Tag, Key(n.Ref, "find")), inTitle)
				for _, text := range s.texts(n) {
					x.add(doc[n.Ref], text, inText)
				}
			}
		}
	}
	for _, pw := range g.Graph.Pathways {
		if !pw.Aside {
			continue
		}
		x.add(doc[pw.Start], g.Words.Text(l.Tag, pw.ID+".button"), inTitle)
		for _, n := range pw.Nodes { // a menu names its pages
			for _, o := range n.Options {
				if to, ok := doc[o.Next.To]; ok {
					x.add(to, g.Screen(l.Tag, n).Options[o.ID], inTitle)
				}
			}
		}
	}
	return x
}

// texts are what a screen says below its title, its boxes included.
func (s *Screen) texts(n *flows.Node) []string {
	out := []string{s.Say, s.Ask}
	for _, g := range n.Groups {
		for _, sign := range g.Signs {
			out = append(out, s.Ticks[sign.ID])
		}
	}
	return out
}

// add notes the words of a text for a document, each with its greatest weight. A
// document's titles come before its texts.
func (x *index) add(doc int, text string, weight float64) {
	for _, runes := range wordsOf(text) {
		i, ok := x.at[string(runes)]
		if !ok {
			i = len(x.words)
			x.at[string(runes)] = i
			x.words = append(x.words, word{runes: runes, letters: letters(runes)})
		}
		w := &x.words[i]
		j := slices.IndexFunc(w.in, func(p place) bool { return p.doc == doc })
		if j < 0 {
			j = len(w.in)
			w.in = append(w.in, place{doc, 0})
		}
		if weight == inTitle && w.in[j].weight < inTitle {
			w.titles++
		}
		w.in[j].weight = max(w.in[j].weight, weight)
	}
}

// Danger reports whether a typed text holds a word of danger, in whatever language.
func (g *Guide) Danger(text string) bool { return g.danger.in(beginning(text)) }

// beginning is the part of a typed text that is read.
func beginning(text string) string {
	runes := 0
	for i := range text {
		if runes++; runes > findRunes {
			return text[:i]
		}
	}
	return text
}

// Find looks typed words up, with mistakes in typing, in a language and in English.
// wanted says which screens may be an answer. The text is used and not kept.
func (g *Guide) Find(tag, text string, wanted func(*flows.Node) bool) Found {
	text = beginning(text)
	f := Found{Danger: g.danger.in(text)}
	typed := wordsOf(text)
	typed = typed[:min(len(typed), findWords)]
	scores := map[*flows.Node]float64{}
	titles := map[*flows.Node]string{}
	for _, t := range slices.Compact([]string{tag, English}) {
		x := g.find[t]
		if x == nil {
			continue
		}
		for doc, score := range x.search(typed) {
			n := x.docs[doc].Node
			if wanted(n) && score > scores[n] {
				scores[n] = score
			}
		}
	}
	for n := range scores {
		titles[n] = g.Screen(tag, n).Title
		f.Hits = append(f.Hits, Hit{n, titles[n]})
	}
	slices.SortFunc(f.Hits, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(scores[b.Node], scores[a.Node]), cmp.Compare(len(a.Title), len(b.Title)), cmp.Compare(a.Node.Ref, b.Node.Ref))
	})
	seen := map[string]bool{}
	f.Hits = slices.DeleteFunc(f.Hits, func(h Hit) bool {
		old := seen[h.Title]
		seen[h.Title] = true
		return old
	})
	f.Hits = f.Hits[:min(len(f.Hits), findMost)]
	return f
}

// How like a typed word must be to one of ours, and what that is worth.
const (
	beginsFrom = 3 // letters from which a beginning counts
	oneFrom    = 4 // from which one mistake is allowed
	twoFrom    = 8 // from which two are
	asTyped    = 1.0
	begins     = 0.8
	mistyped   = 0.6
	leastScore = 0.4
	common     = 12 // a word that stands in more than this part of the screens is passed over
	nearBest   = 2  // what is found is worth at least this part of the best
)

// search gives each document that fits a score: for every typed word the best of
// its words, words that stand in few documents counting more.
func (x *index) search(typed [][]rune) map[int]float64 {
	total := map[int]float64{}
	often := len(x.docs)/common + 2
	for _, t := range typed {
		if len(t) < 2 && !spaceless(t[0]) {
			continue
		}
		best := map[int]float64{}
		set := letters(t)
		_, known := x.at[string(t)]
		for i := range x.words {
			w := &x.words[i]
			like := w.like(t, set, known)
			if like == 0 {
				continue
			}
			rare := math.Log(1 + float64(len(x.docs))/float64(len(w.in)))
			for _, p := range w.in {
				if p.weight == inTitle && w.titles > often || p.weight < inTitle && len(w.in) > often {
					continue // a word that stands everywhere says nothing
				}
				if score := like * rare * p.weight; score > best[p.doc] {
					best[p.doc] = score
				}
			}
		}
		for doc, score := range best {
			total[doc] += score
		}
	}
	least := leastScore
	for _, score := range total {
		least = max(least, score/nearBest)
	}
	for doc, score := range total {
		if score < least {
			delete(total, doc)
		}
	}
	return total
}

// like says how like a word is to a typed one. A typed word that is one of ours is
// not taken for a mistake.
func (w *word) like(t []rune, set uint64, known bool) float64 {
	if slices.Equal(w.runes, t) {
		return asTyped
	}
	if w.titles == 0 || known && len(t) <= oneFrom {
		return 0
	}
	short := min(len(w.runes), len(t))
	if short >= beginsFrom && slices.Equal(w.runes[:short], t[:short]) && (len(t) < len(w.runes) || short >= oneFrom) {
		return begins
	}
	most := 0
	switch {
	case known:
	case len(t) >= twoFrom:
		most = 2
	case len(t) >= oneFrom:
		most = 1
	}
	if most > 0 && bits.OnesCount64(set^w.letters) <= 2*most && near(t, w.runes, most) {
		return mistyped
	}
	return 0
}
