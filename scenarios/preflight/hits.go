package preflight

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"strconv"

	"github.com/revocheck/revocheck/scenarios/wire"
)

// compareHits makes sure that the counter of backend hits has a number where
// the contract says.
func (t Target) compareHits(ctx context.Context, o *Observations) {
	h := t.Contract.Hits
	if h == nil {
		return
	}
	req := wire.Request{Method: http.MethodGet}
	req.Base, req.Path = h.Split()
	a := t.Network.Send(ctx, req, wire.Accepted)
	if t.saysNothing(a) {
		return
	}
	if a.Status >= 300 {
		o.problem(wrong("hits.url", fmt.Sprintf("GET %s answers %d %s", req.Path, a.Status, http.StatusText(a.Status)), "write the URL at which the number of backend hits is read without a token"))
		return
	}
	path := cmp.Or(h.Count, "$.hits")
	text, _ := wire.Pick(a.Body, path)
	if _, err := strconv.ParseFloat(text, 64); err != nil {
		o.problem(wrong("hits.count", fmt.Sprintf("the answer of GET %s has no number at %s", req.Path, path), "write the JSON path of the number"))
	}
}
