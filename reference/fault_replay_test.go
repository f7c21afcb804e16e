package reference

import (
	"bytes"
	"strings"

	"github.com/revocheck/revocheck/fixtures/attack/spelling"
)

var replayObservations = map[string]Sound{
	"get-unchecked":             refusedFor("GET", "/api/hello"),
	"head-unchecked":            refusedFor("HEAD", "/api/hello"),
	"options-unchecked":         refusedFor("OPTIONS", "/api/hello"),
	"second-route-unchecked":    refusedFor("GET", "/api/orders"),
	"method-override-unchecked": refusedFor("POST", "/api/hello", Header("X-HTTP-Method-Override", "GET")),
	"path-variant-unchecked": func(g *Gateway) bool {
		raw := g.Dead("alice")
		for _, target := range []string{"/api//hello", "/api/hello/", "/API/hello", "/api/%68ello", "/api/./hello", "/api/x/../hello"} {
			if g.Send(0, "GET", target, "", Bearing(raw)).Code != 401 {
				return false
			}
		}
		return true
	},
	"unusual-method-unchecked":   refusedFor("PROPFIND", "/api/hello"),
	"open-path-in-url-unchecked": refusedFor("GET", "/api/hello?next=/login"),
	"static-file-unchecked":      refusedFor("GET", "/api/hello?x=.css"),
	"inside-header-unchecked":    refusedFor("GET", "/api/hello", Header("X-Forwarded-For", "127.0.0.1")),
	"http10-unchecked":           refusedFor("GET", "/api/hello", overHTTP10),
	"header-token-unchecked": func(g *Gateway) bool {
		return g.Send(0, "GET", "/api/hello", "", Header("X-Access-Token", g.Dead("alice"))).Code == 401
	},
	"refused-write-reaches-backend": func(g *Gateway) bool {
		g.Send(0, "POST", "/api/orders", "{}", Bearing(g.Dead("alice")))
		return g.Backend().Hits() == 0
	},
	"connection-cached": func(g *Gateway) bool {
		raw := g.Login("alice")
		g.Call(raw, From("1.2.3.4:5"))
		g.MustLogout(raw)
		return g.Call(raw, From("9.9.9.9:9")) == 401 && g.Call(raw, From("1.2.3.4:5")) == 401
	},
	"new-connection-unchecked": func(g *Gateway) bool { return g.Call(g.Dead("alice"), From("1.2.3.4:5")) == 401 },
	"http2-unchecked":          refusedFor("GET", "/api/hello", overHTTP2),
	"refused-call-reaches-backend": func(g *Gateway) bool {
		g.Call(g.Dead("alice"))
		return g.Backend().Hits() == 0
	},
	"refusal-leaks-body": func(g *Gateway) bool {
		w := g.Send(0, "GET", "/api/hello", "", Bearing(g.Dead("alice")))
		return w.Code == 401 && !bytes.Contains(w.Body.Bytes(), []byte("alice"))
	},
	"refusal-wraps-body": func(g *Gateway) bool {
		w := g.Send(0, "GET", "/api/hello", "", Bearing(g.Dead("alice")))
		return w.Code == 401 && !bytes.Contains(w.Body.Bytes(), []byte("alice"))
	},
	"busy-token-cached": func(g *Gateway) bool {
		raw := g.Login("alice")
		for range 110 {
			g.Call(raw)
		}
		g.MustLogout(raw)
		return g.Call(raw) == 401
	},
	"query-token-unchecked": func(g *Gateway) bool {
		raw := g.Login("alice")
		live := g.Send(0, "GET", "/api/hello?access_token="+raw, "").Code
		g.MustLogout(raw)
		return live == 200 && g.Send(0, "GET", "/api/hello?access_token="+raw, "").Code == 401
	},
	"form-token-unchecked": func(g *Gateway) bool {
		raw := g.Login("alice")
		form := Header("Content-Type", "application/x-www-form-urlencoded")
		live := g.Send(0, "POST", "/api/hello", "jwt="+raw, form).Code
		g.MustLogout(raw)
		return live == 200 && g.Send(0, "POST", "/api/hello", "jwt="+raw, form).Code == 401
	},
	"cookie-token-unchecked": func(g *Gateway) bool {
		raw := g.Login("alice")
		live := g.Send(0, "GET", "/api/hello", "", Header("Cookie", "token="+raw)).Code
		g.MustLogout(raw)
		return live == 200 && g.Send(0, "GET", "/api/hello", "", Header("Cookie", "token="+raw)).Code == 401
	},
	"checks-one-serves-other": func(g *Gateway) bool {
		live, dead := g.Login("bob"), g.Dead("alice")
		return Subject(g.Send(0, "GET", "/api/hello?access_token="+dead, "", Bearing(live))) != "alice"
	},
	"revives-after-100-replays": neverSlips(300),
	"slips-one-in-100":          neverSlips(300),
}

