package contacts

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

const (
	dayMinutes = 24 * 60
	// Lines that state no times are taken to keep office hours when their duty
	// line is to be put first or second: the hours that most councils state.
	officeOpens  = 9 * 60
	officeCloses = 17 * 60
)

// Hours is when a line answers, by the clock of the United Kingdom. The zero
// value is "not stated".
type Hours struct {
	text   string // as written in the file
	stated bool
	always bool
	week   [7][]span // by time.Weekday
	public []span    // on bank holidays, in place of the weekday
	onPH   bool      // whether bank holidays are stated at all
}

// span is minutes after midnight; end is above 1440 when it goes past midnight.
type span struct{ start, end int }

// String returns the hours as the file writes them, "not stated" where it does not.
func (h Hours) String() string {
	if !h.stated {
		return "not stated"
	}
	return h.text
}

// Stated reports whether any hours are known.
func (h Hours) Stated() bool { return h.stated }

// Always reports whether the line answers day and night, every day.
func (h Hours) Always() bool { return h.always }

// ParseHours reads hours: "24/7", "not stated", or rules such as
// "Mo-Th 08:30-17:00; Fr 08:30-16:30; PH off". A range past midnight ends with
// "+1": "Mo-Fr 17:00-09:00+1". PH is bank holidays, in place of the weekday;
// without it they are not known. A time that no rule covers is closed.
func ParseHours(s string) (Hours, error) {
	switch s = strings.TrimSpace(s); s {
	case "", "not stated":
		return Hours{}, nil
	case "24/7":
		return Hours{text: s, stated: true, always: true}, nil
	}
	h := Hours{text: s, stated: true}
	for _, rule := range strings.Split(s, ";") {
		days, times, ok := strings.Cut(strings.TrimSpace(rule), " ")
		if !ok {
			return Hours{}, fmt.Errorf("rule %q needs days and times, like Mo-Fr 09:00-17:00", strings.TrimSpace(rule))
		}
		spans, err := parseTimes(strings.TrimSpace(times))
		if err != nil {
			return Hours{}, err
		}
		if err := h.put(days, spans); err != nil {
			return Hours{}, err
		}
	}
	return h, nil
}

// put files spans under the days of a rule: "Mo-Th", "Sa", "Mo,We", "PH".
func (h *Hours) put(days string, spans []span) error {
	for _, part := range strings.Split(days, ",") {
		if part == "PH" {
			h.public, h.onPH = append(h.public, spans...), true
			continue
		}
		first, last, isRange := strings.Cut(part, "-")
		a, okA := weekdays[first]
		b, okB := weekdays[last]
		if !isRange {
			b, okB = a, okA
		}
		if !okA || !okB {
			return fmt.Errorf("days %q: use Mo Tu We Th Fr Sa Su or PH", part)
		}
		for d := a; ; d = (d + 1) % 7 {
			h.week[d] = append(h.week[d], spans...)
			if d == b {
				break
			}
		}
	}
	return nil
}

var weekdays = map[string]time.Weekday{"Su": 0, "Mo": 1, "Tu": 2, "We": 3, "Th": 4, "Fr": 5, "Sa": 6}

func parseTimes(s string) ([]span, error) {
	if s == "off" {
		return nil, nil
	}
	var spans []span
	for _, part := range strings.Split(s, ",") {
		from, to, ok := strings.Cut(strings.TrimSpace(part), "-")
		if !ok {
			return nil, fmt.Errorf("times %q: use 09:00-17:00 or off", part)
		}
		to, past := strings.CutSuffix(to, "+1")
		start, errA := parseClock(from)
		end, errB := parseClock(to)
		if errA != nil || errB != nil {
			return nil, fmt.Errorf("times %q: a time of day is 00:00 to 24:00", part)
		}
		if past {
			end += dayMinutes
		}
		switch {
		case end <= start:
			return nil, fmt.Errorf("times %q end before they start; past midnight is %s-%s+1", part, from, to)
		case end > start+dayMinutes:
			return nil, fmt.Errorf("times %q are longer than a day", part)
		}
		spans = append(spans, span{start, end})
	}
	return spans, nil
}

func parseClock(s string) (int, error) {
	h, m, ok := strings.Cut(s, ":")
	hour, errH := strconv.Atoi(h)
	minute, errM := strconv.Atoi(m)
	if !ok || errH != nil || errM != nil || len(h) != 2 || len(m) != 2 || hour < 0 || minute < 0 || minute > 59 || hour*60+minute > dayMinutes {
		return 0, fmt.Errorf("time %q", s)
	}
	return hour*60 + minute, nil
}

// at returns whether a line with these hours answers at a moment.
func (h *Hours) at(m *moment, nation int) State {
	switch {
	case !h.stated:
		return NotStated
	case h.always:
		return Open
	case !m.known:
		return NotStated
	}
	today, known := h.on(m.weekday, m.holiday[nation])
	if within(today, m.minute) {
		return Open
	}
	yesterday, knownBefore := h.on((m.weekday+6)%7, m.holidayBefore[nation])
	if within(yesterday, m.minute+dayMinutes) {
		return Open
	}
	if !known || !knownBefore && h.pastMidnight() {
		return NotStated
	}
	return Closed
}

// on returns the spans that begin on a day, and whether they are known.
func (h *Hours) on(day time.Weekday, holiday bool) ([]span, bool) {
	if holiday {
		return h.public, h.onPH
	}
	return h.week[day], true
}

func within(spans []span, minute int) bool {
	for _, s := range spans {
		if s.start <= minute && minute < s.end {
			return true
		}
	}
	return false
}

func (h *Hours) pastMidnight() bool {
	for _, day := range h.week {
		for _, s := range day {
			if s.end > dayMinutes {
				return true
			}
		}
	}
	return false
}
