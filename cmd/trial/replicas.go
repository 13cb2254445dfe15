package main

// replicaFaults are what can happen where two replicas share one Redis, and where
// people do several things at once.
func replicaFaults() []row {
	two := setup{replicas: 2}
	return []row{
		{name: "two replicas, nothing goes wrong", setup: two, play: func(w *world) counts { return busy(w, func() {}, func() {}) }},
		{name: "two replicas, one killed", short: true, setup: two, play: func(w *world) counts {
			return busy(w, w.bots[0].kill, func() {})
		}},
		{name: "two replicas, one killed and started again", setup: two, play: func(w *world) counts {
			return busy(w, w.bots[1].kill, func() { w.start(w.bots[1]) })
		}},
		{name: "two replicas, both killed and started again", setup: two, play: func(w *world) counts {
			return busy(w, func() { w.bots[0].kill(); w.bots[1].kill() }, func() { w.start(w.bots[0]); w.start(w.bots[1]) })
		}},
		{name: "two replicas, Redis stops answering", setup: two, play: func(w *world) counts {
			return outage(w, w.redis.Pause, w.redis.Resume)
		}},
		{name: "two replicas, Redis stops answering, one press, Leave now", setup: two, play: func(w *world) counts {
			people := w.join(crowd)
			w.begin(people)
			w.redis.Pause()
			for _, p := range people {
				p.step()
			}
			w.awaitCards(people)
			w.redis.Resume()
			return w.end()
		}},
		{name: "Redis stops answering, and the bot is killed meanwhile", play: func(w *world) counts {
			return outage(w, w.redis.Pause, func() {
				w.bots[0].kill()
				w.redis.Resume()
				w.start(w.bots[0])
			})
		}},
		{name: "one replica, Leave now behind words and presses on their way", play: hurried},
		{name: "two replicas, Leave now behind words and presses on their way", setup: two, play: hurried},
		{name: "two replicas, Leave now, one killed meanwhile", setup: two, play: func(w *world) counts {
			people := w.join(crowd)
			w.begin(people)
			w.each(people, func(p *person) { p.walk(5); p.say() })
			for i, p := range people {
				p.leave()
				if i == crowd/2 {
					w.bots[0].kill()
				}
			}
			w.settle()
			for _, p := range people {
				p.check()
			}
			return w.count()
		}},
	}
}

// busy lets many people press and type at once; in the middle something is done.
func busy(w *world, fault, after func()) counts {
	people := w.join(2 * crowd)
	w.begin(people)
	for round := range 3 {
		for i, p := range people {
			if round == 1 && i == crowd {
				fault()
			}
			p.walk(5)
			p.say()
			p.walk(5)
			p.say()
		}
		if round == 1 {
			after()
		}
		w.settle()
		for _, p := range people {
			p.check()
		}
	}
	return w.end()
}

// hurried lets people press Leave now while what they typed and pressed before is on
// its way: nothing of that may show afterwards.
func hurried(w *world) counts {
	people := w.join(crowd)
	for range 5 {
		w.begin(people)
		w.each(people, func(p *person) {
			p.walk(3)
			p.say()
			p.say()
			if p.random.IntN(2) == 0 {
				p.leave()
			} else {
				p.stop()
			}
		})
	}
	return w.count()
}
