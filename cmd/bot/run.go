package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"time"

	"golang.org/x/sync/errgroup"
	"golang.org/x/time/rate"

	"pathwaybot/areas"
	"pathwaybot/bot"
	"pathwaybot/guide"
	"pathwaybot/handlers"
	"pathwaybot/session"
	"pathwaybot/web"
)

// run reads the settings and the guide, starts what they ask for, and returns when
// ctx has ended and everything under way is done.
func run(ctx context.Context, getenv func(string) string, stderr io.Writer) error {
	c, err := readConfig(getenv)
	if err != nil {
		return fmt.Errorf("settings:\n%w", err)
	}
	src := guide.Embedded()
	src.Hide = c.hide
	g, err := guide.Load(src)
	if err != nil {
		return fmt.Errorf("pathways, words and contacts:\n%w", err)
	}
	log := slog.New(newCalm(slog.NewTextHandler(stderr, nil), time.Now))
	s := &service{config: c, guide: g, log: log, now: time.Now}
	if err := s.build(); err != nil {
		return err
	}
	return s.serve(ctx)
}

// store is a session store that can be asked whether it answers.
type store interface {
	handlers.Store
	Ping(context.Context) error
	Lives() int
	Close() error
}

// service is everything that runs.
type service struct {
	config config
	guide  *guide.Guide
	log    *slog.Logger
	now    func() time.Time

	store     store
	conv      *handlers.Handlers
	postcodes *areas.Postcodes // nil without a file
	outcomes  *hourly
	wrong     *hourly  // numbers that did not work
	telegram  *bot.Bot // nil without a token
	web       *web.Web // nil when switched off
}

func (s *service) build() error {
	if s.config.redisURL == "" {
		s.store = session.NewMemory(s.now)
	} else {
		r, err := session.NewRedis(session.Config{URL: s.config.redisURL, Keys: s.config.sessionKeys})
		if err != nil {
			return fmt.Errorf("REDIS_URL: %w", err)
		}
		s.store = r
	}
	postcodes, err := loadPostcodes(s.config.postcodes, s.guide.Areas)
	if err != nil {
		return fmt.Errorf("POSTCODES: %w", err)
	}
	s.postcodes = postcodes
	s.outcomes = newHourly(s.now, "pathway_outcomes_total", "Outcomes reached, up to the last full hour.", "pathway", "outcome")
	s.wrong = newHourly(s.now, "contact_did_not_work_total",
		"How often people said that a contact's number did not work, up to the last full hour.", "contact")
	s.conv = handlers.New(s.guide, s.store, handlers.Settings{
		Cover: s.config.idleCover, Clean: s.config.idleClean, Postcodes: postcodes,
		Reached: func(pathway, outcome string) { s.outcomes.count(pathway, outcome) },
		Wrong:   func(contact string) { s.wrong.count(contact) },
	})
	if s.config.web {
		if s.web, err = web.New(web.Config{
			Conversation: s.conv, Pictures: s.guide.Pictures, Now: s.now, Log: s.log, URL: s.config.webURL,
		}); err != nil {
			return err
		}
	}
	if s.config.token == "" {
		return nil
	}
	settings := bot.Config{
		Token: s.config.token, APIURL: s.config.apiURL,
		Conversation: s.conv, Store: s.store, Guide: s.guide, Now: s.now, Log: s.log,
		Limits: bot.Limits{
			Presses: s.config.presses,
			// Telegram's own limits are one a second in a chat and 30 in all: the ratio stays.
			Overall: rate.Limit(s.config.telegramRate), Chat: rate.Limit(s.config.telegramRate) / 30,
		},
	}
	if s.config.webhookURL != nil {
		settings.Webhook.URL, settings.Webhook.Secret = s.config.webhookURL.String(), s.config.webhookSecret
	}
	if s.telegram, err = bot.New(settings); err != nil {
		return fmt.Errorf("telegram: %w", err)
	}
	return nil
}

// loadPostcodes reads the file that finds councils by half a postcode, nil without one.
func loadPostcodes(path string, m *areas.Map) (*areas.Postcodes, error) {
	if path == "" {
		return nil, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("cannot be read: %w", err)
	}
	defer func() { _ = f.Close() }() // only read
	return areas.LoadPostcodes(f, m)
}

// serve runs every part until ctx ends or one of them fails.
func (s *service) serve(ctx context.Context) error {
	defer func() { _ = s.store.Close() }()
	group, ctx := errgroup.WithContext(ctx)
	if public := s.public(); public != nil {
		if err := s.listen(ctx, group, s.config.listen, public, publicBounds()); err != nil {
			return fmt.Errorf("LISTEN: %w", err)
		}
	}
	if err := s.listen(ctx, group, s.config.adminListen, s.admin(), adminBounds()); err != nil {
		return fmt.Errorf("ADMIN_LISTEN: %w", err)
	}
	if s.telegram != nil {
		group.Go(func() error { return s.telegram.Run(ctx) })
	}
	group.Go(func() error {
		s.conv.Watch(ctx, s.now, func(chat session.Chat) { s.idle(ctx, chat) },
			func(error) { s.log.Error("session: lease idle chats") })
		return nil
	})
	s.announce()
	return group.Wait()
}

// idle hands a chat in which nobody has pressed to the channel that it belongs to.
func (s *service) idle(ctx context.Context, chat session.Chat) {
	switch {
	case ctx.Err() != nil:
	case chat.Channel == bot.Channel && s.telegram != nil:
		s.telegram.Idle(chat)
	case chat.Channel == web.Channel && s.web != nil:
		s.web.Idle(ctx, chat)
	}
}

// public is what the outside may reach: the pages and the webhook. It is nil when
// there is neither.
func (s *service) public() http.Handler {
	hook := s.telegram != nil && s.config.webhookURL != nil
	if s.web == nil && !hook {
		return nil
	}
	mux := http.NewServeMux()
	if s.web != nil {
		mux.Handle("/", s.web.Handler())
	}
	if hook {
		mux.Handle(s.config.webhookURL.Path, s.telegram.Webhook())
	}
	return mux
}

// announce says once what is running, and what a passer-by should know of it.
func (s *service) announce() {
	s.announceWeb()
	if s.config.redisURL == "" {
		s.log.Info("session: in memory, forgotten when this program ends; set REDIS_URL to keep them")
	}
	if s.telegram != nil && s.config.webhookURL == nil {
		s.log.Info("telegram: receiving by long polling")
	} else if s.telegram != nil {
		s.log.Info("telegram: receiving by webhook")
	}
	if s.postcodes != nil {
		s.log.Info(fmt.Sprintf("areas: half postcodes find councils, %d sectors", s.postcodes.Sectors()))
	}
	if until := s.guide.Contacts.HolidaysUntil(); s.now().After(until.AddDate(0, -3, 0)) {
		s.log.Warn("contacts: bank holidays are known until " + until.Format(time.DateOnly))
	}
}

// announceWeb says where the pages are, and warns where they could be read on the way.
func (s *service) announceWeb() {
	if s.web == nil {
		return
	}
	address := "http://" + s.config.listen
	if s.config.webURL != nil {
		address = s.config.webURL.String()
	}
	s.log.Info("web: open " + address)
	if !s.config.privateWeb() {
		s.log.Warn("web: LISTEN is open to others and WEB_URL is no https address: what people press can be read on the way." +
			" Put a proxy that speaks https in front and name its address in WEB_URL")
	}
}
