package syntax

import "strings"

// Type is a C# type of the subset. A trailing "?" marks a nullable value type.
type Type string

// The types that an expression can have or take.
const (
	Null     Type = "null"
	Object   Type = "object"
	String   Type = "string"
	CharType Type = "char"
	Int      Type = "int"
	Long     Type = "long"
	Double   Type = "double"
	Bool     Type = "bool"
	DateTime Type = "DateTime"
	TimeSpan Type = "TimeSpan"
	Guid     Type = "Guid"
	Strings  Type = "string[]"
	JwtType  Type = "Jwt"

	StringComparison Type = "StringComparison"
)

// typeNames are the types that have a keyword or several names.
var typeNames = map[string]Type{
	"object": Object, "Object": Object, "string": String, "String": String, "char": CharType, "Char": CharType,
	"int": Int, "Int32": Int, "long": Long, "Int64": Long, "double": Double, "Double": Double, "bool": Bool, "Boolean": Bool,
}

// keywords can begin no cast other than one to themselves: "(string)-x".
var keywords = []string{"object", "string", "char", "int", "long", "double", "bool"}

// Char is a C# char; it is a type of its own so that it is not taken for an
// int, which is an int32 in Go too.
type Char rune

var valueTypes = map[Type]bool{
	CharType: true, Int: true, Long: true, Double: true, Bool: true, DateTime: true, TimeSpan: true, Guid: true,
	StringComparison: true,
}

// IsValue reports whether null is no value of the type.
func (t Type) IsValue() bool { return valueTypes[t] }

// Nullable is T? for a value type T, and T for others.
func (t Type) Nullable() Type {
	if valueTypes[t] {
		return t + "?"
	}
	return t
}

// Underlying is T for T?, and T for T.
func (t Type) Underlying() Type { return Type(strings.TrimSuffix(string(t), "?")) }
