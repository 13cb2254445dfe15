//go:build race

package bot

func init() { Raced = true }
