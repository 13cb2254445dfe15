package bot_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"net/http"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"pathwaybot/bot"
	"pathwaybot/bot/telegramtest"
	"pathwaybot/handlers"
	"pathwaybot/session"
	"pathwaybot/session/redistest"
)

// Who stands in the hostile updates. All that a hostile one sends holds the marker.
const (
	victim  int64 = 880011 // walks, and must notice nothing
	hostile int64 = 880022 // sends, and is answered in its own chat or not at all
	crowd   int64 = -880033
	marker        = "MARKER"
)

// object is a part of an update.
type object = map[string]any

// text is an update of a message, with more fields or other values for them.
func text(more object) object {
	m := object{
		"message_id": 7, "date": 1_772_625_600, "text": marker, "chat": object{"id": hostile, "type": "private", "first_name": marker},
		"from": object{"id": hostile, "is_bot": false, "first_name": marker, "language_code": "ro"},
	}
	for k, v := range more {
		m[k] = v
	}
	return object{"message": m}
}

// pressed is an update of a button under a message of the bot's.
func pressed(data any, message, more object) object {
	m := object{
		"message_id": 8, "date": 1_772_625_600, "text": marker, "chat": object{"id": hostile, "type": "private"},
		"from": object{"id": 123456, "is_bot": true, "first_name": "Bot"},
	}
	for k, v := range message {
		m[k] = v
	}
	p := object{
		"id": marker, "data": data, "chat_instance": "1", "message": m,
		"from": object{"id": hostile, "is_bot": false, "first_name": marker, "language_code": "ro"},
	}
	for k, v := range more {
		p[k] = v
	}
	return object{"callback_query": p}
}

// as renames the one part of an update.
func as(kind string, u object) object {
	for _, content := range u {
		return object{kind: content}
	}
	return nil
}

func private(id any) object    { return object{"id": id, "type": "private"} }
func person(id any) object     { return object{"id": id, "is_bot": false, "first_name": marker} }
func shared(k string) object   { return object{"id": crowd, "type": k, "title": marker} }
func levels(n int) string      { return strings.Repeat("[", n) + strings.Repeat("]", n) }
func objects(n int) string     { return strings.Repeat(`{"a":`, n) + "1" + strings.Repeat("}", n) }
func raw(s string) any         { return json.RawMessage(s) }
func numbered(b string) string { return strings.Replace(b, "{", `{"update_id":%d,`, 1) }

// forged are data that no button of the screen carries.
func forged() []string {
	out := []string{
		"", " ", "/", "//", "///", "!", "!!", "!/", "!//", "!leave/now", "!leave/", "!Leave", " !leave", "!leave\x00", "!leave ",
		"!drop", "!drop/all", "!note/" + marker, "!note/ui.typed", "!keep/1", "!keep/" + marker, "!keep/-1", "!keep/9223372036854775808",
		"!lang/xx", "!lang/../en", "!lang/en\nmain gate/start", "!lang/EN", "!lang/\x00", "!area/../../etc/passwd", "!area/E07000243/99", "!area/ /1",
		"!here/nowhere", "!here/E07000243\n+ gate/start danger", "!more/99", "!more/-1", "!more/x", "!mute/maybe", "!pictures/" + marker,
		"!aside/gate", "!aside/adult-self", "!aside/../help", "!aside/", "!page/gate/start", "!page/adult-self/want", "!page/", "!page/words",
		"!go/gate/start", "!go/adult-self/want", "!go/", "!go/x/y/z", "!wrong/emergency-999", "!wrong/nobody", "!wrong/" + marker, "!card/x", "!telepathy",
		"adult-self/want/safe-place", "adult-self/what-happens/done", "adult-self/what-happens/+debt", "first-adult/consent/yes", "young-self/what-happens/done",
		"adult-public/person-or-place/place", "adult-public/signs/+nothing-such", "adult-public/signs/-", "adult-public/signs/+", "adult-public/signs/next",
		"adult-public/signs/done/more", "adult-public/signs/+no-pay,debt", "adult-public/signs/+no-pay\n+ gate/start danger", "gate/start/nowhere", "gate//danger",
		"../gate/start/danger", "gate/start/\u202edanger", "%00", "{{.}}", "<b>" + marker + "</b>", "\xff\xfe", "'; DROP TABLE walks; --",
	}
	noise := rand.New(rand.NewPCG(3, 5))
	for range 20 {
		b := make([]byte, 64)
		for i := range b {
			b[i] = byte(noise.IntN(256))
		}
		out = append(out, string(b))
	}
	return out
}

