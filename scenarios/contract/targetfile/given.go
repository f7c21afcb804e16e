package targetfile

import (
	"fmt"
	"strings"

	"github.com/revocheck/revocheck/scenarios/contract"
)

// tokens reads the files of tokens that users were given.
func (f *File) tokens(users []contract.User) {
	for i := range users {
		u, at := &users[i], fmt.Sprintf("users[%d]", i)
		switch {
		case u.TokensFile == "" || f.Wrong(at+".tokens_file"):
		case len(u.Tokens) > 0:
			f.Add(at+".tokens_file", "the tokens are either given as tokens or in a file")
		default:
			u.Tokens = f.tokenFile(at, u.TokensFile)
		}
	}
}

// tokenFile has one token a line; blank lines and those that begin with # are
// none. What is wrong with one is said at the line of the file's name.
func (f *File) tokenFile(at, name string) []string {
	content, err := f.Content(name)
	if err != nil {
		f.Add(at+".tokens_file", "%v", err)
		return nil
	}
	var all []string
	for line := range strings.Lines(string(content)) {
		line = strings.TrimSpace(line)
		if line != "" && !strings.HasPrefix(line, "#") {
			f.lines[fmt.Sprintf("%s.tokens[%d]", at, len(all))] = f.line(at + ".tokens_file")
			all = append(all, line)
		}
	}
	if len(all) == 0 {
		f.Add(at+".tokens_file", "there is no token in %s", name)
	}
	return all
}
