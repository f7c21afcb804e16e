package gateway

import (
	"cmp"
	"io"
	"log/slog"
	"net/http"
	"sync"
)

// lockedWriter lets replicas share one log.
type lockedWriter struct {
	mu sync.Mutex
	w  io.Writer
}

func (l *lockedWriter) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.w.Write(b)
}

// newAccessLog writes a line for each request, without headers, query or
// body: any of them can carry a token. It is nil without a writer.
func newAccessLog(cfg Config) func(*http.Request, int) {
	if cfg.LogWriter == nil {
		return nil
	}
	log := slog.New(slog.NewJSONHandler(cfg.LogWriter, nil))
	return func(r *http.Request, status int) {
		log.Info("request", "method", r.Method, "path", r.URL.Path, "status", status)
	}
}

// statusWriter remembers the status of an answer.
type statusWriter struct {
	http.ResponseWriter
	code int
}

func (w *statusWriter) WriteHeader(code int) {
	if w.code == 0 {
		w.code = code
	}
	w.ResponseWriter.WriteHeader(code)
}

func (w *statusWriter) Write(b []byte) (int, error) {
	if w.code == 0 {
		w.code = http.StatusOK
	}
	return w.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach the connection.
func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func (w *statusWriter) status() int { return cmp.Or(w.code, http.StatusOK) }
