GO ?= go
# FUZZTIME is how long each fuzz target runs, COUNT how often the matrix does.
FUZZTIME ?= 5m
COUNT ?= 20
# PACKAGE_TIMEOUT bounds the tests of one package.
PACKAGE_TIMEOUT ?= 15m
# PARALLEL tests of a package run at once, and the tests of PACKAGES packages:
# most wait for a clock or for a server, and a core is enough for many of them.
PARALLEL ?= 16
PACKAGES ?= 4
AT_ONCE = -p $(PACKAGES) -parallel $(PARALLEL) -timeout $(PACKAGE_TIMEOUT)
# RACED are the packages whose goroutines share what they work on, and
# RACED_GATEWAYS a sample of what the scenarios are played against.
RACED = ./cmd/revocheck/internal/bench/... ./loadgen ./loadgen/pace ./loadgen/stored ./reference ./reference/internal/... \
	./reference/store/... ./reference/apim ./reference/apim/counter ./scenarios/history ./scenarios/catalogue/concurrency
RACED_GATEWAYS = TestSoundGatewaysConform/(healthy|server-store|not-before|scope-user|propagates-50ms)$$
ACTIONLINT = github.com/rhysd/actionlint/cmd/actionlint@v1.7.12
TEST = $(GO) tool gotestsum --format pkgname-and-test-fails
# ROW is how long a row of the overhead table measures, STORES where its
# revocations are kept, POPULATION how many are there before.
ROW ?= 20s
STORES ?= memory,miniredis,sqlite,container
POPULATION ?= 1000000
# VERSION is what the image says of itself, and its tag.
VERSION ?= devel
# TAGS are the build tags of the long tests, so that lint sees these too.
TAGS ?= selftest,soak

.DEFAULT_GOAL := help
.PHONY: help build image test lint fmt nightly matrix race sessions soak fuzz bench-selftest overhead-table bench-claims clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "%-16s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

build: ## build bin/revocheck
	$(GO) build -trimpath -o bin/revocheck ./cmd/revocheck

image: ## build the image that CI runs, revocheck:$(VERSION), as fixtures/ci/Dockerfile says
	fixtures/ci/root.sh bin/image/root $(VERSION)
	@cp fixtures/ci/Dockerfile bin/image/
	DOCKER_BUILDKIT=0 docker build -q -t revocheck:$(VERSION) bin/image

test: lint ## lint, then every test; where goroutines meet, with the race detector; lists what was skipped, and why
	@mkdir -p bin; failed=; \
	$(TEST) --junitfile bin/test.xml -- $(AT_ONCE) $$($(GO) list ./... | grep -vxF "$$($(GO) list $(RACED))") || failed=1; \
	echo "with the race detector:"; \
	$(TEST) --junitfile bin/race.xml -- -race $(AT_ONCE) $(RACED) || failed=1; \
	$(GO) test -race $(AT_ONCE) -run '$(RACED_GATEWAYS)' ./scenarios/target/reference || failed=1; \
	echo "the HTML report, in a browser:"; \
	(cd report/html/_browser && $(GO) test -timeout $(PACKAGE_TIMEOUT) -v ./...) || failed=1; \
	test -z "$$failed"

lint: ## formatting, go vet, staticcheck, go.mod as go mod tidy would write it, the example of a workflow
	@files=$$(gofmt -l .); test -z "$$files" || { echo "not formatted (make fmt does it):"; echo "$$files"; exit 1; } >&2
	$(GO) vet -tags '$(TAGS)' ./...
	$(GO) tool staticcheck -tags '$(TAGS)' ./...
	@if [ "$$($(GO) env GOPROXY)" = off ]; then echo "NOT CHECKED: go.mod and the workflow, because GOPROXY=off" >&2; \
		else set -x; $(GO) mod tidy -diff && $(GO) run $(ACTIONLINT) fixtures/ci/workflow.yml; fi

fmt: ## format the Go source
	gofmt -w .

nightly: ## what is long or repeated: everything with the race detector, matrix, race, soak, fuzz, bench-selftest; says first what it takes
	@targets=$$(grep -rh --include='*_test.go' '^func Fuzz' . | wc -l); \
	echo "About four hours: everything once with the race detector (10 min), the whole matrix (15 min),"; \
	echo "faults and sound gateways $(COUNT) times with the race detector (40 min), those of sessions over TCP (15 min), the soak (30 min),"; \
	echo "$$targets fuzz targets for $(FUZZTIME) each, and the bench's self-test (30 min). Nothing else should run on the machine."
	@mkdir -p bin
	$(TEST) --junitfile bin/nightly.xml -- -race -count=1 $(AT_ONCE) ./...
	@$(MAKE) --no-print-directory matrix race sessions soak fuzz bench-selftest

matrix: ## every planted fault against every scenario, compared with the golden matrix
	REVOCHECK_WHOLE_MATRIX=1 $(GO) test -parallel $(PARALLEL) -timeout 1h -run 'TestMatrix|TestEveryScenarioCanFail' ./scenarios/target/reference

race: ## faults and sound gateways, COUNT times with the race detector
	$(GO) test -race -parallel $(PARALLEL) -count=$(COUNT) -timeout 3h -run 'TestEachFaultIsFound|TestSoundGatewaysConform' ./scenarios/target/reference

sessions: ## faults and sound variants of the group session over TCP, COUNT times
	REVOCHECK_SESSIONS_OVER_TCP=1 $(GO) test -parallel $(PARALLEL) -count=$(COUNT) -timeout 3h -run 'OverTCP$$' ./scenarios/target/reference

soak: ## clients, replicas and a real Redis that breaks, and simulations held to gateways over TCP; half an hour (REVOCHECK_SIMULATION_SAMPLES=N)
	REVOCHECK_REQUIRE_DOCKER=1 $(GO) test -tags soak -count=1 -v -p 1 -timeout 1h -run Soak ./scenarios/... ./cmd/revocheck/internal/simulate

fuzz: ## each fuzz target for FUZZTIME
	@grep -rl --include='*_test.go' '^func Fuzz' . | xargs -n1 dirname | sort -u | while read -r dir; do \
		grep -ho '^func Fuzz[A-Za-z0-9_]*' "$$dir"/*_test.go | cut -d' ' -f2 | while read -r target; do \
			echo "$$dir $$target"; \
			$(GO) test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) "$$dir" </dev/null || exit 1; \
		done || exit 1; \
	done

bench-selftest: ## hold the bench to its promises on real gateways; half an hour, alone on the machine (REVOCHECK_SELFTEST_RUNS=N, _DURATION, _SERIES=planted)
	$(GO) test -tags selftest -count=1 -v -timeout 2h -run '^TestSelf' ./cmd/revocheck/internal/bench/sides

overhead-table: build ## what each strategy costs over each store, as Markdown; ten to fifteen minutes, alone on the machine (ROW, STORES, POPULATION)
	@bin/revocheck bench table --population $(POPULATION) --stores $(STORES) --duration $(ROW)

bench-claims: build ## measure the recipe's claims on the emulated API Management service; five minutes (ROW)
	@cmd/revocheck/internal/bench/sides/claims.sh bin/revocheck $(ROW)

clean: ## remove what was built, and containers that killed runs left behind
	rm -rf bin revocheck
	$(GO) run ./fixtures/redis/server/sweep
