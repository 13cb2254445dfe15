package bot

import "golang.org/x/time/rate"

// newPressLimiters lets a person do so much in a minute at once, and then go on
// steadily: with 60 a minute, once a second.
func newPressLimiters(aMinute int) *limiters {
	return newLimiters(rate.Limit(float64(aMinute)/60), aMinute)
}

// busy reports whether a person does more than we can follow. Leaving and asking for
// help are never held up.
func (b *Bot) busy(u update) bool {
	if b.talk.Urgent(u.event) {
		return false
	}
	return !b.presses.of(u.chat, u.event.Now).AllowN(u.event.Now, 1)
}