// named are hostile updates by name, each with one "%d" less than Telegram's: its
// number is put in when it is sent. own are answered in the sender's own chat, the
// others by nothing but a counter, and in a group by leaving it.
func named(victims int) (dead, own []string) {
	add := func(list *[]string, updates ...object) {
		for _, u := range updates {
			b, err := json.Marshal(u)
			if err != nil {
				panic(err)
			}
			*list = append(*list, string(b))
		}
	}
	plain, _ := json.Marshal(text(nil))
	add(&dead,
		// of other people and of nobody
		text(object{"chat": private(victim)}),
		text(object{"chat": private(victim), "text": "/stop"}),
		text(object{"from": person(victim)}),
		text(object{"chat": private(0), "from": person(0)}),
		text(object{"chat": private(-hostile), "from": person(-hostile)}),
		text(object{"chat": object{}}), text(object{"chat": nil}), text(object{"from": nil}), text(object{"from": object{}}),
		text(object{"chat": object{"id": hostile}}), text(object{"chat": object{"id": hostile, "type": "PRIVATE"}}),
		text(object{"chat": object{"id": victim, "type": "supergroup"}}), text(object{"chat": object{"id": 0, "type": "channel"}}),
		pressed("!leave", object{"chat": private(victim), "message_id": victims}, nil),
		pressed("gate/start/danger", nil, object{"from": person(victim)}),
		pressed("!leave", nil, object{"message": nil, "inline_message_id": marker}),
		pressed("!leave", nil, object{"message": nil}), pressed("!leave", nil, object{"from": nil}), pressed("!leave", nil, object{"message": object{}}),
		object{"my_chat_member": object{"chat": private(victim), "from": person(hostile), "new_chat_member": object{"status": "kicked"}}},
		object{"my_chat_member": object{"chat": private(victim), "new_chat_member": object{"status": "kicked"}}},
		object{"my_chat_member": object{}}, object{"my_chat_member": object{"chat": shared("group"), "new_chat_member": object{"status": "left"}}},
		// of bots and of accounts that are a business
		text(object{"from": object{"id": hostile, "is_bot": true}}), text(object{"from": object{"id": hostile, "is_bot": true}, "text": "/start"}),
		pressed("!leave", nil, object{"from": object{"id": hostile, "is_bot": true}}),
		as("business_message", text(nil)), as("edited_business_message", text(nil)), text(object{"business_connection_id": marker}),
		pressed("gate/start/danger", object{"business_connection_id": marker}, nil),
		// numbers that no message has
		text(object{"message_id": -5}), text(object{"message_id": 0}), text(object{"message_id": 1 << 31}), text(object{"message_id": int64(1) << 62}),
		text(object{"message_id": nil}), pressed("!leave", object{"message_id": -victims}, nil),
		// kinds that are not asked for, no kind, and more than one
		object{}, object{"message": nil}, object{"telepathy": object{"chat": private(hostile)}}, object{"poll": object{"id": marker}},
		as("channel_post", text(object{"chat": shared("channel")})), as("guest_message", text(nil)), as("inline_query", text(nil)),
		object{"deleted_business_messages": object{"chat": private(victim), "message_ids": []int{victims}}},
		object{"message": text(nil)["message"], "callback_query": pressed("!leave", nil, nil)["callback_query"]},
		object{"message": text(nil)["message"], "edited_message": text(nil)["message"]},
		text(object{"message_auto_delete_timer_changed": object{"message_auto_delete_time": 86400}}),
		// wrong types
		object{"message": marker}, object{"message": []int{1}}, object{"callback_query": 7}, object{"message": true},
		text(object{"text": object{marker: 1}}), text(object{"date": "yesterday"}), text(object{"message_id": marker}), text(object{"message_id": 1.5}),
		text(object{"chat": private(fmt.Sprint(hostile))}), text(object{"chat": private(raw("1e400"))}), text(object{"from": marker}),
		text(object{"chat": private(raw("99999999999999999999"))}), text(object{"date": raw("-1e30")}), pressed(7, nil, nil), pressed(nil, object{"chat": 5}, nil),
		object{"message": raw(levels(9_000))}, object{"message": raw(objects(9_000))}, text(object{"text": raw(levels(5_000))}),
	)
	for _, kind := range []string{"group", "supergroup", "channel"} {
		add(&dead,
			text(object{"chat": shared(kind)}), text(object{"chat": shared(kind), "text": "/start@fake_bot"}), as("edited_message", text(object{"chat": shared(kind)})),
			pressed("!leave", object{"chat": shared(kind)}, nil),
			object{"my_chat_member": object{"chat": shared(kind), "from": person(hostile), "new_chat_member": object{"status": "member"}}})
	}
	add(&own,
		text(object{"text": strings.Repeat(marker, 700)}), text(object{"text": strings.Repeat("\u0416", 100_000)}), text(object{"text": strings.Repeat("\u202e\u200f\u2066", 2000)}),
		text(object{"text": "\x00\x01\x02\x1b[2J\u0085\u2028\u2029\ufeff\U000e0001"}), text(object{"text": "/" + strings.Repeat("x", 4000)}), text(object{"text": "/find " + strings.Repeat("police ", 600)}),
		text(object{"text": "/start " + strings.Repeat("ro_", 5000)}), text(object{"text": "/start ../../etc/passwd\nmain gate/start"}), text(object{"text": "/help@" + marker}),
		text(object{"text": nil, "photo": []object{}}), text(object{"text": "", "document": object{"file_name": marker}}), text(object{"photo": nil, "message_auto_delete_timer_changed": nil}),
		text(object{"date": 0}), text(object{"date": -1}), text(object{"date": int64(math.MinInt64)}), text(object{"date": int64(math.MaxInt64)}), text(object{"date": int64(31_556_952) * 1_000_000_000}),
		text(object{"forward_origin": object{"type": "user", "sender_user": person(victim)}}), text(object{"forward_origin": object{"type": marker}, "text": "/stop"}),
		text(object{"forward_origin": object{"type": "channel"}, "text": "/start"}), text(object{"via_bot": object{"id": 5, "is_bot": true}, "text": "/stop"}),
		text(object{"reply_to_message": object{"message_id": victims, "chat": private(victim)}}), text(object{"sender_chat": shared("channel")}),
		text(object{"pinned_message": object{"message_id": victims, "chat": private(victim)}}), text(object{"new_chat_members": []object{person(victim)}}),
		text(object{"message_id": victims}), text(object{"message_id": 1<<31 - 1}), text(object{"junk": raw(levels(5_000))}), text(object{"entities": raw(objects(5_000))}),
		text(object{"from": object{"id": hostile, "is_bot": false, "language_code": strings.Repeat("ro-", 5000)}}), text(object{"from": object{"id": hostile, "language_code": "\x00\u202e"}}),
		text(object{"wide": raw("{" + strings.TrimSuffix(strings.Repeat(`"a":1,`, 100_000), ",") + "}")}),
		as("edited_message", text(nil)), as("edited_message", text(object{"text": "/stop"})), as("edited_message", text(object{"text": "/start", "edit_date": -1})),
		pressed("!help", object{"message_id": victims}, nil), pressed("!help", object{"date": 0}, nil), pressed("!help", object{"date": int64(math.MaxInt64)}, nil),
		pressed(nil, nil, object{"game_short_name": marker}), pressed("!help", object{"photo": nil}, nil), pressed("!help", object{"photo": 7}, nil),
		pressed(strings.Repeat("!", 60_000), nil, nil), pressed("!help", nil, object{"id": strings.Repeat("9", 60_000)}), pressed("!help", nil, object{"id": ""}),
		pressed("!help", nil, object{"inline_message_id": marker}), pressed("gate/start/"+strings.Repeat("x/", 20_000), nil, nil),
	)
	for _, data := range forged() {
		add(&own, pressed(data, nil, nil))
	}
	p := string(plain)
	for i := range dead {
		dead[i] = numbered(dead[i])
	}
	for i := range own {
		own[i] = numbered(own[i])
	}
	own = append(own,
		numbered(strings.Replace(p, marker, `\ud800`, 1)), numbered(strings.Replace(p, marker, `\udfff\ud83d`, 1)), numbered(strings.Replace(p, marker, "\xff\xfe\xc0\x80", 1)),
		numbered(strings.Replace(p, `{"message":{`, `{"message":{"text":"/stop","text":[],"text":"x",`, 1)))
	own[len(own)-1] = strings.Replace(own[len(own)-1], `"text":[],`, "", 1) // twice the same key, the last counts
	return dead, own
}

