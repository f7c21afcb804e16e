package reference_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"

	"github.com/revocheck/revocheck/reference"
)

func send(h http.Handler, method, path, body, token string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// A token that was logged out at one replica is dead at the other.
func Example() {
	d, err := reference.Start(reference.Config{Strategy: "denylist"}, 2)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer d.Close()
	here, there := d.Replicas()[0], d.Replicas()[1]

	var answer struct {
		Token string `json:"access_token"`
	}
	login := send(here, "POST", "/login", `{"user":"alice","password":"correct-horse"}`, "")
	if err := json.Unmarshal(login.Body.Bytes(), &answer); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("call  ", send(there, "GET", "/api/hello", "", answer.Token).Code)
	fmt.Println("logout", send(here, "POST", "/logout", "", answer.Token).Code)
	fmt.Println("replay", send(there, "GET", "/api/hello", "", answer.Token).Code)
	// Output:
	// call   200
	// logout 204
	// replay 401
}

// A planted fault makes a gateway that a conformance suite must not pass.
func ExampleStart_fault() {
	d, err := reference.Start(reference.Config{Fault: "key-raw-token-strict"}, 1)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer d.Close()
	fmt.Println(d.Config().Strategy, "with", d.Config().Alg)
	// Output: denylist with ES256
}
