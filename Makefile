# The commands of README.md. Each installs what is missing first.
PREFIX ?= /usr/local
SEQTOOL = .build/release/seqtool

.PHONY: demo test bench install build setup lint clean

demo: build
	scripts/demo $(SEQTOOL)

test: setup lint
	swift build -c release --build-tests
	swift test -c release

bench: build
	scripts/bench $(SEQTOOL)

install: build
	install -d "$(DESTDIR)$(PREFIX)/bin"
	install -m 755 $(SEQTOOL) "$(DESTDIR)$(PREFIX)/bin/seqtool"

build: setup
	swift build -c release --product seqtool

setup:
	scripts/setup

lint:
	swift format lint --strict -r Sources Tests Package.swift

clean:
	swift package clean
