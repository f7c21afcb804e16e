package expr

// create is new ... of the three things that the subset can make: an array of
// strings, a JProperty and a JObject of them.
type create struct {
	position
	class string // empty for an array
	args  []node
}

const onlyThese = `"new" is outside the subset of C# that revocheck runs, but for arrays of strings, JObject and JProperty`

// creation reads what follows the word new.
func (p *parser) creation(t token) (node, error) {
	n := &create{position: position(t.offset)}
	var err error
	switch next := p.take(); {
	case next.text == "JObject" || next.text == "JProperty":
		n.class = next.text
		if err = p.expect("("); err == nil {
			n.args, err = p.arguments()
		}
		return n, err
	case next.is("[") && p.accept("]"), next.text == "string" && p.accept("[") && p.accept("]"):
		n.args, err = p.elements()
		return n, err
	}
	return nil, errorAt(t.offset, onlyThese)
}

// elements reads { a, b }.
func (p *parser) elements() ([]node, error) {
	if err := p.expect("{"); err != nil {
		return nil, err
	}
	var list []node
	for !p.accept("}") {
		e, err := p.expression()
		if err != nil {
			return nil, err
		}
		list = append(list, e)
		if !p.accept(",") && !p.peek().is("}") {
			return nil, errorAt(p.peek().offset, "} is expected, not %s", p.peek())
		}
	}
	return list, nil
}

func (c *compiler) create(n *create) (code, error) {
	switch n.class {
	case "JObject":
		return c.listOf(n, jPropertyType, jObjectType, newJObject)
	case "JProperty":
		return c.jProperty(n)
	}
	return c.listOf(n, String, Strings, func(values []any) (any, error) {
		list := make([]string, len(values))
		for i, v := range values {
			list[i] = Text(v)
		}
		return list, nil
	})
}

// listOf makes something of values of one type.
func (c *compiler) listOf(n *create, of, typ Type, build func([]any) (any, error)) (code, error) {
	args := make([]code, len(n.args))
	for i, a := range n.args {
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
		return made, located(err, n.at())
	}}, nil
}

func (c *compiler) jProperty(n *create) (code, error) {
	if len(n.args) != 2 {
		return code{}, errorAt(n.at(), "new JProperty takes a name and a value")
	}
	name, err := c.wanted(n.args[0], String)
	if err != nil {
		return code{}, err
	}
	value, err := c.node(n.args[1])
	if err != nil {
		return code{}, err
	}
	if !jsonTypes[underlying(value.typ)] {
		return code{}, errorAt(n.args[1].at(), "a %s as the value of a JProperty is outside the subset", value.typ)
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
