package main

import (
	"cmp"
	"context"
	"encoding/base64"
	"fmt"
	"maps"
	"math/rand/v2"
	"net"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"pathwaybot/bot/telegramtest"
	"pathwaybot/session/redistest"
)

// What the bot is given. Each is searched for in the logs.
const (
	token      = "7319046:trial-token-of-nobody"
	hookSecret = "trial-secret-of-the-webhook"
	hookPath   = "/trial-path"
	keyText    = "trial-key-of-thirty-two-letters!"
)

// retryScale shortens Telegram's waits between two tries: two seconds are 100 ms.
const retryScale = 0.05

// setup says how a world differs from the usual: one replica, by webhook, one Redis.
type setup struct {
	polling  bool
	replicas int
	sentinel bool
	full     bool     // logs go to a full disk
	local    bool     // the bot runs in this process, by a clock of its own
	env      []string // more settings of the bot's
	plain    bool     // requests are not checked against the schema, for long runs
}

// world is the bot as processes of its own, between a fake Telegram and a real Redis,
// and people who use it.
type world struct {
	*rig
	words    *words
	tg       *telegramtest.Server
	api      string              // its address
	redis    *redistest.Server   // nil with a sentinel
	sentinel *redistest.Sentinel // nil without
	gate     *gate               // nil with a sentinel
	door     *door               // nil when polling
	bots     []*process
	clock    *clock // of a bot in this process
	log      *journal
	random   *rand.Rand
	notes    map[string]int // how often each was noted

	mu     sync.RWMutex
	people map[int64]*person
	order  []*person
}

func newWorld(r *rig, tools *tools, s setup) *world {
	w := &world{rig: r, words: tools.words, log: &journal{}, people: map[int64]*person{}, notes: map[string]int{}}
	w.random = rand.New(rand.NewPCG(tools.seed, 1))
	w.tg = telegramtest.New(telegramtest.Options{Token: token, RetryScale: retryScale, Watch: w.watch, SkipSchema: s.plain || tools.plain})
	w.api = w.tg.Start(r)
	var redisURL string
	if s.sentinel {
		w.sentinel = redistest.LaunchSentinel(r)
		redisURL = w.sentinel.URL()
	} else {
		w.redis = redistest.Launch(r)
		w.gate = newGate(r, w.redis.Addr())
		redisURL = w.gate.url()
	}
	if !s.polling {
		w.door = newDoor(r)
	}
	if s.local {
		w.runHere(redisURL)
		return w
	}
	for range max(1, s.replicas) {
		p := &process{path: tools.bot, log: w.log, full: s.full, listen: freeAddr(r), admin: freeAddr(r)}
		p.env = append([]string{
			"TELEGRAM_BOT_TOKEN=" + token, "TELEGRAM_API_URL=" + w.api, "REDIS_URL=" + redisURL,
			"SESSION_KEY=" + base64.StdEncoding.EncodeToString([]byte(keyText)),
			"LISTEN=" + p.listen, "ADMIN_LISTEN=" + p.admin,
			"PRESSES_A_MINUTE=1000000", "TELEGRAM_RATE=1000000", "PATH=" + os.Getenv("PATH"),
		}, s.env...)
		if w.door != nil {
			p.env = append(p.env, "WEBHOOK_URL=http://"+w.door.addr+hookPath, "WEBHOOK_SECRET="+hookSecret)
			w.door.replicas = append(w.door.replicas, p.listen)
		}
		w.bots = append(w.bots, p)
		r.Cleanup(p.kill)
		w.start(p)
	}
	return w
}

func freeAddr(r *rig) string {
	return net.JoinHostPort("127.0.0.1", strconv.Itoa(redistest.FreePort(r)))
}

func (w *world) start(p *process) {
	if err := p.start(); err != nil {
		w.Fatalf("%v\n%s", err, w.log)
	}
}

// watch hands what happened in a chat to whose it is.
func (w *world) watch(c telegramtest.Change) {
	w.mu.RLock()
	p := w.people[c.Chat]
	w.mu.RUnlock()
	if p == nil {
		return
	}
	switch c.What {
	case telegramtest.Edited, telegramtest.Same, telegramtest.Sent:
		p.show(c.Message.ID, w.words.look(c.Message), c.What == telegramtest.Same)
	case telegramtest.Taken, telegramtest.Expired:
		p.gotTo(c.What == telegramtest.Expired)
	case telegramtest.Deleted:
	}
}

