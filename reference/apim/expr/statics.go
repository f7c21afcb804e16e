package expr

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// statics are the members of classes: string.IsNullOrEmpty, Math.Max ...
var statics = map[string]map[string][]method{
	"string":   stringStatics,
	"String":   stringStatics,
	"Convert":  convertStatics,
	"Math":     mathStatics,
	"int":      {"Parse": {may(Int, parseInt(32), String)}},
	"Int32":    {"Parse": {may(Int, parseInt(32), String)}},
	"long":     {"Parse": {may(Long, parseInt(64), String)}},
	"Int64":    {"Parse": {may(Long, parseInt(64), String)}},
	"bool":     {"Parse": {may(Bool, toBool, String)}},
	"DateTime": {},
	"TimeSpan": {
		"FromSeconds": {may(TimeSpan, span(time.Second), Double)},
		"FromMinutes": {may(TimeSpan, span(time.Minute), Double)},
		"FromHours":   {may(TimeSpan, span(time.Hour), Double)},
		"FromDays":    {may(TimeSpan, span(24*time.Hour), Double)},
	},
	"StringComparison": {},
	"StringComparer":   {},
}

var staticProperties = map[string]map[string]property{
	"string":   {"Empty": {String, func(*frame, any) any { return "" }}},
	"String":   {"Empty": {String, func(*frame, any) any { return "" }}},
	"int":      {"MaxValue": {Int, func(*frame, any) any { return int32(math.MaxInt32) }}},
	"TimeSpan": {"Zero": {TimeSpan, func(*frame, any) any { return time.Duration(0) }}},
	"DateTime": {
		"UtcNow": {DateTime, func(f *frame, _ any) any { return f.ctx.Now().UTC() }},
		"Now":    {DateTime, func(f *frame, _ any) any { return f.ctx.Now().UTC() }}, // a gateway runs in UTC
	},
	"StringComparison": {
		"Ordinal":                    {stringComparison, func(*frame, any) any { return exact }},
		"InvariantCulture":           {stringComparison, func(*frame, any) any { return exact }},
		"OrdinalIgnoreCase":          {stringComparison, func(*frame, any) any { return ignoreCase }},
		"InvariantCultureIgnoreCase": {stringComparison, func(*frame, any) any { return ignoreCase }},
	},
	"StringComparer": {
		"Ordinal":           {stringComparer, func(*frame, any) any { return exact }},
		"OrdinalIgnoreCase": {stringComparer, func(*frame, any) any { return ignoreCase }},
	},
}

var stringStatics = map[string][]method{
	"IsNullOrEmpty":      {on(Bool, func(_ any, a []any) any { return Text(a[0]) == "" }, String)},
	"IsNullOrWhiteSpace": {on(Bool, func(_ any, a []any) any { return strings.TrimSpace(Text(a[0])) == "" }, String)},
	"Equals": {
		on(Bool, func(_ any, a []any) any { return a[0] == a[1] }, String, String),
		on(Bool, equalsWith, String, String, stringComparison),
	},
	"Join": {may(String, func(_ any, a []any) (any, error) {
		list, _ := a[1].([]string)
		return limited(strings.Join(list, Text(a[0])))
	}, String, Strings)},
	"Concat": {{params: []Type{Object}, result: String, variadic: true, call: func(_ *frame, _ any, a []any) (any, error) {
		var b strings.Builder
		for _, v := range a {
			b.WriteString(Text(v))
		}
		return limited(b.String())
	}}},
}

func equalsWith(_ any, a []any) any {
	if a[0] == nil || a[1] == nil || a[2].(comparison) == exact {
		return a[0] == a[1]
	}
	return strings.EqualFold(Text(a[0]), Text(a[1]))
}

var convertStatics = map[string][]method{
	"ToInt32":   {may(Int, toInt32, Object)},
	"ToInt64":   {may(Long, toInt64, Object)},
	"ToDouble":  {may(Double, toDouble, Object)},
	"ToBoolean": {may(Bool, toBool, Object)},
	"ToString":  {on(String, func(_ any, a []any) any { return Text(a[0]) }, Object)},
}

