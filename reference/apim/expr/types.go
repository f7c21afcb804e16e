package expr

import (
	"time"

	"github.com/revocheck/revocheck/reference/apim/expr/syntax"
)

// Type is a C# type of the subset. A trailing "?" marks a nullable value type.
type Type = syntax.Type

// Char is a C# char.
type Char = syntax.Char

// The types that an expression can have or take.
const (
	Null     = syntax.Null
	Object   = syntax.Object
	String   = syntax.String
	CharType = syntax.CharType
	Int      = syntax.Int
	Long     = syntax.Long
	Double   = syntax.Double
	Bool     = syntax.Bool
	DateTime = syntax.DateTime
	TimeSpan = syntax.TimeSpan
	Guid     = syntax.Guid
	Strings  = syntax.Strings
	JwtType  = syntax.JwtType
)

const (
	stringComparison      = syntax.StringComparison
	stringComparer   Type = "StringComparer"
	contextType      Type = "context"
	requestType      Type = "context.Request"
	responseType     Type = "context.Response"
	urlType          Type = "Url"
	headersType      Type = "IReadOnlyDictionary<string, string[]>"
	matchedType      Type = "IReadOnlyDictionary<string, string>"
	variablesType    Type = "context.Variables"
	subscriptionType Type = "context.Subscription"
	namedType        Type = "context.Api" // anything with a Name and an Id
	operationType    Type = "context.Operation"
	deploymentType   Type = "context.Deployment"
	lastErrorType    Type = "context.LastError"
	userType         Type = "context.User"
)

// namedTypes are what the source calls the types of the subset.
var namedTypes = map[Type]Type{
	Object: Object, String: String, CharType: CharType, Int: Int, Long: Long, Double: Double, Bool: Bool,
	DateTime: DateTime, TimeSpan: TimeSpan, Guid: Guid, JwtType: JwtType, Strings: Strings,
	"IEnumerable<string>": Strings, "IList<string>": Strings, "IReadOnlyList<string>": Strings, "ICollection<string>": Strings,
	"List<string>": Strings, "IReadOnlyCollection<string>": Strings,
	headersType: headersType, "IDictionary<string, string[]>": headersType, "Dictionary<string, string[]>": headersType,
	matchedType: matchedType, "IDictionary<string, string>": matchedType, "Dictionary<string, string>": matchedType,
	"IUrl": urlType, "ISubscription": subscriptionType, "IUser": userType, jObjectType: jObjectType,
}

// named is the type that the source names.
func named(t Type, at int) (Type, error) {
	known, ok := namedTypes[t.Underlying()]
	if !ok {
		return "", syntax.ErrorAt(at, "the type %s is outside the subset of C# that revocheck runs", t)
	}
	if t != t.Underlying() {
		return known.Nullable(), nil
	}
	return known, nil
}

func isNullable(t Type) bool { return !t.IsValue() }

func isNumber(t Type) bool { return t == Int || t == Long || t == Double || t == CharType }

// rank orders the numeric types by what converts to what.
var rank = map[Type]int{CharType: 1, Int: 2, Long: 3, Double: 4}

// assignable reports whether C# converts from one type to the other by itself.
func assignable(from, to Type) bool {
	switch {
	case from == to:
		return true
	case isOut(from):
		return false
	case to == Object:
		return true
	case from == Null:
		return isNullable(to)
	case isNumber(from) && isNumber(to.Underlying()):
		return rank[from] <= rank[to.Underlying()] && to.Underlying() != CharType
	}
	return from == to.Underlying() && from != to
}

// convert changes the representation of a value to that of an assignable type.
func convert(v any, to Type) any {
	if v == nil {
		return nil
	}
	switch to.Underlying() {
	case Int:
		return int32(integer(v))
	case Long:
		return integer(v)
	case Double:
		return float(v)
	}
	return v
}

func integer(v any) int64 {
	switch n := v.(type) {
	case int32:
		return int64(n)
	case int64:
		return n
	case Char:
		return int64(n)
	case float64:
		return int64(n)
	}
	return 0
}

func float(v any) float64 {
	if f, ok := v.(float64); ok {
		return f
	}
	return float64(integer(v))
}

// typeOf is the type of a value at run time, for casts from object.
func typeOf(v any) Type {
	switch v.(type) {
	case nil:
		return Null
	case string:
		return String
	case Char:
		return CharType
	case int32:
		return Int
	case int64:
		return Long
	case float64:
		return Double
	case bool:
		return Bool
	case time.Time:
		return DateTime
	case time.Duration:
		return TimeSpan
	case []string:
		return Strings
	case *Jwt:
		return JwtType
	case dictionary:
		return headersType
	case map[string]string:
		return matchedType
	case jObject:
		return jObjectType
	}
	return Object
}
