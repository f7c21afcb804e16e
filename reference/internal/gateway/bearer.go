package gateway

import (
	"net/http"
	"slices"
	"strings"
)

// MaxToken is the size in bytes above which a token is not even parsed.
const MaxToken = 8 << 10

// Carriers of a token (RFC 6750, section 2, and cookies).
const (
	CarrierHeader = "header"
	CarrierQuery  = "query"
	CarrierForm   = "form"
	CarrierCookie = "cookie"
)

// Credential is what a request showed, before anything is believed of it.
type Credential struct {
	Raw     string // the token's text
	Header  string // the Authorization header it came in; "" otherwise
	Carrier string
	Request *http.Request // nil at a login
}

// finder reads the one token of a request. Two different tokens are refused:
// whichever was checked, the backend might serve the other.
func finder(cfg Config) func(*http.Request) (Credential, error) {
	return func(r *http.Request) (Credential, error) {
		if values := r.Header["Authorization"]; len(values) == 1 && cfg.Lenient.nowhereElse() {
			c, err := one(r, values[0], cfg)
			if err != nil {
				return Credential{}, err
			}
			return c, sized(c)
		}
		found, err := Credentials(r, cfg)
		if err != nil {
			return Credential{}, err
		}
		if len(found) == 0 {
			return Credential{}, ErrNoToken
		}
		for _, other := range found[1:] {
			if other.Raw != found[0].Raw {
				return Credential{}, errSeveralTokens
			}
		}
		return found[0], sized(found[0])
	}
}

func sized(c Credential) error {
	if len(c.Raw) > MaxToken {
		return ErrTooLong
	}
	return nil
}

// Credentials lists all tokens of a request in the carriers that are read.
func Credentials(r *http.Request, cfg Config) ([]Credential, error) {
	found, err := fromHeader(r, cfg)
	if err != nil {
		return nil, err
	}
	others, err := fromCarriers(r, cfg.Lenient)
	return append(found, others...), err
}

func fromHeader(r *http.Request, cfg Config) ([]Credential, error) {
	values := r.Header.Values("Authorization")
	if cfg.Lenient.Header {
		values = splitLists(values)
	} else if len(values) > 1 {
		return nil, errSeveralTokens
	}
	var found []Credential
	for _, value := range values {
		c, err := one(r, value, cfg)
		if err != nil {
			return nil, err
		}
		found = append(found, c)
	}
	return found, nil
}

// one reads the token of one header.
func one(r *http.Request, value string, cfg Config) (Credential, error) {
	raw, err := bearer(value, cfg)
	return Credential{Raw: raw, Header: value, Carrier: CarrierHeader, Request: r}, err
}

// nowhereElse: a token is in the only header of its name, or else not read.
func (l Lenient) nowhereElse() bool { return !l.Header && !l.Query && !l.Form && !l.Cookie }

// splitLists undoes the joining of repeated headers by commas (RFC 9110,
// section 5.3).
func splitLists(values []string) []string {
	var split []string
	for _, value := range values {
		for element := range strings.SplitSeq(value, ",") {
			split = append(split, element)
		}
	}
	return split
}

// bearer reads "Bearer", one space and a token. The scheme's case does not
// matter (RFC 9110, section 11.1).
func bearer(value string, cfg Config) (string, error) {
	if cfg.Lenient.Header {
		value = strings.Join(strings.FieldsFunc(value, IsBlank), " ")
	}
	scheme, raw, _ := strings.Cut(value, " ")
	switch {
	case !strings.EqualFold(scheme, "Bearer"):
		return "", ErrNoToken
	case cfg.ExactScheme && !slices.Contains([]string{"Bearer", "bearer"}, scheme):
		return "", ErrNoToken
	case raw == "" || strings.ContainsFunc(raw, IsBlank):
		return "", ErrMalformed
	}
	return raw, nil
}

// IsBlank is true of a space and a tab.
func IsBlank(r rune) bool { return r == ' ' || r == '\t' }
