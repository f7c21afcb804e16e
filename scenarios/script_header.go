package scenarios

import (
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/revocheck/revocheck/report"
)

var idForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*$`)

// headerKeys are the keys of a script's header and what each sets.
var headerKeys = map[string]func(*Scenario, string) error{
	"id":           setID,
	"title":        func(s *Scenario, v string) error { s.Title = v; return nil },
	"level":        func(s *Scenario, v string) error { return s.Level.UnmarshalText([]byte(v)) },
	"requirement":  func(s *Scenario, v string) error { s.Requirement = v; return nil },
	"refs":         func(s *Scenario, v string) error { s.Refs = splitList(v, ";"); return nil },
	"needs":        setNeeds,
	"profile":      setProfile,
	"fix":          func(s *Scenario, v string) error { s.Fix = v; return nil },
	"alone":        func(s *Scenario, v string) error { return setYes(&s.Alone, v) },
	"algorithms":   func(s *Scenario, v string) error { return setAll(&s.PerAlgorithm, v) },
	"uncontrolled": func(s *Scenario, v string) error { s.Uncontrolled = v; return nil },
}

func setID(s *Scenario, v string) error {
	if !idForm.MatchString(v) {
		return fmt.Errorf("%q is not an ID: group/name, in lower case, with dashes", v)
	}
	s.ID = v
	return nil
}

func setNeeds(s *Scenario, v string) error {
	for _, n := range splitList(v, ",") {
		if !Capability(n).known() {
			return fmt.Errorf("%q is no capability: one of %v", n, Capabilities())
		}
		s.Needs = append(s.Needs, Capability(n))
	}
	return nil
}

func setProfile(s *Scenario, v string) error {
	if _, ok := Profiles()[Profile(v)]; !ok {
		return fmt.Errorf("%q is no profile: wire or full", v)
	}
	s.Profile = Profile(v)
	return nil
}

func setYes(into *bool, v string) error {
	if v != "yes" {
		return fmt.Errorf("it is either left out or yes, not %q", v)
	}
	*into = true
	return nil
}

func setAll(into *bool, v string) error {
	if v != "all" {
		return fmt.Errorf("it is either left out or all, not %q", v)
	}
	*into = true
	return nil
}

func splitList(v, sep string) []string {
	var list []string
	for _, part := range strings.Split(v, sep) {
		if part = strings.TrimSpace(part); part != "" {
			list = append(list, part)
		}
	}
	return list
}

// LoadScript reads a script and makes sure, without sending anything, that it
// can be run and that its verdict would be worth something: verbs, names and
// options are known, and every refusal has its controls. Errors name file and
// line.
func LoadScript(file string, r io.Reader) (Scenario, error) {
	script, err := ParseScript(file, r)
	if err != nil {
		return Scenario{}, err
	}
	s, err := script.scenario()
	if err != nil {
		return Scenario{}, err
	}
	steps, err := script.compile(s.Needs)
	if err != nil {
		return Scenario{}, err
	}
	s.Run = func(p *Play) { playScript(p, steps) }
	return s, checkScript(script, s)
}

func (s *Script) scenario() (Scenario, error) {
	sc := Scenario{Source: s.File, Profile: Wire, Level: report.Must}
	for _, key := range slices.Sorted(maps.Keys(s.Header)) {
		set, ok := headerKeys[key]
		if !ok {
			return sc, s.errorAt(s.lines[key], "unknown header %q: one of %v", key, slices.Sorted(maps.Keys(headerKeys)))
		}
		if err := set(&sc, s.Header[key]); err != nil {
			return sc, s.errorAt(s.lines[key], "header %s: %v", key, err)
		}
	}
	for _, key := range []string{"id", "title", "level", "requirement", "refs"} {
		if s.Header[key] == "" {
			return sc, s.errorAt(1, "header %q is missing", key)
		}
	}
	return sc, nil
}

// checkScript plays the script in the plan, where every answer is the wanted
// one, and looks at what it would have proved.
func checkScript(script *Script, s Scenario) error {
	p := newPlanPlay(s, planContract(s.Needs), nil)
	if st, stopped := catch(func() { s.Run(p) }); stopped {
		return script.errorAt(p.line, "%s%s", st.why, needHint(st))
	}
	if s.Uncontrolled != "" {
		return nil
	}
	if u := uncontrolled(p.trail); u != nil {
		return script.errorAt(u.line, "%s (or say why not with an uncontrolled: header)", u.what)
	}
	return nil
}

func needHint(st stop) string {
	if st.undeclared == "" {
		return ""
	}
	return fmt.Sprintf(" (add %q to needs:)", st.undeclared)
}
