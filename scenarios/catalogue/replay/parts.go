package replay

import (
	"encoding/json"
	"fmt"
	"maps"
	"strings"
)

// parts are the values of an answer in JSON, each with its place, or the lines
// of another. Answers may hold a time or a number, so that they cannot be
// compared as a whole.
type parts map[string]bool

func partsOf(body []byte) parts {
	found := parts{}
	var doc any
	if json.Unmarshal(body, &doc) == nil {
		found.collect("$", doc)
		return found
	}
	for line := range strings.Lines(string(body)) {
		if line = strings.TrimSpace(line); line != "" {
			found["a line of text="+line] = true
		}
	}
	return found
}

func (f parts) collect(at string, doc any) {
	switch v := doc.(type) {
	case map[string]any:
		for name, value := range v {
			f.collect(at+"."+name, value)
		}
	case []any:
		for _, value := range v {
			f.collect(at+"[]", value)
		}
	default:
		f[fmt.Sprintf("%s=%v", at, v)] = true
	}
}

// and are the parts that both have.
func (f parts) and(other parts) parts {
	both := maps.Clone(f)
	maps.DeleteFunc(both, func(part string, _ bool) bool { return !other[part] })
	return both
}

// without are the parts that the other has not.
func (f parts) without(other parts) parts {
	rest := maps.Clone(f)
	maps.DeleteFunc(rest, func(part string, _ bool) bool { return other[part] })
	return rest
}
