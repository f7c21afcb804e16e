package gateway

import (
	"bytes"
	"io"
	"mime"
	"net/http"
	"net/url"
)

// maxBody bounds the body of a request in bytes.
const maxBody = 1 << 20

// carrierFields are the names under which lenient gateways look for a token
// outside the Authorization header.
var carrierFields = []string{"access_token", "token", "jwt"}

func fromCarriers(r *http.Request, lenient Lenient) ([]Credential, error) {
	var found []Credential
	if lenient.Query {
		found = append(found, fromValues(r, r.URL.Query(), CarrierQuery)...)
	}
	if lenient.Form {
		form, err := readForm(r)
		if err != nil {
			return nil, err
		}
		found = append(found, fromValues(r, form, CarrierForm)...)
	}
	if lenient.Cookie {
		found = append(found, fromCookies(r)...)
	}
	return found, nil
}

func fromValues(r *http.Request, values url.Values, carrier string) []Credential {
	var found []Credential
	for _, field := range carrierFields {
		for _, raw := range values[field] {
			found = append(found, Credential{Raw: raw, Carrier: carrier, Request: r})
		}
	}
	return found
}

func fromCookies(r *http.Request) []Credential {
	var found []Credential
	for _, field := range carrierFields {
		for _, cookie := range r.CookiesNamed(field) {
			found = append(found, Credential{Raw: cookie.Value, Carrier: CarrierCookie, Request: r})
		}
	}
	return found
}

// readForm reads a form body and puts it back, because the backend wants it
// too.
func readForm(r *http.Request) (url.Values, error) {
	media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || media != "application/x-www-form-urlencoded" || r.Body == nil {
		return nil, nil
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, ErrMalformed
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return nil, ErrMalformed
	}
	return form, nil
}
