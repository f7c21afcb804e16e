// Package script reads scenarios that are text files. It may change; the form
// of the files is stable.
package script

import (
	"errors"
	"io"

	"github.com/revocheck/revocheck/scenarios"
)

// Parse reads a script and makes sure, without sending anything, that it can
// be run and that its verdict would be worth something: verbs, names and
// options are known, and every refusal has its controls. An error is a
// *SyntaxError, which names file and line.
func Parse(file string, r io.Reader) (scenarios.Scenario, error) {
	script, err := read(file, r)
	if err != nil {
		return scenarios.Scenario{}, err
	}
	s, err := script.scenario()
	if err != nil {
		return scenarios.Scenario{}, err
	}
	steps, err := script.compile(s.Needs)
	if err != nil {
		return scenarios.Scenario{}, err
	}
	s.Run = func(p *scenarios.Play) { play(p, steps) }
	return s, script.rehearse(s)
}

// rehearse plays the script where nothing is sent and looks at what it would
// have proved.
func (s *text) rehearse(sc scenarios.Scenario) error {
	var bad *scenarios.RehearsalError
	switch err := scenarios.Rehearse(sc); {
	case !errors.As(err, &bad):
		return err
	case bad.Undeclared != "":
		return s.errorAt(bad.Line, "%s (add %q to needs:)", bad.What, bad.Undeclared)
	case bad.Unproven:
		return s.errorAt(bad.Line, "%s (or say why not with an uncontrolled: header)", bad.What)
	default:
		return s.errorAt(bad.Line, "%s", bad.What)
	}
}

// player plays a script: a Play, and the tokens that the script has named.
type player struct {
	*scenarios.Play
	tokens map[string]*scenarios.Token
}

func play(p *scenarios.Play, steps []step) {
	pl := &player{p, map[string]*scenarios.Token{}}
	for _, s := range steps {
		p.AtLine(s.Line, s.Text)
		s.do(pl)
	}
	p.AtLine(0, "")
}

// token is the one of a name; nil for none.
func (p *player) token(name string) *scenarios.Token { return p.tokens[name] }

func (p *player) setToken(name string, t *scenarios.Token) { p.tokens[name] = t }