func refusedFor(method, target string, edits ...Edit) Sound {
	return func(g *Gateway) bool {
		raw := g.Dead("alice")
		return g.Send(0, method, target, "", append(edits[:len(edits):len(edits)], Bearing(raw))...).Code == 401
	}
}

func neverSlips(replays int) Sound {
	return func(g *Gateway) bool {
		raw := g.Dead("alice")
		for range replays {
			if g.Call(raw) != 401 {
				return false
			}
		}
		return true
	}
}

var respellingObservations = map[string]Sound{
	"key-raw-header": func(g *Gateway) bool {
		return respelledDies(g, func(raw string) string { return "bearer " + raw })
	},
	"key-raw-token": func(g *Gateway) bool {
		return respelledDies(g, func(raw string) string { return "Bearer " + raw + "=" }) &&
			respelledDies(g, func(raw string) string { return "Bearer " + otherLastBits(raw) })
	},
	"key-raw-token-strict": func(g *Gateway) bool { return respelledDies(g, twin) },
	"key-signature":        func(g *Gateway) bool { return respelledDies(g, twin) },
	"key-raw-query": func(g *Gateway) bool {
		raw := g.Dead("alice")
		return g.Send(0, "GET", "/api/hello?token="+strings.ReplaceAll(raw, ".", "%2E"), "").Code == 401
	},
	"key-raw-cookie": func(g *Gateway) bool {
		return g.Send(0, "GET", "/api/hello", "", Header("Cookie", `jwt="`+g.Dead("alice")+`"`)).Code == 401
	},
	"other-scheme-unchecked": func(g *Gateway) bool { return stillRefused(g, func(raw string) string { return "Token " + raw }) },
	"junk-in-token-ignored": func(g *Gateway) bool {
		return stillRefused(g, func(raw string) string { return "Bearer " + raw + "!!" })
	},
	"extra-segment-ignored": func(g *Gateway) bool {
		return stillRefused(g, func(raw string) string { return "Bearer " + raw + ".x" })
	},
	"escaped-token-accepted": func(g *Gateway) bool {
		return stillRefused(g, func(raw string) string { return "Bearer " + strings.Replace(raw, ".", "%2e", 1) })
	},
	"json-serialization-accepted": func(g *Gateway) bool { return stillRefused(g, respelledAs(spelling.FamilyJSONSerialization)) },
	"sloppy-scheme-unchecked":     func(g *Gateway) bool { return stillRefused(g, func(raw string) string { return "Bearer: " + raw }) },
	"ecdsa-der-accepted":          func(g *Gateway) bool { return stillRefused(g, respelledAs(spelling.FamilyECDSADER)) },
	"eddsa-twin-accepted":         func(g *Gateway) bool { return stillRefused(g, respelledAs(spelling.FamilyEdDSATwin)) },
	"truncated-signature-accepted": func(g *Gateway) bool {
		return stillRefused(g, func(raw string) string { return "Bearer " + raw[:len(raw)-3] })
	},
	"whitespace-spelling-unchecked": func(g *Gateway) bool {
		return stillRefused(g, func(raw string) string { return "Bearer  " + raw }) &&
			stillRefused(g, func(raw string) string { return "Bearer " + strings.Replace(raw, ".", ". ", 1) })
	},
}

// respelledDies: the spelling is accepted of a live token, and refused of a
// dead one, whichever of the two spellings was logged out.
func respelledDies(g *Gateway, spell func(string) string) bool {
	raw := g.Login("alice")
	spelled := func(method, target string) int {
		return g.Send(0, method, target, "", Header("Authorization", spell(raw))).Code
	}
	live := spelled("GET", "/api/hello")
	g.MustLogout(raw)
	forth := spelled("GET", "/api/hello")
	raw = g.Login("alice")
	out := spelled("POST", "/logout")
	return live == 200 && forth == 401 && out == 204 && g.Call(raw) == 401
}

// stillRefused: a spelling that need not be accepted must not revive.
func stillRefused(g *Gateway, spell func(string) string) bool {
	raw := g.Dead("alice")
	return g.Send(0, "GET", "/api/hello", "", Header("Authorization", spell(raw))).Code != 200
}
