package serve

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
	"net/http"
	"os"
	"strconv"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/exit"
	"github.com/revocheck/revocheck/reference"
)

// site is one replica with its listener.
type site struct {
	url    string
	at     net.Listener
	server *http.Server
}

type listening []site

// listen opens a port for each replica. Nothing is served yet. An error is
// the caller's: a wrong address, a port that is taken, a bad certificate.
func listen(addr string, replicas []http.Handler, secure *tls.Config) (listening, error) {
	host, first, err := splitAddress(addr)
	if err != nil {
		return nil, err
	}
	var all listening
	for i, h := range replicas {
		port := first
		if first != 0 {
			port += i
		}
		s, err := open(net.JoinHostPort(host, strconv.Itoa(port)), h, secure)
		if err != nil {
			_ = all.close()
			return nil, exit.Usage("replica %d cannot listen: %w; choose another --addr", i+1, err)
		}
		all = append(all, s)
	}
	return all, nil
}

func splitAddress(addr string) (host string, port int, err error) {
	host, text, err := net.SplitHostPort(addr)
	if err != nil {
		return "", 0, exit.Usage("--addr %q: it is not host:port", addr)
	}
	port, err = strconv.Atoi(text)
	if err != nil || port < 0 || port > 65535 {
		return "", 0, exit.Usage("--addr %q: the port is not a number from 0 to 65535", addr)
	}
	return host, port, nil
}

// encryption is how the gateway proves who it is, and whether clients have to;
// nil without TLS.
func (f *Command) encryption() (*tls.Config, error) {
	if f.cert == "" {
		return nil, nil
	}
	pair, err := tls.LoadX509KeyPair(f.cert, f.key)
	if err != nil {
		return nil, exit.Usage("the certificate cannot be used: %w", err)
	}
	c := &tls.Config{MinVersion: tls.VersionTLS12, Certificates: []tls.Certificate{pair}, NextProtos: []string{"h2", "http/1.1"}}
	if f.clientCA == "" {
		return c, nil
	}
	content, err := os.ReadFile(f.clientCA)
	if err != nil {
		return nil, exit.Usage("--client-ca: %w", err)
	}
	c.ClientAuth, c.ClientCAs = tls.RequireAndVerifyClientCert, x509.NewCertPool()
	if !c.ClientCAs.AppendCertsFromPEM(content) {
		return nil, exit.Usage("--client-ca %s: there is no PEM certificate in it", f.clientCA)
	}
	return c, nil
}

func open(addr string, h http.Handler, secure *tls.Config) (site, error) {
	at, err := net.Listen("tcp", addr)
	if err != nil {
		return site{}, err
	}
	s := site{url: "http://" + at.Addr().String(), at: at, server: reference.Server(h)}
	s.server.ErrorLog = quiet
	if secure != nil {
		s.url = "https://" + at.Addr().String()
		own := secure.Clone() // the server writes to it
		s.at, s.server.TLSConfig = tls.NewListener(at, own), own
	}
	return s, nil
}

func (l listening) urls() []string {
	var all []string
	for _, s := range l {
		all = append(all, s.url)
	}
	return all
}

// close frees the ports; those of a server that has stopped are free already.
func (l listening) close() error {
	for _, s := range l {
		if err := s.at.Close(); err != nil {
			return fmt.Errorf("closing %s: %w", s.url, err)
		}
	}
	return nil
}
