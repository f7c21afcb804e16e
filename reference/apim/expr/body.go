package expr

// step runs one statement; done says that it returned.
type step func(f *frame) (value any, done bool, err error)

// body compiles the statements of @{ ... }, all of whose paths must return.
func (c *compiler) body(stmts []statement) (code, error) {
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
		return code{}, errorAt(0, "not every path through the body returns a value")
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

func (b *bodyCompiler) learn(stmts []statement) error {
	b.learning = true
	_, _, err := b.block(stmts)
	b.learning = false
	b.locals, b.slots = nil, 0
	return err
}

// block compiles statements in a scope of their own, and reports whether they
// always return.
func (b *bodyCompiler) block(stmts []statement) (step, bool, error) {
	outer := len(b.locals)
	defer func() { b.locals = b.locals[:outer] }()
	var steps []step
	returns := false
	for _, s := range stmts {
		if returns {
			return nil, false, errorAt(s.at(), "this statement is never reached")
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

func (b *bodyCompiler) statement(s statement) (step, bool, error) {
	switch s := s.(type) {
	case *block:
		return b.block(s.body)
	case *ifStatement:
		return b.ifElse(s)
	case *returnStatement:
		run, err := b.returned(s)
		return run, true, err
	case *declaration:
		run, err := b.declare(s)
		return run, false, err
	case *assignment:
		run, err := b.assign(s)
		return run, false, err
	case *callStatement:
		v, err := b.node(s.of)
		return dropped(v), false, err
	}
	return nil, false, errorAt(s.at(), "the statement is outside the subset")
}

func dropped(v code) step {
	return func(f *frame) (any, bool, error) {
		_, err := v.eval(f)
		return nil, false, err
	}
}

func (b *bodyCompiler) returned(s *returnStatement) (step, error) {
	v, err := b.node(s.value)
	if err != nil {
		return nil, err
	}
	if b.learning {
		err = b.widen(v, s.at())
	} else {
		v, err = assign(v, b.result, s.at())
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

func (b *bodyCompiler) ifElse(s *ifStatement) (step, bool, error) {
	test, err := b.wanted(s.test, Bool)
	if err != nil {
		return nil, false, err
	}
	yes, yesReturns, err := b.block(s.yes)
	if err != nil {
		return nil, false, err
	}
	no, noReturns, err := b.block(s.nay)
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

func (b *bodyCompiler) declare(s *declaration) (step, error) {
	v, err := b.initial(s)
	if err != nil {
		return nil, err
	}
	for _, l := range b.locals {
		if l.name == s.name {
			return nil, errorAt(s.at(), "%q is declared twice", s.name)
		}
	}
	slot := b.slots
	b.slots++
	b.locals = append(b.locals, local{s.name, v.typ, slot})
	return store(v, slot), nil
}

// initial is what a variable holds at first. That C# refuses to read one that
// was never assigned is not checked.
func (b *bodyCompiler) initial(s *declaration) (code, error) {
	if s.init == nil {
		return code{s.typ, func(*frame) (any, error) { return zero(s.typ), nil }}, nil
	}
	v, err := b.node(s.init)
	switch {
	case err != nil:
		return code{}, err
	case s.typ != "":
		return assign(v, s.typ, s.at())
	case v.typ == Null:
		return code{}, errorAt(s.at(), "var needs a value whose type is known, not null")
	}
	return v, nil
}

func (b *bodyCompiler) assign(s *assignment) (step, error) {
	for _, l := range b.locals {
		if l.name != s.name {
			continue
		}
		v, err := b.wanted(s.value, l.typ)
		return store(v, l.slot), err
	}
	return nil, errorAt(s.at(), "%q is not a local variable", s.name)
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
