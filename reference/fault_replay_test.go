package reference

import (
	"bytes"
	"strings"

	"github.com/revocheck/revocheck/fixtures/attack/spelling"
)

var replayObservations = map[string]sound{
	"get-unchecked":             refusedFor("GET", "/api/hello"),
	"head-unchecked":            refusedFor("HEAD", "/api/hello"),
	"options-unchecked":         refusedFor("OPTIONS", "/api/hello"),
	"second-route-unchecked":    refusedFor("GET", "/api/orders"),
	"method-override-unchecked": refusedFor("POST", "/api/hello", header("X-HTTP-Method-Override", "GET")),
	"path-variant-unchecked": func(g *rig) bool {
		raw := g.dead("alice")
		for _, target := range []string{"/api//hello", "/api/hello/", "/API/hello", "/api/%68ello", "/api/./hello", "/api/x/../hello"} {
			if g.send(0, "GET", target, "", bearing(raw)).Code != 401 {
				return false
			}
		}
		return true
	},
	"unusual-method-unchecked":   refusedFor("PROPFIND", "/api/hello"),
	"open-path-in-url-unchecked": refusedFor("GET", "/api/hello?next=/login"),
	"static-file-unchecked":      refusedFor("GET", "/api/hello?x=.css"),
	"inside-header-unchecked":    refusedFor("GET", "/api/hello", header("X-Forwarded-For", "127.0.0.1")),
	"http10-unchecked":           refusedFor("GET", "/api/hello", overHTTP10),
	"header-token-unchecked": func(g *rig) bool {
		return g.send(0, "GET", "/api/hello", "", header("X-Access-Token", g.dead("alice"))).Code == 401
	},
	"refused-write-reaches-backend": func(g *rig) bool {
		g.send(0, "POST", "/api/orders", "{}", bearing(g.dead("alice")))
		return g.Backend().Hits() == 0
	},
	"connection-cached": func(g *rig) bool {
		raw := g.login("alice")
		g.call(raw, from("1.2.3.4:5"))
		g.kill(raw)
		return g.call(raw, from("9.9.9.9:9")) == 401 && g.call(raw, from("1.2.3.4:5")) == 401
	},
	"new-connection-unchecked": func(g *rig) bool { return g.call(g.dead("alice"), from("1.2.3.4:5")) == 401 },
	"http2-unchecked":          refusedFor("GET", "/api/hello", overHTTP2),
	"refused-call-reaches-backend": func(g *rig) bool {
		g.call(g.dead("alice"))
		return g.Backend().Hits() == 0
	},
	"refusal-leaks-body": func(g *rig) bool {
		w := g.send(0, "GET", "/api/hello", "", bearing(g.dead("alice")))
		return w.Code == 401 && !bytes.Contains(w.Body.Bytes(), []byte("alice"))
	},
	"refusal-wraps-body": func(g *rig) bool {
		w := g.send(0, "GET", "/api/hello", "", bearing(g.dead("alice")))
		return w.Code == 401 && !bytes.Contains(w.Body.Bytes(), []byte("alice"))
	},
	"busy-token-cached": func(g *rig) bool {
		raw := g.login("alice")
		for range 110 {
			g.call(raw)
		}
		g.kill(raw)
		return g.call(raw) == 401
	},
	"query-token-unchecked": func(g *rig) bool {
		raw := g.login("alice")
		live := g.send(0, "GET", "/api/hello?access_token="+raw, "").Code
		g.kill(raw)
		return live == 200 && g.send(0, "GET", "/api/hello?access_token="+raw, "").Code == 401
	},
	"form-token-unchecked": func(g *rig) bool {
		raw := g.login("alice")
		form := header("Content-Type", "application/x-www-form-urlencoded")
		live := g.send(0, "POST", "/api/hello", "jwt="+raw, form).Code
		g.kill(raw)
		return live == 200 && g.send(0, "POST", "/api/hello", "jwt="+raw, form).Code == 401
	},
	"cookie-token-unchecked": func(g *rig) bool {
		raw := g.login("alice")
		live := g.send(0, "GET", "/api/hello", "", header("Cookie", "token="+raw)).Code
		g.kill(raw)
		return live == 200 && g.send(0, "GET", "/api/hello", "", header("Cookie", "token="+raw)).Code == 401
	},
	"checks-one-serves-other": func(g *rig) bool {
		live, dead := g.login("bob"), g.dead("alice")
		return subject(g.send(0, "GET", "/api/hello?access_token="+dead, "", bearing(live))) != "alice"
	},
	"revives-after-100-replays": neverSlips(300),
	"slips-one-in-100":          neverSlips(300),
}

