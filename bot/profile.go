package bot

import (
	"context"
	"fmt"
	"slices"
	"strings"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"pathwaybot/guide"
)

// commands are those of the menu, in its order. Telegram asks every bot for /start
// and /help, and by its terms a bot has to answer /privacy.
func commands() []string {
	return []string{"start", "language", "help", "find", "privacy", "about", "stop"}
}

// profile sets what Telegram shows of the bot itself: the menu, the name and the
// two descriptions, in each language under its two letters (zh for zh-Hans), which is all
// that Telegram takes. It reads first and writes only what differs, since Telegram allows
// few changes a day.
func (b *Bot) profile(ctx context.Context) {
	b.insist(ctx, "getMe", func() error { return b.advise(ctx) })
	for _, code := range b.codes() {
		for _, set := range []func(context.Context, string) error{b.setCommands, b.setName, b.setShort, b.setAbout} {
			if err := set(ctx, code); err != nil && ctx.Err() == nil {
				b.note.fault("profile: " + reason(err))
			}
		}
	}
	b.note.count("profile checked")
}

// codes are the languages that Telegram is told of: the empty one for all others, then
// ours, each by its two letters.
func (b *Bot) codes() []string {
	codes := []string{""}
	for _, l := range b.config.Guide.Words.Languages() {
		code, _, _ := strings.Cut(l.Tag, "-")
		if len(code) == 2 && !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	return codes
}

// word is a text of the profile; without a language it is the English.
func (b *Bot) word(code, key string) string {
	tag := guide.English
	for _, l := range b.config.Guide.Words.Languages() {
		if l.Tag == code || strings.HasPrefix(l.Tag, code+"-") && code != "" {
			tag = l.Tag
			break
		}
	}
	return b.config.Guide.Words.Text(tag, key)
}

func (b *Bot) setCommands(ctx context.Context, code string) error {
	var want []models.BotCommand
	for _, name := range commands() {
		want = append(want, models.BotCommand{Command: name, Description: b.word(code, "ui.command."+name)})
	}
	scope := &models.BotCommandScopeAllPrivateChats{}
	have, err := b.api.GetMyCommands(ctx, &tg.GetMyCommandsParams{Scope: scope, LanguageCode: code})
	if err != nil {
		return fmt.Errorf("get commands: %w", err)
	}
	if slices.Equal(have, want) {
		return nil
	}
	if _, err := b.api.SetMyCommands(ctx, &tg.SetMyCommandsParams{Commands: want, Scope: scope, LanguageCode: code}); err != nil {
		return fmt.Errorf("set commands: %w", err)
	}
	return nil
}

func (b *Bot) setName(ctx context.Context, code string) error {
	want := b.word(code, "ui.profile.name")
	have, err := b.api.GetMyName(ctx, &tg.GetMyNameParams{LanguageCode: code})
	if err != nil {
		return fmt.Errorf("get name: %w", err)
	}
	if have.Name == want {
		return nil
	}
	if _, err := b.api.SetMyName(ctx, &tg.SetMyNameParams{Name: want, LanguageCode: code}); err != nil {
		return fmt.Errorf("set name: %w", err)
	}
	return nil
}

func (b *Bot) setShort(ctx context.Context, code string) error {
	want := b.word(code, "ui.profile.short")
	have, err := b.api.GetMyShortDescription(ctx, &tg.GetMyShortDescriptionParams{LanguageCode: code})
	if err != nil {
		return fmt.Errorf("get short description: %w", err)
	}
	if have.ShortDescription == want {
		return nil
	}
	if _, err := b.api.SetMyShortDescription(ctx, &tg.SetMyShortDescriptionParams{ShortDescription: want, LanguageCode: code}); err != nil {
		return fmt.Errorf("set short description: %w", err)
	}
	return nil
}

func (b *Bot) setAbout(ctx context.Context, code string) error {
	want := b.word(code, "ui.profile.about")
	have, err := b.api.GetMyDescription(ctx, &tg.GetMyDescriptionParams{LanguageCode: code})
	if err != nil {
		return fmt.Errorf("get description: %w", err)
	}
	if have.Description == want {
		return nil
	}
	if _, err := b.api.SetMyDescription(ctx, &tg.SetMyDescriptionParams{Description: want, LanguageCode: code}); err != nil {
		return fmt.Errorf("set description: %w", err)
	}
	return nil
}

// advise logs what should be switched off with BotFather, in one line. The
// library's own type does not read all of these.
func (b *Bot) advise(ctx context.Context) error {
	var me struct {
		Groups   bool   `json:"can_join_groups"`
		Inline   bool   `json:"supports_inline_queries"`
		Business bool   `json:"can_connect_to_business"`
		Guests   bool   `json:"supports_guest_queries"`
		App      bool   `json:"has_main_web_app"`
		Name     string `json:"username"`
	}
	if err := b.client.call(ctx, "getMe", struct{}{}, &me); err != nil {
		return err
	}
	b.name.Store(me.Name)
	var on []string
	for _, f := range []struct {
		on   bool
		name string
	}{
		{me.Groups, "groups"},
		{me.Inline, "inline mode"},
		{me.Business, "business"},
		{me.Guests, "guest queries"},
		{me.App, "main app"},
	} {
		if f.on {
			on = append(on, f.name)
		}
	}
	if len(on) > 0 {
		b.config.Log.WarnContext(ctx, "telegram: switch off with BotFather: "+strings.Join(on, ", "))
	}
	return nil
}
