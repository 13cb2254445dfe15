package contacts

import "time"

// Line is one telephone number with the hours at which it answers and its own
// ways without a voice.
type Line struct {
	Phone      string // as its owner prints it; empty for a contact without a telephone
	E164       string // international form; empty for short numbers such as 999 and 116 123
	Then       string // what to press after the answer, in order: "55", "1, 1"
	Second     string // another number in print for the same line
	SecondFor  string // "professional" where only they are given Second; empty for everyone
	SMS        string // number for text messages
	SMSNeeds   string // what a text needs: "register" (the phone, beforehand), "deaf" (for deaf and hard-of-hearing people)
	Relay      string // text relay number, its prefix included
	Hours      Hours
	Confidence string // high, medium or low
	Source     string

	bare string // Phone without its spaces, to compare numbers
	cost string
	ways []Way // without a voice, by this line and by what the contact has at all hours
}

// Contact is one service. What people read about it lives in locales.
type Contact struct {
	Line // the number by day, or at all hours where there is no duty line

	ID       string
	Kind     string
	For      []string // adult, child
	Audience []string // public, professional, victim
	Areas    []string // area codes; empty for the whole United Kingdom
	Police   bool     // its areas together are those of a police force
	Duty     *Line    // the number outside working hours; nil where none is known

	BSL    bool   // British Sign Language offered
	Web    string // address to read
	Form   string // address to report or ask without speaking
	Chat   string // address of an online chat
	Email  string
	App    string // name of an app that reports
	Abroad string // number for callers from outside the United Kingdom

	Silent       bool   // made for people who cannot speak at all
	OffBill      bool   // the owner says that calls do not show on a bill
	Anonymous    string // yes, limited, guaranteed, on-request, public (yes, but not for professionals); empty where not stated
	Interpreters bool   // the owner says that interpreters join by telephone

	SourceKind  string
	SourceDate  string // only where the source states one, as it states it
	MoreSources []string
	Compiled    time.Time // the day on which our entry was made
	Confirmed   time.Time // the day on which a person rang or opened the live page; zero until then
	Recheck     time.Time // a known day by which to look again; zero for none
	ValidFrom   time.Time
	ValidTo     time.Time // last day
	Remark      string    // for those who keep the directory, never shown
	Pos         string    // "file:line" of its block

	nation int // whose bank holidays count
	number int // its place in the directory
}

// State says whether a line answers at a moment.
type State int

// The three states. NotStated is never called open and never called closed.
const (
	NotStated State = iota
	Open
	Closed
)

// String returns the word that keys and tables use: not-stated, open or closed.
func (s State) String() string { return [...]string{"not-stated", "open", "closed"}[s] }

// kinds are the kinds of contact that a pathway may ask for. No contact has one
// of them as its id.
var kinds = []string{
	"adult-safeguarding",
	"advice",
	"anonymous-reporting",
	"child-safeguarding",
	"child-trafficking-support",
	"council-modern-slavery",
	"decision-body",
	"domestic-abuse",
	"emergency",
	"employment-advice",
	"finder",
	"forced-marriage",
	"helpline",
	"honour-based-abuse",
	"information",
	"labour-exploitation",
	"partnership",
	"police",
	"police-modern-slavery-unit",
	"referral-form",
	"sexual-violence",
	"victim-support",
	"wellbeing",
}
