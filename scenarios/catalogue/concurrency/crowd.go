package concurrency

import (
	"fmt"
	"sync/atomic"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

const (
	// crowd is how many are served at once where a target file sets no limit:
	// more than the pools and queues of many gateways hold.
	crowd = 128
	// volleys of a crowd at a replica: the first opens connections, which takes
	// longer than what is sent over them, and spreads it.
	volleys = 3
)

// crowdSize is how many a target can be asked to serve at once; 0 if its target
// file says that it should be spared.
func crowdSize(p *scenarios.Play) int {
	if !p.MayCrowd() {
		p.Note("no more than %d were sent at once, as limits has it", clients)
		return 0
	}
	return p.Sample(crowd)
}

// crowdCalls has many call a dead token at once. An answer that is neither an
// acceptance nor a refusal says that there were too many, which is no finding.
func crowdCalls(p *scenarios.Play, t *scenarios.Token) {
	n := crowdSize(p)
	if n == 0 {
		return
	}
	var refused atomic.Int64
	all := volleys * p.Replicas()
	for volley := range all {
		p.Parallel(n, func(int) {
			if replay(p, t, volley/volleys) == scenarios.Refused {
				refused.Add(1)
			}
		})
	}
	p.Summary(fmt.Sprintf("calls of a dead token, %d at once", n), "none accepted", "none accepted", all*n, true)
	p.Number("refused in a crowd", float64(refused.Load()), "1", fmt.Sprintf("of %d calls, %d at once; the others got no telling answer", all*n, n))
	settle(p, t, p.Replicas())
}

// replay sends a dead token and stops the scenario if it is accepted.
func replay(p *scenarios.Play, t *scenarios.Token, replica int) scenarios.Outcome {
	a, o := send(p, t, replica)
	if o == scenarios.Accepted || o == scenarios.SomebodyElse {
		p.FailDead(t, report.Where{report.AfterEvent: "many calls at once"}, "many calls at once", "%s, which was logged out, was accepted (%d) when many calls came at once", t, a.Status)
	}
	return o
}

// settle waits until the first replicas answer a dead token as they did before
// the crowd, since one that turned callers away may do so for a while.
func settle(p *scenarios.Play, t *scenarios.Token, replicas int) {
	for replica := range replicas {
		p.Store().Until(func() bool { return replay(p, t, replica) == scenarios.Refused })
	}
}

// crowdLogouts logs many tokens out at once. Only what is acknowledged counts.
func crowdLogouts(p *scenarios.Play, dead *scenarios.Token) {
	if !p.MayLoginOften() {
		return
	}
	n := crowdSize(p)
	if n == 0 {
		return
	}
	tokens := make([]*scenarios.Token, n)
	n = p.RepeatLogins(n, 0.2, func(i int) {
		tokens[i] = p.Login("alice", fmt.Sprintf("C%d", i+1))
		p.CallOnce(tokens[i], scenarios.WantAccepted)
	})
	p.Parallel(n, func(i int) { p.Send(p.CanonicalRequest(p.Contract().Routes[0], tokens[i].Raw), scenarios.Accepted) })
	var acknowledged atomic.Int64
	p.Parallel(n, func(i int) {
		if a := p.Send(p.LogoutRequest(tokens[i]), scenarios.Accepted); p.LogoutAcknowledged(a) {
			p.Ended(tokens[i], a)
			acknowledged.Add(1)
		}
	})
	p.Propagate()
	settle(p, dead, 1)
	allDead(p, tokens[:n])
	p.Number("logouts of a crowd", float64(acknowledged.Load()), "1", fmt.Sprintf("acknowledged and not lost, of %d at once", n))
}

// allDead requires that each token whose logout was acknowledged is dead.
func allDead(p *scenarios.Play, tokens []*scenarios.Token) {
	for _, t := range tokens {
		if !p.EndedAt(t).IsZero() {
			p.CallOnce(t, scenarios.WantRefused)
		}
	}
	p.Summary("tokens that were logged out at once", "refused", "refused", len(tokens), true)
}
