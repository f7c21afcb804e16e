package apim

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
)

// tokenPath ends the path of the issuer's token endpoint, as Entra ID has it; the
// tenant stands before it.
const tokenPath = "/oauth2/v2.0/token"

// asksForToken reports whether a request goes to the token endpoint, which stands
// beside the gateway: no policy sees it.
func asksForToken(r *http.Request) bool {
	tenant, found := strings.CutSuffix(r.URL.Path, tokenPath)
	return found && len(tenant) > 1 && strings.LastIndexByte(tenant, '/') == 0
}

// maxTokenRequest bounds the body of a request for a token, in bytes.
const maxTokenRequest = 4 << 10

// tokenEndpoint grants client credentials (RFC 6749, section 4.4) in the form of
// Entra ID. The issuer's users are its clients.
func tokenEndpoint(issuer http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, maxTokenRequest)
		client, secret, inHeader := r.BasicAuth()
		if !inHeader {
			client, secret = r.PostFormValue("client_id"), r.PostFormValue("client_secret")
		}
		switch grant := r.PostFormValue("grant_type"); {
		case r.Method != http.MethodPost:
			w.Header().Set("Allow", http.MethodPost)
			noToken(w, http.StatusMethodNotAllowed, "invalid_request", 900561, "The endpoint only accepts POST requests.")
		case grant != "client_credentials":
			noToken(w, http.StatusBadRequest, "unsupported_grant_type", 70003, "The app requested an unsupported grant type.")
		case !strings.HasSuffix(r.PostFormValue("scope"), "/.default"):
			noToken(w, http.StatusBadRequest, "invalid_scope", 1002012, "The scope of client credentials ends in /.default.")
		default:
			issueToken(w, r, issuer, client, secret)
		}
	})
}

// issueToken has the issuer log the client in.
func issueToken(w http.ResponseWriter, r *http.Request, issuer http.Handler, client, secret string) {
	body, err := json.Marshal(map[string]string{"user": client, "password": secret})
	if err != nil { // texts can be written
		panic(err)
	}
	login, err := http.NewRequestWithContext(r.Context(), http.MethodPost, "/login", bytes.NewReader(body))
	if err != nil { // it is a fixed path
		panic(err)
	}
	granted := &answer{header: http.Header{}}
	issuer.ServeHTTP(granted, login)
	var token struct {
		Raw  string `json:"access_token"`
		Life int64  `json:"expires_in"`
	}
	if json.Unmarshal(granted.Bytes(), &token) != nil || token.Raw == "" {
		noToken(w, http.StatusUnauthorized, "invalid_client", 7000215, "Invalid client secret provided.")
		return
	}
	write(w, http.StatusOK, map[string]any{"token_type": "Bearer", "expires_in": token.Life, "ext_expires_in": token.Life, "access_token": token.Raw})
}

func noToken(w http.ResponseWriter, status int, kind string, code int, text string) {
	write(w, status, map[string]any{"error": kind, "error_description": fmt.Sprintf("AADSTS%d: %s", code, text), "error_codes": []int{code}})
}

func write(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store, no-cache")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v) // whoever asked may have gone
}