var mathStatics = map[string][]method{
	"Max": {
		on(Int, func(_ any, a []any) any { return max(a[0].(int32), a[1].(int32)) }, Int, Int),
		on(Long, func(_ any, a []any) any { return max(a[0].(int64), a[1].(int64)) }, Long, Long),
		on(Double, func(_ any, a []any) any { return math.Max(float(a[0]), float(a[1])) }, Double, Double),
	},
	"Min": {
		on(Int, func(_ any, a []any) any { return min(a[0].(int32), a[1].(int32)) }, Int, Int),
		on(Long, func(_ any, a []any) any { return min(a[0].(int64), a[1].(int64)) }, Long, Long),
		on(Double, func(_ any, a []any) any { return math.Min(float(a[0]), float(a[1])) }, Double, Double),
	},
	"Ceiling": {on(Double, func(_ any, a []any) any { return math.Ceil(float(a[0])) }, Double)},
	"Floor":   {on(Double, func(_ any, a []any) any { return math.Floor(float(a[0])) }, Double)},
	"Abs":     {on(Double, func(_ any, a []any) any { return math.Abs(float(a[0])) }, Double)},
}

func parseInt(bits int) func(any, []any) (any, error) {
	return func(_ any, a []any) (any, error) {
		n, err := strconv.ParseInt(strings.TrimSpace(Text(a[0])), 10, bits)
		if err != nil {
			return nil, errors.New("the string is not a number, or too large a one")
		}
		if bits == 32 {
			return int32(n), nil
		}
		return n, nil
	}
}

// toInt32 rounds as .NET's Convert does: to the nearest, halves to even.
func toInt32(of any, a []any) (any, error) {
	n, err := toInt64(of, a)
	if err != nil {
		return nil, err
	}
	if i := n.(int64); i == int64(int32(i)) {
		return int32(i), nil
	}
	return nil, errors.New("the value does not fit an int")
}

func toInt64(of any, a []any) (any, error) {
	switch v := a[0].(type) {
	case nil:
		return int64(0), nil
	case string:
		return parseInt(64)(of, a)
	case bool:
		if v {
			return int64(1), nil
		}
		return int64(0), nil
	case float64:
		return wholeNumber(math.RoundToEven(v))
	case int32, int64, Char:
		return integer(v), nil
	}
	return nil, fmt.Errorf("a %s does not convert to a number", typeOf(a[0]))
}

func toDouble(of any, a []any) (any, error) {
	if s, ok := a[0].(string); ok {
		f, err := strconv.ParseFloat(s, 64)
		if err != nil {
			return nil, errors.New("the string is not a number")
		}
		return f, nil
	}
	if f, ok := a[0].(float64); ok {
		return f, nil
	}
	n, err := toInt64(of, a)
	if err != nil {
		return nil, err
	}
	return float64(n.(int64)), nil
}

func toBool(_ any, a []any) (any, error) {
	switch v := a[0].(type) {
	case nil:
		return false, nil
	case bool:
		return v, nil
	case string:
		if strings.EqualFold(v, "true") || strings.EqualFold(v, "false") {
			return strings.EqualFold(v, "true"), nil
		}
	case int32, int64:
		return integer(v) != 0, nil
	}
	return nil, errors.New("the value is neither true nor false")
}

func wholeNumber(f float64) (any, error) {
	if math.IsNaN(f) || math.Abs(f) >= 1<<62 {
		return nil, errors.New("the value is too large for a whole number")
	}
	return int64(f), nil
}

func span(unit time.Duration) func(any, []any) (any, error) {
	return func(_ any, a []any) (any, error) { return duration(float(a[0]), unit) }
}

// duration refuses what Go's Duration cannot hold.
func duration(n float64, unit time.Duration) (time.Duration, error) {
	d := n * float64(unit)
	if math.IsNaN(d) || math.Abs(d) > float64(math.MaxInt64/2) {
		return 0, errors.New("the time span is too long")
	}
	return time.Duration(d), nil
}

func limited(s string) (any, error) {
	if len(s) > MaxString {
		return nil, errTooLong
	}
	return s, nil
}
