package expr

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// Context is what an expression can see: the variable "context" of APIM. A nil
// Response, Subscription, User, Product or LastError is null to the expression.
type Context struct {
	Request      *Request
	Response     *Response
	Variables    map[string]any
	Subscription *Subscription
	User         *User
	API          *Named
	Operation    *Named
	Product      *Named
	LastError    *LastError
	Region       string
	RequestID    string
	Timestamp    time.Time        // when the request came
	Now          func() time.Time // DateTime.UtcNow
}

// Request is context.Request.
type Request struct {
	Header      http.Header
	Method      string
	URL         *url.URL // towards the backend
	OriginalURL *url.URL // as the client sent it
	IPAddress   string
	Matched     map[string]string // parameters of the operation's template
}

// Response is context.Response.
type Response struct {
	StatusCode   int
	StatusReason string
	Header       http.Header
}

// Subscription is context.Subscription.
type Subscription struct{ Key, ID string }

// User is context.User, whose subscription the call is made with.
type User struct{ ID, Email string }

// Named is context.Api, context.Operation or context.Product. Path is that of
// an API, or the template of an operation, which alone has a Method.
type Named struct{ ID, Name, Method, Path string }

// LastError is context.LastError, set while the on-error section runs. What is
// not known of an error is empty.
type LastError struct {
	Source, Reason, Message string
	Scope, Section, Path    string // where the policy stands that failed
	PolicyID                string // its attribute id
}

// dictionary is a string dictionary with several values a key: headers,
// query parameters or claims.
type dictionary struct {
	values map[string][]string
	fold   func(string) string // canonical form of a key, or nil
}

func (d dictionary) get(key string) ([]string, bool) {
	if d.fold != nil {
		key = d.fold(key)
	}
	v, ok := d.values[key]
	return v, ok
}

// Text formats a value as C#'s ToString does; null is the empty string.
func Text(v any) string {
	switch t := v.(type) {
	case nil:
		return ""
	case string:
		return t
	case Char:
		return string(rune(t))
	case bool:
		if t {
			return "True"
		}
		return "False"
	case float64:
		return strconv.FormatFloat(t, 'G', 15, 64)
	case time.Time:
		return t.UTC().Format("01/02/2006 15:04:05")
	case time.Duration:
		return timeSpanText(t)
	case []string:
		return "System.String[]"
	case *Jwt:
		return t.raw
	case *url.URL:
		return t.String()
	}
	return fmt.Sprint(v)
}

// timeSpanText is [d.]hh:mm:ss, as .NET writes whole seconds.
func timeSpanText(d time.Duration) string {
	sign := ""
	if d < 0 {
		sign, d = "-", -d
	}
	s := int64(d / time.Second)
	days := ""
	if s >= 86400 {
		days = fmt.Sprintf("%d.", s/86400)
	}
	return fmt.Sprintf("%s%s%02d:%02d:%02d", sign, days, s/3600%24, s/60%60, s%60)
}

// joined is how GetValueOrDefault returns several values.
func joined(values []string) string { return strings.Join(values, ",") }
