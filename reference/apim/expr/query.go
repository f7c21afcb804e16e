package expr

import "github.com/revocheck/revocheck/reference/apim/expr/syntax"

// query compiles list.Any(x => ...) and its like. What it makes of a list is
// known before a request is: the list is bounded, and so is the work.
func (c *compiler) query(n *syntax.Call, l *syntax.Lambda) (code, error) {
	of, err := c.receiver(n.Of.Of, n.Of.Conditional, n.At())
	if err != nil {
		return code{}, err
	}
	operator, ok := queries[n.Of.Name]
	if !ok || of.typ != Strings {
		return code{}, syntax.ErrorAt(n.At(), "%s of %s with a lambda (=>) is outside the subset of C# that revocheck runs", n.Of.Name, of.typ)
	}
	slot := c.slots
	c.slots++
	c.locals = append(c.locals, local{l.Parameter, String, slot})
	body, err := c.wanted(l.Body, operator.body)
	c.locals = c.locals[:len(c.locals)-1]
	if err != nil {
		return code{}, err
	}
	return code{operator.result, func(f *frame) (any, error) {
		v, err := notNull(of, f, n.Of.Conditional, n.At())
		if err != nil {
			return nil, err
		}
		result, err := operator.run(v.([]string), func(s string) (any, error) {
			f.slots[slot] = s
			return body.eval(f)
		})
		return result, located(err, n.At())
	}}, nil
}

// operator is one of LINQ's, on strings.
type operator struct {
	body, result Type
	run          func(list []string, body func(string) (any, error)) (any, error)
}

var queries = map[string]operator{
	"Any": {Bool, Bool, func(l []string, b func(string) (any, error)) (any, error) {
		m, err := matching(l, b)
		return len(m) > 0, err
	}},
	"All": {Bool, Bool, func(l []string, b func(string) (any, error)) (any, error) {
		m, err := matching(l, b)
		return len(m) == len(l), err
	}},
	"Count": {Bool, Int, func(l []string, b func(string) (any, error)) (any, error) {
		m, err := matching(l, b)
		return int32(len(m)), err
	}},
	"Where":          {Bool, Strings, func(l []string, b func(string) (any, error)) (any, error) { m, err := matching(l, b); return m, err }},
	"First":          {Bool, String, func(l []string, b func(string) (any, error)) (any, error) { return chosen(l, b, 0, true) }},
	"FirstOrDefault": {Bool, String, func(l []string, b func(string) (any, error)) (any, error) { return chosen(l, b, 0, false) }},
	"Last":           {Bool, String, func(l []string, b func(string) (any, error)) (any, error) { return chosen(l, b, -1, true) }},
	"LastOrDefault":  {Bool, String, func(l []string, b func(string) (any, error)) (any, error) { return chosen(l, b, -1, false) }},
	"Select":         {String, Strings, selected},
}

func matching(list []string, body func(string) (any, error)) ([]string, error) {
	found := []string{}
	for _, s := range list {
		ok, err := body(s)
		if err != nil {
			return nil, err
		}
		if ok == true {
			found = append(found, s)
		}
	}
	return found, nil
}

// chosen is the first match, or the last one for -1.
func chosen(list []string, body func(string) (any, error), from int, must bool) (any, error) {
	found, err := matching(list, body)
	if err != nil {
		return nil, err
	}
	if from < 0 {
		from = len(found) - 1
	}
	if must {
		return element(found, from)
	}
	return elementOrNull(found, from), nil
}

func selected(list []string, body func(string) (any, error)) (any, error) {
	out := make([]string, len(list))
	size := 0
	for i, s := range list {
		v, err := body(s)
		if err != nil {
			return nil, err
		}
		out[i] = Text(v)
		if size += len(out[i]); size > MaxString {
			return nil, errTooLong
		}
	}
	return out, nil
}