// broken are bodies that are no update: by webhook only, since a poll's answer is
// one JSON text.
func broken() []string {
	b, _ := json.Marshal(text(nil))
	p := numbered(string(b))
	return []string{
		"", " ", "null", "0", "true", `"` + marker + `"`, "[]", "[" + p + "]", "{}", `{"update_id":}`, "{", "}", "\x00", "\xef\xbb\xbf" + p, "\xff\xfe{\x00}\x00",
		p + p, p + "\n" + p, p + marker, p + "]", p[:len(p)/2], p[:len(p)-1], "\x1e" + p, "<xml>" + marker + "</xml>", "update_id=1&message=" + marker,
		string(b), // without a number
		strings.Replace(p, "%d", "-1", 1), strings.Replace(p, "%d", "0", 1), strings.Replace(p, "%d", `"%d"`, 1), strings.Replace(p, "%d", "1e400", 1), strings.Replace(p, "%d", "9223372036854775808", 1),
		strings.Replace(p, marker, "\x00\x07\n", 1), strings.Replace(p, marker, `\x41`, 1), strings.Replace(p, marker, `\u12`, 1),
		levels(10_001), objects(10_001), strings.Repeat("[", 1<<20), strings.Repeat(`{"a":`, 200_000), `{"update_id":%d,"x":` + levels(10_001) + "}",
		`{"update_id":%d,"x":"` + strings.Repeat(marker, 200_000) + `"}`, strings.Repeat(" ", 1<<20+1), `{"update_id":%d,"message":{"text":"` + strings.Repeat(`\u0416`, 200_000) + `"}}`,
	}
}

