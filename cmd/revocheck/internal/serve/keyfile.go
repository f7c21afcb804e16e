package serve

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/exit"
	"github.com/revocheck/revocheck/reference/token"
)

// mostKey is more than any key takes, in bytes.
const mostKey = 64 << 10

// readKey reads the signing key, and makes one where there is none.
func (f *Command) readKey() error {
	if f.keyFile == "" {
		return nil
	}
	alg := cmp.Or(f.config.Alg, token.DefaultAlgorithm)
	content, err := keyFile(f.keyFile, alg)
	if err != nil {
		return exit.Usage("--key-file: %w", err)
	}
	if _, err := token.KeysFrom(alg, content); err != nil {
		return exit.Usage("--key-file %s: %w", f.keyFile, err)
	}
	f.config.Key = content
	return nil
}

func keyFile(name, alg string) ([]byte, error) {
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if err := makeKey(name, alg); err != nil {
			return nil, err
		}
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular() || info.Size() > mostKey:
		return nil, errors.New(name + " is no file with a key in it")
	}
	return os.ReadFile(name)
}

// makeKey makes a key for its owner alone. Of gateways that start at once one
// makes it and the others find it whole: it is linked to its name, which only
// the first can.
func makeKey(name, alg string) error {
	content, err := token.Content(alg)
	if err != nil {
		return err
	}
	made, err := os.CreateTemp(filepath.Dir(name), ".key-*") // mode 0600
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(made.Name()) }()
	_, err = made.Write(content)
	if err = errors.Join(err, made.Close()); err != nil {
		return err
	}
	if err = os.Link(made.Name(), name); errors.Is(err, fs.ErrExist) {
		return nil
	}
	return err
}
