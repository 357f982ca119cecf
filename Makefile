.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
# The targets build into one directory: not at the same time.
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory

export DOTNET_NOLOGO := 1
export DOTNET_CLI_TELEMETRY_OPTOUT := 1

stamps := artifacts/stamps
# Directories are listed too: their times tell of a file that was removed.
settings := Makefile global.json .editorconfig BannedSymbols.txt $(wildcard Directory.*)
product := $(shell find src/) $(settings)
pages := Makefile scripts/ui.sh $(shell find ui/ \( -name node_modules -o -name e2e \) -prune -o -print)
everything := $(product) Otelier.slnx $(shell find tests/ bench/ -name node_modules -prune -o -print)

.PHONY: help
help: ## What can be asked for
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: run
run: $(stamps)/server $(stamps)/ui engine ## Builds what is missing and serves on this machine only; ARGS="..." go to the server
	@exec sh scripts/run.sh $(ARGS)

.PHONY: build
build: $(stamps)/everything $(stamps)/ui ## Builds the whole solution (Release)
	@:

.PHONY: cli
cli: $(stamps)/cli ## Builds the command line, which ./otelier runs
	@:

.PHONY: test
test: ## Builds, then runs every check and every test; ends with "N passed, N failed"
	@exec sh scripts/test.sh

.PHONY: bench
bench: $(stamps)/everything engine ## Prints the speed table; ARGS="..." go to the benchmarks
	@exec artifacts/bin/Otelier.Benchmarks/release/Otelier.Benchmarks $(ARGS)

.PHONY: fmt
fmt: ## Formats the code
	@dotnet format Otelier.slnx

.PHONY: clean
clean: ## Removes what was built; leaves data/ and the engine's library
	@rm -rf artifacts

.PHONY: engine
engine: ## Installs the engine's library, once
	@sh scripts/engine.sh

$(stamps)/server: $(product)
	@sh scripts/build.sh src/Otelier.Server
	@mkdir -p $(@D) && touch $@

$(stamps)/ui: $(pages)
	@sh scripts/ui.sh
	@mkdir -p $(@D) && touch $@

$(stamps)/cli: $(product)
	@sh scripts/build.sh src/Otelier.Cli
	@mkdir -p $(@D) && touch $@

$(stamps)/everything: $(everything)
	@sh scripts/build.sh Otelier.slnx
	@mkdir -p $(@D) && touch $@ $(stamps)/server $(stamps)/cli
