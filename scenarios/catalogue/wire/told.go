package wire

import (
	"bytes"
	"encoding/json"
	"maps"
	"strings"

	"github.com/revocheck/revocheck/scenarios"
)

// told is what a route answers to a live token, to the dead one and to none.
type told struct {
	route            scenarios.Route
	live, dead, none scenarios.Answer
}

// tells reports whether a refusal's body is or holds the live one: byte by
// byte, or as an object in its JSON, since answers may hold a time or a number.
func (a told) tells(p *scenarios.Play, t *scenarios.Token) bool {
	body := bytes.TrimSpace(a.live.Body)
	switch {
	case len(body) == 0 || a.forEverybody():
		return false
	case bytes.Equal(a.live.Body, a.dead.Body), len(body) > least && bytes.Contains(a.dead.Body, body):
		return true
	case a.route.Identity == "":
		return false
	}
	for _, object := range objects(a.dead.Body) {
		if a.identifies(p, t, object) && a.resembles(object) {
			return true
		}
	}
	// What is no object, such as a list, is judged by its identity alone.
	return objectOf(a.live.Body) == nil && a.identifies(p, t, a.dead.Body)
}

// forEverybody reports whether the same is answered with a token and without,
// and says nothing: an empty object, or the page in which an application runs.
func (a told) forEverybody() bool {
	page := strings.HasPrefix(a.dead.Header.Get("Content-Type"), "text/html")
	small := len(bytes.TrimSpace(a.dead.Body)) <= least
	return bytes.Equal(a.dead.Body, a.none.Body) && bytes.Equal(a.dead.Body, a.live.Body) && (small || page)
}

func (a told) identifies(p *scenarios.Play, t *scenarios.Token, body []byte) bool {
	answer := a.dead
	answer.Status, answer.Body = a.live.Status, body
	return p.Judge(a.route, t, answer) == scenarios.Accepted
}

// resembles reports whether an object has the members of the live answer, or
// tells more of it than one value: the user alone stands in the token, too.
func (a told) resembles(object []byte) bool {
	live, other, none := objectOf(a.live.Body), objectOf(object), objectOf(a.none.Body)
	if maps.EqualFunc(live, other, func(_, _ json.RawMessage) bool { return true }) {
		return true
	}
	shared := 0
	for name, v := range live {
		if string(other[name]) == string(v) && string(none[name]) != string(v) {
			shared++
		}
	}
	return shared > 1
}

// least is the length of a body that is in another one by more than chance.
const least = 16

func objectOf(body []byte) map[string]json.RawMessage {
	var o map[string]json.RawMessage
	if json.Unmarshal(body, &o) != nil {
		return nil
	}
	return o
}

// mostObjects bounds the work on a body that is full of braces.
const mostObjects = 64

// objects are those of JSON in a body, the ones within others and those behind
// other text too.
func objects(body []byte) [][]byte {
	var found [][]byte
	for i := 0; i < len(body) && len(found) < mostObjects; i++ {
		next := bytes.IndexByte(body[i:], '{')
		if next < 0 {
			break
		}
		i += next
		var object json.RawMessage
		if json.NewDecoder(bytes.NewReader(body[i:])).Decode(&object) == nil {
			found = append(found, object)
		}
	}
	return found
}
