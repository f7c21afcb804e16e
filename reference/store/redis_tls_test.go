package store_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/revocheck/revocheck/reference/store"
)

// certificate makes a certificate for the loopback interface that is its own
// authority, and gives its files.
func certificate(t *testing.T) (cert, key string) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, private.Public(), private)
	if err != nil {
		t.Fatal(err)
	}
	pkcs8, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	return pemFile(t, "CERTIFICATE", der), pemFile(t, "PRIVATE KEY", pkcs8)
}

func pemFile(t *testing.T, kind string, der []byte) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "file.pem")
	if err := os.WriteFile(name, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// overTLS are the arguments of a server that speaks TLS at a port, and nothing
// else but its socket, by a certificate that is its own authority.
func overTLS(port, cert, key string) []string {
	return []string{
		"--tls-port", port, "--tls-cert-file", cert, "--tls-key-file", key, "--tls-ca-cert-file", cert, "--tls-auth-clients", "no",
		"--tls-replication", "yes", "--tls-cluster", "yes",
	}
}

// serves requires that a store at a URL keeps what it is given.
func serves(t *testing.T, url string) {
	t.Helper()
	s := subject{Store: openRedis(t, url, 0), unit: time.Hour}
	add(t, s, "k", time.Hour)
	wantHas(t, s, "k", true)
	raise(t, s, "u", 1)
	wantGeneration(t, s, "u", 1)
	wantLen(t, s, 2)
}

// refuses requires that a URL opens no store, and is not repeated.
func refuses(t *testing.T, url string) {
	t.Helper()
	r, err := store.OpenRedis(t.Context(), url, 0)
	if err == nil {
		_ = r.Close()
		t.Fatal("it was opened")
	}
	if strings.Contains(err.Error(), "sesame") {
		t.Errorf("the error shows the password: %v", err)
	}
}

func TestRedisOverTLS(t *testing.T) {
	ca, key := certificate(t)
	port, _ := redisAt(t, func(port string) []string { return overTLS(port, ca, key) })
	serves(t, "rediss://127.0.0.1:"+port+"?ca_file="+ca)
	refuses(t, "rediss://127.0.0.1:"+port+"?max_retries=-1")             // an authority that is not trusted
	refuses(t, "redis://127.0.0.1:"+port+"?max_retries=-1")              // no TLS
	refuses(t, "rediss://localhost:"+port+"?max_retries=-1&ca_file="+ca) // another name
}

func TestSentinelOverTLS(t *testing.T) {
	ca, key := certificate(t)
	primary, _ := redisAt(t, func(port string) []string { return overTLS(port, ca, key) })
	port := sentinelAt(t, func(port string) string {
		lines := []string{"port 0"}
		args := overTLS(port, ca, key)
		for i := 0; i < len(args); i += 2 {
			lines = append(lines, strings.TrimPrefix(args[i], "--")+" "+args[i+1])
		}
		return strings.Join(lines, "\n") + "\nsentinel monitor main 127.0.0.1 " + primary + " 1\n"
	})
	serves(t, "rediss-sentinel://127.0.0.1:"+port+"?master_name=main&ca_file="+ca)
}

func TestAClusterOverTLS(t *testing.T) {
	t.Parallel()
	ca, key := certificate(t)
	port, socket := redisAt(t, func(port string) []string {
		return append(overTLS(port, ca, key), "--cluster-enabled", "yes", "--cluster-port", freePort(t))
	})
	allSlots(t, socket)
	serves(t, "rediss-cluster://127.0.0.1:"+port+"?ca_file="+ca)
}

// TestAnACLUserWithTheLeastRights: what the store needs are few commands, on
// keys that begin with "revocheck:".
func TestAnACLUserWithTheLeastRights(t *testing.T) {
	port, _ := redisAt(t, func(port string) []string {
		return []string{
			"--port", port, "--user", "default", "off", "--user", "gateway", "on", ">sesame", "~revocheck:*",
			"-@all", "+set", "+get", "+exists", "+pttl", "+eval", "+scan", "+ping", "+hello", "+client", "+select",
		}
	})
	serves(t, "redis://gateway:sesame@127.0.0.1:"+port+"/0")
	refuses(t, "redis://gateway:open-sesame@127.0.0.1:"+port+"?max_retries=-1")
	refuses(t, "redis://127.0.0.1:"+port+"?max_retries=-1")
}
