package contract

import "slices"

// Statuses is a set of HTTP status codes. Empty means the default of the field.
type Statuses []int

// Has reports whether the status is in the set.
func (s Statuses) Has(status int) bool { return slices.Contains(s, status) }

func (s Statuses) hasOrSucceeds(status int) bool {
	if len(s) == 0 {
		return Success(status)
	}
	return s.Has(status)
}

// Success reports whether a status is a 2xx (RFC 9110 section 15.3).
func Success(status int) bool { return status >= 200 && status < 300 }

// Accepts reports whether the status is one of a call that was accepted.
func (r Route) Accepts(status int) bool { return r.Accepted.hasOrSucceeds(status) }

// Grants reports whether the status is one of a login that succeeded.
func (l Login) Grants(status int) bool { return l.Status.hasOrSucceeds(status) }

// Acknowledges reports whether the status acknowledges a logout.
func (l Logout) Acknowledges(status int) bool { return l.Success.hasOrSucceeds(status) }

// Refuses reports whether the status is a declared refusal of a token.
func (c Contract) Refuses(status int) bool { return c.Refusal.Statuses.Has(status) }
