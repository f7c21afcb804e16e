package expr

import "github.com/revocheck/revocheck/reference/apim/expr/syntax"

// step runs one statement; done says that it returned.
type step func(f *frame) (value any, done bool, err error)

// body compiles the statements of @{ ... }, all of whose paths must return.
func (c *compiler) body(stmts []syntax.Statement) (code, error) {
	b := &bodyCompiler{compiler: c}
	// The first pass learns the type of each return, the second converts all
	// of them to the one that fits.
	if err := b.learn(stmts); err != nil {
		return code{}, err
	}
	run, returns, err := b.block(stmts)
	if err != nil {
		return code{}, err
	}
	if !returns {
		return code{}, syntax.ErrorAt(0, "not every path through the body returns a value")
	}
	return code{b.result, func(f *frame) (any, error) {
		v, _, err := run(f)
		return v, err
	}}, nil
}

type bodyCompiler struct {
	*compiler
	learning bool
	result   Type // of the returns so far
}

func (b *bodyCompiler) learn(stmts []syntax.Statement) error {
	b.learning = true
	_, _, err := b.block(stmts)
	b.learning = false
	b.locals, b.slots = nil, 0
	return err
}

// block compiles statements in a scope of their own, and reports whether they
// always return.
func (b *bodyCompiler) block(stmts []syntax.Statement) (step, bool, error) {
	outer := len(b.locals)
	defer func() { b.locals = b.locals[:outer] }()
	var steps []step
	returns := false
	for _, s := range stmts {
		if returns {
			return nil, false, syntax.ErrorAt(s.At(), "this statement is never reached")
		}
		run, always, err := b.statement(s)
		if err != nil {
			return nil, false, err
		}
		steps, returns = append(steps, run), always
	}
	return inOrder(steps), returns, nil
}

func inOrder(steps []step) step {
	return func(f *frame) (any, bool, error) {
		for _, run := range steps {
			if v, done, err := run(f); done || err != nil {
				return v, done, err
			}
		}
		return nil, false, nil
	}
}

func (b *bodyCompiler) statement(s syntax.Statement) (step, bool, error) {
	switch s := s.(type) {
	case *syntax.Block:
		return b.block(s.Body)
	case *syntax.IfStatement:
		return b.ifElse(s)
	case *syntax.ReturnStatement:
		run, err := b.returned(s)
		return run, true, err
	case *syntax.Declaration:
		run, err := b.declare(s)
		return run, false, err
	case *syntax.Assignment:
		run, err := b.assign(s)
		return run, false, err
	case *syntax.CallStatement:
		v, err := b.node(s.Of)
		return dropped(v), false, err
	}
	return nil, false, syntax.ErrorAt(s.At(), "the statement is outside the subset")
}

func dropped(v code) step {
	return func(f *frame) (any, bool, error) {
		_, err := v.eval(f)
		return nil, false, err
	}
}

func (b *bodyCompiler) returned(s *syntax.ReturnStatement) (step, error) {
	v, err := b.node(s.Value)
	if err != nil {
		return nil, err
	}
	if b.learning {
		err = b.widen(v, s.At())
	} else {
		v, err = assign(v, b.result, s.At())
	}
	if err != nil {
		return nil, err
	}
	return func(f *frame) (any, bool, error) {
		value, err := v.eval(f)
		return value, true, err
	}, nil
}

// widen makes the result a type that this return converts to as well.
func (b *bodyCompiler) widen(v code, at int) error {
	if b.result == "" {
		b.result = v.typ
		return nil
	}
	both, _, err := unify(code{typ: b.result}, code{typ: v.typ}, at)
	if err == nil {
		b.result = both.typ
	}
	return err
}

func (b *bodyCompiler) ifElse(s *syntax.IfStatement) (step, bool, error) {
	test, err := b.wanted(s.Test, Bool)
	if err != nil {
		return nil, false, err
	}
	yes, yesReturns, err := b.block(s.Yes)
	if err != nil {
		return nil, false, err
	}
	no, noReturns, err := b.block(s.Else)
	if err != nil {
		return nil, false, err
	}
	return func(f *frame) (any, bool, error) {
		ok, err := test.eval(f)
		if err != nil {
			return nil, false, err
		}
		if ok.(bool) {
			return yes(f)
		}
		return no(f)
	}, yesReturns && noReturns, nil
}

func (b *bodyCompiler) declare(s *syntax.Declaration) (step, error) {
	v, err := b.initial(s)
	if err != nil {
		return nil, err
	}
	for _, l := range b.locals {
		if l.name == s.Name {
			return nil, syntax.ErrorAt(s.At(), "%q is declared twice", s.Name)
		}
	}
	slot := b.slots
	b.slots++
	b.locals = append(b.locals, local{s.Name, v.typ, slot})
	return store(v, slot), nil
}

// initial is what a variable holds at first. That C# refuses to read one that
// was never assigned is not checked.
func (b *bodyCompiler) initial(s *syntax.Declaration) (code, error) {
	typ := s.Type
	if typ != "" {
		var err error
		if typ, err = named(typ, s.At()); err != nil {
			return code{}, err
		}
	}
	if s.Init == nil {
		return code{typ, func(*frame) (any, error) { return zero(typ), nil }}, nil
	}
	v, err := b.node(s.Init)
	switch {
	case err != nil:
		return code{}, err
	case typ != "":
		return assign(v, typ, s.At())
	case v.typ == Null:
		return code{}, syntax.ErrorAt(s.At(), "var needs a value whose type is known, not null")
	}
	return v, nil
}

func (b *bodyCompiler) assign(s *syntax.Assignment) (step, error) {
	for _, l := range b.locals {
		if l.name != s.Name {
			continue
		}
		v, err := b.wanted(s.Value, l.typ)
		return store(v, l.slot), err
	}
	return nil, syntax.ErrorAt(s.At(), "%q is not a local variable", s.Name)
}

func store(v code, slot int) step {
	return func(f *frame) (any, bool, error) {
		value, err := v.eval(f)
		if err == nil {
			f.slots[slot] = value
		}
		return nil, false, err
	}
}
