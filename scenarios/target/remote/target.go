// Package remote makes a target of any HTTP endpoint that a target file
// describes: a scenarios.Contract in YAML. It may change.
package remote

import (
	"context"
	"crypto/tls"
	"net/http"
	"net/url"
	"strings"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/contract/targetfile"
	"github.com/revocheck/revocheck/scenarios/wire"
)

// Target is a gateway that runs on its own, reached over HTTP. Load makes one.
type Target struct {
	file     *targetfile.File
	contract scenarios.Contract
	tls      *tls.Config // nil unless the file has a section for it
	mint     func(claims, header map[string]any) (string, error)
	public   func() []byte          // nil of a secret
	issuer   func() *http.Transport // to the token endpoint; nil if there is none
	login    wire.Source
}

var _ scenarios.Target = (*Target)(nil)

// Subject identifies the target in reports, by the contract's name or else by
// its first endpoint. Credentials in endpoints are left out.
func (t *Target) Subject() report.Subject {
	s := report.Subject{Name: t.contract.Name, Kind: "remote", Details: map[string]string{"target file": t.file.Name()}}
	for _, e := range t.contract.Endpoints {
		s.Endpoints = append(s.Endpoints, withoutUser(e))
	}
	if s.Name == "" {
		s.Name = s.Endpoints[0]
	}
	return s
}

func withoutUser(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return "an endpoint that cannot be read"
	}
	u.User = nil
	return strings.TrimSuffix(u.String(), "/")
}

// Locate says where a key of the target file stands, as "file:line", and keeps
// secrets out of a text about it.
func (t *Target) Locate(key, text string) (where, clean string) { return t.file.Locate(key, text) }

// Contract is what the file declares.
func (t *Target) Contract() scenarios.Contract { return t.contract }

// Powers are those that a file can give: to sign tokens, if it holds the key,
// which has a public half unless it is a secret, and to have tokens from a
// source beside the gateway, if it names one.
func (t *Target) Powers() scenarios.Powers {
	return scenarios.Powers{Mint: t.mint, PublicKeyPEM: t.public, Login: t.login}
}

// Shared is true: there is one gateway, and scenarios keep out of each
// other's way.
func (t *Target) Shared() bool { return true }

// Open gives the gateway, which is not touched by it.
func (t *Target) Open(context.Context) (*scenarios.Instance, error) {
	return &scenarios.Instance{
		Endpoints: append([]string(nil), t.contract.Endpoints...),
		Backend:   t.contract.Backend, Transport: t.transport, TokenEndpoint: t.issuer, Powers: t.Powers(),
	}, nil
}

// transport trusts what the file says, and keeps to the proxy settings of the
// environment.
func (t *Target) transport() *http.Transport {
	tr := http.DefaultTransport.(*http.Transport).Clone()
	if t.tls != nil {
		tr.TLSClientConfig = t.tls.Clone()
	}
	return tr
}
