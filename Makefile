# "make check" is all that continuous integration runs: format, lint, tests. It installs what is missing.
TOOLS := $(CURDIR)/.tools
GOFUMPT := $(TOOLS)/gofumpt@v0.12.0
LINT := $(TOOLS)/golangci-lint@v2.15.0
VULN := $(TOOLS)/govulncheck@v1.8.0

.PHONY: check setup format lint test short bench fuzz faults soak build bom reproduce vuln

check: setup lint test

# What the tests need beside Go: redis-server and chromium, from Debian's packages where they may be installed.
setup:
	@sh deploy/setup.sh

format: $(GOFUMPT)
	$(GOFUMPT) -w .

lint: $(GOFUMPT) $(LINT)
	@unformatted=$$($(GOFUMPT) -l .); if [ -n "$$unformatted" ]; then echo "not formatted (make format):"; echo "$$unformatted"; exit 1; fi
	go vet ./...
	$(LINT) run

# Two things take the race detector too long. cmd/pathway runs itself some hundred times, and does one thing at a time;
# of what goes through every screen of all languages it sees two languages, and the last line sees all.
test:
	go test -race -shuffle=on $$(go list ./... | grep -v /cmd/pathway$$)
	go test -shuffle=on ./cmd/pathway
	go test ./bot -run 'EveryPathwayInEveryLanguage|EveryScreenFits'

bench:
	go test -run '^$$' -bench . -benchmem ./...

# Each fuzz target for a little while; the seeds run in every "make test".
fuzz:
	sh deploy/fuzz.sh

# What is released, into bin: the same bytes wherever it is built (deploy/build.sh says how).
build:
	sh deploy/build.sh bin

# The bill of materials and the licences that go with the binaries, into bin.
bom:
	go run ./deploy/bom -to bin

# Builds twice in two folders with empty caches and compares: some minutes.
reproduce:
	sh deploy/reproduce.sh

# Known vulnerabilities. Skipped where their database is out of reach, except in continuous integration.
vuln: $(VULN)
	sh deploy/vuln.sh $(VULN)

# Everything that can go wrong beside what came of it, in about two minutes; docs/trial.md. ARGS="-only Redis" for some.
faults:
	go run ./cmd/trial faults $(ARGS)

# Many people for a long time, with faults at random. ARGS="-minutes 5 -chats 100 -seed 1" for another.
soak:
	go run ./cmd/trial soak $(ARGS)

$(GOFUMPT):
	@echo "installing gofumpt v0.12.0 into .tools"
	@GOBIN=$(TOOLS) go install mvdan.cc/gofumpt@v0.12.0 && mv $(TOOLS)/gofumpt $@

$(LINT):
	@echo "installing golangci-lint v2.15.0 into .tools (some minutes the first time)"
	@GOBIN=$(TOOLS) go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0 && mv $(TOOLS)/golangci-lint $@

$(VULN):
	@echo "installing govulncheck v1.8.0 into .tools"
	@GOBIN=$(TOOLS) go install golang.org/x/vuln/cmd/govulncheck@v1.8.0 && mv $(TOOLS)/govulncheck $@
