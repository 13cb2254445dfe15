package bot

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"math"
	"slices"
	"time"
)

// kept is how long the id of a message is kept. Telegram deletes messages less than
// 48 hours old; an hour is left for the deleting itself.
const kept = 47 * time.Hour

// mostKept is how many ids a chat keeps: a person who types a thousand lines gets
// the oldest forgotten, which were deleted when they came.
const mostKept = 400

// mail is what is known of the messages in a chat. It is saved together with the walk.
type mail struct {
	live  int    // the message that shows the screen; 0 for none
	last  uint32 // the event of the turn that saved it
	items []item
}

// item is one message.
type item struct {
	id     int
	minute int64 // when it was sent, in minutes since 1970; 0 when it is out of reach
	mine   bool  // the bot's
	goes   bool  // is deleted in the turn of the event last
	photo  bool  // shows a picture, or is about to: it can never be one of text again
	apart  bool  // saved by the person in a message of its own
	stays  bool  // and kept when they leave
	stray  bool  // sent while the store was away: it goes with the next step
}

// over reports whether a message is too old to be deleted.
func (i item) over(now time.Time) bool {
	return now.Unix()/60-i.minute >= int64(kept/time.Minute)
}

// begin opens the mail for an event. What should go goes again when the event is a
// repeat: the turn before it may have been cut off.
func (m *mail) begin(event uint32) (repeat bool) {
	if event == 0 {
		return false
	}
	if m.last == event {
		return true
	}
	m.last = event
	for i := range m.items {
		m.items[i].goes = m.items[i].stray
	}
	return false
}

func (m *mail) find(id int) *item {
	for i := range m.items {
		if m.items[i].id == id {
			return &m.items[i]
		}
	}
	return nil
}

// add notes a message. One that is known keeps the time it has.
func (m *mail) add(id int, sent time.Time, mine bool) {
	if id == 0 || m.find(id) != nil {
		return
	}
	in := item{id: id, mine: mine}
	if !sent.IsZero() {
		in.minute = sent.Unix() / 60
	}
	m.items = append(m.items, in)
}

// show makes a message the live one, and lets the former one go.
func (m *mail) show(id int) {
	if m.live != id {
		m.drop(m.live)
	}
	m.live = id
	if i := m.find(id); i != nil {
		i.goes, i.stray = false, false
	}
}

// picture notes that a message shows a picture.
func (m *mail) picture(id int) {
	if i := m.find(id); i != nil {
		i.photo = true
	}
}

// isPicture reports whether a message shows a picture, or may.
func (m *mail) isPicture(id int) bool {
	i := m.find(id)
	return i != nil && i.photo
}

// drop marks a message to be deleted in this turn.
func (m *mail) drop(id int) {
	if i := m.find(id); i != nil {
		i.goes = true
	}
}

// stray marks a message that an outage has left in the chat.
func (m *mail) stray(id int) {
	if i := m.find(id); i != nil {
		i.goes, i.stray = true, true
	}
}

// going returns what is to be deleted in this turn.
func (m *mail) going() []item {
	return slices.DeleteFunc(slices.Clone(m.items), func(i item) bool { return !i.goes || i.id == m.live })
}

// passing returns all messages but one and that which a person keeps.
func (m *mail) passing(but int) []item {
	return slices.DeleteFunc(slices.Clone(m.items), func(i item) bool { return i.id == but || i.stays })
}

// oldest is the lowest number of a message that is known; 0 for none.
func (m *mail) oldest() int {
	oldest := m.live
	for _, i := range m.items {
		if oldest == 0 || i.id < oldest {
			oldest = i.id
		}
	}
	return oldest
}

// newestApart returns the message that was made last for something saved; 0 for none.
func (m *mail) newestApart(stays bool) int {
	id := 0
	for _, i := range m.items {
		if i.apart && i.stays == stays {
			id = max(id, i.id)
		}
	}
	return id
}

// release lets all messages go that were to stay, but one.
func (m *mail) release(but int) {
	for n := range m.items {
		if i := &m.items[n]; i.stays && i.id != but {
			i.stays, i.goes = false, true
		}
	}
}

// mailForm is the first byte of encoded mail. Form 1 knew no pictures, form 2 no
// messages that people save.
const mailForm = 3

// flagBits is how many bits of an item are its flags.
const flagBits = 6

// bytes encodes the mail, without what is too old: about four bytes a message.
func (m *mail) bytes(now time.Time) []byte {
	items := slices.DeleteFunc(slices.Clone(m.items), func(i item) bool {
		return i.over(now) && !i.goes && i.id != m.live
	})
	slices.SortFunc(items, func(a, b item) int { return cmp.Compare(a.id, b.id) })
	if n := len(items) - mostKept; n > 0 {
		items = slices.DeleteFunc(items, func(i item) bool {
			n--
			return n >= 0 && i.id != m.live
		})
	}
	out := []byte{mailForm}
	out = binary.AppendUvarint(out, uint64(m.live))
	out = binary.BigEndian.AppendUint32(out, m.last)
	var id, minute int64
	for _, i := range items {
		flags := uint64(0)
		for bit, on := range [flagBits]bool{i.mine, i.goes, i.photo, i.apart, i.stays, i.stray} {
			if on {
				flags |= 1 << bit
			}
		}
		out = binary.AppendUvarint(out, uint64(int64(i.id)-id)<<flagBits|flags)
		out = binary.AppendVarint(out, i.minute-minute)
		id, minute = int64(i.id), i.minute
	}
	return out
}

// readMail decodes mail. Mail of another form, or damaged, counts as none.
func readMail(b []byte) mail {
	r := bytes.NewReader(b)
	if form, err := r.ReadByte(); err != nil || form != mailForm {
		return mail{}
	}
	live, err := binary.ReadUvarint(r)
	if err != nil {
		return mail{}
	}
	m := mail{live: int(live)}
	if err := binary.Read(r, binary.BigEndian, &m.last); err != nil {
		return mail{}
	}
	var id, minute int64
	for r.Len() > 0 {
		head, err := binary.ReadUvarint(r)
		if err != nil {
			return mail{}
		}
		step, err := binary.ReadVarint(r)
		if err != nil {
			return mail{}
		}
		id, minute = id+int64(head>>flagBits), minute+step
		if id < 1 || id > math.MaxInt32 {
			return mail{}
		}
		m.items = append(m.items, item{
			id: int(id), minute: minute, mine: head&1 != 0, goes: head&2 != 0, photo: head&4 != 0,
			apart: head&8 != 0, stays: head&16 != 0, stray: head&32 != 0,
		})
	}
	return m
}
