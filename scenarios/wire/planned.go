package wire

// Planned is a request that would be sent, or something else that would be
// done, such as a wait.
type Planned struct {
	What  string
	Count int
	// To is who is asked.
	To Asked
}

// Asked is who a planned request goes to.
type Asked int

// Who is asked. The zero value is nobody: nothing is sent.
const (
	Nobody Asked = iota
	Gateway
	TokenSource // a token endpoint or a command
)
