package scenarios

// Leaked reports whether the acceptance of a token is a leak that nothing excuses:
// the call was sent after the token's logout had been acknowledged and the
// declared window had passed, before its exp less what is not known of the target's
// clock, and nothing was done to the store.
func (p *Play) Leaked(t *Token, a Answer) bool {
	if t == nil || p.planning {
		return false
	}
	p.mu.Lock()
	ended, there, troubled := t.of.ended, t.of.endedThere, p.troubled
	p.mu.Unlock()
	if ended.IsZero() || troubled {
		return false
	}
	since := a.Sent.Sub(ended)
	if p.Clock().Movable() {
		since = max(since, p.now().Sub(there))
	}
	left, expires := p.Clock().Left(t)
	return since > p.contract.LeakWindow && (!expires || left > p.Clock().Guard())
}
