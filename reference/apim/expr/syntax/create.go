package syntax

// Create is new ... of the three things that the subset can make: an array of
// strings, a JProperty and a JObject of them.
type Create struct {
	Position
	Class string // empty for an array
	Args  []Node
}

const onlyThese = `"new" is outside the subset of C# that revocheck runs, but for arrays of strings, JObject and JProperty`

// creation reads what follows the word new.
func (p *parser) creation(t token) (Node, error) {
	n := &Create{Position: Position(t.offset)}
	var err error
	switch next := p.take(); {
	case next.text == "JObject" || next.text == "JProperty":
		n.Class = next.text
		if err = p.expect("("); err == nil {
			n.Args, err = p.arguments()
		}
		return n, err
	case next.is("[") && p.accept("]"), next.text == "string" && p.accept("[") && p.accept("]"):
		n.Args, err = p.elements()
		return n, err
	case next.text == "char" && p.accept("[") && p.accept("]"):
		n.Class = "char"
		n.Args, err = p.elements()
		return n, err
	}
	return nil, ErrorAt(t.offset, onlyThese)
}

// elements reads { a, b }.
func (p *parser) elements() ([]Node, error) {
	if err := p.expect("{"); err != nil {
		return nil, err
	}
	var list []Node
	for !p.accept("}") {
		e, err := p.expression()
		if err != nil {
			return nil, err
		}
		list = append(list, e)
		if !p.accept(",") && !p.peek().is("}") {
			return nil, unexpected(p.peek(), "} is expected, not %s")
		}
	}
	return list, nil
}
