package targetfile

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Problem is one thing wrong with a target file.
type Problem struct {
	File string
	Line int // from 1
	// Key is where in the file, such as "routes[0].path"; empty when the
	// file as a whole is meant.
	Key  string
	What string
}

// String is "file:line: key: what".
func (p Problem) String() string {
	if p.Key == "" {
		return fmt.Sprintf("%s:%d: %s", p.File, p.Line, p.What)
	}
	return fmt.Sprintf("%s:%d: %s: %s", p.File, p.Line, p.Key, p.What)
}

// Problems are all that is wrong with a target file, in the order of its lines.
type Problems []Problem

// Error has one line for each problem.
func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, one := range p {
		lines[i] = one.String()
	}
	return strings.Join(lines, "\n")
}

// Add notes what is wrong at a YAML path, such as "routes[0].path".
func (f *File) Add(path, what string, args ...any) {
	key := strings.TrimPrefix(strings.TrimPrefix(path, "$"), ".")
	f.problems = append(f.problems, Problem{f.name, f.line(path), key, f.discreet(path, fmt.Sprintf(what, args...))})
	f.wrong[path] = true
}

// line is where the path is in the file or, for what is missing, where its
// nearest parent is.
func (f *File) line(path string) int {
	for {
		if line := f.lines[path]; line > 0 {
			return line
		}
		cut := strings.LastIndexAny(path, ".[")
		if cut <= 0 {
			return 1
		}
		path = path[:cut]
	}
}

// Wrong reports whether a problem was found at the path or above it: what
// follows from it is not worth a line.
func (f *File) Wrong(path string) bool {
	for path != "" && !f.wrong[path] {
		path = path[:max(0, strings.LastIndexAny(path, ".["))]
	}
	return f.wrong[path]
}

func below(path, parent string) bool {
	return parent == "" || strings.HasPrefix(path, parent+".") || strings.HasPrefix(path, parent+"[")
}

// userinfo is the part of a URL that may hold a password.
var userinfo = regexp.MustCompile(`//[^/\s"]*@`)

// discreetFrom is how long a value has to be to be looked for in every message: a
// shorter one would be found by chance.
const discreetFrom = 4

// secret are the keys whose values, and those below them, are secrets.
var secret = regexp.MustCompile(`^(users\[\d+\]\.(password|tokens)|headers|(login|logout|(open_)?routes\[\d+\])\.headers|login\.fields|login\.oauth\.(client_secret|parameters)|signing\.key$)`)

// discreet keeps secrets that came from the environment out of a message, and
// what came from it at the very key that the message is about: a secret may stand
// at the wrong one.
func (f *File) discreet(path, what string) string {
	for _, e := range f.expanded {
		here := e.path == path
		if e.value == "" || !here && !secret.MatchString(e.path) || !here && !below(path, e.path) && len(e.value) < discreetFrom {
			continue
		}
		quoted := strings.Trim(fmt.Sprintf("%q", e.value), `"`)
		what = strings.ReplaceAll(what, e.value, "${"+e.name+"}")
		what = strings.ReplaceAll(what, quoted, "${"+e.name+"}")
	}
	return userinfo.ReplaceAllString(what, "//")
}

// Locate says where a key stands, as "file:line", and keeps values that came
// from the environment out of a text about it.
func (f *File) Locate(key, text string) (where, clean string) {
	return fmt.Sprintf("%s:%d", f.name, f.line(key)), f.discreet(key, text)
}

// Err is the problems in the order of the file; nil if there is none.
func (f *File) Err() error {
	if len(f.problems) == 0 {
		return nil
	}
	slices.SortStableFunc(f.problems, func(a, b Problem) int { return a.Line - b.Line })
	return f.problems
}
