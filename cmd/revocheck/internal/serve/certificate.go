package serve

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"math/big"
	"net"
	"time"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/exit"
)

// certificateLife is that of a certificate which is made for one run.
const certificateLife = 30 * 24 * time.Hour

// makeCertificate makes a certificate that is its own authority, for the host
// of --addr, and puts it beside the target file, with its key.
func (f *Command) makeCertificate() error {
	host, _, err := splitAddress(f.addr)
	if err != nil {
		return err
	}
	cert, key, err := selfSigned(host)
	if err != nil {
		return exit.Broken(err)
	}
	f.cert, f.key = f.targetFile+".crt", f.targetFile+".key"
	return errors.Join(
		f.files.Write("target-file.crt", written(cert)),
		f.files.Write("target-file.key", written(key)))
}

// selfSigned gives a certificate and its key in PEM.
func selfSigned(host string) (cert, key []byte, err error) {
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, nil, err
	}
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	if err != nil {
		return nil, nil, err
	}
	der, err := x509.CreateCertificate(rand.Reader, template(host, serial), template(host, serial), &private.PublicKey, private)
	if err != nil {
		return nil, nil, err
	}
	encoded, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		return nil, nil, err
	}
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: encoded}), nil
}

func template(host string, serial *big.Int) *x509.Certificate {
	c := &x509.Certificate{
		SerialNumber: serial, Subject: pkix.Name{CommonName: "revocheck serve"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(certificateLife),
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		BasicConstraintsValid: true, IsCA: true, DNSNames: []string{"localhost"},
	}
	if ip := net.ParseIP(host); ip != nil {
		c.IPAddresses = []net.IP{ip}
	} else if host != "" && host != "localhost" {
		c.DNSNames = append(c.DNSNames, host)
	}
	return c
}
