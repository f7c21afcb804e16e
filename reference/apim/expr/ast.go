package expr

// node is one expression of the source; at is its offset.
type node interface{ at() int }

type position int

func (p position) at() int { return int(p) }

type (
	literal struct {
		position
		value any
		typ   Type
	}
	name struct {
		position
		name string
	}
	member struct {
		position
		of          node
		name        string
		typeArg     Type // of GetValueOrDefault<T>
		conditional bool // ?.
	}
	call struct {
		position
		of   *member
		args []node
	}
	index struct {
		position
		of, key     node
		conditional bool // ?[
	}
	// chain bounds what a ?. on null skips: the whole of a.B?.C.D().
	chain struct {
		position
		of node
	}
	unary struct {
		position
		op string
		of node
	}
	binary struct {
		position
		op          string
		left, right node
	}
	condition struct {
		position
		test, yes, no node
	}
	cast struct {
		position
		to Type
		of node
	}
	interpolated struct {
		position
		parts []node
	}
)

// statement is one statement of a @{ ... } body.
type statement interface{ at() int }

type (
	declaration struct {
		position
		name string
		typ  Type // empty for var
		init node // nil if there is none
	}
	callStatement struct {
		position
		of node
	}
	assignment struct {
		position
		name  string
		value node
	}
	ifStatement struct {
		position
		test     node
		yes, nay []statement
	}
	block struct {
		position
		body []statement
	}
	returnStatement struct {
		position
		value node
	}
)
