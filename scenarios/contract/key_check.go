package contract

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/ohler55/ojg/jp"
	"golang.org/x/net/http/httpguts"
)

// check says what is wrong with the value of one key; "" if nothing is. How keys
// go together is checked apart.
type check func(value reflect.Value) string

func (c Contract) checkKeys(p *problems) {
	for _, k := range keys {
		if k.check == nil {
			continue
		}
		k.each(c, func(at string, value reflect.Value) {
			if value.IsZero() && !strings.HasSuffix(k.Path, "[]") {
				return
			}
			wrong := k.check(value)
			p.add(wrong != "", at, "%s", wrong)
		})
	}
}

func notNegative(v reflect.Value) string {
	if v.CanInt() && v.Int() < 0 || v.CanFloat() && v.Float() < 0 {
		return "it cannot be negative"
	}
	return ""
}

// either is one of some words.
func either(words ...string) check {
	return func(v reflect.Value) string {
		if slices.Contains(words, v.String()) {
			return ""
		}
		if len(words) == 2 {
			return fmt.Sprintf("%q is neither %s nor %s", v.String(), words[0], words[1])
		}
		last := len(words) - 1
		return fmt.Sprintf("%q is neither %s nor %s", v.String(), strings.Join(words[:last], ", "), words[last])
	}
}

func jsonPath(v reflect.Value) string { return pathText(v.String()) }

func pathText(path string) string {
	if !strings.HasPrefix(path, "$") {
		return fmt.Sprintf("%q is not a JSON path: it begins with $", path)
	}
	if _, err := jp.ParseString(path); err != nil {
		return fmt.Sprintf("%q is not a JSON path, such as $.data[0].token: %v", path, err)
	}
	return ""
}

// fields are values that are sent, some of them JSON paths into a login's answer.
func fields(v reflect.Value) string {
	values := map[string]string{}
	for each := v.MapRange(); each.Next(); {
		values[each.Key().String()] = each.Value().String()
	}
	return fieldValues(values)
}

func status(v reflect.Value) string {
	if s := v.Int(); s < 100 || s > 599 {
		return fmt.Sprintf("%d is not an HTTP status", s)
	}
	return ""
}

func upperCase(v reflect.Value) string {
	if upper := strings.ToUpper(v.String()); upper != v.String() {
		return "methods are upper-case: " + upper
	}
	return ""
}

// headerNames are names that HTTP can send (RFC 9110 section 5.1), with values
// that it can send.
func headerNames(v reflect.Value) string {
	for each := v.MapRange(); each.Next(); {
		switch name := each.Key().String(); {
		case !httpguts.ValidHeaderFieldName(name):
			return fmt.Sprintf("%q cannot be the name of a header: letters, digits and marks such as - make one", name)
		case !httpguts.ValidHeaderFieldValue(each.Value().String()):
			return fmt.Sprintf("the value of %s cannot be sent in a header: there is a line break or a control character in it", name)
		}
	}
	return ""
}