// fuzzed makes updates at random, always the same ones: good ones of the hostile
// person with one to three mistakes.
func fuzzed(n, victims int) []string {
	r := rand.New(rand.NewPCG(20260304, 880022))
	values := []any{
		nil, true, false, -1, 0, 1, 7, victims, victim, hostile + 1, crowd, int64(1) << 31, int64(1) << 53, int64(math.MaxInt64), raw("-9223372036854775809"),
		raw("1e400"), raw("1.5"), raw("-0"), "", " ", fmt.Sprint(victim), "private", "group", "channel", "kicked", "/stop", "/start ro", "!drop", "!keep/1", "\x00",
		marker + "\u202e\u200f", strings.Repeat(marker, 900), "../../" + marker,
		[]any{},
		[]any{1, []any{marker}},
		object{},
		object{"id": victim, "type": "private"},
		raw(levels(50)),
	}
	var out []string
	for len(out) < n {
		var u object
		switch r.IntN(6) {
		case 0:
			u = text(nil)
		case 1:
			u = as("edited_message", text(nil))
		case 2:
			u = object{"my_chat_member": object{
				"chat": private(hostile), "from": person(hostile), "date": 1, "old_chat_member": object{"status": "member"}, "new_chat_member": object{"status": "kicked"},
			}}
		default:
			all := forged()
			u = pressed(all[r.IntN(len(all))], nil, nil)
		}
		for range 1 + r.IntN(3) {
			damage(r, u, values)
		}
		b, err := json.Marshal(u)
		if err != nil {
			panic(err)
		}
		if strings.Count(string(b), fmt.Sprint(victim)) > 1 {
			continue // who is named as both sender and chat is the sender
		}
		out = append(out, numbered(string(b)))
	}
	return out
}

// damage makes one mistake somewhere in an update.
func damage(r *rand.Rand, u object, values []any) {
	at := u
	for {
		keys := slices.Sorted(func(yield func(string) bool) {
			for k := range at {
				if !yield(k) {
					return
				}
			}
		})
		if len(keys) == 0 {
			return
		}
		k := keys[r.IntN(len(keys))]
		if inner, ok := at[k].(object); ok && r.IntN(8) > 0 {
			at = inner
			continue
		}
		switch r.IntN(6) {
		case 0:
			delete(at, k)
		case 1:
			at[strings.ToUpper(k)] = values[r.IntN(len(values))] // Go reads keys in any case
		case 2:
			at[k] = []any{at[k]}
		default:
			at[k] = values[r.IntN(len(values))]
		}
		return
	}
}

// siege is a world with somebody in the middle of a walk and a hostile person beside.
type siege struct {
	*world
	store           handlers.Store
	bystander, evil *telegramtest.Chat
	messages        []telegramtest.Message
	walk            []byte
	number          int64
}

