package remote

import (
	"crypto/tls"
	"crypto/x509"
	"slices"
	"strings"

	"github.com/revocheck/revocheck/scenarios"
)

// trust is how the target proves who it is; nil for the system's own way.
func (d *document) trust(c scenarios.Contract) *tls.Config {
	if c.TLS == (scenarios.TLS{}) {
		return nil
	}
	secure := func(e string) bool { return strings.HasPrefix(e, "https://") }
	if len(c.Endpoints) > 0 && !slices.ContainsFunc(c.Endpoints, secure) {
		d.add("$.tls", "no endpoint begins with https://, so that it is not used")
	}
	return &tls.Config{MinVersion: tls.VersionTLS12, ServerName: c.TLS.ServerName, RootCAs: d.authorities("$.tls.ca", c.TLS.CA)}
}

func (d *document) authorities(path, file string) *x509.CertPool {
	if file == "" {
		return nil
	}
	pem, err := read(d.beside(file))
	if err != nil {
		d.add(path, "%v", err)
		return nil
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(pem) {
		d.add(path, "there is no PEM certificate in %s", file)
	}
	return pool
}
