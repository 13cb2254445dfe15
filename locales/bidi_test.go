package locales

import (
	"strings"
	"testing"
)

const arabic = "اتصلوا بالرقم "

// Without marks the groups of a telephone number change places: a person would
// dial a wrong number.
func TestPlainNumbersAreShownWrong(t *testing.T) {
	tests := []struct{ text, shown string }{
		{arabic + "08000 121 700", "700 121 08000"},
		{arabic + "08000-121-700", "700-121-08000"},
		{arabic + "+44 20 7730 3469", "3469 7730 20 44+"},
		{arabic + "18001 101.", "101 18001"},
		{"شماره 08000 121 700 را بگیرید", "700 121 08000"},
	}
	for _, tt := range tests {
		if got := DisplayOrder(tt.text); !strings.Contains(got, tt.shown) {
			t.Errorf("DisplayOrder(%q) = %q, want %q in it", tt.text, got, tt.shown)
		}
		for _, rtl := range []bool{false, true} {
			if err := NumbersInOrder(tt.text, rtl); err == nil || !strings.Contains(err.Error(), tt.shown) {
				t.Errorf("NumbersInOrder(%q, %v) = %v, want one that shows %q", tt.text, rtl, err, tt.shown)
			}
		}
		marked := Isolate(true, tt.text)
		for _, rtl := range []bool{false, true} {
			if err := NumbersInOrder(marked, rtl); err != nil {
				t.Errorf("NumbersInOrder(%q, %v) = %v", marks(marked), rtl, err)
			}
		}
	}
}

func TestNumbersInOrder(t *testing.T) {
	tests := []struct {
		name, text string
		rtl        bool
		want       string // part of the error; "" for none
	}{
		{"English", "Ring 08000 121 700 or +44 20 7730 3469.", false, ""},
		{"English laid out from the right", "08000 121 700", true, "700 121 08000"},
		{"a number alone on a line", "الرقم:\n08000 121 700", false, ""},
		{"the same, all from the right", "الرقم:\n08000 121 700", true, "700 121 08000"},
		{"a later line", "Ring 999.\n" + arabic + "18001 101", false, "101 18001"},
		{"an English line ends in Arabic", "Ring 999 العربية", false, ""},
		{"a number behind Arabic in an English line", "English: العربية 999", false, ""},
		{"two groups behind Arabic in an English line", "English: العربية 18001 101", false, "101 18001"},
		{"in brackets", "الطوارئ (999)", false, ""},
		{"an address without marks", "انظروا https://www.gov.uk/ الآن", false, "/https://www.gov.uk"},
		{"an address with digits", "انظروا a-1@x.org", false, ""},
		{"an override", "\u202d999\u202c", false, "U+202D"},
		{"an isolate", "\u2067999\u2069", false, "U+2067"},
		{"two mistakes", arabic + "18001 101\n" + arabic + "0300 123", false, "123 0300"},
		{"nothing", "", true, ""},
		{"only a mark", string(lrm), true, ""},
	}
	for _, tt := range tests {
		err := NumbersInOrder(tt.text, tt.rtl)
		if tt.want == "" && err != nil || tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)) {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.want)
		}
	}
}

// Every text with marks of TestIsolate is in order, which is what marks are for.
func TestMarkedTextsAreInOrder(t *testing.T) {
	for _, text := range []string{
		"الرقم +44 (0)20 7730 3469، (01438) 737 290",
		"£500 و50% و18+ و-5",
		"الساعات 9:00 - 17:00.",
		"انظروا https://www.gov.uk/report/?a=1#b/ الآن أو help@x.org.uk",
		"الآلية (NRM) والرقم (18001 101) و (08000 121 700)",
		"Barnardo's 0800 043 4303 للأطفال",
		"999، 101، 18001 101؛ 0300 123 4043",
		"08000 121 700 (مجانًا)",
	} {
		for _, rtl := range []bool{false, true} {
			if err := NumbersInOrder(Isolate(true, text), rtl); err != nil {
				t.Errorf("%q, %v: %v", text, rtl, err)
			}
		}
	}
}

// Lines as GNU FriBidi shows them: letters, levels and brackets, left to right.
func TestDisplayOrder(t *testing.T) {
	tests := []struct{ text, want string }{
		{"abc", "abc"},
		{"אבג", "גבא"},
		{"אב (12) ג", "ג (12) בא"},
		{"abc אב 12 de", "abc 12 בא de"},
		{"abc אב 12, 34 de", "abc 34 ,12 בא de"},
		{"abc אב de גד", "abc בא de דג"},
		{"אב cd 12 ג", "ג cd 12 בא"},
		{"אב 50% ג", "ג 50% בא"},
		{"abc א50% d", "abc 50%א d"},
		{"abc ه50% d", "abc 50ه% d"},
		{"abc\nאב 1", "abc\n1 בא"},
	}
	for _, tt := range tests {
		if got := DisplayOrder(tt.text); got != tt.want {
			t.Errorf("DisplayOrder(%q) = %q, want %q", tt.text, got, tt.want)
		}
	}
}

func TestLinesStartRTL(t *testing.T) {
	tests := []struct {
		name, text string
		ok         bool
	}{
		{"an Arabic word first", "الرقم 999", true},
		{"a number alone", "الرقم:\n999", true},
		{"a sign first", "📞 «الرقم» 999", true},
		{"a marked number first", "999 مجاني", false},
		{"a Latin word first, on the second line", "الرقم\nNRM مجاني", false},
		{"English", "Ring 999", true},
	}
	for _, tt := range tests {
		if err := LinesStartRTL(Isolate(true, tt.text)); (err == nil) != tt.ok {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}