func besiege(t *testing.T, s setup) *siege {
	t.Helper()
	g := &siege{number: 1 << 20}
	redis := redistest.Start(t)
	s.store = func(now func() time.Time) handlers.Store {
		g.store = inRedis(t, redis.URL())(now)
		return g.store
	}
	g.world = newWorld(t, s)
	g.bystander, g.evil = g.tg.Chat(victim), g.tg.Chat(hostile)
	g.world.walk(g.bystander, "en", append(slices.Clone(outcome[:2]), "adult-public/signs/+no-pay")...)
	g.world.walk(g.evil, "ro", outcome[:2]...)
	g.messages, g.walk = g.bystander.Messages(), g.kept(victim)
	g.tg.ForgetCalls()
	return g
}

// kept is the saved walk of a chat.
func (g *siege) kept(chat int64) []byte {
	g.t.Helper()
	rec, err := g.store.Load(g.t.Context(), session.Chat{Channel: bot.Channel, ID: fmt.Sprint(chat)})
	if err != nil {
		g.t.Fatal(err)
	}
	return rec.Walk
}

// send posts a body to the webhook and returns the status.
func (g *siege) send(body string, header http.Header) int {
	g.number++
	return g.post(http.MethodPost, strings.Replace(body, "%d", fmt.Sprint(g.number), 1), header).StatusCode
}

// calls checks what the bot asked of Telegram since the last time: about nobody but
// the hostile person, and about them only if they may be answered.
func (g *siege) calls(what string, answered bool) {
	g.t.Helper()
	for _, c := range g.tg.Calls() {
		switch id := c.ChatID(); {
		case c.Method == "leaveChat" && id == crowd, id == hostile && answered:
		case c.Method == "answerCallbackQuery", c.Method == "getUpdates", strings.HasPrefix(c.Method, "getMy"), strings.HasPrefix(c.Method, "setMy"):
		default:
			g.t.Errorf("%s: %s about chat %d: %s", short(what), c.Method, id, short(c.Params["text"]))
		}
	}
	g.tg.ForgetCalls()
}

// unharmed checks all that hostile updates must leave as it was.
func (g *siege) unharmed() {
	g.t.Helper()
	if got := g.bystander.Messages(); !reflect.DeepEqual(got, g.messages) {
		g.t.Errorf("somebody else's chat shows\n%s\nand not\n%s", texts(got), texts(g.messages))
	}
	if got := g.kept(victim); !bytes.Equal(got, g.walk) {
		g.t.Errorf("somebody else's walk is\n%s\nand was\n%s", got, g.walk)
	}
	counted := []string{
		"update", "update of no use", "update not understood", "update too large", "group left", "live message lost", "message that cannot be deleted",
		"message that cannot be edited", "turn: 400", "answerCallbackQuery: 400", "getUpdates: answer too large", "profile checked",
	}
	for class, n := range g.bot.Counts() {
		if !slices.Contains(counted, class) {
			g.t.Errorf("%q was counted %d times: a fault of ours, or a class that an update chose", class, n)
		}
	}
	for _, never := range []string{marker, fmt.Sprint(victim), fmt.Sprint(hostile), fmt.Sprint(-crowd)} {
		if log := g.log.String(); strings.Contains(log, never) {
			g.t.Errorf("the log holds %q:\n%s", never, log)
		}
	}
	g.press(g.bystander, "adult-public/signs/done")
	if m := g.only(g.bystander); !strings.Contains(m.Text, word(g.t, "en", "adult-public.person-or-place.title")) {
		g.t.Errorf("the next press of somebody else did not count:\n%s", m.Text)
	}
	g.world.send(g.evil, "/start")
	if m, ok := g.evil.Last(); !ok || !strings.Contains(m.Text, "Language") {
		g.t.Errorf("the sender cannot begin again:\n%s", m.Text)
	}
}

func short(s string) string {
	if len(s) > 300 {
		s = s[:300] + "…"
	}
	return fmt.Sprintf("%q", s)
}

