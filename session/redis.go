package session

import (
	"context"
	"crypto/rand"
	_ "embed" // the scripts
	"errors"
	"fmt"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/logging"
)

//go:embed save.lua
var saveLua string

//go:embed remove.lua
var removeLua string

// versionSize is the length of a version, which stands unsealed in front of the
// mail so that the scripts can compare it. It lies there since the mail outlives
// the walk.
const versionSize = 16

// errForeign says that a value was sealed under a key, or by a release, that we
// do not have. Another replica may have it, so it stays where it is.
var errForeign = errors.New("value of an unknown key")

// Config is what NewRedis needs.
type Config struct {
	// URL is REDIS_URL: redis:// or rediss://, several addr= for a cluster,
	// master_name= for Sentinel.
	URL string
	// Keys come from ParseKeys. The first seals; the others open what they sealed.
	Keys [][]byte
}

// Redis is a store that replicas share. It is safe for concurrent use. A call
// returns ErrAway after a second, or earlier if its context ends.
type Redis struct {
	client       redis.UniversalClient
	ring         ring
	save, remove *redis.Script
	unreadable   atomic.Uint64
	lives        *lives
	// patience is how long a call waits for Redis, retries and redirections of
	// a cluster included: a person is waiting for it.
	patience time.Duration
}

// NewRedis returns a store for c. It does not connect: a Redis that is away must
// not stop the bot from starting.
func NewRedis(c Config) (*Redis, error) {
	options, err := parseURL(c.URL)
	if err != nil {
		return nil, err
	}
	return newRedis(options, c.Keys)
}

func newRedis(options *redis.UniversalOptions, keys [][]byte) (*Redis, error) {
	ring, err := newRing(keys)
	if err != nil {
		return nil, err
	}
	// go-redis has one logger for all clients, which writes to stderr. What it
	// would say reaches the caller as ErrAway.
	logging.Disable()
	met := &lives{met: map[string]bool{}}
	options.OnConnect = met.connected
	return &Redis{
		lives:    met,
		client:   redis.NewUniversalClient(options),
		ring:     ring,
		save:     redis.NewScript(saveLua),
		remove:   redis.NewScript(removeLua),
		patience: time.Second,
	}, nil
}

// Load returns the record of chat, or one without walk and mail if there is none
// or it cannot be opened. It takes one round trip.
func (r *Redis) Load(ctx context.Context, chat Chat) (Record, error) {
	ctx, cancel := context.WithTimeout(ctx, r.patience)
	defer cancel()
	spots := r.ring.spots(chat)
	pipe := r.client.Pipeline()
	replies := make([]*redis.SliceCmd, len(spots))
	for i, at := range spots {
		replies[i] = pipe.MGet(ctx, at.mail, at.walk)
	}
	if _, err := pipe.Exec(ctx); err != nil {
		return Record{Chat: chat}, away("load session", err)
	}
	for i, reply := range replies {
		rec, found, _ := r.open(spots[i], reply.Val())
		if found {
			rec.Chat, rec.home = chat, i
			return rec, nil
		}
	}
	return Record{Chat: chat}, nil
}

// Save writes rec and returns it with its new version. It returns ErrConflict if
// the record changed since rec was loaded. It takes one round trip, and one more
// when the record moves from an older key to the first.
func (r *Redis) Save(ctx context.Context, rec Record, keep Keep) (Record, error) {
	if rec.Chat == (Chat{}) {
		return rec, errNoChat
	}
	ctx, cancel := context.WithTimeout(ctx, r.patience)
	defer cancel()
	at, was := rec.spot, rec
	if rec.home != 0 {
		rec.version = "" // under the first key there was none
	}
	if rec.home != 0 || at.name == "" {
		at = r.ring.spots(rec.Chat)[0]
	}
	version := newVersion()
	walk, whole := keep.life(rec)
	var sealed []byte
	if walk > 0 {
		sealed = r.ring[0].walk.seal(at.walk, version, rec.Walk)
	}
	var due string
	if !keep.Due.IsZero() {
		due = strconv.FormatInt(minuteUp(keep.Due), 10)
	}
	done, err := r.save.Run(ctx, r.client, []string{at.mail, at.walk, at.due},
		rec.version, version,
		version+string(r.ring[0].mail.seal(at.mail, version, packMail(rec.Chat, rec.Mail))), millis(whole),
		sealed, millis(walk),
		at.name, due).Int()
	if err != nil {
		return was, away("save session", err)
	}
	if was.home != 0 { // whoever wrote under the first key, this one is over
		if err := r.forget(ctx, was.spot, was.version); err != nil {
			return was, away("move session to the first key", err)
		}
	}
	if done == 0 {
		return was, ErrConflict
	}
	rec.version, rec.home, rec.spot = version, 0, at
	if whole == 0 {
		rec.version = ""
	}
	return rec, nil
}

