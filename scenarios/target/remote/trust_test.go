package remote

import (
	"encoding/pem"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A certificate that cannot be shown is named with the key of the file, and
// nothing of a private key is repeated.
func TestCertificatesThatCannotBeShown(t *testing.T) {
	dir := t.TempDir()
	put := func(name, kind, content string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: []byte(content)}), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	cert, key := put("cert.pem", "CERTIFICATE", "no certificate"), put("key.pem", "PRIVATE KEY", "hunter2-secret")
	encrypted := put("encrypted.pem", "ENCRYPTED PRIVATE KEY", "hunter2-secret")
	for _, c := range []struct{ cert, key, at, says string }{
		{key, key, ":2: tls.cert: ", "there is no PEM block CERTIFICATE"},
		{cert, cert, ":3: tls.key: ", "there is no PEM block PRIVATE KEY"},
		{cert, encrypted, ":3: tls.key: ", "without a passphrase"},
		{cert, key, ":3: tls.key: ", "cannot be used together"},
	} {
		_, err := loadText(t, strings.Replace(sound, "name: gateway", "tls:\n  cert: "+c.cert+"\n  key: "+c.key, 1))
		if err == nil || !strings.Contains(err.Error(), c.at) || !strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s, %s: %v; want %s...%s", c.cert, c.key, err, c.at, c.says)
		}
	}
}
