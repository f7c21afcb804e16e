package expr

import (
	"errors"
	"strings"

	"github.com/revocheck/revocheck/reference/apim/expr/syntax"
)

func (c *compiler) call(n *syntax.Call) (code, error) {
	c.members[n.Of.Name] = true
	arguments := positional(n)
	if len(arguments) == 1 {
		if l, ok := arguments[0].(*syntax.Lambda); ok {
			return c.query(n, l)
		}
	}
	args := make([]code, len(arguments))
	for i, a := range arguments {
		var err error
		if args[i], err = c.argument(a, n.Of.Name); err != nil {
			return code{}, err
		}
	}
	if class, ok := c.className(n.Of.Of); ok {
		return c.invoke(n, class, statics[class][n.Of.Name], code{eval: noReceiver}, args)
	}
	of, err := c.receiver(n.Of.Of, n.Of.Conditional, n.At())
	if err != nil {
		return code{}, err
	}
	if n.Of.Name == "GetValueOrDefault" && of.typ == variablesType {
		return variable(n, of, args)
	}
	if n.Of.TypeArg != "" {
		return code{}, syntax.ErrorAt(n.At(), "%s of %s takes no type argument in the subset", n.Of.Name, of.typ)
	}
	if n.Of.Name == "GetValueOrDefault" && of.typ.Underlying() != of.typ && len(args) == 1 {
		return coalesce(of, args[0], n.At())
	}
	return c.invoke(n, string(of.typ), methods[of.typ][n.Of.Name], of, args)
}

func (c *compiler) argument(n syntax.Node, method string) (code, error) {
	if out, ok := n.(*syntax.OutArgument); ok {
		return c.out(out, outTypes[method])
	}
	return c.node(n)
}

// positional are the arguments without their names. The one pair of parameters
// that people name in another order than they stand is that of GetValueOrDefault.
func positional(n *syntax.Call) []syntax.Node {
	args, names := make([]syntax.Node, len(n.Args)), make([]string, len(n.Args))
	for i, a := range n.Args {
		args[i] = a
		if given, ok := a.(*syntax.NamedArgument); ok {
			args[i], names[i] = given.Of, given.Name
		}
	}
	if len(args) == 2 && names[0] == "defaultValue" && names[1] != "" {
		args[0], args[1] = args[1], args[0]
	}
	return args
}

func noReceiver(*frame) (any, error) { return struct{}{}, nil }

// invoke picks the overload and binds the arguments.
func (c *compiler) invoke(n *syntax.Call, owner string, overloads []method, of code, args []code) (code, error) {
	if len(overloads) == 0 {
		return code{}, syntax.ErrorAt(n.At(), "%s has no method %q in the subset of C# that revocheck runs", owner, n.Of.Name)
	}
	for _, m := range overloads {
		if bound, ok := m.bind(args); ok {
			return code{m.result, m.run(n, of, bound)}, nil
		}
	}
	return code{}, syntax.ErrorAt(n.At(), "no %s of %s takes (%s)", n.Of.Name, owner, typeList(args))
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

func (m method) run(n *syntax.Call, of code, args []code) evaluator {
	return func(f *frame) (any, error) {
		v, err := notNull(of, f, n.Of.Conditional, n.At())
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
		return result, located(err, n.At())
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
	return syntax.ErrorAt(at, "%s", err)
}

// variable compiles context.Variables.GetValueOrDefault<T>(name, default). The
// type is the argument's, or the default's, or object.
func variable(n *syntax.Call, of code, args []code) (code, error) {
	typ := n.Of.TypeArg
	if len(args) == 0 || len(args) > 2 || args[0].typ != String {
		return code{}, syntax.ErrorAt(n.At(), "GetValueOrDefault takes the name of a variable and a default")
	}
	if typ != "" {
		known, err := named(typ, n.At())
		if err != nil {
			return code{}, err
		}
		typ = known
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
		if other, err = assign(args[1], typ, n.At()); err != nil {
			return code{}, err
		}
	}
	return code{typ, variableEval(n, of, args[0], other, typ)}, nil
}

func variableEval(n *syntax.Call, of, key, other code, typ Type) evaluator {
	return func(f *frame) (any, error) {
		variables, err := notNull(of, f, n.Of.Conditional, n.At())
		if err != nil {
			return nil, err
		}
		k, err := key.eval(f)
		if err != nil {
			return nil, err
		}
		v, ok := variables.(map[string]any)[Text(k)]
		if unknown, is := v.(Opaque); is {
			return nil, &OpaqueError{unknown}
		}
		if !ok || v == nil {
			return other.eval(f)
		}
		if typ == Object {
			return v, nil
		}
		return castValue(v, Object, typ, n.At())
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
