package apim

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/revocheck/revocheck/reference/apim/policy"
)

// route is an operation with its template taken apart.
type route struct {
	operation Operation
	segments  []string
	pipeline  *policy.Pipeline
}

func newRoute(op Operation) (*route, error) {
	if op.Name == "" || op.API == "" || op.Method == "" || !strings.HasPrefix(op.Path, "/") {
		return nil, fmt.Errorf("operation %q needs a name, an API, a method and a path that begins with /", op.Name)
	}
	return &route{operation: op, segments: strings.Split(op.Path[1:], "/")}, nil
}

// match returns the parameters of the template, and whether the request is of
// this operation. Paths are compared as they are sent: no cleaning, with case.
func (r *route) match(req *http.Request) (map[string]string, bool) {
	if m := r.operation.Method; m != "*" && m != req.Method {
		return nil, false
	}
	parameters := map[string]string{}
	parts := strings.Split(strings.TrimPrefix(req.URL.Path, "/"), "/")
	for i, segment := range r.segments {
		if segment == "*" && i == len(r.segments)-1 {
			return parameters, len(parts) >= i
		}
		if i >= len(parts) || !bindSegment(segment, parts[i], parameters) {
			return nil, false
		}
	}
	return parameters, len(parts) == len(r.segments)
}

func bindSegment(template, part string, parameters map[string]string) bool {
	if strings.HasPrefix(template, "{") && strings.HasSuffix(template, "}") {
		parameters[template[1:len(template)-1]] = part
		return part != ""
	}
	return template == part
}
