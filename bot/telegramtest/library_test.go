package telegramtest

import (
	"bytes"
	"context"
	"errors"
	"testing"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

// The library that our bot uses sends all its calls as multipart forms in chunks.
func TestLibrary(t *testing.T) {
	s := New(Options{})
	url := s.Start(t)
	chat := s.Chat(7)
	chat.Send("/start")
	ctx := t.Context()
	b, err := tg.New(s.Token(), tg.WithServerURL(url))
	if err != nil {
		t.Fatal(err)
	}
	keyboard := &models.InlineKeyboardMarkup{InlineKeyboard: [][]models.InlineKeyboardButton{{
		{Text: "Yes", CallbackData: "y", Style: "danger"}, {Text: "Copy", CopyText: &models.CopyTextButton{Text: "999"}},
	}}}
	off := true
	sent, err := b.SendMessage(ctx, &tg.SendMessageParams{
		ChatID: 7, Text: "<b>one</b>", ParseMode: models.ParseModeHTML, DisableNotification: true,
		LinkPreviewOptions: &models.LinkPreviewOptions{IsDisabled: &off}, ReplyMarkup: keyboard,
	})
	if err != nil {
		t.Fatal(err)
	}
	if m, ok := chat.Message(sent.ID); !ok || show(m.Entities) != "bold:one" || m.Preview || !m.Silent || len(m.Buttons[0]) != 2 {
		t.Errorf("the chat shows %+v", m)
	}
	picture := pngOf(t, 30, 20)
	_, err = b.EditMessageMedia(ctx, &tg.EditMessageMediaParams{
		ChatID: 7, MessageID: sent.ID, ReplyMarkup: keyboard,
		Media: &models.InputMediaPhoto{Media: "attach://sign.png", Caption: "two", MediaAttachment: bytes.NewReader(picture)},
	})
	if m, _ := chat.Message(sent.ID); err != nil || m.Kind != "photo" || m.Text != "two" || !bytes.Equal(m.Picture.Content, picture) {
		t.Errorf("the chat shows %+v, %v", m, err)
	}
	photo, err := b.SendPhoto(ctx, &tg.SendPhotoParams{ChatID: 7, Photo: &models.InputFileUpload{Filename: "a.png", Data: bytes.NewReader(picture)}})
	if err != nil || len(photo.Photo) != 1 || photo.Photo[0].Width != 30 {
		t.Errorf("sendPhoto: %+v, %v", photo, err)
	}
	_, err = b.EditMessageText(ctx, &tg.EditMessageTextParams{ChatID: 7, MessageID: sent.ID, Text: "three"})
	if !errors.Is(err, tg.ErrorBadRequest) {
		t.Errorf("a picture became a text: %v", err)
	}
	if _, err = b.DeleteMessages(ctx, &tg.DeleteMessagesParams{ChatID: 7, MessageIDs: []int{sent.ID, photo.ID}}); err != nil {
		t.Error(err)
	}
	if _, err = b.SetMyCommands(ctx, &tg.SetMyCommandsParams{
		Commands: []models.BotCommand{{Command: "help", Description: "Help"}}, Scope: &models.BotCommandScopeAllPrivateChats{}, LanguageCode: "ti",
	}); err != nil || len(s.Commands("all_private_chats", "ti")) != 1 {
		t.Errorf("commands %v, %v", s.Commands("all_private_chats", "ti"), err)
	}
	if _, err = b.SetWebhook(ctx, &tg.SetWebhookParams{URL: "http://127.0.0.1:1/", SecretToken: "x", MaxConnections: 40, AllowedUpdates: []string{"message"}}); err != nil {
		t.Error(err)
	}
	if info, err := b.GetWebhookInfo(ctx); err != nil || info.MaxConnections != 40 {
		t.Errorf("getWebhookInfo: %+v, %v", info, err)
	}
	if _, err = b.DeleteWebhook(ctx, &tg.DeleteWebhookParams{DropPendingUpdates: true}); err != nil {
		t.Error(err)
	}
	chat.Block()
	if _, err = b.SendMessage(ctx, &tg.SendMessageParams{ChatID: 7, Text: "x"}); !errors.Is(err, tg.ErrorForbidden) {
		t.Errorf("sending to a person who blocked the bot: %v", err)
	}
	s.Fail("sendMessage", 1, Fault{RetryAfter: 4})
	var tooMany *tg.TooManyRequestsError
	if _, err = b.SendMessage(ctx, &tg.SendMessageParams{ChatID: 7, Text: "x"}); !errors.As(err, &tooMany) || tooMany.RetryAfter != 4 {
		t.Errorf("planned 429: %v", err)
	}
	wantValid(t, s)
}

// A press reaches the library's own types, with and without the message.
func TestLibraryReadsPresses(t *testing.T) {
	s, chat, _ := quiet(t)
	url := s.Start(t)
	id := say(t, s, "x", inline(fields{"text": "Yes", "callback_data": "y"}))
	if err := chat.Press("Yes"); err != nil {
		t.Fatal(err)
	}
	chat.PressOn(999, "z")
	got := make(chan *models.Update)
	b, err := tg.New(s.Token(), tg.WithServerURL(url), tg.WithNotAsyncHandlers(),
		tg.WithDefaultHandler(func(_ context.Context, _ *tg.Bot, u *models.Update) { got <- u }))
	if err != nil {
		t.Fatal(err)
	}
	go b.Start(t.Context())
	if u := <-got; u.Message == nil || u.Message.Text != "/start" {
		t.Errorf("update %+v", u)
	}
	if u := <-got; u.CallbackQuery.Message.Message == nil || u.CallbackQuery.Message.Message.ID != id || u.CallbackQuery.Data != "y" {
		t.Errorf("press %+v", u.CallbackQuery)
	}
	if u := <-got; u.CallbackQuery.Message.InaccessibleMessage == nil || u.CallbackQuery.Message.InaccessibleMessage.MessageID != 999 {
		t.Errorf("press %+v", u.CallbackQuery)
	}
	wantValid(t, s)
}
