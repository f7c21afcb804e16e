package world

import "github.com/revocheck/revocheck/loadgen/simulation/stream"

// touch is the next thing that a device does: it logs in, calls, or its session
// ends.
func (w *World) touch(entity uint64) {
	s := &w.sessions[entity]
	index := uint64(s.draws)
	s.draws++
	if s.state == out {
		w.login(entity, s)
		w.live++
		w.wait(entity, s)
		return
	}
	w.renew(entity, s)
	choice := w.streams.Unit(entity, stream.Choice, index)
	if choice < w.ending {
		w.leave(entity, s, index, choice/w.ending)
		w.live--
		s.state = out
	} else {
		w.call(entity, s, index)
	}
	w.wait(entity, s)
}

// wait schedules the next thing.
func (w *World) wait(entity uint64, s *session) {
	draw := w.streams.Exponential(entity, stream.Wait, uint64(s.draws))
	seconds := draw / w.rate
	if s.state == out {
		seconds = w.day.next(w.midnight(w.clock.now), draw)
	}
	w.push(w.clock.now+int64(seconds*1e9), entity, user)
}

func (w *World) login(entity uint64, s *session) {
	s.issued = w.clock.now
	s.token++
	w.now.Logins++
	w.grant(entity, s)
}

// grant asks for the token that the session is to have.
func (w *World) grant(entity uint64, s *session) {
	t := w.fill(entity, s.token, s.issued, 0)
	if w.decider.Issue(w.home(entity), t) != nil {
		w.now.RefusedLogins++
		s.state = without
		return
	}
	s.generation, s.state = uint32(t.Generation), in
}

// renew gives a session the token that it has by now: a new one whenever the old
// one expired, by a timer of the client, or now that one is needed.
func (w *World) renew(entity uint64, s *session) {
	life := w.life * 1e9
	due := (second(s.issued) - midnight) * 1e9 // exp, less the lifetime
	switch {
	case s.state == without:
		w.login(entity, s)
	case w.clock.now < due+life:
	case !w.atExpiry || s.state == revoked:
		w.login(entity, s)
	default:
		times := (w.clock.now - due) / life
		s.issued = due + times*life
		s.token += uint32(times)
		w.grant(entity, s)
	}
}

// call makes a call, and logs in again if the token is refused.
func (w *World) call(entity uint64, s *session, index uint64) {
	w.now.Calls++
	if s.state == without {
		w.now.Unavailable++
		return
	}
	region := w.home(entity)
	if w.roam > 0 && w.streams.Unit(entity, stream.Roam, index) < w.roam {
		region = int(w.streams.Bits(entity, stream.Roam, index) % uint64(w.regions))
	}
	accepted, err := w.decider.Check(region, w.tokenOf(entity, s))
	switch {
	case err != nil && accepted:
		w.now.Unasked++
	case err != nil:
		w.now.Unavailable++
		return
	}
	switch {
	case accepted && s.state == revoked:
		w.now.Leaks++
	case accepted:
	case s.state == revoked:
		w.login(entity, s)
	case w.userScope && w.devices > 1:
		w.now.Siblings++
		w.login(entity, s)
	default:
		w.now.OverBlocks++
		w.login(entity, s)
	}
}

// leave ends a session, by a logout unless the user forgets it.
func (w *World) leave(entity uint64, s *session, index uint64, draw float64) {
	if s.state == without {
		return
	}
	rest := float64(w.expires(s.issued)-w.clock.now) / 1e9
	if rest <= 0 {
		return // the token died before
	}
	if draw < w.forget {
		if w.stolen(entity, s, index) && w.counting() {
			w.tally.Forgotten++
			w.tally.Left += rest
		}
		return
	}
	w.now.Logouts++
	w.end(entity, s, index)
}

// end has the session's token ended, and the thief begin who holds a copy.
func (w *World) end(entity uint64, s *session, index uint64) {
	refused := w.decider.End(w.home(entity), w.tokenOf(entity, s)) != nil
	if refused {
		w.now.RefusedLogouts++
	}
	if !w.counting() || !w.stolen(entity, s, index) {
		return
	}
	if refused {
		w.tally.Unended++
		return
	}
	w.watch(entity, s, index)
}
