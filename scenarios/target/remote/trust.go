package remote

import (
	"crypto/tls"
	"crypto/x509"
	"slices"
	"strings"

	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/contract/targetfile"
)

// trust is how the target proves who it is; nil for the system's own way.
func trust(f *targetfile.File, c scenarios.Contract) *tls.Config {
	if c.TLS == (scenarios.TLS{}) {
		return nil
	}
	secure := func(e string) bool { return strings.HasPrefix(e, "https://") }
	if len(c.Endpoints) > 0 && !slices.ContainsFunc(c.Endpoints, secure) {
		f.Add("tls", "no endpoint begins with https://, so that it is not used")
	}
	return &tls.Config{MinVersion: tls.VersionTLS12, ServerName: c.TLS.ServerName, RootCAs: authorities(f, "tls.ca", c.TLS.CA)}
}

func authorities(f *targetfile.File, path, file string) *x509.CertPool {
	if file == "" {
		return nil
	}
	pem, err := f.Content(file)
	if err != nil {
		f.Add(path, "%v", err)
		return nil
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(pem) {
		f.Add(path, "there is no PEM certificate in %s", file)
	}
	return pool
}
