package expr

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
)

const (
	jObjectType   Type = "JObject"
	jPropertyType Type = "JProperty"
)

// jsonTypes are what a JProperty can hold.
var jsonTypes = map[Type]bool{
	Null: true, String: true, Int: true, Long: true, Double: true, Bool: true, Strings: true, jObjectType: true,
}

type jProperty struct {
	name  string
	value any
}

// jObject keeps its properties in the order in which they were given.
type jObject []jProperty

func newJObject(values []any) (any, error) {
	object, seen, size := jObject{}, map[string]bool{}, 0
	for _, v := range values {
		p, ok := v.(jProperty)
		if !ok || seen[p.name] {
			return nil, fmt.Errorf("the property %q is there twice, or null", p.name)
		}
		seen[p.name] = true
		object = append(object, p)
		if size += p.size(); size > MaxString {
			return nil, errTooLong
		}
	}
	return object, nil
}

// size is about what a property takes as text.
func (p jProperty) size() int {
	n := len(p.name) + 1
	switch v := p.value.(type) {
	case string:
		n += len(v)
	case []string:
		for _, s := range v {
			n += len(s) + 1
		}
	case jObject:
		for _, inner := range v {
			n += inner.size()
		}
	}
	return n
}

// MarshalJSON writes the properties in order.
func (o jObject) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, p := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		name, err := json.Marshal(p.name)
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(p.value)
		if err != nil {
			return nil, err
		}
		b.Write(name)
		b.WriteByte(':')
		b.Write(value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// jsonText is ToString() of a JObject, which indents.
func jsonText(of any, _ []any) (any, error) {
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(of); err != nil {
		return nil, err
	}
	return limited(strings.TrimSuffix(b.String(), "\n"))
}
