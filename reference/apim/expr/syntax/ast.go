package syntax

// Node is one expression of the source; At is its offset.
type Node interface{ At() int }

// Position is an offset in the source.
type Position int

// At returns the offset.
func (p Position) At() int { return int(p) }

// The kinds of Node.
type (
	Literal struct {
		Position
		Value any
		Type  Type
	}
	Name struct {
		Position
		Name string
	}
	Member struct {
		Position
		Of          Node
		Name        string
		TypeArg     Type // of GetValueOrDefault<T>
		Conditional bool // ?.
	}
	Call struct {
		Position
		Of   *Member
		Args []Node
	}
	Index struct {
		Position
		Of, Key     Node
		Conditional bool // ?[
	}
	// Chain bounds what a ?. on null skips: the whole of a.B?.C.D().
	Chain struct {
		Position
		Of Node
	}
	Unary struct {
		Position
		Op string
		Of Node
	}
	Binary struct {
		Position
		Op          string
		Left, Right Node
	}
	Condition struct {
		Position
		Test, Yes, No Node
	}
	Cast struct {
		Position
		To Type
		Of Node
	}
	TypeTest struct {
		Position
		Op string // as, is
		Of Node
		To Type
	}
	Interpolated struct {
		Position
		Parts []Node
	}
)

// Statement is one statement of a @{ ... } body.
type Statement interface{ At() int }

// The kinds of Statement.
type (
	Declaration struct {
		Position
		Name string
		Type Type // empty for var
		Init Node // nil if there is none
	}
	CallStatement struct {
		Position
		Of Node
	}
	Assignment struct {
		Position
		Name  string
		Value Node
	}
	IfStatement struct {
		Position
		Test      Node
		Yes, Else []Statement
	}
	Block struct {
		Position
		Body []Statement
	}
	ReturnStatement struct {
		Position
		Value Node
	}
)
