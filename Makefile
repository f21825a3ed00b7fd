.DEFAULT_GOAL := run
.PHONY: run test check fmt docs bench help

run: ## Build and serve a demo desk on SQLite at http://127.0.0.1:8000
	HELPDESK_DEMO=$${HELPDESK_DEMO:-true} cargo run -- serve

test: ## Run everything, on SQLite and on a throw-away PostgreSQL
	scripts/test

check: ## Formatting, lints, and licences (where cargo-deny is installed)
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --all-features -- -D warnings
	@if cargo deny --version >/dev/null 2>&1; then cargo deny check bans licenses sources; else echo "cargo-deny is not installed: licences unchecked"; fi

fmt: ## Format the code
	cargo fmt --all

docs: ## Build the crates' documentation into target/doc
	cargo doc --workspace --no-deps --all-features

bench: ## Measure against the floor at 10 000, 100 000 and 1 000 000 tickets (docs: bench/README.md)
	scripts/bench.py

help: ## List these targets
	@sed -n 's/^\([a-z]*\): ## \(.*\)/\1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "make %-6s %s\n", $$1, $$2 }'
