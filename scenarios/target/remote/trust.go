package remote

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"slices"
	"strings"

	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/contract/targetfile"
)

// trust is how the target proves who it is, and how the suite does; nil for the
// system's own way.
func trust(f *targetfile.File, c scenarios.Contract) *tls.Config {
	if c.TLS == (scenarios.TLS{}) {
		return nil
	}
	secure := func(e string) bool { return strings.HasPrefix(e, "https://") }
	if len(c.Endpoints) > 0 && !slices.ContainsFunc(c.Endpoints, secure) {
		f.Add("tls", "no endpoint begins with https://, so that it is not used")
	}
	return &tls.Config{
		MinVersion: tls.VersionTLS12, ServerName: c.TLS.ServerName, RootCAs: authorities(f, "tls.ca", c.TLS.CA), Certificates: own(f, c.TLS),
	}
}

// own is the suite's certificate; nil if the file names none, or not all of it.
func own(f *targetfile.File, t scenarios.TLS) []tls.Certificate {
	if t.Cert == "" || t.Key == "" {
		return nil
	}
	cert, key := pemOf(f, "tls.cert", t.Cert, "CERTIFICATE"), pemOf(f, "tls.key", t.Key, "PRIVATE KEY")
	if cert == nil || key == nil {
		return nil
	}
	pair, err := tls.X509KeyPair(cert, key)
	if err != nil {
		f.Add("tls.key", "%s and %s cannot be used together: %v", t.Cert, t.Key, err)
		return nil
	}
	return []tls.Certificate{pair}
}

// pemOf is a file with a block whose type ends so; nil if it is none, which is
// said without a word of what is in it.
func pemOf(f *targetfile.File, path, file, kind string) []byte {
	content, err := f.Content(file)
	if err != nil {
		f.Add(path, "%v", err)
		return nil
	}
	for rest := content; ; {
		var block *pem.Block
		switch block, rest = pem.Decode(rest); {
		case block == nil:
			f.Add(path, "there is no PEM block %s in %s", kind, file)
			return nil
		case strings.HasPrefix(block.Type, "ENCRYPTED"), block.Headers["DEK-Info"] != "":
			f.Add(path, "the key in %s is encrypted; write it without a passphrase, in a file that nobody else can read", file)
			return nil
		case strings.HasSuffix(block.Type, kind):
			return content
		}
	}
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
