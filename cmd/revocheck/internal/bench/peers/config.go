package peers

import (
	"fmt"
	"path/filepath"
	"strings"
)

// HAProxy verifies HS256 and exp, and refuses what its map of jti names.
var HAProxy = Proxy{
	Name: "HAProxy, jwt_verify and a map", program: "haproxy",
	files: func(dir, listen string, s Setup) map[string]string {
		revoked := filepath.Join(dir, "revoked.map")
		return map[string]string{
			"config":      fmt.Sprintf(haproxyConfig, listen, s.Secret, revoked, s.Backend),
			"revoked.map": mapOf(s.Revoked),
		}
	},
	check: func(config string) []string { return []string{"-c", "-q", "-f", config} },
	run:   func(config string) []string { return []string{"-db", "-q", "-f", config} },
}

// haproxyConfig takes the address, the secret, the map and the backend.
const haproxyConfig = `global
  nbthread 1
  maxconn 4096
defaults
  mode http
  timeout connect 5s
  timeout client 60s
  timeout server 60s
  option http-keep-alive
  http-reuse always
frontend gateway
  bind %s
  http-request set-var(txn.bearer) http_auth_bearer
  http-request set-var(txn.now) date()
  http-request deny deny_status 401 unless { var(txn.bearer),jwt_header_query('$.alg') -m str HS256 }
  http-request deny deny_status 401 unless { var(txn.bearer),jwt_verify("HS256","%s") -m int 1 }
  http-request deny deny_status 401 unless { var(txn.bearer),jwt_payload_query('$.exp','int'),sub(txn.now) -m int gt 0 }
  http-request deny deny_status 401 unless { var(txn.bearer),jwt_payload_query('$.jti') -m found }
  http-request deny deny_status 401 if { var(txn.bearer),jwt_payload_query('$.jti'),map_str(%s) -m found }
  default_backend service
backend service
  server one %s
`

func mapOf(revoked []string) string {
	var b strings.Builder
	for _, jti := range revoked {
		b.WriteString(jti + " 1\n")
	}
	return b.String()
}

// Nginx forwards every call and looks at nothing.
var Nginx = Proxy{
	Name: "nginx, a bare proxy", program: "nginx",
	files: func(dir, listen string, s Setup) map[string]string {
		return map[string]string{"config": fmt.Sprintf(nginxConfig, dir, listen, s.Backend)}
	},
	check: func(config string) []string { return nginxArguments(config, "-t", "-q") },
	run:   func(config string) []string { return nginxArguments(config) },
}

func nginxArguments(config string, more ...string) []string {
	return append([]string{"-e", "stderr", "-p", filepath.Dir(config), "-c", config}, more...)
}

// nginxConfig takes the folder, the address and the backend. A master would
// leave its worker behind when it is killed.
const nginxConfig = `daemon off;
master_process off;
pid %[1]s/pid;
error_log stderr crit;
events { worker_connections 4096; }
http {
  access_log off;
  keepalive_requests 100000000;
  client_body_temp_path %[1]s/body;
  proxy_temp_path %[1]s/proxy;
  fastcgi_temp_path %[1]s/fastcgi;
  uwsgi_temp_path %[1]s/uwsgi;
  scgi_temp_path %[1]s/scgi;
  upstream service { server %[3]s; keepalive 256; keepalive_requests 100000000; }
  server {
    listen %[2]s;
    location / { proxy_pass http://service; proxy_http_version 1.1; proxy_set_header Connection ""; }
  }
}
`
