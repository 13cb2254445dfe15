package bot

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Limits bound what the bot asks of Telegram and what one person can ask of the
// bot. What is 0 has its usual value.
type Limits struct {
	Chat    rate.Limit // messages and edits a second in one chat; 1, and 20 in a burst
	Overall rate.Limit // messages and edits a second in all; 30
	Presses int        // what a person may do in a minute; 60
	AtOnce  int        // updates handled at once; 64

	// Retry is the first wait after a failure; 250 ms. It doubles, up to 120 times that.
	Retry time.Duration
}

// The usual limits. Telegram names about one message a second in a chat, with
// short bursts, and 30 a second in all: https://core.telegram.org/bots/faq
const (
	usualChat    = 1
	chatBurst    = 20
	usualOverall = 30
	usualPresses = 60
	usualAtOnce  = 64
	usualRetry   = 250 * time.Millisecond
)

func (l Limits) usual() Limits {
	if l.Chat == 0 {
		l.Chat = usualChat
	}
	if l.Overall == 0 {
		l.Overall = usualOverall
	}
	if l.Presses == 0 {
		l.Presses = usualPresses
	}
	if l.AtOnce == 0 {
		l.AtOnce = usualAtOnce
	}
	if l.Retry == 0 {
		l.Retry = usualRetry
	}
	return l
}

// mostLimiters is how many chats are remembered before those at rest are forgotten.
const mostLimiters = 10_000

// limiters keeps a limiter for each chat that is not at rest.
type limiters struct {
	limit rate.Limit
	burst int

	mu   sync.Mutex
	all  map[int64]*rate.Limiter
	most int
}

func newLimiters(limit rate.Limit, burst int) *limiters {
	return &limiters{limit: limit, burst: burst, all: map[int64]*rate.Limiter{}, most: mostLimiters}
}

func (l *limiters) of(chat int64, now time.Time) *rate.Limiter {
	l.mu.Lock()
	defer l.mu.Unlock()
	if own := l.all[chat]; own != nil {
		return own
	}
	if len(l.all) >= l.most {
		for id, other := range l.all {
			if other.TokensAt(now) >= float64(l.burst) {
				delete(l.all, id)
			}
		}
		l.most = max(mostLimiters, 2*len(l.all))
	}
	own := rate.NewLimiter(l.limit, l.burst)
	l.all[chat] = own
	return own
}

// pace holds calls back that Telegram would refuse.
type pace struct {
	chats   *limiters
	overall *rate.Limiter
}

func newPace(l Limits) *pace {
	burst := max(1, int(min(l.Overall, 1e6)))
	return &pace{newLimiters(l.Chat, chatBurst), rate.NewLimiter(l.Overall, burst)}
}

// errHeld says that a call was not made, to keep to our own limit.
var errHeld = errors.New("held back by a limit")

// wait waits for the turn of a call, unless that would take too long.
func (p *pace) wait(ctx context.Context, how pacing) error {
	ctx, cancel := context.WithTimeout(ctx, how.patience)
	defer cancel()
	if err := p.chats.of(how.chat, time.Now()).Wait(ctx); err != nil {
		return fmt.Errorf("%w: of a chat: %w", errHeld, err)
	}
	if how.urgent {
		return nil
	}
	if err := p.overall.Wait(ctx); err != nil {
		return fmt.Errorf("%w: of all chats: %w", errHeld, err)
	}
	return nil
}

// until is how long a chat has to wait for its next call.
func (p *pace) until(chat int64) time.Duration {
	now := time.Now()
	r := p.chats.of(chat, now).ReserveN(now, 1)
	defer r.CancelAt(now)
	return r.DelayFrom(now)
}
