package sides

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"testing"
)

// gatewayArg makes this test binary a gateway, for tests that start one.
const gatewayArg = "run-gateway"

func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == gatewayArg {
		if err := Serve(context.Background(), os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	if len(os.Args) == 2 && os.Args[1] == trivialArg {
		serveTrivially()
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// trivialArg makes this test binary a server that answers 200 to everything,
// for as long as its input is open.
const trivialArg = "run-trivial"

func serveTrivially() {
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	fmt.Println(server.URL)
	_, _ = io.Copy(io.Discard, os.Stdin)
	server.Close()
}
