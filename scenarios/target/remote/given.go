package remote

import (
	"fmt"
	"strings"

	"github.com/revocheck/revocheck/scenarios"
)

// tokens reads the files of tokens that users were given.
func (d *document) tokens(users []scenarios.User) {
	for i := range users {
		u, at := &users[i], fmt.Sprintf("$.users[%d]", i)
		switch {
		case u.TokensFile == "" || d.known(at+".tokens_file"):
		case len(u.Tokens) > 0:
			d.add(at+".tokens_file", "the tokens are either given as tokens or in a file")
		default:
			u.Tokens = d.tokenFile(at, u.TokensFile)
		}
	}
}

// tokenFile has one token a line; blank lines and those that begin with # are
// none. What is wrong with one is said at the line of the file's name.
func (d *document) tokenFile(at, name string) []string {
	content, err := read(d.beside(name))
	if err != nil {
		d.add(at+".tokens_file", "%v", err)
		return nil
	}
	var all []string
	for line := range strings.Lines(string(content)) {
		line = strings.TrimSpace(line)
		if line != "" && !strings.HasPrefix(line, "#") {
			d.lines[fmt.Sprintf("%s.tokens[%d]", at, len(all))] = d.line(at + ".tokens_file")
			all = append(all, line)
		}
	}
	if len(all) == 0 {
		d.add(at+".tokens_file", "there is no token in %s", name)
	}
	return all
}
