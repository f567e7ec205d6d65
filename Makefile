# The commands of README.md. Each says in one line what is missing where it cannot go on.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

CARGO ?= cargo
NPM := npm --prefix frontend --no-fund --no-audit
MODULES := frontend/node_modules/.package-lock.json
WEB := frontend/dist/index.html.br
WEB_SOURCES := $(shell find frontend/src frontend/index.html frontend/vite.config.ts frontend/scripts -type f 2>/dev/null)
SERVER := target/release/gapmap

.PHONY: help run build server typeset test test-rust test-paper test-web test-live test-e2e lint bench clean tools test-tools

help: ## what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 12

tools:
	@scripts/need.sh build

test-tools:
	@scripts/need.sh test

$(MODULES): frontend/package-lock.json | tools
	$(NPM) ci

$(WEB): $(MODULES) $(WEB_SOURCES)
	$(NPM) run build

build: server typeset ## the web app, the server with it inside, at target/release/gapmap, and the typesetter

server: $(WEB)
	$(CARGO) build --release --locked

# A server that runs finds it once it is there.
typeset: tools ## what makes PDF and PNG, at target/release/gapmap-typeset
	$(CARGO) build --release --locked -p gapmap-typeset

run: build ## the server with demonstration data at http://127.0.0.1:8080
	@mkdir -p .run
	exec $(SERVER) serve --demo --database sqlite:.run/gapmap.db

# What the compiler has to say, and what the web app's tests have, keep one processor each.
test: test-tools $(WEB) ## everything: Rust, front end, browser
	$(MAKE) --no-print-directory --jobs=2 --output-sync=target lint test-web
	$(MAKE) --no-print-directory test-rust test-paper test-live test-e2e

test-rust test-paper test-live test-e2e: | test-tools

# The tests in Rust and the server, at target/debug/gapmap, which other tests start, too: by `cargo build` it
# would be built once more, since what only tests need gives other crates other features.
RUST_TESTS := $(CARGO) test --locked --no-run

# What was just built is on disk before the tests, which wait for their own commits to be. Traces
# would push the message of a failure out of sight.
test-rust: $(WEB)
	$(RUST_TESTS)
	sync
	RUST_BACKTRACE=0 $(CARGO) test --locked

# What comes off the typesetter, read by other programs.
test-paper: $(WEB)
	$(CARGO) build --locked -p gapmap-typeset
	RUST_BACKTRACE=0 $(CARGO) test --locked --test paper

test-web: $(MODULES)
	$(NPM) test

# Real Yjs documents and the stock provider in Node, against the real server.
test-live: $(WEB)
	$(RUST_TESTS)
	GAPMAP_BIN=$(CURDIR)/target/debug/gapmap $(NPM) run test:live

# A workshop in real browsers.
test-e2e: $(WEB)
	$(RUST_TESTS)
	$(CARGO) build --locked -p gapmap-typeset
	GAPMAP_BIN=$(CURDIR)/target/debug/gapmap $(NPM) run test:e2e

# The typesetter is built rather than checked, since the tests need what it rests on built.
lint: $(WEB) ## formats, lints and types
	$(CARGO) fmt --all --check
	$(CARGO) clippy --locked --all-targets --test paper -- -D warnings
	RUSTC_WORKSPACE_WRAPPER=clippy-driver $(CARGO) rustc --locked -p gapmap-typeset -- -D warnings
	$(NPM) run lint

bench: build ## what docs/performance.md reports
	scripts/bench.sh

clean: ## removes what was built; data in .run stays
	$(CARGO) clean
	rm -rf frontend/dist frontend/node_modules
