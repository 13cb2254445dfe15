package bot

import "context"

// LookAtIdle looks for chats that are due now, as the service does every 20 seconds, and
// waits until they are dealt with.
func (b *Bot) LookAtIdle(ctx context.Context) {
	b.talk.Due(ctx, b.config.Now(), b.Idle, b.idleFault)
	b.inIdle.Wait()
}