// join brings people in.
func (w *world) join(n int) []*person {
	var out []*person
	for range n {
		w.mu.Lock()
		id := int64(firstChat + len(w.order))
		p := &person{random: rand.New(rand.NewPCG(w.random.Uint64(), uint64(id)))}
		p.words, p.cur, p.rest = w.words, w.words.begin(), make(chan struct{}, 1)
		w.people[id] = p
		w.order = append(w.order, p)
		w.mu.Unlock()
		p.chat = w.tg.NewChat(id, telegramtest.ChatOptions{Person: telegramtest.User{
			FirstName: marker, LastName: marker, Username: marker, LanguageCode: "en",
		}})
		out = append(out, p)
	}
	return out
}

// settleLimit is how long the bot may take until it has dealt with everything.
const settleLimit = 90 * time.Second

// settle waits until the bot has taken every update.
func (w *world) settle() {
	ctx, cancel := context.WithTimeout(context.Background(), settleLimit)
	defer cancel()
	if err := w.tg.Settle(ctx); err != nil {
		w.Fatalf("%d updates still wait after %v", w.tg.Waiting(), settleLimit)
	}
}

// begin brings people to the boxes.
func (w *world) begin(people []*person) {
	for _, p := range people {
		p.start()
	}
	w.settle()
	for _, p := range people {
		p.to(tickScreen, "!lang/en", "gate/start/about-me", "gate/age-me/adult")
	}
	w.settle()
}

// each does something with everybody and waits until it is done.
func (w *world) each(people []*person, do func(*person)) {
	for _, p := range people {
		do(p)
	}
	w.settle()
	for _, p := range people {
		p.check()
	}
}

// end lets everybody leave, and returns what was counted.
func (w *world) end() counts {
	w.settle()
	for _, p := range w.order {
		p.check()
	}
	w.each(w.order, (*person).leave)
	return w.count()
}

// count adds up what was counted, and searches the logs.
func (w *world) count() counts {
	var all counts
	cards, flashes, dropped := 0, 0, 0
	for _, p := range w.order {
		p.mu.Lock()
		all.add(p.counts)
		cards += p.cards
		flashes += p.flashes
		dropped += p.dropped
		for _, text := range p.strange {
			w.note("%s", text)
		}
		p.mu.Unlock()
	}
	if cards > 0 {
		w.note("%d emergency cards", cards)
	}
	if flashes > 0 {
		w.note("%d times a screen came late, beside typed words, and showed for a moment where the walk was before", flashes)
	}
	if dropped > 0 {
		w.note("%d updates waited so long that Telegram dropped them", dropped)
	}
	text := w.log.String()
	for _, secret := range w.secrets() {
		if n := strings.Count(text, secret); n > 0 {
			all.leaked += n
			w.note("%q in a log", secret)
		}
	}
	if bad := w.tg.Invalid(); len(bad) > 0 {
		all.wrong += len(bad)
		w.note("Telegram would not take: %s", bad[0])
	}
	return all
}

// secrets are what no log may hold.
func (w *world) secrets() []string {
	all := []string{
		marker, strings.ToLower(marker), token, "trial-token", hookSecret, hookPath, keyText,
		base64.StdEncoding.EncodeToString([]byte(keyText)), "adult-self/", "gate/start", "!lang", "!leave", "!back", "update_id",
	}
	w.mu.RLock()
	defer w.mu.RUnlock()
	for id := range w.people {
		all = append(all, fmt.Sprint(id))
	}
	return all
}

func (w *world) note(format string, args ...any) { w.notes[fmt.Sprintf(format, args...)]++ }

// mostNotes is how many different notes are printed.
const mostNotes = 20

// remarks returns what was noted, the most frequent first.
func (w *world) remarks() []string {
	texts := slices.SortedFunc(maps.Keys(w.notes), func(a, b string) int {
		return cmp.Or(w.notes[b]-w.notes[a], strings.Compare(a, b))
	})
	var out []string
	for _, text := range texts[:min(mostNotes, len(texts))] {
		if n := w.notes[text]; n > 1 {
			text = fmt.Sprintf("%d times: %s", n, text)
		}
		out = append(out, text)
	}
	if n := len(texts) - mostNotes; n > 0 {
		out = append(out, fmt.Sprintf("and %d more", n))
	}
	return out
}