// TestHostileUpdatesByWebhook: each hostile update is taken, so that Telegram does
// not repeat it for a day, and changes nothing but counters: nobody else's messages
// or walk, no chat but the sender's own.
func TestHostileUpdatesByWebhook(t *testing.T) {
	g := besiege(t, setup{})
	victims := g.messages[0].ID
	dead, own := named(victims)
	random := fuzzed(1000, victims)
	sent := 0
	all := func() {
		for _, list := range []struct {
			updates  []string
			answered bool
		}{{broken(), false}, {dead, false}, {own, true}, {random, true}} {
			for _, body := range list.updates {
				sent++
				if status := g.send(body, signed()); status != http.StatusOK {
					t.Errorf("%s: status %d, want 200", short(body), status)
				}
				g.calls(body, list.answered)
			}
		}
	}
	all()
	heap, goroutines := held()
	all()
	if again, n := held(); again > heap+16<<20 || n > goroutines+20 {
		t.Errorf("after %d updates %d MB and %d goroutines, after twice as many %d MB and %d", sent/2, heap>>20, goroutines, again>>20, n)
	}
	if sent < 2000 {
		t.Errorf("only %d updates", sent)
	}
	t.Logf("%d updates; counted %v", sent, g.bot.Counts())
	g.unharmed()
}

// held is what this process holds in memory, and its goroutines.
func held() (heap uint64, goroutines int) {
	http.DefaultClient.CloseIdleConnections()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc, runtime.NumGoroutine()
}

// The same by long polling, in which one update of a batch must not hold up others.
func TestHostileUpdatesByPolling(t *testing.T) {
	g := besiege(t, setup{polling: true})
	victims := g.messages[0].ID
	dead, own := named(victims)
	for _, list := range []struct {
		updates  []string
		answered bool
	}{{dead, false}, {append(own, fuzzed(1000, victims)...), true}} {
		for _, body := range list.updates {
			if _, err := g.evil.Raw(strings.Replace(body, `"update_id":%d,`, "", 1)); err != nil && json.Valid([]byte(body)) {
				t.Fatalf("%s: %v", short(body), err)
			}
		}
		g.settle()
		g.calls("polling", list.answered)
	}
	t.Logf("counted %v", g.bot.Counts())
	g.unharmed()
}

// TestHostileRequests: what is no request of Telegram's.
func TestHostileRequests(t *testing.T) {
	g := besiege(t, setup{})
	b, err := json.Marshal(text(object{"chat": private(victim), "from": person(victim), "text": "/stop"}))
	if err != nil {
		t.Fatal(err)
	}
	good := numbered(string(b)) // would end the bystander's walk if it were believed
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	_, _ = z.Write([]byte(good))
	_ = z.Close()
	with := func(pairs ...string) http.Header {
		h := signed()
		for i := 0; i < len(pairs); i += 2 {
			h.Set(pairs[i], pairs[i+1])
		}
		return h
	}
	unsigned := http.Header{"Content-Type": {"application/json"}}
	twice := signed()
	twice["X-Telegram-Bot-Api-Secret-Token"] = []string{marker, secret}
	for _, tt := range []struct {
		name, method, body string
		header             http.Header
		want               int
	}{
		{"no secret", http.MethodPost, good, unsigned, 401},
		{"an empty secret", http.MethodPost, good, with("X-Telegram-Bot-Api-Secret-Token", ""), 401},
		{"a longer secret", http.MethodPost, good, with("X-Telegram-Bot-Api-Secret-Token", secret+"x"), 401},
		{"a huge secret", http.MethodPost, good, with("X-Telegram-Bot-Api-Secret-Token", strings.Repeat(marker, 1000)), 401},
		{"two secrets", http.MethodPost, good, twice, 401},
		{"the secret in the body", http.MethodPost, `{"secret_token":"` + secret + `"}`, unsigned, 401},
		{"a large body without the secret", http.MethodPost, strings.Repeat(marker, 500_000), unsigned, 401},
		{"GET", http.MethodGet, "", signed(), 405},
		{"PUT", http.MethodPut, good, signed(), 405},
		{"HEAD", http.MethodHead, "", signed(), 405},
		{"PATCH with POST meant", http.MethodPatch, good, with("X-HTTP-Method-Override", "POST"), 405},
		{"gzip", http.MethodPost, zipped.String(), with("Content-Encoding", "gzip"), 200},
		{"UTF-16", http.MethodPost, "\xff\xfe" + strings.Join(strings.Split(good, ""), "\x00"), with("Content-Type", "application/json; charset=utf-16"), 200},
		{"form", http.MethodPost, "update=" + good, with("Content-Type", "application/x-www-form-urlencoded"), 200},
		{"multipart", http.MethodPost, "--x\r\n\r\n" + good + "\r\n--x--", with("Content-Type", "multipart/form-data; boundary=x"), 200},
	} {
		if status := g.post(tt.method, strings.Replace(tt.body, "%d", "77", 1), tt.header).StatusCode; status != tt.want {
			t.Errorf("%s: status %d, want %d", tt.name, status, tt.want)
		}
		g.calls(tt.name, false)
	}
	if got := g.kept(victim); !bytes.Equal(got, g.walk) {
		t.Errorf("somebody's walk is\n%s\nand was\n%s", got, g.walk)
	}
	if log := g.log.String(); strings.Contains(log, marker) || strings.Contains(log, secret) {
		t.Errorf("the log holds what was sent:\n%s", log)
	}
}

