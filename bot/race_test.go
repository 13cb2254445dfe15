//go:build race

package bot_test

func init() { raced = true }
