package contract

import (
	"cmp"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// Introspect says where the target tells what has become of a token (RFC 7662).
// Who asks shows the credentials of a client, a bearer token, or fields and
// headers of its own.
type Introspect struct {
	// Path is at each endpoint; URL is absolute, where another host answers. One of
	// them is needed.
	Path     string `yaml:"path"`
	URL      string `yaml:"url"`
	Method   string `yaml:"method"`   // POST by default
	Encoding string `yaml:"encoding"` // "form" (the default) or "json"
	// TokenField carries the token; "token" by default.
	TokenField string            `yaml:"token_field"`
	Fields     map[string]string `yaml:"fields"`
	Headers    map[string]string `yaml:"headers"`
	// ClientID and ClientSecret are a client's, and travel as ClientAuth says: in
	// "basic" (the default) or in the "body".
	ClientID     string `yaml:"client_id"`
	ClientSecret string `yaml:"client_secret"`
	ClientAuth   string `yaml:"client_auth"`
	// Bearer is a token that lets its bearer ask (RFC 7662 section 2.1).
	Bearer string `yaml:"bearer"`
	// Active is the JSON path of the answer's word on the token; $.active by
	// default.
	Active string `yaml:"active"`
	// CacheWindow is how long after a logout an answer may yet be that the token
	// is active. 0 by default.
	CacheWindow time.Duration `yaml:"cache_window"`
}

// Key is the key of the target file that says where to ask.
func (i Introspect) Key() string {
	if i.URL != "" {
		return "introspect.url"
	}
	return "introspect.path"
}

// At is the base URL, "" for the endpoints, and the path that is asked.
func (i Introspect) At() (base, path string) {
	if i.URL == "" {
		return "", i.Path
	}
	u, err := url.Parse(i.URL)
	if err != nil {
		return "", i.URL
	}
	return u.Scheme + "://" + u.Host, u.RequestURI()
}

// String is the request as a person writes it.
func (i Introspect) String() string { return i.Method + " " + cmp.Or(i.URL, i.Path) }

func (i *Introspect) withDefaults() *Introspect {
	if i == nil {
		return nil
	}
	full := *i
	full.Method = cmp.Or(i.Method, http.MethodPost)
	full.Encoding = cmp.Or(i.Encoding, "form")
	full.TokenField = cmp.Or(i.TokenField, "token")
	full.ClientAuth = cmp.Or(i.ClientAuth, "basic")
	full.Active = cmp.Or(i.Active, "$.active")
	return &full
}

func (i *Introspect) check(p *problems) {
	if i == nil {
		return
	}
	p.add((i.Path == "") == (i.URL == ""), "introspect", "give either path, at the endpoints, or url, elsewhere")
	p.add(i.Path != "" && !strings.HasPrefix(i.Path, "/"), "introspect.path", "the path of the introspection begins with /")
	if i.URL != "" {
		p.addURL("introspect.url", i.URL)
	}
	p.add(i.ClientID != "" && i.Bearer != "", "introspect.bearer", "who asks shows either a bearer token or the credentials of a client")
	p.add(i.ClientID == "" && i.ClientSecret != "", "introspect.client_id", "client_secret is a client's, whose client_id is missing")
	p.add(i.ClientID == "" && i.ClientAuth != "", "introspect.client_auth", "it is where the credentials of a client travel, and client_id is missing")
	full := i.withDefaults()
	inHeader := i.Bearer != "" || i.ClientID != "" && full.ClientAuth == "basic"
	for name := range i.Headers {
		p.add(inHeader && strings.EqualFold(name, "Authorization"), "introspect.headers."+name, "the credentials travel in this header; leave it out, or leave bearer and client_id out")
	}
	for name := range i.Fields {
		p.add(name == full.TokenField, "introspect.fields."+name, "the token travels in this field; leave it out")
	}
}

func (i *Introspect) secrets() []string {
	if i == nil {
		return nil
	}
	all := []string{i.ClientSecret, i.Bearer}
	all = slices.AppendSeq(all, maps.Values(i.Headers))
	for name, value := range i.Fields {
		if name != "token_type_hint" { // RFC 7662 section 2.1: everybody's word
			all = append(all, value)
		}
	}
	return all
}
