package script

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/revocheck/revocheck/scenarios"
)

// verb is a step that scripts can take.
type verb struct {
	// Usage shows the form of the step and says what it does.
	Usage string
	args  int // how many arguments, at the least
	more  int // how many more may follow
	opts  []string
	into  bool // names a new token
	// needs is what the step cannot do without; empty for most.
	needs scenarios.Capability
	// compile checks the words and gives what the step does.
	compile func(statement) (func(*player), error)
}

// step is a compiled statement.
type step struct {
	statement
	do func(*player)
}

// Usage lists the verbs of scripts with their forms.
func Usage() []string {
	var list []string
	for _, name := range slices.Sorted(maps.Keys(verbs)) {
		list = append(list, verbs[name].Usage)
	}
	return list
}

func (s *text) compile(needs []scenarios.Capability) ([]step, error) {
	steps := make([]step, 0, len(s.Steps))
	names := map[string]bool{"none": true}
	for _, st := range s.Steps {
		do, err := compileStatement(st, names)
		if err != nil {
			return nil, s.errorAt(st.Line, "%v", err)
		}
		if missing := st.missing(needs); missing != "" {
			return nil, s.errorAt(st.Line, "%q cannot be done at every target (add %q to needs:)", st.Text, missing)
		}
		steps = append(steps, step{st, do})
	}
	return steps, nil
}

func compileStatement(st statement, names map[string]bool) (func(*player), error) {
	v, ok := verbs[st.Verb]
	if !ok {
		return nil, fmt.Errorf("unknown verb %q: one of %v", st.Verb, slices.Sorted(maps.Keys(verbs)))
	}
	if n := len(st.Args); n < v.args || n > v.args+v.more {
		return nil, fmt.Errorf("%q has the wrong number of words: %s", st.Text, v.Usage)
	}
	for key := range st.Opts {
		if !slices.Contains(v.opts, key) {
			return nil, fmt.Errorf("unknown option %s=: %s", key, v.Usage)
		}
	}
	if v.into != (st.Into != "") {
		return nil, fmt.Errorf("%q: %s", st.Text, v.Usage)
	}
	if err := checkNames(st, names); err != nil {
		return nil, err
	}
	return v.compile(st)
}

// missing is what a step needs and the header does not name; empty if nothing.
func (st statement) missing(needs []scenarios.Capability) scenarios.Capability {
	lacks := func(c scenarios.Capability) bool { return !slices.Contains(needs, c) }
	switch replica := st.Opts["replica"]; {
	case verbs[st.Verb].needs != "" && lacks(verbs[st.Verb].needs):
		return verbs[st.Verb].needs
	case replica != "" && replica != "1" && replica != everyReplica && lacks(scenarios.Replicas) && lacks(scenarios.NewReplica):
		return scenarios.Replicas
	}
	return ""
}

// checkNames sees to it that tokens are named before they are used: names are
// upper-case words, other words are not.
func checkNames(st statement, names map[string]bool) error {
	for _, a := range append(slices.Clone(st.Args), st.Opts["with"]) {
		if isName(a) && !names[a] {
			return fmt.Errorf("no earlier step names a token %s", a)
		}
	}
	if st.Into == "" {
		return nil
	}
	if !isName(st.Into) {
		return fmt.Errorf("%q is not a name for a token: upper-case letters and digits", st.Into)
	}
	if names[st.Into] {
		return fmt.Errorf("%s is the name of another token already", st.Into)
	}
	names[st.Into] = true
	return nil
}

func isName(s string) bool {
	return s != "" && s[0] >= 'A' && s[0] <= 'Z' && strings.ToUpper(s) == s
}

func oneWord[T ~string](word string, allowed ...T) (T, error) {
	if !slices.Contains(allowed, T(word)) {
		return "", fmt.Errorf("%q is none of %v", word, allowed)
	}
	return T(word), nil
}

func count(opts map[string]string, key string) (int, error) {
	if opts[key] == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(opts[key])
	if err != nil || n < 1 || n > 1000 {
		return 0, fmt.Errorf("%s=%s: a number from 1 to 1000", key, opts[key])
	}
	return n - 1, nil
}

func positive(word string) (time.Duration, error) {
	d, err := time.ParseDuration(word)
	if err != nil || d <= 0 {
		return 0, fmt.Errorf("%q is no time: a number with a unit, such as 61s or 1h", word)
	}
	return d, nil
}
