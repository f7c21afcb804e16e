package remote

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
	// Key is the place in the file, such as "routes[0].path"; empty when the
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

// Problems is all that is wrong with a target file, in the order of its lines.
type Problems []Problem

// Error has one line for each problem.
func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, one := range p {
		lines[i] = one.String()
	}
	return strings.Join(lines, "\n")
}

// add notes what is wrong at a YAML path, such as "$.routes[0].path".
func (d *document) add(path, what string, args ...any) {
	key := strings.TrimPrefix(strings.TrimPrefix(path, "$"), ".")
	d.problems = append(d.problems, Problem{d.file, d.line(path), key, d.discreet(path, fmt.Sprintf(what, args...))})
	d.wrong = append(d.wrong, path)
}

// line is where the path is in the file or, for what is missing, where its
// nearest parent is.
func (d *document) line(path string) int {
	for {
		if line := d.lines[path]; line > 0 {
			return line
		}
		cut := strings.LastIndexAny(path, ".[")
		if cut <= 0 {
			return 1
		}
		path = path[:cut]
	}
}

// known reports whether a problem was found at the path or above it: what
// follows from it is not worth a line.
func (d *document) known(path string) bool {
	return slices.ContainsFunc(d.wrong, func(w string) bool { return w == path || below(path, w) })
}

func below(path, parent string) bool {
	return strings.HasPrefix(path, parent+".") || strings.HasPrefix(path, parent+"[")
}

// userinfo is the part of a URL that may hold a password.
var userinfo = regexp.MustCompile(`//[^/\s"]*@`)

// telling is how long a value has to be to be looked for in every message: a
// shorter one would be found by chance.
const telling = 4

// discreet keeps values that came from the environment out of a message.
func (d *document) discreet(path, what string) string {
	for _, e := range d.expanded {
		near := e.path == path || below(e.path, path) || below(path, e.path)
		if e.value == "" || !near && len(e.value) < telling {
			continue
		}
		quoted := strings.Trim(fmt.Sprintf("%q", e.value), `"`)
		what = strings.ReplaceAll(what, e.value, "${"+e.name+"}")
		what = strings.ReplaceAll(what, quoted, "${"+e.name+"}")
	}
	return userinfo.ReplaceAllString(what, "//")
}

// err is the problems in the order of the file; nil if there is none.
func (d *document) err() error {
	if len(d.problems) == 0 {
		return nil
	}
	slices.SortStableFunc(d.problems, func(a, b Problem) int { return a.Line - b.Line })
	return d.problems
}
