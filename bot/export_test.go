package bot

import (
	"context"
	"time"
)

// Raced says that the race detector is at work, which takes ten times as long. What goes
// through every screen of every language is then done in two languages, and make check
// does it once more without the detector.
var Raced bool

// LookAtIdle looks for chats that are due now, as the service does every 20 seconds, and
// waits until they are dealt with.
func (b *Bot) LookAtIdle(ctx context.Context) {
	b.talk.Due(ctx, b.config.Now(), b.Idle, b.idleFault)
	b.inIdle.Wait()
}

// CatchUp saves what could not be saved while the store was away, as the bot does every
// half second, and returns how many chats are still to be left.
func (b *Bot) CatchUp() int {
	b.catchUpOnce(context.Background())
	return len(b.leaving.copy())
}

// ShowLater waits until every screen that was put off has been shown.
func (b *Bot) ShowLater() { b.inLater.Wait() }

// StuckWaits are the waits after so many failures of one update, by polling.
func StuckWaits(failures int, away bool) []time.Duration {
	wait := backoff{first: usualRetry}
	var all []time.Duration
	for range failures {
		all = append(all, wait.stuck(away))
	}
	return all
}

// Spans are the numbers of messages that an outage leaves to be looked for.
type Spans struct{ spans }

func (s *Spans) Saw(id int, now time.Time) { s.saw(id, now) }
func (s *Spans) Away(now time.Time)        { s.away(now) }
func (s *Spans) Between(oldest int, known func(int) bool, now time.Time) []int {
	return s.between(oldest, known, now)
}
