package locales

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/bidi"
)

func TestIsolate(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"no number", "مرحبا بكم", "مرحبا بكم"},
		{"a telephone number", "اتصلوا بالرقم 08000 121 700 الآن", "اتصلوا بالرقم |08000 121 700| الآن"},
		{"from abroad", "الرقم +44 20 7730 3469.", "الرقم |+44 20 7730 3469|."},
		{"with a bracket", "الرقم +44 (0)20 7730 3469، (01438) 737 290", "الرقم |+44 (0)20 7730 3469|، |(01438) 737 290|"},
		{"a relay number", "اكتبوا 18001 101 أولًا", "اكتبوا |18001 101| أولًا"},
		{"a short name", "ما هو NRM؟", "ما هو |NRM|؟"},
		{"several words", "خط Modern Slavery Helpline مفتوح", "خط |Modern Slavery Helpline| مفتوح"},
		{"name and number", "Barnardo's 0800 043 4303", "|Barnardo's 0800 043 4303|"},
		{"in brackets", "الآلية (NRM) هي", "الآلية (|NRM|) هي"},
		{"an address", "انظروا https://www.gov.uk/report/?a=1#b/ الآن", "انظروا |https://www.gov.uk/report/?a=1#b/| الآن"},
		{"an e-mail address and a name", "إلى help@x.org.uk أو @helper", "إلى |help@x.org.uk| أو |@helper|"},
		{"a command", "اكتبوا /help الآن", "اكتبوا |/help| الآن"},
		{"a stroke between words", "الآلية/NRM", "الآلية/|NRM|"},
		{"a sign behind a letter", "و+44 20 7730 3469 و£500", "و|+44 20 7730 3469| و|£500|"},
		{"an hour", "من 9:00 إلى 17:00", "من |9:00| إلى |17:00|"},
		{"hours", "الساعات 9:00 - 17:00.", "الساعات |9:00 - 17:00|."},
		{"money, percent, age", "£500 و50% و18+", "|£500| و|50%| و|18+|"},
		{"two numbers in a row", "999، 101", "|999|، |101|"},
		{"two lines", "الرقم 999\n101 للشرطة", "الرقم |999|\n|101| للشرطة"},
		{"a placeholder is left alone", "لكم {{.Count}} من 30 {{.phone_x}}", "لكم {{.Count}} من |30| {{.phone_x}}"},
		{"a placeholder between words", "NRM{{.Name}}NRM", "|NRM|{{.Name}}|NRM|"},
		{"braces that close nothing", "{{ NRM", "{{ |NRM|"},
		{"marks already", "الرقم |08000 121 700|", "الرقم |08000 121 700|"},
		{"marks at wrong places", "الرقم 08000| ||121 700", "الرقم |08000 121 700|"},
		{"a key with a circle", "اضغطوا 1️⃣ الآن", "اضغطوا |1️⃣| الآن"},
		{"Persian letters in between", "شماره ۹۹ x", "شماره |۹۹ x|"},
	}
	for _, tt := range tests {
		text := strings.ReplaceAll(tt.text, "|", string(lrm))
		if got := marks(Isolate(true, text)); got != tt.want {
			t.Errorf("%s:\n got %q\nwant %q", tt.name, got, tt.want)
		}
		if got := Isolate(false, text); got != text {
			t.Errorf("%s: changed in a left-to-right language: %q", tt.name, got)
		}
	}
}

func FuzzIsolate(f *testing.F) {
	for _, s := range []string{
		"اتصلوا بالرقم 08000 121 700", "NRM{{.Name}}NRM", "18+(020) 7730 3469", "{{{{ a }}}}", "1\ufe0f\u20e3+(1)2",
		"\u200fabc\u200e\u200e +44", "/a/£5", "((1) 2)",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			t.Skip()
		}
		once := Isolate(true, s)
		if twice := Isolate(true, once); twice != once {
			t.Errorf("%q: again %q", once, twice)
		}
		visible := strings.NewReplacer(string(lrm), "", string(rlm), "").Replace
		if visible(once) != visible(s) {
			t.Errorf("%q: the text became %q", s, once)
		}
		last := ' '
		for _, r := range once {
			if isMark(r) && isMark(last) {
				t.Errorf("%q: two marks in a row in %q", s, once)
			}
			last = r
		}
		if strings.Count(once, string(lrm))%2 != 0 {
			t.Errorf("%q: a mark without its partner in %q", s, once)
		}
	})
}

// The full stop of an English sentence stays at its end among Arabic text.
func TestSentence(t *testing.T) {
	const english = "I speak Arabic."
	line := []rune("قولوا " + Sentence(true, english))
	if Sentence(false, english) != english || Sentence(true, "") != "" {
		t.Error("marked where there is nothing to mark")
	}
	var p bidi.Paragraph
	if _, err := p.SetString(string(line), bidi.DefaultDirection(bidi.RightToLeft)); err != nil {
		t.Fatal(err)
	}
	order, err := p.Order()
	if err != nil {
		t.Fatal(err)
	}
	for i := range order.NumRuns() {
		run := order.Run(i)
		if run.Direction() == bidi.LeftToRight && strings.Contains(run.String(), english) {
			return
		}
	}
	t.Error("the full stop is shown away from its sentence")
}
