package gateway

import (
	"bytes"
	"maps"
	"net/http"
)

// Recorder keeps an answer instead of sending it.
type Recorder struct {
	header http.Header
	Status int
	sent   bool
	Body   bytes.Buffer
}

// NewRecorder is an empty answer.
func NewRecorder() *Recorder { return &Recorder{header: http.Header{}, Status: http.StatusOK} }

// Header implements http.ResponseWriter.
func (a *Recorder) Header() http.Header { return a.header }

// WriteHeader implements http.ResponseWriter.
func (a *Recorder) WriteHeader(status int) {
	if !a.sent {
		a.Status, a.sent = status, true
	}
}

// Write implements http.ResponseWriter.
func (a *Recorder) Write(b []byte) (int, error) {
	a.sent = true
	return a.Body.Write(b)
}

// Send passes the answer on.
func (a *Recorder) Send(w http.ResponseWriter) {
	maps.Copy(w.Header(), a.header)
	w.WriteHeader(a.Status)
	_, _ = w.Write(a.Body.Bytes()) // a client that has gone needs no answer
}
