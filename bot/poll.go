package bot

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"sync"
	"time"

	tg "github.com/go-telegram/bot"

	"pathwaybot/handlers"
)

// Long polling: Telegram holds a request for at most 50 seconds.
const (
	pollSeconds = 50
	pollMost    = 100 // updates at once
	pollLimit   = 65 * time.Second

	heldSeconds = 2 // while updates are held in memory
	mostHeld    = 1000
)

type pollParams struct {
	Offset  int64    `json:"offset,omitempty"`
	Limit   int      `json:"limit,omitempty"`
	Timeout int      `json:"timeout"`
	Kinds   []string `json:"allowed_updates"`
}

// poll asks for updates until ctx ends. What is asked for next confirms to Telegram
// what came before, so it moves only past updates that are dealt with.
func (b *Bot) poll(ctx context.Context) {
	b.insist(ctx, "delete webhook", func() error {
		_, err := b.api.DeleteWebhook(ctx, &tg.DeleteWebhookParams{})
		return err
	})
	p := poller{bot: b, most: pollMost, done: map[int64]int64{}}
	wait := backoff{first: b.config.Limits.Retry}
	for ctx.Err() == nil {
		seconds := pollSeconds
		if len(p.held) > 0 {
			seconds = heldSeconds
		}
		batch, err := p.ask(ctx, seconds)
		all, moves, aways := false, false, b.aways.Load()
		switch {
		case errors.Is(err, errTooLarge):
			p.most = max(1, p.most/2) // long messages: fewer at once
		case err == nil:
			p.most = min(pollMost, p.most*2)
			before, done := p.offset, len(p.done)
			if all = p.deal(ctx, batch); !all && (p.offset > before || len(p.done) > done) {
				wait.last = 0 // one chat is held up; the others go on at once
				moves = p.offset > before
			}
		}
		switch {
		case ctx.Err() != nil:
		case err != nil:
			b.note.fault("getUpdates: " + reason(err))
			var no *refusal
			asked := time.Duration(0)
			if errors.As(err, &no) {
				asked = no.after
			}
			_ = sleep(ctx, wait.next(asked))
		case !all && !moves:
			_ = sleep(ctx, wait.stuck(b.aways.Load() != aways))
		default:
			wait.last = 0
		}
	}
	// Confirm what was dealt with last, so that it does not come again after a restart.
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	if p.offset != 0 {
		if _, err := p.ask(last, 0); err != nil {
			b.note.fault("getUpdates: " + reason(err))
		}
	}
}

// poller knows how far the updates are dealt with.
type poller struct {
	bot    *Bot
	most   int // updates to ask for at once
	offset int64
	done   map[int64]int64 // updates dealt with, behind one that is not, and their chats

	// held are updates that stopped all that came behind them, such as those of a chat
	// which Telegram takes nothing for: Telegram shows only the first hundred that are
	// not confirmed. They are confirmed and tried again from here, and lost if the
	// program ends before.
	held []pending
}

// pending is one update of a batch.
type pending struct {
	id   int64
	body json.RawMessage
}

func (p *poller) ask(ctx context.Context, seconds int) ([]pending, error) {
	ctx, cancel := context.WithTimeout(ctx, pollLimit)
	defer cancel()
	params := pollParams{Offset: p.offset, Limit: p.most, Timeout: seconds, Kinds: kinds()}
	if seconds == 0 {
		params.Limit = 1 // only to confirm
	}
	var raw []json.RawMessage
	if err := p.bot.client.call(ctx, "getUpdates", params, &raw); err != nil {
		return nil, err
	}
	batch := make([]pending, 0, len(raw))
	for _, body := range raw {
		var id struct {
			ID int64 `json:"update_id"`
		}
		if err := json.Unmarshal(body, &id); err != nil || id.ID < 1 {
			p.bot.note.fault("update without a number") // it cannot be confirmed either
			continue
		}
		batch = append(batch, pending{id.ID, body})
	}
	return batch, nil
}

// deal handles a batch and what is held, chats beside each other, and moves the offset
// to the first update that has to come again. It reports whether there was none.
func (p *poller) deal(ctx context.Context, batch []pending) bool {
	began := p.bot.aways.Load()
	stuck, skipped := p.handle(ctx, append(slices.Clone(p.held), batch...))
	p.held = slices.DeleteFunc(p.held, func(in pending) bool {
		_, done := p.done[in.id]
		delete(p.done, in.id)
		return done
	})
	// Somebody else has to wait for what is stuck; but not where the store is away, which
	// stops everybody, and what is held would be lost with the program.
	crowded := (len(batch) >= p.most || len(skipped) > 0) && p.bot.aways.Load() == began
	for _, in := range batch {
		if _, done := p.done[in.id]; !done {
			if !crowded || !stuck[in.id] {
				return false
			}
			p.hold(in)
		}
		delete(p.done, in.id)
		p.offset = in.id + 1
	}
	return len(p.held) == 0
}

// hold takes an update over from Telegram.
func (p *poller) hold(in pending) {
	p.bot.note.fault("update held in memory")
	p.held = append(p.held, in)
	if len(p.held) > mostHeld {
		p.bot.note.fault("update given up")
		p.held = p.held[1:]
	}
}

// handle notes in done which updates are dealt with, and returns those that are stuck:
// what has to come again, and what waits behind it in its chat. It skips what it must
// not begin yet: a chat knows so many of its last updates again, and all that are not
// confirmed come again when the program ends now.
func (p *poller) handle(ctx context.Context, list []pending) (stuck map[int64]bool, skipped map[int64]int64) {
	var mu sync.Mutex
	var jobs sync.WaitGroup
	stuck, skipped = map[int64]bool{}, map[int64]int64{}
	held := map[int64]bool{} // chats
	begun := map[int64]int{}
	for _, chat := range p.done {
		begun[chat]++
	}
	for _, in := range list {
		mu.Lock()
		_, known := p.done[in.id]
		mu.Unlock()
		if known {
			continue
		}
		u, err := readUpdate(in.body, p.bot.config.Now())
		if err != nil {
			p.bot.note.fault("update not understood")
			mu.Lock()
			p.done[in.id] = 0
			mu.Unlock()
			continue
		}
		if u.chat != 0 && begun[u.chat] >= handlers.Remembered { // 0: nobody's
			skipped[in.id] = u.chat
			continue
		}
		begun[u.chat]++
		place, ok := p.bot.order.join(u.chat)
		if !ok {
			break
		}
		jobs.Go(func() {
			place.run(func() {
				mu.Lock()
				waits := held[u.chat]
				mu.Unlock()
				again := waits || p.one(ctx, u)
				mu.Lock()
				defer mu.Unlock()
				if again {
					held[u.chat], stuck[in.id] = true, true
				} else {
					p.done[in.id] = u.chat
				}
			})
		})
	}
	jobs.Wait()
	for id, chat := range skipped {
		if held[chat] {
			stuck[id] = true
			delete(skipped, id)
		}
	}
	return stuck, skipped
}

// one handles an update and answers the press that it may be.
func (p *poller) one(ctx context.Context, u update) (again bool) {
	a := p.bot.handle(ctx, u)
	if a.again || a.press == "" {
		return a.again
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), turnLimit)
	defer cancel()
	_, err := p.bot.api.AnswerCallbackQuery(ctx, &tg.AnswerCallbackQueryParams{CallbackQueryID: a.press, Text: a.text})
	if sortOf(err) != fine {
		p.bot.note.fault("answerCallbackQuery: " + reason(err))
	}
	return false
}
