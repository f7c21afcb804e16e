package targetfile

import (
	"regexp"
	"strings"
)

// reference is ${NAME} or ${NAME:-default}; $${ is a plain ${.
var reference = regexp.MustCompile(`\$?\$\{([^}]*)(\}?)`)

// name is what an environment variable can be called (POSIX.1-2017, 8.1),
// with lower case as well.
var name = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)

// expansion is a value that came from the environment.
type expansion struct{ path, name, value string }

// expand puts the environment's values in place of the references.
func (f *File) expand(path, text string) string {
	return reference.ReplaceAllStringFunc(text, func(found string) string {
		if strings.HasPrefix(found, "$$") {
			return found[1:]
		}
		part := reference.FindStringSubmatch(found)
		variable, otherwise, optional := strings.Cut(part[1], ":-")
		switch {
		case part[2] == "":
			f.Add(path, "a ${ is not closed with }; write $${ for a plain ${")
		case !name.MatchString(variable):
			f.Add(path, "${%s} does not name an environment variable; write $${ for a plain ${", variable)
		default:
			return f.variable(path, variable, otherwise, optional)
		}
		return ""
	})
}

// variable is the value of an environment variable. An empty one counts as
// unset where there is a default, as in a shell.
func (f *File) variable(path, variable, otherwise string, optional bool) string {
	value, set := f.env(variable)
	switch {
	case optional && value == "":
		value = otherwise
	case !set:
		f.Add(path, "the environment variable %s is not set", variable)
	}
	f.expanded = append(f.expanded, expansion{path, variable, value})
	return value
}
