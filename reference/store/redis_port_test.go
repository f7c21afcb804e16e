package store_test

import (
	"io"
	"net"
	"strconv"
	"testing"
	"time"
)

// redisAt runs a Redis whose arguments name a port, and gives the port and the
// URL of its socket.
func redisAt(t *testing.T, args func(port string) []string) (port, socket string) {
	t.Helper()
	port, s := atFreePort(t, func(port string) *server { return redisProcess(t, args(port)...) })
	return port, s.url()
}

// atFreePort runs a server at a port that was free a moment ago. One that finds
// it taken by somebody else ends, and the next is run at another.
func atFreePort(t *testing.T, run func(port string) *server) (string, *server) {
	t.Helper()
	for range 10 {
		port := freePort(t)
		if s := run(port); s.starts() {
			return port, s
		}
	}
	t.Fatal("ten servers have ended as soon as they were started")
	return "", nil
}

// starts waits until the server answers; false if it ends instead.
func (s *server) starts() bool {
	for !s.answers() {
		select {
		case <-s.ended:
			return false
		case <-time.After(10 * time.Millisecond):
		}
	}
	return true
}

// answers: what the server says does not matter, for some want a password.
// That it speaks at its socket means that it has all its ports.
func (s *server) answers() bool {
	c, err := net.Dial("unix", s.socket)
	if err != nil {
		return false
	}
	defer c.Close()
	if _, err := io.WriteString(c, "PING\r\n"); err != nil {
		return false
	}
	_, err = c.Read(make([]byte, 1))
	return err == nil
}

func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return strconv.Itoa(l.Addr().(*net.TCPAddr).Port)
}
