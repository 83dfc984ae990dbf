# Oscine: build, try, test, measure and install.
#
#   make demo     build, and recall twelve photographs on 192 oscillators
#   make test     build and run the tests
#   make install  PREFIX=/usr/local DESTDIR=
#
# `deps` comes with each of them and installs only what is missing.

SHELL := /bin/bash
PREFIX ?= /usr/local
DESTDIR ?=

PLACES := /opt/swift/usr/bin/swift /usr/local/swift/usr/bin/swift /usr/libexec/swift/bin/swift \
  $(HOME)/.local/share/swiftly/bin/swift $(HOME)/swift/usr/bin/swift
SWIFT ?= $(firstword $(shell command -v swift 2>/dev/null) $(wildcard $(PLACES)))

STRICT := --explicit-target-dependency-import-check error
MARCH := $(shell scripts/march)
RELEASE := -c release $(STRICT) $(MARCH)
# The program brings Swift's own libraries with it: it starts in half the time, and where installed
# it runs without them.
PROGRAM := $(RELEASE) $(if $(filter Linux,$(shell uname -s)),--static-swift-stdlib)
# Tests have a build folder of their own: built for testing, every module is built anew.
TESTING := $(RELEASE) --scratch-path .build-tests

OSCINE := .build/release/oscine
DEMO := results/recall

.DEFAULT_GOAL := build
.PHONY: deps swift build demo test sanitize bench install format lint clean

deps:
	@scripts/deps

swift:
ifeq ($(SWIFT),)
	@echo "make: no 'swift' on the PATH, nor in: $(PLACES)" >&2
	@echo "make: install Swift 6.2 or later from https://www.swift.org/install" >&2
	@exit 1
endif

build: deps swift
	$(SWIFT) build $(PROGRAM) --product oscine

demo: build
	$(OSCINE) recall netlists/recall.cir --output $(DEMO)
	@echo
	@echo "The pictures, the result file and the plots' data are in $(DEMO):"
	@ls -1 $(DEMO)

test: deps swift
	$(SWIFT) test $(TESTING) --disable-xctest

# Every deck, then the whole suite, with every access to memory checked and with those of threads.
sanitize: deps swift
	$(SWIFT) build $(RELEASE) --product oscine --sanitize=address --scratch-path .build-address-decks
	scripts/sanitize .build-address-decks/release/oscine
	$(SWIFT) build $(RELEASE) --product oscine --sanitize=thread --scratch-path .build-thread-decks
	scripts/sanitize .build-thread-decks/release/oscine
	ASAN_OPTIONS=detect_leaks=0:quarantine_size_mb=16 $(SWIFT) test --disable-xctest \
	  --sanitize=address --scratch-path .build-address
# The thread sanitizer's own memory does not survive a full disk, and it holds signals back.
	$(SWIFT) test --disable-xctest --sanitize=thread --scratch-path .build-thread \
	  --skip 'aFullDiskLeavesNothingHalfWritten|keepsWhatIsDone'

bench: deps swift
	$(SWIFT) build $(PROGRAM)
	scripts/bench $(OSCINE) .build/release/oscine-benchmarks

install: build
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/man/man1 \
	  $(DESTDIR)$(PREFIX)/share/bash-completion/completions $(DESTDIR)$(PREFIX)/share/oscine
	install -m 755 $(OSCINE) $(DESTDIR)$(PREFIX)/bin/oscine
	$(OSCINE) help --man >$(DESTDIR)$(PREFIX)/share/man/man1/oscine.1
	$(OSCINE) help --completion bash \
	  >$(DESTDIR)$(PREFIX)/share/bash-completion/completions/oscine
	cp -R circuits $(DESTDIR)$(PREFIX)/share/oscine/

format: swift
	$(SWIFT) format -i -r Package.swift Sources Tests

lint: swift
	$(SWIFT) format lint --strict -r Package.swift Sources Tests

clean:
	rm -rf .build .build-tests
