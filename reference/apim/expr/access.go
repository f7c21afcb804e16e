package expr

import "github.com/revocheck/revocheck/reference/apim/expr/syntax"

// className reports whether a node names a class and not a value.
func (c *compiler) className(n syntax.Node) (string, bool) {
	switch n := n.(type) {
	case *syntax.Name:
		_, known := statics[n.Name]
		return n.Name, known
	case *syntax.Member:
		_, known := statics[n.Name]
		return n.Name, known && namespace(n.Of)
	}
	return "", false
}

// namespace reports whether a node is System, or a namespace in it.
func namespace(n syntax.Node) bool {
	switch n := n.(type) {
	case *syntax.Name:
		return n.Name == "System"
	case *syntax.Member:
		return namespace(n.Of)
	}
	return false
}

func (c *compiler) member(n *syntax.Member) (code, error) {
	c.members[n.Name] = true
	if class, ok := c.className(n.Of); ok {
		p, ok := staticProperties[class][n.Name]
		if !ok {
			return code{}, syntax.ErrorAt(n.At(), "%s has no member %q in the subset of C# that revocheck runs", class, n.Name)
		}
		return code{p.typ, func(f *frame) (any, error) { return p.get(f, nil), nil }}, nil
	}
	of, err := c.receiver(n.Of, n.Conditional, n.At())
	if err != nil {
		return code{}, err
	}
	if p, ok := nullableProperty(of.typ, n.Name); ok {
		return nullableMember(of, p, n), nil
	}
	p, ok := properties[of.typ][n.Name]
	if !ok {
		return code{}, syntax.ErrorAt(n.At(), "%s has no member %q in the subset of C# that revocheck runs", of.typ, n.Name)
	}
	return code{p.typ, func(f *frame) (any, error) {
		v, err := notNull(of, f, n.Conditional, n.At())
		if err != nil {
			return nil, err
		}
		return p.get(f, v), nil
	}}, nil
}

// receiver compiles what stands before a dot. Behind ?. a T? is a T.
func (c *compiler) receiver(n syntax.Node, conditional bool, at int) (code, error) {
	of, err := c.node(n)
	if err != nil || !conditional {
		return of, err
	}
	if !isNullable(of.typ) {
		return code{}, syntax.ErrorAt(at, "?. needs a value that can be null, not a %s", of.typ)
	}
	return code{of.typ.Underlying(), of.eval}, nil
}

// notNull runs a receiver; null skips the chain behind ?., and throws elsewhere.
func notNull(of code, f *frame, conditional bool, at int) (any, error) {
	v, err := of.eval(f)
	if err != nil || v != nil {
		return v, err
	}
	if conditional {
		return nil, errShort
	}
	return nil, syntax.ErrorAt(at, "NullReferenceException: a member of null is used")
}

// nullableProperty is the type of .Value or .HasValue of a T?.
func nullableProperty(of Type, name string) (Type, bool) {
	switch {
	case of.Underlying() == of:
		return "", false
	case name == "Value":
		return of.Underlying(), true
	case name == "HasValue":
		return Bool, true
	}
	return "", false
}

func nullableMember(of code, result Type, n *syntax.Member) code {
	return code{result, func(f *frame) (any, error) {
		v, err := of.eval(f)
		switch {
		case err != nil:
			return nil, err
		case n.Name == "HasValue":
			return v != nil, nil
		case v == nil:
			return nil, syntax.ErrorAt(n.At(), "InvalidOperationException: Value of null")
		}
		return v, nil
	}}
}

func (c *compiler) index(n *syntax.Index) (code, error) {
	of, err := c.receiver(n.Of, n.Conditional, n.At())
	if err != nil {
		return code{}, err
	}
	at, ok := indexers[of.typ]
	if !ok {
		return code{}, syntax.ErrorAt(n.At(), "a %s has no indexer in the subset of C# that revocheck runs", of.typ)
	}
	key, err := c.wanted(n.Key, at.key)
	if err != nil {
		return code{}, err
	}
	return code{at.result, func(f *frame) (any, error) {
		v, err := notNull(of, f, n.Conditional, n.At())
		if err != nil {
			return nil, err
		}
		k, err := key.eval(f)
		if err != nil {
			return nil, err
		}
		value, found := at.get(v, k)
		if unknown, is := value.(Opaque); is {
			return nil, &OpaqueError{unknown}
		}
		if !found {
			return nil, syntax.ErrorAt(n.At(), "the key or index is not in the %s", of.typ)
		}
		return value, nil
	}}, nil
}

type indexer struct {
	key, result Type
	get         func(of, key any) (any, bool)
}

var indexers = map[Type]indexer{
	headersType: {String, Strings, func(of, key any) (any, bool) {
		v, ok := of.(dictionary).get(Text(key))
		return v, ok
	}},
	matchedType: {String, String, func(of, key any) (any, bool) {
		v, ok := of.(map[string]string)[Text(key)]
		return v, ok
	}},
	variablesType: {String, Object, func(of, key any) (any, bool) {
		v, ok := of.(map[string]any)[Text(key)]
		return v, ok
	}},
	Strings: {Int, String, func(of, key any) (any, bool) {
		list, i := of.([]string), integer(key)
		if i < 0 || i >= int64(len(list)) {
			return nil, false
		}
		return list[i], true
	}},
	String: {Int, CharType, func(of, key any) (any, bool) {
		runes, i := []rune(of.(string)), integer(key)
		if i < 0 || i >= int64(len(runes)) {
			return nil, false
		}
		return Char(runes[i]), true
	}},
}
