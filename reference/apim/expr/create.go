package expr

import "github.com/revocheck/revocheck/reference/apim/expr/syntax"

func (c *compiler) create(n *syntax.Create) (code, error) {
	switch n.Class {
	case "JObject":
		return c.listOf(n, jPropertyType, jObjectType, newJObject)
	case "JProperty":
		return c.jProperty(n)
	}
	if first, ok := firstArgument(n).(*syntax.Literal); n.Class == "char" || ok && first.Type == CharType {
		return c.listOf(n, CharType, chars, func(values []any) (any, error) {
			list := make([]Char, len(values))
			for i, v := range values {
				list[i] = v.(Char)
			}
			return list, nil
		})
	}
	return c.listOf(n, String, Strings, func(values []any) (any, error) {
		list := make([]string, len(values))
		for i, v := range values {
			list[i] = Text(v)
		}
		return list, nil
	})
}

func firstArgument(n *syntax.Create) syntax.Node {
	if len(n.Args) == 0 {
		return nil
	}
	return n.Args[0]
}

// listOf makes something of values of one type.
func (c *compiler) listOf(n *syntax.Create, of, typ Type, build func([]any) (any, error)) (code, error) {
	args := make([]code, len(n.Args))
	for i, a := range n.Args {
		var err error
		if args[i], err = c.wanted(a, of); err != nil {
			return code{}, err
		}
	}
	return code{typ, func(f *frame) (any, error) {
		values := make([]any, len(args))
		for i, a := range args {
			var err error
			if values[i], err = a.eval(f); err != nil {
				return nil, err
			}
		}
		made, err := build(values)
		return made, located(err, n.At())
	}}, nil
}

func (c *compiler) jProperty(n *syntax.Create) (code, error) {
	if len(n.Args) != 2 {
		return code{}, syntax.ErrorAt(n.At(), "new JProperty takes a name and a value")
	}
	name, err := c.wanted(n.Args[0], String)
	if err != nil {
		return code{}, err
	}
	value, err := c.node(n.Args[1])
	if err != nil {
		return code{}, err
	}
	if !jsonTypes[value.typ.Underlying()] {
		return code{}, syntax.ErrorAt(n.Args[1].At(), "a %s as the value of a JProperty is outside the subset", value.typ)
	}
	return code{jPropertyType, func(f *frame) (any, error) {
		k, err := name.eval(f)
		if err != nil {
			return nil, err
		}
		v, err := value.eval(f)
		return jProperty{Text(k), v}, err
	}}, nil
}
