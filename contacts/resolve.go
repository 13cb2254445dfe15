package contacts

import "slices"

// resolve works out which number of a contact to show at a moment.
//
// A day line that is open stands alone. When it is not known to answer, the
// duty line is shown as well, and first whenever the day line is closed, the
// duty line's own times say that it is on, or it is night, a weekend or a bank
// holiday. A duty line is never called closed while the day line is: its times
// leave gaps that nobody means.
func (d *Directory) resolve(p placed, q *Query, now *moment) Listed {
	c := p.contact
	l := Listed{Contact: c, Level: p.level, Anonymous: c.anonymous(q.Audience)}
	day, duty := c.Hours.at(now, c.nation), NotStated
	second := c.Duty
	if second != nil && second.Confidence == low && q.Audience != professional {
		second = nil
	}
	if second != nil && second.Hours.at(now, c.nation) == Open {
		duty = Open
	}
	shown := &c.Line
	switch {
	case second == nil:
		l.State = day
	case second.bare == c.bare:
		if l.State = duty; day == Open {
			l.State = Open
		}
		if day != Open {
			l.Duty = l.State == Open || !now.office(c.nation)
		}
	case day == Closed, day == NotStated && (duty == Open && !second.Hours.always || !now.office(c.nation)):
		shown, l.Duty, l.State = second, true, duty
	default:
		l.State = day
	}
	if l.Duty && second != nil {
		shown = second
	}
	l.Phone, l.E164, l.Then = shown.Phone, shown.E164, shown.Then
	l.Low = shown.Confidence == low
	l.Cost = shown.cost
	if l.State == Closed {
		l.Opens = d.calendar.opens(&c.Hours, now, c.nation)
	}
	l.Also = c.also(shown, second, day, duty, q.Audience)
	l.Ways = shown.ways
	return l
}

// also lists what to try when the first number does not answer.
func (c *Contact) also(shown, duty *Line, day, onDuty State, audience string) []Number {
	var more []Number
	add := func(phone, then string, isDuty bool, s State, isLow bool) {
		if phone == "" || phone == shown.Phone || digits(phone) == shown.bare {
			return
		}
		more = append(more, Number{Phone: phone, Then: then, Duty: isDuty, State: s, Low: isLow})
	}
	if shown.SecondFor == "" || shown.SecondFor == audience {
		add(shown.Second, "", shown == duty, NotStated, shown.Confidence == low)
	}
	if shown == duty && day == NotStated {
		add(c.Phone, c.Then, false, day, c.Confidence == low)
	}
	if shown != duty && duty != nil && day != Open {
		add(duty.Phone, duty.Then, true, onDuty, duty.Confidence == low)
	}
	return more
}

// waysOf lists how to reach the contact without a voice, best first: what works
// on any phone before what needs an account or a device.
func (c *Contact) waysOf(shown *Line) []Way {
	n := 0
	var all [8]Way
	put := func(kind, value, needs string, there bool) {
		if there {
			all[n] = Way{Kind: kind, Value: value, Needs: needs}
			n++
		}
	}
	put("silent", c.Phone, "", c.Silent)
	put("sms", shown.SMS, shown.SMSNeeds, shown.SMS != "")
	put("chat", c.Chat, "", c.Chat != "")
	put("form", c.Form, "", c.Form != "")
	put("email", c.Email, "", c.Email != "")
	put("relay", shown.Relay, "", shown.Relay != "")
	put("bsl", "", "", c.BSL)
	put("app", c.App, "", c.App != "")
	if n == 0 {
		return nil
	}
	return append([]Way(nil), all[:n]...)
}

// prepare works out once what List would otherwise work out at every press.
func (c *Contact) prepare() {
	for _, l := range []*Line{&c.Line, c.Duty} {
		if l != nil {
			l.bare, l.cost, l.ways = digits(l.Phone), cost(l.Phone), c.waysOf(l)
		}
	}
}

func (c *Contact) anonymous(audience string) string {
	if c.Anonymous != "public" {
		return c.Anonymous
	}
	if audience == professional {
		return ""
	}
	return "yes"
}

// EveryWay returns each way without a voice that the contact can be listed with, by
// day or outside working hours.
func (c *Contact) EveryWay() []Way {
	all := slices.Clone(c.ways)
	if c.Duty != nil {
		all = append(all, c.Duty.ways...)
	}
	return all
}
