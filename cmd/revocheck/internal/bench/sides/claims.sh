#!/bin/sh
# Measures the recipe's claims on the emulated API Management service:
#   claims.sh REVOCHECK DURATION
# Each command is shown before what it prints. Alone on the machine, please.
set -eu
revocheck=$1 duration=$2
work=$(mktemp -d)
"$revocheck" serve --strategy apim-counter --apim-regions 1 --addr 127.0.0.1:0 --target-file "$work/apim.yaml" &
served=$!
trap 'kill "$served" 2>/dev/null; wait "$served" 2>/dev/null; rm -rf "$work"' EXIT INT TERM
tries=0
until [ -s "$work/apim.yaml" ]; do
	tries=$((tries + 1))
	[ "$tries" -le 100 ] || { echo "the service does not start" >&2; exit 3; }
	sleep 0.1
done

# show runs a command, and goes on when a limit does not hold: the figures count.
show() {
	title=$1
	shift
	printf '\n## %s\n$ revocheck %s\n' "$title" "$*"
	code=0
	(cd "$work" && "$revocheck" "$@") || code=$?
	echo "exit code $code"
}
case $revocheck in /*) ;; *) revocheck=$PWD/$revocheck ;; esac

show 'minimal additional latency: the counter alone, over the same policies without it' \
	bench --strategy apim-counter --against verify --duration "$duration" --max-overhead p50=5%
show 'minimal additional latency: a call with a token over the open route, at the endpoint' \
	bench --target apim.yaml --against open --duration "$duration" --max-leaks 0
show 'minimal additional latency: refusing a logged-out token over accepting a live one' \
	bench --target apim.yaml --against live --duration "$duration" --max-leaks 0
show 'enterprise level load: the highest rate with p99 under 20 ms' \
	bench saturate --target apim.yaml --max-p99 20ms --from 500
show 'enterprise level load: the same of a deny-list in memory with a million revoked tokens' \
	bench saturate --strategy denylist --population 1000000 --max-p99 20ms --from 500
