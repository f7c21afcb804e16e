package apim

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/revocheck/revocheck/reference/apim/policyxml"
	"github.com/revocheck/revocheck/scenarios"
)

// refusals are the statuses with which the documents turn a caller away: 401
// of validate-jwt and of the issuer, those of the limits that are used, and
// those that a document chooses between 400 and 499.
func refusals(o Options) scenarios.Statuses {
	found := scenarios.Statuses{http.StatusUnauthorized}
	for _, root := range o.roots() {
		found = append(found, refusalsIn(root)...)
	}
	slices.Sort(found)
	return slices.Compact(found)
}

func refusalsIn(n *policyxml.Node) scenarios.Statuses {
	var found scenarios.Statuses
	switch n.Name {
	case "rate-limit-by-key":
		found = append(found, http.StatusTooManyRequests)
	case "quota-by-key":
		found = append(found, http.StatusForbidden)
	case "validate-jwt", "validate-azure-ad-token":
		found = append(found, chosen(n, "failed-validation-httpcode")...)
	case "check-header":
		found = append(found, chosen(n, "failed-check-httpcode")...)
	case "set-status":
		found = append(found, chosen(n, "code")...)
	}
	for _, child := range n.Children {
		found = append(found, refusalsIn(child)...)
	}
	return found
}

func chosen(n *policyxml.Node, attribute string) scenarios.Statuses {
	for _, a := range n.Attrs {
		status, err := strconv.Atoi(a.Value)
		if a.Name == attribute && err == nil && status >= 400 && status < 500 {
			return scenarios.Statuses{status}
		}
	}
	return nil
}
