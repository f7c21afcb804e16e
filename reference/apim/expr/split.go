package expr

import (
	"slices"
	"strings"
	"unicode"
)

// chars is char[], and splitOptions the enumeration StringSplitOptions.
const (
	chars        Type = "char[]"
	splitOptions Type = "StringSplitOptions"
)

// keepEmpty and dropEmpty are what its members say.
const (
	keepEmpty = "None"
	dropEmpty = "RemoveEmptyEntries"
	trimAll   = "TrimEntries"
)

func init() {
	statics["StringSplitOptions"] = map[string][]method{}
	staticProperties["StringSplitOptions"] = map[string]property{}
	for _, name := range []string{keepEmpty, dropEmpty, trimAll} {
		staticProperties["StringSplitOptions"][name] = property{splitOptions, func(*frame, any) any { return name }}
	}
}

// splits are the overloads of Split. Without a separator, or with no
// character as one, it is white space of every kind.
var splits = []method{
	on(Strings, func(of any, _ []any) any { return splitAt(of, nil, keepEmpty) }),
	on(Strings, func(of any, a []any) any { return splitAt(of, charsOf(a[0]), keepEmpty) }, chars),
	on(Strings, func(of any, a []any) any { return splitAt(of, charsOf(a[0]), a[1]) }, chars, splitOptions),
	on(Strings, func(of any, a []any) any { return splitAt(of, []Char{a[0].(Char)}, a[1]) }, CharType, splitOptions),
	on(Strings, func(of any, a []any) any { return entries(splitText(of.(string), Text(a[0])), keepEmpty) }, String),
	on(Strings, func(of any, a []any) any { return entries(splitText(of.(string), Text(a[0])), a[1]) }, String, splitOptions),
	on(Strings, func(of any, a []any) any { return entries(splitText(of.(string), one(a[0])), a[1]) }, Strings, splitOptions),
	{params: []Type{CharType}, result: Strings, variadic: true, call: func(_ *frame, of any, a []any) (any, error) {
		set := make([]Char, len(a))
		for i, c := range a {
			set[i] = c.(Char)
		}
		return splitAt(of, set, keepEmpty), nil
	}},
}

// charsOf is an array of characters, none for null.
func charsOf(v any) []Char {
	list, _ := v.([]Char)
	return list
}

// one is the first of separators, of which people give one.
func one(list any) string {
	if l, _ := list.([]string); len(l) > 0 {
		return l[0]
	}
	return ""
}

// splitText splits at a text; the empty one splits nothing.
func splitText(s, at string) []string {
	if at == "" {
		return []string{s}
	}
	return strings.Split(s, at)
}

func splitAt(of any, set []Char, options any) any {
	isSeparator := unicode.IsSpace
	if len(set) > 0 {
		isSeparator = func(r rune) bool { return slices.Contains(set, Char(r)) }
	}
	parts, from := []string{}, 0
	s := of.(string)
	for i, r := range s {
		if isSeparator(r) {
			parts, from = append(parts, s[from:i]), i+len(string(r))
		}
	}
	return entries(append(parts, s[from:]), options)
}

func entries(parts []string, options any) []string {
	if options == trimAll {
		for i := range parts {
			parts[i] = strings.TrimSpace(parts[i])
		}
	}
	if options == dropEmpty {
		parts = slices.DeleteFunc(parts, func(s string) bool { return s == "" })
	}
	return parts
}
