package replay

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"

	"github.com/revocheck/revocheck/scenarios"
)

// inHeaders are the header fields that proxies and frameworks read, and the
// ways to write Authorization.
func inHeaders(p *scenarios.Play) []scenarios.Form {
	forms := []scenarios.Form{
		header(p, "Authorization", "Bearer "), header(p, "Authorization", ""),
		header(p, "Sec-WebSocket-Protocol", "access_token, "), header(p, "Sec-WebSocket-Protocol", "bearer, "),
		header(p, "Sec-WebSocket-Protocol", "jwt, "), kubernetes(p),
		basic(p, "password", func(raw string) string { return "token:" + raw }),
		basic(p, "user", func(raw string) string { return raw + ":" }),
	}
	for _, scheme := range []string{"JWT ", "Token ", "OAuth "} {
		forms = append(forms, header(p, "Authorization", scheme))
	}
	for _, field := range []string{
		"X-Access-Token", "X-Auth-Token", "X-Authorization", "X-Forwarded-Access-Token", "X-Forwarded-Authorization",
		"X-JWT-Assertion", "X-Amzn-Oidc-Data", "X-Api-Key", "X-Token", "Token", "Access-Token", "Proxy-Authorization",
		"X-Amzn-Oidc-Accesstoken", "X-Id-Token", "X-Original-Authorization", "X-Goog-Iap-Jwt-Assertion",
	} {
		forms = append(forms, header(p, field, ""))
	}
	if c := p.Contract().Carrier; c.In == "header" && !strings.EqualFold(c.Name, "Authorization") {
		forms = append(forms, header(p, c.Name, "Bearer "), header(p, c.Name, "bearer "), header(p, c.Name, ""))
	}
	return append(forms, header(p, "X-Authorization", "Bearer "), header(p, "Proxy-Authorization", "Bearer "),
		header(p, "X-Original-Authorization", "Bearer "), header(p, "X-Forwarded-Authorization", "Bearer "))
}

func header(p *scenarios.Play, field, before string) scenarios.Form {
	return carried(p, "header "+field+": "+before, func(req *scenarios.Request, raw string) {
		req.Header.Set(field, before+raw)
	})
}

// kubernetes is how browsers give its API server a token: as a subprotocol.
func kubernetes(p *scenarios.Play) scenarios.Form {
	return carried(p, "header Sec-WebSocket-Protocol: base64url.bearer.authorization.k8s.io.", func(req *scenarios.Request, raw string) {
		req.Header.Set("Sec-WebSocket-Protocol", "base64url.bearer.authorization.k8s.io."+base64.RawURLEncoding.EncodeToString([]byte(raw))+", base64.binary.k8s.io")
	})
}

// basic has the token as one half of the credentials, as for git and registries.
func basic(p *scenarios.Play, where string, credentials func(raw string) string) scenarios.Form {
	return carried(p, "Basic "+where, func(req *scenarios.Request, raw string) {
		req.Header.Set("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(credentials(raw))))
	})
}

func inBodies(p *scenarios.Play) []scenarios.Form {
	var forms []scenarios.Form
	for _, field := range fields {
		forms = append(forms, inJSON(p, field), inMultipart(p, field))
	}
	return forms
}

func inJSON(p *scenarios.Play, field string) scenarios.Form {
	return body(p, "JSON "+field, "application/json", func(raw string) string {
		text, _ := json.Marshal(map[string]string{field: raw}) // a map of strings always encodes
		return string(text)
	})
}

func inMultipart(p *scenarios.Play, field string) scenarios.Form {
	return body(p, "multipart "+field, "multipart/form-data; boundary=parts", func(raw string) string {
		return "--parts\r\nContent-Disposition: form-data; name=\"" + field + "\"\r\n\r\n" + raw + "\r\n--parts--\r\n"
	})
}

// body is a POST.
func body(p *scenarios.Play, name, media string, of func(raw string) string) scenarios.Form {
	return scenarios.Form{Name: name, Request: func(raw string) scenarios.Request {
		req := bare(p)
		req.Method, req.ContentType, req.Body = http.MethodPost, media, of(orNobodys(raw))
		return req
	}}
}

// inPath are the places in a path: a parameter of its last segment.
func inPath(p *scenarios.Play) []scenarios.Form {
	return []scenarios.Form{carried(p, "path parameter access_token", func(req *scenarios.Request, raw string) {
		req.Path += ";access_token=" + raw
	})}
}

// carried is a call without a token to which one is added in some place.
func carried(p *scenarios.Play, name string, put func(req *scenarios.Request, raw string)) scenarios.Form {
	return scenarios.Form{Name: name, Request: func(raw string) scenarios.Request {
		req := bare(p)
		put(&req, orNobodys(raw))
		return req
	}}
}
