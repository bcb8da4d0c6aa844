#!/usr/bin/env python3
"""Runs `seqtool tokenizer apply` on every line of the Unicode standard's GraphemeBreakTest.txt and WordBreakTest.txt.

    python3 scripts/unicode_break_tests.py .build-release/release/seqtool /usr/share/unicode/auxiliary

The folder holds one or both of the files; Debian's package unicode-data brings them, for the version that it says. They
are not part of this repository. Lines that hold a line feed, or end with a carriage return, cannot be a line of a filter
and are left out; Tests/SeqTextTests has the same rules with them. Of words, those of white space alone are no tokens.

The files of Unicode 15 have three lines with U+2701 as a pictograph, which it is no more in 17, the version of our tables.
"""
import json
import pathlib
import subprocess
import sys

FILES = {"GraphemeBreakTest.txt": "character", "WordBreakTest.txt": "word"}


def cases(path: pathlib.Path) -> list[tuple[int, str, list[tuple[int, int]]]]:
    """Of each line its number, its text and the ranges between the boundaries."""
    result = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        text, bounds = "", []
        for field in line.split("#")[0].split():
            if field == "÷":
                bounds.append(len(text))
            elif field != "×":
                text += chr(int(field, 16))
        if bounds:
            result.append((number, text, list(zip(bounds, bounds[1:]))))
    return result


def ranges(seqtool: str, kind: str, texts: list[str]) -> list[list[tuple[int, int]]]:
    """What the command makes of each text."""
    command = [seqtool, "tokenizer", "apply", "--tokenizer", kind, "--normalization", "none"]
    output = subprocess.run(
        command + ["--format", "jsonl", "--offsets", "scalar"], input="".join(text + "\n" for text in texts).encode(),
        capture_output=True, check=True).stdout
    records = [json.loads(line) for line in output.splitlines()]
    return [list(zip(record["starts"], record["ends"])) for record in records]


def check(seqtool: str, path: pathlib.Path, kind: str) -> bool:
    version = path.read_text(encoding="utf-8").split("\n", 1)[0].lstrip("# ")
    all_cases = cases(path)
    lines = [case for case in all_cases if "\n" not in case[1] and not case[1].endswith("\r")]
    wrong = 0
    for (number, text, expected), found in zip(lines, ranges(seqtool, kind, [case[1] for case in lines]), strict=True):
        if kind == "word":
            expected = [(a, b) for a, b in expected if not text[a:b].isspace()]
        if found != expected:
            wrong += 1
            print(f"{path}:{number}: {kind}: expected {expected}, found {found}")
    print(f"{version}: {len(lines) - wrong} of {len(lines)} lines right, {len(all_cases) - len(lines)} left out")
    return wrong == 0


def main() -> None:
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    found = [(pathlib.Path(sys.argv[2]) / name, kind) for name, kind in FILES.items()]
    found = [(path, kind) for path, kind in found if path.exists()]
    if not found:
        sys.exit(f"neither {' nor '.join(FILES)} in {sys.argv[2]}")
    results = [check(sys.argv[1], path, kind) for path, kind in found]
    sys.exit(0 if all(results) else 1)


if __name__ == "__main__":
    main()
