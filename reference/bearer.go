package reference

import (
	"net/http"
	"slices"
	"strings"
)

// maxToken is the size in bytes above which a token is not even parsed.
const maxToken = 8 << 10

// Carriers of a token (RFC 6750, section 2, and cookies).
const (
	carrierHeader = "header"
	carrierQuery  = "query"
	carrierForm   = "form"
	carrierCookie = "cookie"
)

// credential is what a request showed, before anything is believed of it.
type credential struct {
	raw     string // the token's text
	header  string // the Authorization header it came in; "" otherwise
	carrier string
	request *http.Request // nil at a login
}

// finder reads the one token of a request. Two different tokens are refused:
// whichever was checked, the backend might serve the other.
func finder(cfg Config) func(*http.Request) (credential, error) {
	return func(r *http.Request) (credential, error) {
		found, err := credentials(r, cfg)
		if err != nil {
			return credential{}, err
		}
		if len(found) == 0 {
			return credential{}, errNoToken
		}
		for _, other := range found[1:] {
			if other.raw != found[0].raw {
				return credential{}, errSeveralTokens
			}
		}
		return found[0], sized(found[0])
	}
}

func sized(c credential) error {
	if len(c.raw) > maxToken {
		return errHuge
	}
	return nil
}

// credentials lists all tokens of a request in the carriers that are read.
func credentials(r *http.Request, cfg Config) ([]credential, error) {
	found, err := fromHeader(r, cfg)
	if err != nil {
		return nil, err
	}
	others, err := fromCarriers(r, cfg.Lenient)
	return append(found, others...), err
}

func fromHeader(r *http.Request, cfg Config) ([]credential, error) {
	values := r.Header.Values("Authorization")
	if cfg.Lenient.Header {
		values = splitLists(values)
	} else if len(values) > 1 {
		return nil, errSeveralTokens
	}
	var found []credential
	for _, value := range values {
		raw, err := bearer(value, cfg)
		if err != nil {
			return nil, err
		}
		found = append(found, credential{raw: raw, header: value, carrier: carrierHeader, request: r})
	}
	return found, nil
}

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
		value = strings.Join(strings.FieldsFunc(value, blank), " ")
	}
	scheme, raw, _ := strings.Cut(value, " ")
	switch {
	case !strings.EqualFold(scheme, "Bearer"):
		return "", errNoToken
	case cfg.ExactScheme && !slices.Contains([]string{"Bearer", "bearer"}, scheme):
		return "", errNoToken
	case raw == "" || strings.ContainsFunc(raw, blank):
		return "", errMalformed
	}
	return raw, nil
}

func blank(r rune) bool { return r == ' ' || r == '\t' }
