#!/usr/bin/env python3
"""Writes Sources/SeqText/Unicode/CategoryTable.swift: general category and script of every scalar.

The data come from the `regex` module (pip install regex), which carries its own Unicode tables. Its README names
their version; pass that as the only argument:

    python3 scripts/category_table.py 17.0.0

Each entry is `first scalar << 8 | script << 5 | category` and holds up to the next entry's scalar.
"""
import pathlib
import sys

import regex

# The orders are the raw values in ScalarCategory.swift.
CATEGORIES = [
    "Cn", "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po",
    "Sm", "Sc", "Sk", "So", "Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Co",
]
SCRIPTS = ["Other", "Latin", "Han", "Hiragana", "Katakana", "Hangul", "Cyrillic", "Greek"]
TARGET = pathlib.Path(__file__).parent.parent / "Sources/SeqText/Unicode/CategoryTable.swift"


def values() -> list[int]:
    """The byte of every scalar; surrogates are Cs."""
    scalars = "".join(map(chr, (c for c in range(0x110000) if not 0xD800 <= c < 0xE000)))
    result = [CATEGORIES.index("Cs") if 0xD800 <= c < 0xE000 else 0 for c in range(0x110000)]
    for number, name in enumerate(CATEGORIES):
        for match in regex.finditer(rf"\p{{gc={name}}}", scalars):
            result[ord(match[0])] = number
    for number, name in enumerate(SCRIPTS[1:], 1):
        for match in regex.finditer(rf"\p{{sc={name}}}", scalars):
            result[ord(match[0])] |= number << 5
    return result


def main(version: str) -> None:
    byte = values()
    entries = [c << 8 | byte[c] for c in range(0x110000) if c == 0 or byte[c] != byte[c - 1]]
    cells = [f"0x{entry:07X}," for entry in entries]
    lines = ["    " + " ".join(cells[i : i + 10]) for i in range(0, len(cells), 10)]
    TARGET.write_text(f"""\
// swift-format-ignore-file
// Made by scripts/category_table.py from Unicode {version}; do not edit.

/// General_Category and Script (UAX #44, UAX #24) of every scalar, as of Unicode {version}.
enum CategoryTable {{
  /// `first scalar << 8 | script << 5 | category`, ascending; an entry holds up to the next one's scalar.
  static let runs: [UInt32] = [
{chr(10).join(lines)}
  ]
}}
""")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
