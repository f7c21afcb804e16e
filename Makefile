GO ?= go
# FUZZTIME is how long each fuzz target runs, COUNT how often the matrix does.
FUZZTIME ?= 5m
COUNT ?= 20
# PACKAGE_TIMEOUT bounds the tests of one package.
PACKAGE_TIMEOUT ?= 15m
# ROW is how long a row of the overhead table measures, STORES where its
# revocations are kept, POPULATION how many are there before.
ROW ?= 20s
STORES ?= memory,miniredis,sqlite,container
POPULATION ?= 1000000
# TAGS are the build tags of the long tests, so that lint sees these too.
TAGS ?= selftest,soak

.DEFAULT_GOAL := help
.PHONY: help build test lint fmt matrix race soak fuzz bench-selftest overhead-table bench-claims clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "%-16s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

build: ## build bin/revocheck
	$(GO) build -trimpath -o bin/revocheck ./cmd/revocheck

test: lint ## lint, then every test with the race detector; lists what was skipped, and why
	@mkdir -p bin
	$(GO) tool gotestsum --format pkgname-and-test-fails --junitfile bin/test.xml -- -race -timeout $(PACKAGE_TIMEOUT) ./...
	@$(MAKE) --no-print-directory race COUNT=2 # with the run above, three

lint: ## formatting, go vet, staticcheck, go.mod as go mod tidy would write it
	@files=$$(gofmt -l .); test -z "$$files" || { echo "not formatted (make fmt does it):"; echo "$$files"; exit 1; } >&2
	$(GO) vet -tags '$(TAGS)' ./...
	$(GO) tool staticcheck -tags '$(TAGS)' ./...
	@if [ "$$($(GO) env GOPROXY)" = off ]; then echo "NOT CHECKED: go.mod, because GOPROXY=off" >&2; else set -x; $(GO) mod tidy -diff; fi

fmt: ## format the Go source
	gofmt -w .

matrix: ## every planted fault against every scenario, compared with the golden matrix
	REVOCHECK_WHOLE_MATRIX=1 $(GO) test -timeout 1h -run 'TestMatrix|TestEveryScenarioCanFail' ./scenarios/target/reference

race: ## faults and sound gateways, COUNT times with the race detector
	$(GO) test -race -count=$(COUNT) -timeout 3h -run 'TestEachFaultIsFound|TestSoundGatewaysConform' ./scenarios/target/reference

soak: ## clients, replicas and a real Redis that breaks, for minutes; counts leaks and lost logouts
	REVOCHECK_REQUIRE_DOCKER=1 $(GO) test -tags soak -count=1 -v -timeout 1h -run Soak ./scenarios/...

fuzz: ## each fuzz target for FUZZTIME
	@grep -rl --include='*_test.go' '^func Fuzz' . | xargs -n1 dirname | sort -u | while read -r dir; do \
		grep -ho '^func Fuzz[A-Za-z0-9_]*' "$$dir"/*_test.go | cut -d' ' -f2 | while read -r target; do \
			echo "$$dir $$target"; \
			$(GO) test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) "$$dir" </dev/null || exit 1; \
		done || exit 1; \
	done

bench-selftest: ## hold the bench to its promises on real gateways; half an hour, alone on the machine (REVOCHECK_SELFTEST_RUNS=N, _DURATION, _SERIES=planted)
	$(GO) test -tags selftest -count=1 -v -timeout 2h -run '^TestSelf' ./cmd/revocheck/internal/bench/sides

overhead-table: build ## what each strategy costs over each store, as Markdown; ten minutes, alone on the machine (ROW, STORES, POPULATION)
	@bin/revocheck bench table --population $(POPULATION) --stores $(STORES) --duration $(ROW)

bench-claims: build ## measure the recipe's claims on the emulated API Management service; five minutes (ROW)
	@cmd/revocheck/internal/bench/sides/claims.sh bin/revocheck $(ROW)

clean: ## remove what was built, and containers that killed runs left behind
	rm -rf bin revocheck
	$(GO) run ./fixtures/redis/server/sweep
