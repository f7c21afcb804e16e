package expr

import (
	"errors"
	"strings"
	"unicode"
)

// comparison is a member of the enumeration StringComparison.
type comparison bool

const (
	exact      comparison = false
	ignoreCase comparison = true
)

var errSubstring = errors.New("the index and length are outside the string")

func init() { methods[String] = stringMethods }

var stringMethods = map[string][]method{
	"Split":            splits,
	"Substring":        {may(String, substring, Int), may(String, substring, Int, Int)},
	"IndexOf":          searches(Int, func(s, x string) any { return runeIndex(s, strings.Index(s, x)) }),
	"LastIndexOf":      searches(Int, func(s, x string) any { return runeIndex(s, strings.LastIndex(s, x)) }),
	"StartsWith":       searches(Bool, func(s, x string) any { return strings.HasPrefix(s, x) }),
	"EndsWith":         searches(Bool, func(s, x string) any { return strings.HasSuffix(s, x) }),
	"Contains":         searches(Bool, func(s, x string) any { return strings.Contains(s, x) }),
	"Equals":           searches(Bool, func(s, x string) any { return s == x }),
	"Replace":          {may(String, replace, String, String), may(String, replace, CharType, CharType)},
	"Trim":             {trimmed(strings.TrimSpace), trimSet(strings.Trim), trimSetOf(strings.Trim)},
	"TrimStart":        {trimmed(func(s string) string { return strings.TrimLeftFunc(s, unicode.IsSpace) }), trimSet(strings.TrimLeft), trimSetOf(strings.TrimLeft)},
	"TrimEnd":          {trimmed(func(s string) string { return strings.TrimRightFunc(s, unicode.IsSpace) }), trimSet(strings.TrimRight), trimSetOf(strings.TrimRight)},
	"ToLower":          {trimmed(strings.ToLower)},
	"ToLowerInvariant": {trimmed(strings.ToLower)},
	"ToUpper":          {trimmed(strings.ToUpper)},
	"ToUpperInvariant": {trimmed(strings.ToUpper)},
	"ToString":         {toString},
	"TryParseJwt":      {on(Bool, tryParseJwt, outOf(JwtType))},
	"AsBasic":          {on(basicType, asBasic)},
	"AsJwt": {on(JwtType, func(of any, _ []any) any {
		return pointer(ParseJwt(of.(string)))
	})},
}

// trimmed makes a method of a function from string to string.
func trimmed(change func(string) string) method {
	return on(String, func(of any, _ []any) any { return change(of.(string)) })
}

func trimSet(trim func(s, set string) string) method {
	return on(String, func(of any, a []any) any { return trim(of.(string), Text(a[0])) }, CharType)
}

func trimSetOf(trim func(s, set string) string) method {
	return on(String, func(of any, a []any) any { return trim(of.(string), string(charsOf(a[0]))) }, chars)
}

// searches makes the overloads of a method that looks for a character or a
// string, with or without a StringComparison.
func searches(result Type, search func(s, x string) any) []method {
	call := func(of any, args []any) any {
		s, x := of.(string), Text(args[0])
		if len(args) == 2 && args[1].(comparison) == ignoreCase {
			s, x = strings.ToLower(s), strings.ToLower(x)
		}
		return search(s, x)
	}
	return []method{
		on(result, call, CharType),
		on(result, call, String),
		on(result, call, String, stringComparison),
	}
}

// runeIndex turns a byte index into an index of characters.
func runeIndex(s string, i int) int32 {
	if i < 0 {
		return -1
	}
	return int32(len([]rune(s[:i])))
}

func substring(of any, args []any) (any, error) {
	runes := []rune(of.(string))
	from, length := integer(args[0]), int64(0)
	if len(args) == 2 {
		length = integer(args[1])
	} else {
		length = int64(len(runes)) - from
	}
	if from < 0 || length < 0 || from+length > int64(len(runes)) {
		return nil, errSubstring
	}
	return string(runes[from : from+length]), nil
}

func replace(of any, args []any) (any, error) {
	s, old, fresh := of.(string), Text(args[0]), Text(args[1])
	if old == "" {
		return nil, errors.New("the string that is replaced is empty")
	}
	if grown := len(s) + strings.Count(s, old)*(len(fresh)-len(old)); grown > MaxString {
		return nil, errTooLong
	}
	return strings.ReplaceAll(s, old, fresh), nil
}

var errTooLong = errors.New("the string is too long")
