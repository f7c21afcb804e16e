package expr

import (
	"errors"
	"strings"
)

func (c *compiler) call(n *call) (code, error) {
	c.members[n.of.name] = true
	args := make([]code, len(n.args))
	for i, a := range n.args {
		var err error
		if args[i], err = c.argument(a, n.of.name); err != nil {
			return code{}, err
		}
	}
	if class, ok := c.className(n.of.of); ok {
		return c.invoke(n, class, statics[class][n.of.name], code{eval: noReceiver}, args)
	}
	of, err := c.receiver(n.of.of, n.of.conditional, n.at())
	if err != nil {
		return code{}, err
	}
	if n.of.name == "GetValueOrDefault" && of.typ == variablesType {
		return variable(n, of, args)
	}
	if n.of.typeArg != "" {
		return code{}, errorAt(n.at(), "%s of %s takes no type argument in the subset", n.of.name, of.typ)
	}
	if n.of.name == "GetValueOrDefault" && underlying(of.typ) != of.typ && len(args) == 1 {
		return coalesce(of, args[0], n.at())
	}
	return c.invoke(n, string(of.typ), methods[of.typ][n.of.name], of, args)
}

func (c *compiler) argument(n node, method string) (code, error) {
	if out, ok := n.(*outArgument); ok {
		return c.out(out, outTypes[method])
	}
	return c.node(n)
}

func noReceiver(*frame) (any, error) { return struct{}{}, nil }

// invoke picks the overload and binds the arguments.
func (c *compiler) invoke(n *call, owner string, overloads []method, of code, args []code) (code, error) {
	if len(overloads) == 0 {
		return code{}, errorAt(n.at(), "%s has no method %q in the subset of C# that revocheck runs", owner, n.of.name)
	}
	for _, m := range overloads {
		if bound, ok := m.bind(args); ok {
			return code{m.result, m.run(n, of, bound)}, nil
		}
	}
	return code{}, errorAt(n.at(), "no %s of %s takes (%s)", n.of.name, owner, typeList(args))
}

func typeList(args []code) string {
	names := make([]string, len(args))
	for i, a := range args {
		names[i] = string(a.typ)
	}
	return strings.Join(names, ", ")
}

// bind converts the arguments to the parameters, if they convert.
func (m method) bind(args []code) ([]code, bool) {
	if len(args) != len(m.params) && !(m.variadic && len(args) >= len(m.params)) {
		return nil, false
	}
	bound := make([]code, len(args))
	for i, a := range args {
		var err error
		if bound[i], err = assign(a, m.params[min(i, len(m.params)-1)], 0); err != nil {
			return nil, false
		}
	}
	return bound, true
}

func (m method) run(n *call, of code, args []code) evaluator {
	return func(f *frame) (any, error) {
		v, err := notNull(of, f, n.of.conditional, n.at())
		if err != nil {
			return nil, err
		}
		values := make([]any, len(args))
		for i, a := range args {
			if values[i], err = a.eval(f); err != nil {
				return nil, err
			}
		}
		result, err := m.call(f, v, values)
		return result, located(err, n.at())
	}
}

// located gives an error of a method the place of its call.
func located(err error, at int) error {
	if err == nil {
		return nil
	}
	var known *Error
	if errors.As(err, &known) {
		return err
	}
	return errorAt(at, "%s", err)
}

// variable compiles context.Variables.GetValueOrDefault<T>(name, default). The
// type is the argument's, or the default's, or object.
func variable(n *call, of code, args []code) (code, error) {
	typ := n.of.typeArg
	if len(args) == 0 || len(args) > 2 || args[0].typ != String {
		return code{}, errorAt(n.at(), "GetValueOrDefault takes the name of a variable and a default")
	}
	if typ == "" && len(args) == 2 && args[1].typ != Null {
		typ = args[1].typ
	}
	if typ == "" {
		typ = Object
	}
	other := code{typ, func(*frame) (any, error) { return zero(typ), nil }}
	if len(args) == 2 {
		var err error
		if other, err = assign(args[1], typ, n.at()); err != nil {
			return code{}, err
		}
	}
	return code{typ, variableEval(n, of, args[0], other, typ)}, nil
}

func variableEval(n *call, of, key, other code, typ Type) evaluator {
	return func(f *frame) (any, error) {
		variables, err := notNull(of, f, n.of.conditional, n.at())
		if err != nil {
			return nil, err
		}
		k, err := key.eval(f)
		if err != nil {
			return nil, err
		}
		v, ok := variables.(map[string]any)[Text(k)]
		if !ok || v == nil {
			return other.eval(f)
		}
		if typ == Object {
			return v, nil
		}
		return castValue(v, Object, typ, n.at())
	}
}

// zero is default(T).
func zero(t Type) any {
	switch t {
	case Int:
		return int32(0)
	case Long:
		return int64(0)
	case Double:
		return float64(0)
	case Bool:
		return false
	}
	return nil
}
