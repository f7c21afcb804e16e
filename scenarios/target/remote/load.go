package remote

import (
	"github.com/revocheck/revocheck/scenarios/contract/targetfile"
)

// Load reads a target file. References such as ${NAME} in its values are taken
// from env, which os.LookupEnv fits. Files that it names are looked for in its
// own folder. What is wrong with its content comes as targetfile.Problems, all
// at once.
func Load(name string, env func(string) (string, bool)) (*Target, error) {
	f, err := targetfile.Read(name, env)
	if err != nil {
		return nil, err
	}
	return connect(f)
}

// connect makes the target, with what the file names beside the contract: keys,
// certificates, and where tokens come from.
func connect(f *targetfile.File) (*Target, error) {
	c := f.Contract
	t := &Target{file: f, contract: c, tls: trust(f, c), mint: signer(f, c.Signing)}
	if t.mint != nil {
		t.public = publicKey(f, c.Signing)
	}
	if c.Login.OAuth != nil {
		t.issuer = issuerTransport(f, c.Login.OAuth.CA)
	}
	t.login = source(f, c, t.issuer)
	return t, f.Err()
}
