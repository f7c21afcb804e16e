package expr

import (
	"errors"
	"net/http"
	"slices"
	"time"
)

// method is one overload. A call picks the first whose parameters take the
// arguments.
type method struct {
	params []Type
	result Type
	call   func(f *frame, of any, args []any) (any, error)
	// variadic repeats the last parameter.
	variadic bool
}

// on makes a method of a function that cannot fail.
func on(result Type, call func(of any, args []any) any, params ...Type) method {
	return method{params: params, result: result, call: func(_ *frame, of any, args []any) (any, error) {
		return call(of, args), nil
	}}
}

// may makes a method of a function that can.
func may(result Type, call func(of any, args []any) (any, error), params ...Type) method {
	return method{params: params, result: result, call: func(_ *frame, of any, args []any) (any, error) {
		return call(of, args)
	}}
}

func headers(h http.Header) dictionary {
	return dictionary{values: h, fold: http.CanonicalHeaderKey}
}

var toString = on(String, func(of any, _ []any) any { return Text(of) })

var methods = map[Type]map[string][]method{
	headersType: {
		"GetValueOrDefault": {
			on(String, dictionaryValue, String),
			on(String, dictionaryValue, String, String),
			on(Strings, dictionaryValues, String, Strings),
		},
		"TryGetValue": {on(Bool, tryGetValue, String, outOf(Strings))},
		"ContainsKey": {on(Bool, func(of any, a []any) any {
			_, ok := of.(dictionary).get(Text(a[0]))
			return ok
		}, String)},
	},
	matchedType: {
		"GetValueOrDefault": {on(String, matchedValue, String), on(String, matchedValue, String, String)},
		"ContainsKey": {on(Bool, func(of any, a []any) any {
			_, ok := of.(map[string]string)[Text(a[0])]
			return ok
		}, String)},
	},
	variablesType: {
		"ContainsKey": {on(Bool, func(of any, a []any) any {
			_, ok := of.(map[string]any)[Text(a[0])]
			return ok
		}, String)},
	},
	Strings: {
		"Contains": {
			on(Bool, func(of any, a []any) any { return containsString(of.([]string), a[0]) }, String),
			on(Bool, containsWith, String, stringComparer),
		},
		"First":          {may(String, func(of any, _ []any) (any, error) { return element(of.([]string), 0) })},
		"Last":           {may(String, func(of any, _ []any) (any, error) { return element(of.([]string), len(of.([]string))-1) })},
		"FirstOrDefault": {on(String, func(of any, _ []any) any { return elementOrNull(of.([]string), 0) })},
		"LastOrDefault":  {on(String, func(of any, _ []any) any { return elementOrNull(of.([]string), len(of.([]string))-1) })},
		"Count":          {on(Int, func(of any, _ []any) any { return int32(len(of.([]string))) })},
	},
	DateTime: {
		"AddSeconds": {may(DateTime, addTime(time.Second), Double)},
		"AddMinutes": {may(DateTime, addTime(time.Minute), Double)},
		"AddHours":   {may(DateTime, addTime(time.Hour), Double)},
		"AddDays":    {may(DateTime, addTime(24*time.Hour), Double)},
		"Subtract":   {on(TimeSpan, func(of any, a []any) any { return of.(time.Time).Sub(a[0].(time.Time)) }, DateTime)},
		"ToString":   {toString},
	},
	TimeSpan: {"ToString": {toString}},
	Int:      {"ToString": {toString}},
	Long:     {"ToString": {toString}},
	Double:   {"ToString": {toString}},
	Bool:     {"ToString": {toString}},
	CharType: {"ToString": {toString}},
	Guid:     {"ToString": {toString}},
	Object:   {"ToString": {toString}},
	urlType:  {"ToString": {toString}},

	jObjectType: {"ToString": {may(String, jsonText)}},
}

func dictionaryValue(of any, args []any) any {
	if values, ok := of.(dictionary).get(Text(args[0])); ok && len(values) > 0 {
		return joined(values)
	}
	return defaultValue(args)
}

func dictionaryValues(of any, args []any) any {
	if values, ok := of.(dictionary).get(Text(args[0])); ok {
		return values
	}
	return args[1]
}

func matchedValue(of any, args []any) any {
	if v, ok := of.(map[string]string)[Text(args[0])]; ok {
		return v
	}
	return defaultValue(args)
}

// defaultValue is the second argument of GetValueOrDefault, or null.
func defaultValue(args []any) any {
	if len(args) > 1 {
		return args[1]
	}
	return nil
}

func containsString(list []string, want any) bool {
	for _, s := range list {
		if s == want {
			return true
		}
	}
	return false
}

func containsWith(of any, a []any) any {
	return slices.ContainsFunc(of.([]string), func(s string) bool {
		return a[0] != nil && equalsWith(nil, []any{s, a[0], a[1]}).(bool)
	})
}

func element(list []string, i int) (any, error) {
	if i < 0 || i >= len(list) {
		return nil, errors.New("the index is outside the array")
	}
	return list[i], nil
}

func elementOrNull(list []string, i int) any {
	if i < 0 || i >= len(list) {
		return nil
	}
	return list[i]
}

func addTime(unit time.Duration) func(of any, args []any) (any, error) {
	return func(of any, args []any) (any, error) {
		d, err := duration(float(args[0]), unit)
		return of.(time.Time).Add(d), err
	}
}
