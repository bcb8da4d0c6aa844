# The commands of README.md. Each installs what is missing first.
PREFIX ?= /usr/local

# The command carries Swift's library on Linux: it starts faster and runs where no Swift is. Tests need no such build, so
# the two do not share a folder.
SCRATCH = .build-release
BUILD = swift build -c release --product seqtool --scratch-path $(SCRATCH)
ifeq ($(shell uname), Linux)
BUILD += --static-swift-stdlib
endif
ifeq ($(shell uname), Darwin)
# Homebrew's folders are on no compiler's path.
FLAGS = -Xcc -I$(shell brew --prefix)/include -Xlinker -L$(shell brew --prefix)/lib
endif
BUILD += $(FLAGS)
SEQTOOL = $(SCRATCH)/release/seqtool

# No shared library and no loader: one file that runs in an empty folder. The toolchain's own linker, since the system's
# warns of functions of glibc that Foundation has and the command never calls. -s leaves the symbols out.
STATIC = swift build -c release --product seqtool --scratch-path .build-static --static-swift-stdlib \
	-Xswiftc -static-executable -Xswiftc -use-ld=lld -Xlinker -s -Xlinker $(CURDIR)/.build-static/static.o $(FLAGS)

# What `make bench` is given, such as '--only names --rounds 3'; Benchmarks/README.md has the flags.
BENCH_FLAGS =

# How long `make fuzz` feeds each reader, and which of them: `make fuzz TIME=600 FORMATS='csv jsonl'`, or `tokenizers`.
TIME = 60
FORMATS =

.PHONY: demo test fuzz bench bench-instructions bench-reading install uninstall man completions build docs static sanitize setup lint clean

demo: build
	scripts/demo $(SEQTOOL)

test: setup lint
	swift build -c release --build-tests $(FLAGS)
	swift test -c release --skip-build $(FLAGS)

bench: build
	FLAGS="$(FLAGS)" Benchmarks/run run $(SEQTOOL) $(BENCH_FLAGS)

bench-instructions: setup
	FLAGS="$(FLAGS)" Benchmarks/run instructions $(BENCH_FLAGS)

bench-reading: setup
	FLAGS="$(FLAGS)" Benchmarks/run reading $(BENCH_FLAGS)

fuzz: setup
	FLAGS="$(FLAGS)" scripts/fuzz $(TIME) $(FORMATS)

# Where a shell and `man` look without being told.
ROOT = $(DESTDIR)$(PREFIX)
MAN = $(ROOT)/share/man/man1
BASH_COMPLETIONS = $(ROOT)/share/bash-completion/completions
ZSH_COMPLETIONS = $(ROOT)/share/zsh/site-functions
FISH_COMPLETIONS = $(ROOT)/share/fish/vendor_completions.d

install: completions man
	install -d "$(ROOT)/bin" "$(MAN)" "$(BASH_COMPLETIONS)" "$(ZSH_COMPLETIONS)" "$(FISH_COMPLETIONS)"
	install -m 755 $(SEQTOOL) "$(ROOT)/bin/seqtool"
	install -m 644 $(SCRATCH)/man/*.1 "$(MAN)"
	install -m 644 $(SCRATCH)/completions/seqtool "$(BASH_COMPLETIONS)"
	install -m 644 $(SCRATCH)/completions/_seqtool "$(ZSH_COMPLETIONS)"
	install -m 644 $(SCRATCH)/completions/seqtool.fish "$(FISH_COMPLETIONS)"

uninstall:
	rm -f "$(ROOT)/bin/seqtool" "$(MAN)/seqtool.1" "$(MAN)"/seqtool-*.1 "$(BASH_COMPLETIONS)/seqtool" \
		"$(ZSH_COMPLETIONS)/_seqtool" "$(FISH_COMPLETIONS)/seqtool.fish"

man: build
	scripts/man $(SEQTOOL) $(SCRATCH)

completions: build
	mkdir -p $(SCRATCH)/completions
	$(SEQTOOL) --generate-completion-script bash >$(SCRATCH)/completions/seqtool
	$(SEQTOOL) --generate-completion-script zsh >$(SCRATCH)/completions/_seqtool
	$(SEQTOOL) --generate-completion-script fish >$(SCRATCH)/completions/seqtool.fish

build: setup
	$(BUILD)

docs: build
	scripts/docs $(dir $(SEQTOOL)) $(SCRATCH)/docs

static: setup
	@[ "$$(uname)" = Linux ] || { echo "make static: only Linux has static programs" >&2; exit 1; }
	mkdir -p .build-static
	clang -O2 -c scripts/static.c -o .build-static/static.o
	$(STATIC)
	scripts/test-static .build-static/release/seqtool

sanitize: setup
	FLAGS="$(FLAGS)" scripts/sanitize

setup:
	scripts/setup

lint:
	swift format lint --strict -r Sources Tests examples Package.swift Benchmarks/Sources Benchmarks/Package.swift

clean:
	rm -rf .build .build-release .build-static .build-bench .build-sanitize .build-fuzz Benchmarks/.venv Benchmarks/.venv-tokens Benchmarks/.work