// TestForgedPressesChangeNoAnswer: whatever data come under the person's own
// message, the answers, the language and the area stay as they were.
func TestForgedPressesChangeNoAnswer(t *testing.T) {
	g := besiege(t, setup{})
	live, _ := g.bystander.Last()
	answers := func() []string {
		var out []string
		for i, line := range strings.Split(string(g.kept(victim)), "\n") {
			switch f := strings.Fields(line); {
			case i == 0: // form, language, area, and at the end the numbers that failed
				out = append(out, strings.Join(f[:3], " "), strings.Join(f[min(len(f), 9):], " "))
			case f[0] == "aside":
				return out
			default:
				out = append(out, line)
			}
		}
		return out
	}
	before := answers()
	for _, data := range forged() {
		g.bystander.PressOn(live.ID, data)
		g.settle()
		if got := answers(); !slices.Equal(got, before) {
			t.Errorf("%q: answers %q, want %q", data, got, before)
		}
		if m := g.only(g.bystander); m.ID != live.ID || len(m.Buttons) == 0 || m.Text == "" {
			t.Errorf("%q: no screen with a way on:\n%s", data, m.Text)
		}
	}
	if n := g.bystander.Spinning(); n != 0 {
		t.Errorf("%d presses were never answered", n)
	}
}

// TestOneNumberTwoContents: an update whose number was used before is a repeat. It
// changes no answer, whatever it holds.
func TestOneNumberTwoContents(t *testing.T) {
	g := besiege(t, setup{})
	last := g.messages[0].ID
	press := func(number int64, data string) string {
		g.number = number - 1
		b, err := json.Marshal(pressed(data, object{"chat": private(victim), "message_id": last}, object{"from": person(victim)}))
		if err != nil {
			t.Fatal(err)
		}
		if status := g.send(numbered(string(b)), signed()); status != http.StatusOK {
			t.Errorf("status %d, want 200", status)
		}
		return g.only(g.bystander).Text
	}
	first := press(1<<21, "adult-public/signs/done")
	if again := press(1<<21, "adult-public/person-or-place/place"); again != first {
		t.Errorf("a repeat with other data moved on:\n%s", again)
	}
	if next := press(1<<21+1, "adult-public/person-or-place/place"); next == first {
		t.Error("the next update did not count")
	}
}

// TestNotTypedHere: words that the person did not type here and now are no command:
// they are deleted like any text, and neither begin a walk again nor end it.
func TestNotTypedHere(t *testing.T) {
	ways(t, func(t *testing.T, s setup) {
		g := besiege(t, s)
		live := g.messages[0]
		for name, more := range map[string]object{
			"forwarded":   {"forward_origin": object{"type": "user", "sender_user": person(hostile), "date": 1}},
			"another bot": {"via_bot": object{"id": 5, "is_bot": true, "first_name": "x"}},
		} {
			for _, words := range []string{"/start", "/stop", "/language"} {
				more["chat"], more["from"], more["text"] = private(victim), person(victim), words
				more["date"] = g.clock.Now().Unix()
				b, err := json.Marshal(text(more))
				if err != nil {
					t.Fatal(err)
				}
				g.tg.ForgetCalls()
				if _, err := g.bystander.Raw(string(b)); err != nil {
					t.Fatal(err)
				}
				g.settle()
				m := g.only(g.bystander)
				if m.ID != live.ID || !strings.Contains(m.Text, word(t, "en", "ui.typed")) {
					t.Errorf("%s %s was taken for a command:\n%s", name, words, m.Text)
				}
				if calls := g.tg.CallsOf("deleteMessages"); len(calls) != 1 || calls[0].Params["message_ids"] != "[7]" {
					t.Errorf("%s %s: deleted by %+v, want the message of the person", name, words, calls)
				}
			}
		}
	})
}
