package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/exit"
)

// clientAuthority makes an authority and a certificate that it issued to a
// client, in PEM files.
type clientAuthority struct{ ca, cert, key string }

func newClientAuthority(t *testing.T) clientAuthority {
	t.Helper()
	dir := t.TempDir()
	put := func(name, kind string, der []byte, err error) string {
		path := filepath.Join(dir, name)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	root := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "clients"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign}
	leaf := &x509.Certificate{SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: "suite"}, NotBefore: root.NotBefore, NotAfter: root.NotAfter, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}}
	var c clientAuthority
	der, err := x509.CreateCertificate(rand.Reader, root, root, &key.PublicKey, key)
	c.ca = put("ca.pem", "CERTIFICATE", der, err)
	der, err = x509.CreateCertificate(rand.Reader, leaf, root, &key.PublicKey, key)
	c.cert = put("cert.pem", "CERTIFICATE", der, err)
	der, err = x509.MarshalPKCS8PrivateKey(key)
	c.key = put("key.pem", "PRIVATE KEY", der, err)
	return c
}

// A gateway that asks for client certificates is reached with one of its
// authority, by every command, on every kind of connection, and with no other.
func TestClientCertificates(t *testing.T) {
	t.Parallel()
	mine, strange := newClientAuthority(t), newClientAuthority(t)
	plain := filepath.Join(t.TempDir(), "target.yaml")
	serving(t, 1, "--addr", "127.0.0.1:0", "--tls", "--client-ca", mine.ca, "--target-file", plain)
	content, err := os.ReadFile(plain)
	if err != nil {
		t.Fatal(err)
	}
	with := func(c clientAuthority) string {
		return file(t, "with.yaml", strings.Replace(string(content), "tls:\n", fmt.Sprintf("tls:\n  cert: %s\n  key: %s\n", c.cert, c.key), 1))
	}
	for name, c := range map[string]struct {
		code int
		says string
		args []string
	}{
		"run":          {0, " 0 failed", []string{"run", "--allow-partial", "--only", "lifecycle/logout-ends-token", "--only", "replay/http2", "--target", with(mine)}},
		"probe":        {0, "scenarios of profile wire would run", []string{"probe", "--quick", "--target", with(mine)}},
		"bench":        {0, "", []string{"bench", "--duration", "1s", "--rate", "50", "--target", with(mine)}},
		"none":         {exit.CodeBroken, "set tls.cert and tls.key", []string{"run", "--target", plain}},
		"a stranger's": {exit.CodeBroken, "set tls.cert and tls.key", []string{"run", "--target", with(strange)}},
		"of two":       {exit.CodeUsage, "tls.key: ", []string{"run", "--target", with(clientAuthority{cert: mine.cert, key: strange.key})}},
	} {
		code, out, errs := command(t.Context(), c.args...)
		if code != c.code && (name != "bench" || code == exit.CodeBroken || code == exit.CodeUsage) || !strings.Contains(out+errs, c.says) {
			t.Errorf("%s: exit %d, want %d and %q\n%s%s", name, code, c.code, c.says, out, errs)
		}
	}
}
