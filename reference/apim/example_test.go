package apim_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"

	"github.com/revocheck/revocheck/reference/apim"
)

// A throttle in front of a backend: the second call is one too many.
func ExampleNew() {
	service, err := apim.New(apim.Options{
		Documents: map[apim.Scope]apim.Document{
			apim.Global: {Name: "global.xml", XML: `<policies>
				<inbound>
					<rate-limit-by-key calls="1" renewal-period="60" counter-key="@(context.Request.IpAddress)" />
				</inbound>
				<backend><forward-request /></backend>
			</policies>`},
		},
		Operations: []apim.Operation{{Name: "hello", Method: "GET", Path: "/hello", API: "demo"}},
		Backend:    http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "hello") }),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for range 2 {
		w := httptest.NewRecorder()
		service.Gateway(0).ServeHTTP(w, httptest.NewRequest("GET", "/hello", nil))
		fmt.Println(w.Code, w.Body)
	}
	// Output:
	// 200 hello
	// 429 { "statusCode": 429, "message": "Rate limit is exceeded. Try again in 60 seconds." }
}

// What is not supported is refused with its place.
func ExampleCheck() {
	errs := apim.Check(apim.Document{Name: "api.xml", XML: "<policies>\n<inbound>\n<ip-filter/>\n</inbound>\n</policies>"}, apim.Options{})
	fmt.Println(errs)
	// Output: api.xml:3: <ip-filter>: this policy is not supported
}
