// Command faketelegram runs a fake Telegram Bot API server, so that the bot can be
// tried without Telegram: a page shows the people's phones, on which one can type
// and press buttons.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"pathwaybot/bot/telegramtest"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout)
	stop()
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "faketelegram:", err)
		os.Exit(1)
	}
}

// run serves until ctx ends. It makes one chat, so that the page is not empty.
func run(ctx context.Context, args []string, out io.Writer) error {
	flags := flag.NewFlagSet("faketelegram", flag.ContinueOnError)
	flags.SetOutput(out)
	listen := flags.String("listen", "127.0.0.1:8081", "address to listen on; anyone who reaches it can read the chats")
	token := flags.String("token", "123456:fake", "token that the bot must use")
	if err := flags.Parse(args); err != nil {
		return err
	}
	srv := telegramtest.New(telegramtest.Options{Token: *token})
	defer srv.Close()
	srv.NewChat(1, telegramtest.ChatOptions{Person: telegramtest.User{FirstName: "Ann", LanguageCode: "en"}})
	url, err := srv.Listen(*listen)
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	_, err = fmt.Fprintf(out, `The phones are at %[1]s/ - now start the bot in another terminal:

TELEGRAM_API_URL=%[1]s TELEGRAM_BOT_TOKEN=%[2]s go run ./cmd/bot
`, url, *token)
	if err != nil {
		return fmt.Errorf("say where: %w", err)
	}
	<-ctx.Done()
	return nil
}
