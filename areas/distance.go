package areas

// scratch holds the three rows of a comparison, so that comparing with two
// thousand names allocates only once.
type scratch struct{ before, last, row []int }

// distance counts the typing mistakes between two words: a letter too many, one
// missing, a wrong one, or two neighbours swapped. It gives up above most.
func (s *scratch) distance(a, b []rune, most int) int {
	if len(a)-len(b) > most || len(b)-len(a) > most {
		return most + 1
	}
	if cap(s.row) <= len(b) {
		s.before, s.last, s.row = make([]int, len(b)+32), make([]int, len(b)+32), make([]int, len(b)+32)
	}
	before, last, row := s.before[:len(b)+1], s.last[:len(b)+1], s.row[:len(b)+1]
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		best := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d := min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d = min(d, before[j-2]+1)
			}
			row[j] = d
			best = min(best, d)
		}
		if best > most {
			return most + 1
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
