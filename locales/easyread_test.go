package locales

import (
	"slices"
	"testing"
)

func TestSentences(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"two", "You are not in trouble. You can stop.", []string{"You are not in trouble.", "You can stop."}},
		{"lines", "First line\nSecond line.\n\nThird", []string{"First line", "Second line.", "Third"}},
		{"a point inside a word", "Look at GOV.UK at 9.30. Then ring!", []string{"Look at GOV.UK at 9.30.", "Then ring!"}},
		{"a quote", "Say \"help.\" Then wait… Good?", []string{"Say \"help.\"", "Then wait…", "Good?"}},
		{"Arabic, with a mark", Isolate(true, "اتصلوا بالرقم 999. هل أنتم بخير؟ نعم"), []string{
			Isolate(true, "اتصلوا بالرقم 999."), "هل أنتم بخير؟", "نعم",
		}},
		{"Chinese", "您可以停下。请打999！好", []string{"您可以停下。", "请打999！", "好"}},
		{"Tigrinya and Hindi", "ሰላም። ደሓን\nनमस्ते। ठीक", []string{"ሰላም።", "ደሓን", "नमस्ते।", "ठीक"}},
		{"signs only", "… — !", nil},
	}
	for _, tt := range tests {
		if got := Sentences(tt.text); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestWordCount(t *testing.T) {
	tests := []struct {
		sentence string
		want     int
	}{
		{"You are not in trouble.", 5},
		{"Don't wait - ring 08000 121 700 now.", 5},
		{"Ring +44 20 7730 3469, from 9:00-17:00.", 4},
		{"اتصلوا بالرقم " + Isolate(true, "08000 121 700"), 3},
		{"您可以随时停下来，没有人会生您的气，请放心地慢慢读完吧好。", 16},
		{"拨打999", 3},
		{"", 0},
	}
	for _, tt := range tests {
		if got := WordCount(tt.sentence); got != tt.want {
			t.Errorf("WordCount(%q) = %d, want %d", tt.sentence, got, tt.want)
		}
	}
}
