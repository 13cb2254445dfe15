package bot

import "context"

// LookAtIdle looks for chats that are due now, as the service does every 20 seconds, and
// waits until they are dealt with.
func (b *Bot) LookAtIdle(ctx context.Context) {
	b.talk.Due(ctx, b.config.Now(), b.Idle, b.idleFault)
	b.inIdle.Wait()
}

// FinishLeaving saves that chats were left while the store was away, as the bot does
// every two seconds, and returns how many could not be saved.
func (b *Bot) FinishLeaving() int {
	b.leaveAllAgain()
	return len(b.leaving.copy())
}

// ShowLater waits until every screen that was put off has been shown.
func (b *Bot) ShowLater() { b.inLater.Wait() }
