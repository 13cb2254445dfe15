package bot

import (
	"bytes"
	"context"
	"html"
	"regexp"
	"unicode/utf8"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"pathwaybot/handlers"
	"pathwaybot/pictures"
)

// maxCaption is the longest text under a picture, in characters after the markup is
// read: https://core.telegram.org/bots/api#inputmediaphoto
const maxCaption = 1024

// photo returns the picture of a screen; nil where it has none, or where the text
// would be too long to stand under it.
func (t *turn) photo(r handlers.Reply) []byte {
	if t.plain {
		return nil
	}
	for _, b := range r.Blocks {
		if b.Kind == handlers.Picture && captionLength(render(r)) <= maxCaption {
			picture, _ := t.bot.config.Guide.Pictures.PNG(b.Name)
			return picture
		}
	}
	return nil
}

var markup = regexp.MustCompile(`<[^>]*>`)

// captionLength is how many characters are left of our HTML when its markup is read.
func captionLength(text string) int {
	return utf8.RuneCountInString(html.UnescapeString(markup.ReplaceAllString(text, "")))
}

// show puts a screen into the live message, with its picture if it has one.
func (t *turn) show(ctx context.Context, r handlers.Reply) error {
	chat, live := t.update.chat, t.mail.live
	r = t.bot.linked(r)
	if picture := t.photo(r); picture != nil {
		return t.bot.illustrate(ctx, chat, live, picture, render(r), keyboard(r.Rows))
	}
	return t.bot.edit(ctx, chat, live, render(r), keyboard(r.Rows))
}

// put puts a text into a message of ours in the place of all that it showed. A
// picture stays one for ever, so there it gives way to a white strip.
func (b *Bot) put(ctx context.Context, chat int64, message int, photo bool, html string, keys models.ReplyMarkup) error {
	if photo {
		return b.illustrate(ctx, chat, message, pictures.Blank(), html, keys)
	}
	return b.edit(ctx, chat, message, html, keys)
}

// illustrate puts a picture, a text under it and its buttons into a message of ours,
// whether it had a picture or not.
func (b *Bot) illustrate(ctx context.Context, chat int64, message int, picture []byte, html string, keys models.ReplyMarkup) error {
	_, err := b.api.EditMessageMedia(ctx, &tg.EditMessageMediaParams{
		ChatID: chat, MessageID: message, ReplyMarkup: keys,
		Media: &models.InputMediaPhoto{
			Media: "attach://picture.png", MediaAttachment: bytes.NewReader(picture),
			Caption: html, ParseMode: models.ParseModeHTML,
		},
	})
	return err
}
