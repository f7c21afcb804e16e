package expr

import (
	"net/url"
	"strconv"
	"time"
)

// property is a member that is read without a call. Its receiver is never nil.
type property struct {
	typ Type
	get func(f *frame, of any) any
}

// read makes a property of a function of the receiver.
func read[T any](typ Type, get func(T) any) property {
	return property{typ, func(_ *frame, of any) any { return get(of.(T)) }}
}

// pointer keeps a nil pointer from becoming a non-nil interface.
func pointer[T any](p *T) any {
	if p == nil {
		return nil
	}
	return p
}

var properties = map[Type]map[string]property{
	contextType: {
		"Request":      read(requestType, func(c *Context) any { return pointer(c.Request) }),
		"Response":     read(responseType, func(c *Context) any { return pointer(c.Response) }),
		"Variables":    read(variablesType, func(c *Context) any { return c.Variables }),
		"Subscription": read(subscriptionType, func(c *Context) any { return pointer(c.Subscription) }),
		"Api":          read(namedType, func(c *Context) any { return pointer(c.API) }),
		"Operation":    read(operationType, func(c *Context) any { return pointer(c.Operation) }),
		"Product":      read(namedType, func(c *Context) any { return pointer(c.Product) }),
		"LastError":    read(lastErrorType, func(c *Context) any { return pointer(c.LastError) }),
		"User":         read(userType, func(c *Context) any { return pointer(c.User) }),
		"Deployment":   read(deploymentType, func(c *Context) any { return c }),
		"RequestId":    read(Guid, func(c *Context) any { return c.RequestID }),
		"Timestamp":    read(DateTime, func(c *Context) any { return c.Timestamp.UTC() }),
	},
	deploymentType: {"Region": read(String, func(c *Context) any { return c.Region })},
	requestType: {
		"Headers":           read(headersType, func(r *Request) any { return headers(r.Header) }),
		"Method":            read(String, func(r *Request) any { return r.Method }),
		"Url":               read(urlType, func(r *Request) any { return pointer(r.URL) }),
		"OriginalUrl":       read(urlType, func(r *Request) any { return pointer(r.OriginalURL) }),
		"IpAddress":         read(String, func(r *Request) any { return r.IPAddress }),
		"MatchedParameters": read(matchedType, func(r *Request) any { return r.Matched }),
	},
	responseType: {
		"StatusCode":   read(Int, func(r *Response) any { return int32(r.StatusCode) }),
		"StatusReason": read(String, func(r *Response) any { return r.StatusReason }),
		"Headers":      read(headersType, func(r *Response) any { return headers(r.Header) }),
	},
	urlType: {
		"Host":        read(String, func(u *url.URL) any { return u.Hostname() }),
		"Path":        read(String, func(u *url.URL) any { return u.Path }),
		"Port":        read(Int, port),
		"QueryString": read(String, queryString),
		"Scheme":      read(String, func(u *url.URL) any { return u.Scheme }),
		"Query":       read(headersType, func(u *url.URL) any { return dictionary{values: u.Query()} }),
	},
	subscriptionType: {
		"Key":          read(String, func(s *Subscription) any { return s.Key }),
		"PrimaryKey":   read(String, func(s *Subscription) any { return s.Key }),
		"SecondaryKey": read(String, func(s *Subscription) any { return s.Key }),
		"Id":           read(String, func(s *Subscription) any { return s.ID }),
		"Name":         read(String, func(s *Subscription) any { return s.ID }),
	},
	userType: {
		"Id":        read(String, func(u *User) any { return u.ID }),
		"Email":     read(String, func(u *User) any { return u.Email }),
		"FirstName": read(String, func(u *User) any { return u.ID }),
		"LastName":  read(String, func(u *User) any { return u.ID }),
	},
	operationType: {
		"Name":        read(String, func(n *Named) any { return n.Name }),
		"Id":          read(String, func(n *Named) any { return n.ID }),
		"Method":      read(String, func(n *Named) any { return n.Method }),
		"UrlTemplate": read(String, func(n *Named) any { return n.Path }),
	},
	namedType: {
		"Path": read(String, func(n *Named) any { return n.Path }),
		"Name": read(String, func(n *Named) any { return n.Name }),
		"Id":   read(String, func(n *Named) any { return n.ID }),
	},
	lastErrorType: {
		"Source":   read(String, func(e *LastError) any { return e.Source }),
		"Reason":   read(String, func(e *LastError) any { return e.Reason }),
		"Message":  read(String, func(e *LastError) any { return e.Message }),
		"Scope":    read(String, func(e *LastError) any { return e.Scope }),
		"Section":  read(String, func(e *LastError) any { return e.Section }),
		"Path":     read(String, func(e *LastError) any { return e.Path }),
		"PolicyId": read(String, func(e *LastError) any { return e.PolicyID }),
	},
	JwtType: {
		"Algorithm":      read(String, func(j *Jwt) any { return j.Algorithm }),
		"Type":           read(String, func(j *Jwt) any { return j.Type }),
		"Id":             read(String, func(j *Jwt) any { return j.text("jti") }),
		"Issuer":         read(String, func(j *Jwt) any { return j.text("iss") }),
		"Subject":        read(String, func(j *Jwt) any { return j.text("sub") }),
		"Audiences":      read(Strings, func(j *Jwt) any { return j.Claims["aud"] }),
		"Claims":         read(headersType, func(j *Jwt) any { return dictionary{values: j.Claims} }),
		"ExpirationTime": read(DateTime.Nullable(), func(j *Jwt) any { return j.date("exp") }),
		"IssuedAt":       read(DateTime.Nullable(), func(j *Jwt) any { return j.date("iat") }),
		"NotBefore":      read(DateTime.Nullable(), func(j *Jwt) any { return j.date("nbf") }),
	},
	basicType: {
		"UserId":   read(String, func(b *basicCredentials) any { return b.user }),
		"Password": read(String, func(b *basicCredentials) any { return b.password }),
	},
	String:  {"Length": read(Int, func(s string) any { return int32(len([]rune(s))) })},
	Strings: {"Length": read(Int, func(s []string) any { return int32(len(s)) })},
	DateTime: {
		"Ticks":  read(Long, func(t time.Time) any { return t.Unix()*ticksPerSecond + int64(t.Nanosecond()/100) + epochTicks }),
		"Year":   read(Int, func(t time.Time) any { return int32(t.Year()) }),
		"Month":  read(Int, func(t time.Time) any { return int32(t.Month()) }),
		"Day":    read(Int, func(t time.Time) any { return int32(t.Day()) }),
		"Hour":   read(Int, func(t time.Time) any { return int32(t.Hour()) }),
		"Minute": read(Int, func(t time.Time) any { return int32(t.Minute()) }),
		"Second": read(Int, func(t time.Time) any { return int32(t.Second()) }),
	},
	TimeSpan: {
		"Ticks":             read(Long, func(d time.Duration) any { return d.Nanoseconds() / 100 }),
		"TotalMilliseconds": read(Double, func(d time.Duration) any { return float64(d) / float64(time.Millisecond) }),
		"TotalSeconds":      read(Double, func(d time.Duration) any { return d.Seconds() }),
		"TotalMinutes":      read(Double, func(d time.Duration) any { return d.Minutes() }),
		"TotalHours":        read(Double, func(d time.Duration) any { return d.Hours() }),
		"TotalDays":         read(Double, func(d time.Duration) any { return d.Hours() / 24 }),
		"Seconds":           read(Int, func(d time.Duration) any { return int32(d / time.Second % 60) }),
		"Minutes":           read(Int, func(d time.Duration) any { return int32(d / time.Minute % 60) }),
	},
}

// A .NET tick is 100 ns, counted from 0001-01-01; epochTicks is 1970-01-01.
const (
	ticksPerSecond = 10_000_000
	epochTicks     = 621_355_968_000_000_000
)

// port is that of the scheme where the URL names none.
func port(u *url.URL) any {
	n, err := strconv.Atoi(u.Port())
	switch {
	case err == nil:
		return int32(n)
	case u.Scheme == "https":
		return int32(443)
	}
	return int32(80)
}

func queryString(u *url.URL) any {
	if u.RawQuery == "" {
		return ""
	}
	return "?" + u.RawQuery
}
