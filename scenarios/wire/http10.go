package wire

import (
	"bytes"
	"context"
	"crypto/tls"
	"net"
	"net/http"
)

// speakHTTP10 has a transport, whose connections carry one request each, say
// HTTP/1.0 on the request line. net/http has no other way to send one.
func speakHTTP10(t *http.Transport) {
	dial := t.DialContext
	if dial == nil {
		dial = (&net.Dialer{}).DialContext
	}
	t.DialContext = func(ctx context.Context, network, addr string) (net.Conn, error) {
		c, err := dial(ctx, network, addr)
		if err != nil {
			return nil, err
		}
		return &oldConn{Conn: c}, nil
	}
	t.DialTLSContext = func(ctx context.Context, network, addr string) (net.Conn, error) {
		c, err := dial(ctx, network, addr)
		if err != nil {
			return nil, err
		}
		secure := tls.Client(c, tlsOf(t, addr))
		if err := secure.HandshakeContext(ctx); err != nil {
			_ = c.Close()
			return nil, err
		}
		return &oldConn{Conn: secure}, nil
	}
}

func tlsOf(t *http.Transport, addr string) *tls.Config {
	cfg := &tls.Config{}
	if t.TLSClientConfig != nil {
		cfg = t.TLSClientConfig.Clone()
	}
	cfg.NextProtos = []string{"http/1.1"}
	if cfg.ServerName == "" {
		cfg.ServerName, _, _ = net.SplitHostPort(addr)
	}
	return cfg
}

// oldConn writes the version of the first request line anew.
type oldConn struct {
	net.Conn
	written bool
}

func (c *oldConn) Write(b []byte) (int, error) {
	if at := bytes.Index(b, []byte(" HTTP/1.1\r\n")); at >= 0 && !c.written {
		b = bytes.Clone(b) // a Writer leaves what it is given alone
		b[at+len(" HTTP/1.")] = '0'
		c.written = true
	}
	return c.Conn.Write(b)
}