func refusedFor(method, target string, edits ...edit) sound {
	return func(g *rig) bool {
		raw := g.dead("alice")
		return g.send(0, method, target, "", append(edits[:len(edits):len(edits)], bearing(raw))...).Code == 401
	}
}

func neverSlips(replays int) sound {
	return func(g *rig) bool {
		raw := g.dead("alice")
		for range replays {
			if g.call(raw) != 401 {
				return false
			}
		}
		return true
	}
}

var respellingObservations = map[string]sound{
	"key-raw-header": func(g *rig) bool {
		return respelledDies(g, func(raw string) string { return "bearer " + raw })
	},
	"key-raw-token": func(g *rig) bool {
		return respelledDies(g, func(raw string) string { return "Bearer " + raw + "=" }) &&
			respelledDies(g, func(raw string) string { return "Bearer " + otherLastBits(raw) })
	},
	"key-raw-token-strict": func(g *rig) bool { return respelledDies(g, twin) },
	"key-signature":        func(g *rig) bool { return respelledDies(g, twin) },
	"key-raw-query": func(g *rig) bool {
		raw := g.dead("alice")
		return g.send(0, "GET", "/api/hello?token="+strings.ReplaceAll(raw, ".", "%2E"), "").Code == 401
	},
	"key-raw-cookie": func(g *rig) bool {
		return g.send(0, "GET", "/api/hello", "", header("Cookie", `jwt="`+g.dead("alice")+`"`)).Code == 401
	},
	"other-scheme-unchecked": func(g *rig) bool { return stillRefused(g, func(raw string) string { return "Token " + raw }) },
	"junk-in-token-ignored":  func(g *rig) bool { return stillRefused(g, func(raw string) string { return "Bearer " + raw + "!!" }) },
	"extra-segment-ignored":  func(g *rig) bool { return stillRefused(g, func(raw string) string { return "Bearer " + raw + ".x" }) },
	"escaped-token-accepted": func(g *rig) bool {
		return stillRefused(g, func(raw string) string { return "Bearer " + strings.Replace(raw, ".", "%2e", 1) })
	},
	"json-serialization-accepted": func(g *rig) bool { return stillRefused(g, respelledAs(spelling.FamilyJSONSerialization)) },
	"sloppy-scheme-unchecked":     func(g *rig) bool { return stillRefused(g, func(raw string) string { return "Bearer: " + raw }) },
	"ecdsa-der-accepted":          func(g *rig) bool { return stillRefused(g, respelledAs(spelling.FamilyECDSADER)) },
	"eddsa-twin-accepted":         func(g *rig) bool { return stillRefused(g, respelledAs(spelling.FamilyEdDSATwin)) },
	"truncated-signature-accepted": func(g *rig) bool {
		return stillRefused(g, func(raw string) string { return "Bearer " + raw[:len(raw)-3] })
	},
	"whitespace-spelling-unchecked": func(g *rig) bool {
		return stillRefused(g, func(raw string) string { return "Bearer  " + raw }) &&
			stillRefused(g, func(raw string) string { return "Bearer " + strings.Replace(raw, ".", ". ", 1) })
	},
}

// respelledDies: the spelling is accepted of a live token, and refused of a
// dead one, whichever of the two spellings was logged out.
func respelledDies(g *rig, spell func(string) string) bool {
	raw := g.login("alice")
	spelled := func(method, target string) int {
		return g.send(0, method, target, "", header("Authorization", spell(raw))).Code
	}
	live := spelled("GET", "/api/hello")
	g.kill(raw)
	forth := spelled("GET", "/api/hello")
	raw = g.login("alice")
	out := spelled("POST", "/logout")
	return live == 200 && forth == 401 && out == 204 && g.call(raw) == 401
}

// stillRefused: a spelling that need not be accepted must not revive.
func stillRefused(g *rig, spell func(string) string) bool {
	raw := g.dead("alice")
	return g.send(0, "GET", "/api/hello", "", header("Authorization", spell(raw))).Code != 200
}
