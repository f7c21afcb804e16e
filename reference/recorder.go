package reference

import (
	"bytes"
	"maps"
	"net/http"
)

// recorder keeps an answer instead of sending it.
type recorder struct {
	header http.Header
	status int
	sent   bool
	body   bytes.Buffer
}

func newRecorder() *recorder { return &recorder{header: http.Header{}, status: http.StatusOK} }

func (a *recorder) Header() http.Header { return a.header }

func (a *recorder) WriteHeader(status int) {
	if !a.sent {
		a.status, a.sent = status, true
	}
}

func (a *recorder) Write(b []byte) (int, error) {
	a.sent = true
	return a.body.Write(b)
}

// send passes the answer on.
func (a *recorder) send(w http.ResponseWriter) {
	maps.Copy(w.Header(), a.header)
	w.WriteHeader(a.status)
	_, _ = w.Write(a.body.Bytes()) // a client that has gone needs no answer
}