// Current reports whether nobody has written over rec since it was saved. It takes one
// round trip.
func (r *Redis) Current(ctx context.Context, rec Record) (bool, error) {
	ctx, cancel := context.WithTimeout(ctx, r.patience)
	defer cancel()
	stored, err := r.client.GetRange(ctx, rec.spot.mail, 0, versionSize-1).Result()
	if err != nil {
		return false, away("compare session", err)
	}
	return stored == rec.version, nil
}

// Drop forgets all of chat.
func (r *Redis) Drop(ctx context.Context, chat Chat) error {
	ctx, cancel := context.WithTimeout(ctx, r.patience)
	defer cancel()
	pipe := r.client.Pipeline()
	for _, at := range r.ring.spots(chat) {
		pipe.Del(ctx, at.mail, at.walk)
		pipe.ZRem(ctx, at.due, at.name)
	}
	if _, err := pipe.Exec(ctx); err != nil {
		return away("drop session", err)
	}
	return nil
}

// Ping returns ErrAway if Redis does not answer.
func (r *Redis) Ping(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, r.patience)
	defer cancel()
	if err := r.client.Ping(ctx).Err(); err != nil {
		return away("ping session store", err)
	}
	return nil
}

// Close closes the connections.
func (r *Redis) Close() error {
	if err := r.client.Close(); err != nil {
		return fmt.Errorf("close session store: %w", err)
	}
	return nil
}

// Unreadable returns how many values could not be opened since the start.
func (r *Redis) Unreadable() uint64 { return r.unreadable.Load() }

// open reads what MGET returned for mail and walk. A record that cannot be
// opened is found, so that the next save can write over it, but empty.
func (r *Redis) open(at spot, reply []any) (rec Record, found bool, err error) {
	if len(reply) != 2 {
		return Record{}, false, nil
	}
	value, found := reply[0].(string)
	if !found {
		return Record{}, false, nil
	}
	rec.version, rec.spot = value[:min(versionSize, len(value))], at
	value = value[len(rec.version):]
	home, known := r.ring.find(value)
	if !known {
		r.unreadable.Add(1)
		return rec, true, errForeign
	}
	rec.home = home
	plain, err := open(r.ring[home].mail, at.mail, rec.version, value)
	if err == nil {
		rec.Chat, rec.Mail, err = unpackMail(plain)
	}
	if err != nil {
		r.unreadable.Add(1)
		return rec, true, err
	}
	if value, ok := reply[1].(string); ok {
		if rec.Walk, err = open(r.ring[home].walk, at.walk, rec.version, value); err != nil {
			r.unreadable.Add(1)
		}
	}
	return rec, true, nil
}

// forget removes the record at a spot if it still has this version.
func (r *Redis) forget(ctx context.Context, at spot, version string) error {
	return r.remove.Run(ctx, r.client, []string{at.mail, at.walk, at.due}, version, at.name).Err()
}

// away marks everything that Redis or the way to it answers.
func away(doing string, err error) error {
	return fmt.Errorf("%s: %w: %w", doing, ErrAway, err)
}

func newVersion() string {
	b := make([]byte, versionSize)
	_, _ = rand.Read(b) // never fails
	return string(b)
}

// millis is how the script takes a time: rounded up, since it means "at least".
func millis(d time.Duration) int64 {
	return int64((d + time.Millisecond - 1) / time.Millisecond)
}
