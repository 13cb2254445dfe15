package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"pathwaybot/guide"
	"pathwaybot/handlers"
)

// turnLimit is how long the handling of one update may take. Telegram gives a
// webhook up after 60 seconds.
const turnLimit = 20 * time.Second

// drainLimit is how long updates that are being handled have at the end.
const drainLimit = 25 * time.Second

// Config is what a Bot needs.
type Config struct {
	Token        string
	APIURL       string  // empty for Telegram's own
	Webhook      Webhook // empty for long polling
	Conversation *handlers.Handlers
	Store        Store        // where the conversation keeps its walks
	Guide        *guide.Guide // for the profile, and to check the buttons
	Limits       Limits
	Now          func() time.Time
	Log          *slog.Logger
}

// Store tells when what was saved may be lost. session.Redis and session.Memory do.
type Store interface {
	Ping(context.Context) error
	Lives() int // grows when another process may have taken over, and before it is read from
}

// Webhook says where Telegram sends updates and how it shows that it is Telegram.
type Webhook struct {
	URL    string
	Secret string // 1 to 256 letters, digits, hyphens and underscores
}

// Bot is the Telegram channel.
type Bot struct {
	config   Config
	talk     *handlers.Handlers
	api      *tg.Bot
	client   *client
	note     *counter
	order    *order
	presses  *limiters
	strays   strays
	spans    spans
	recent   *memory[remembered] // the mail that was saved last, for leaving while the store is away
	leaving  *memory[update]     // left while the store was away: to be saved yet
	later    *memory[struct{}]   // chats whose screen is put off
	idles    chan struct{}       // idle chats being dealt with
	inIdle   sync.WaitGroup
	inLater  sync.WaitGroup
	stopping atomic.Bool
	outage   atomic.Int64  // when the store was away last, or this program began
	aways    atomic.Uint64 // turns that did not find the store
	lives    atomic.Int64  // of the store, as far as it was noticed
	missing  atomic.Bool   // the store was away when it was asked last
	lost     atomic.Bool   // the store may have lost what this process still remembers
	name     atomic.Value  // the bot's own name, once Telegram has said it
}

// New returns a bot that has not yet spoken to Telegram. The error lists all that
// is wrong with the settings and all buttons that would be over Telegram's limits.
func New(c Config) (*Bot, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	if c.APIURL == "" {
		c.APIURL = "https://api.telegram.org"
	}
	c.APIURL = strings.TrimSuffix(c.APIURL, "/")
	c.Limits = c.Limits.usual()
	note := newCounter(c.Log, c.Now)
	b := &Bot{
		config:  c,
		talk:    c.Conversation,
		client:  newClient(c.APIURL, c.Token, newPace(c.Limits), note),
		note:    note,
		order:   newOrder(c.Limits.AtOnce),
		presses: newPressLimiters(c.Limits.Presses),
		strays:  strays{newMemory[[]item]()},
		recent:  newMemory[remembered](),
		leaving: newMemory[update](),
		later:   newMemory[struct{}](),
		idles:   make(chan struct{}, c.Limits.AtOnce),
	}
	b.outage.Store(c.Now().Unix())
	b.lives.Store(int64(c.Store.Lives()))
	var err error
	b.api, err = tg.New(c.Token,
		tg.WithSkipGetMe(),
		tg.WithServerURL(c.APIURL),
		tg.WithHTTPClient(callLimit, b.client),
		// The library's own would print what people write.
		tg.WithErrorsHandler(func(error) { note.count("library error") }),
		tg.WithDefaultHandler(func(context.Context, *tg.Bot, *models.Update) {}),
	)
	if err != nil {
		return nil, errors.New("make the client of Telegram: token refused")
	}
	return b, nil
}

func (c *Config) check() error {
	var errs []error
	if c.Store == nil {
		errs = append(errs, errors.New("store is missing"))
	}
	if strings.TrimSpace(c.Token) == "" {
		errs = append(errs, errors.New("token is missing"))
	}
	if s := c.Webhook.Secret; c.Webhook.URL != "" && (s == "" || len(s) > 256 || strings.Trim(s, secretLetters) != "") {
		errs = append(errs, errors.New("webhook secret: want 1 to 256 letters, digits, hyphens and underscores"))
	}
	errs = append(errs, checkButtons(c.Guide)...)
	return errors.Join(append(errs, checkTexts(c.Guide, maxText-aroundText)...)...)
}

// secretLetters: https://core.telegram.org/bots/api#setwebhook
const secretLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"

// Counts returns what was counted since the start, by class.
func (b *Bot) Counts() map[string]uint64 { return b.note.all() }

// Run receives updates until ctx ends, and then finishes those that it has begun.
// By webhook, whoever serves the handler of Webhook lets requests come in.
func (b *Bot) Run(ctx context.Context) error {
	var background sync.WaitGroup
	background.Go(func() { b.profile(ctx) })
	background.Go(func() { b.catchUp(ctx) })
	if b.config.Webhook.URL != "" {
		background.Go(func() { b.setWebhook(ctx) })
		<-ctx.Done()
	} else {
		b.poll(ctx)
	}
	background.Wait()
	b.stopping.Store(true)
	b.inLater.Wait()
	if !b.order.drain(drainLimit) {
		return fmt.Errorf("telegram: updates were still being handled after %v", drainLimit)
	}
	b.client.http.CloseIdleConnections()
	return nil
}

// setWebhook tells Telegram where to send updates, until it has heard.
func (b *Bot) setWebhook(ctx context.Context) {
	b.insist(ctx, "set webhook", func() error {
		_, err := b.api.SetWebhook(ctx, &tg.SetWebhookParams{
			URL:            b.config.Webhook.URL,
			SecretToken:    b.config.Webhook.Secret,
			AllowedUpdates: kinds(),
			MaxConnections: 40,
		})
		return err
	})
}

// insist tries until it works or ctx ends.
func (b *Bot) insist(ctx context.Context, doing string, try func() error) {
	wait := backoff{first: b.config.Limits.Retry}
	for ctx.Err() == nil {
		err := try()
		if err == nil {
			return
		}
		if ctx.Err() == nil {
			b.note.fault(doing + ": " + reason(err))
		}
		if sleep(ctx, wait.next(0)) != nil {
			return
		}
	}
}

// Webhook returns the handler to which Telegram posts updates.
func (b *Bot) Webhook() http.Handler { return http.HandlerFunc(b.receive) }
