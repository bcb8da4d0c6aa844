#!/usr/bin/env python3
"""Writes Sources/SeqText/Unicode/WordBreakTable.swift: Word_Break and Extended_Pictographic of every scalar.

The data come from the `regex` module (pip install regex), which carries its own Unicode tables. Its README names
their version; pass that as the only argument:

    python3 scripts/word_break_table.py 17.0.0

Each entry is `first scalar << 8 | pictographic << 5 | class` and holds up to the next entry's scalar.
"""
import pathlib
import sys

import regex

# The order is the raw value in WordBreakClass.swift. "Other" is 0.
CLASSES = [
    "Other", "CR", "LF", "Newline", "Extend", "ZWJ", "Format", "Regional_Indicator", "ALetter", "Hebrew_Letter",
    "Numeric", "Katakana", "ExtendNumLet", "MidLetter", "MidNum", "MidNumLet", "Single_Quote", "Double_Quote",
    "WSegSpace",
]
TARGET = pathlib.Path(__file__).parent.parent / "Sources/SeqText/Unicode/WordBreakTable.swift"


def values() -> list[int]:
    """The byte of every scalar; surrogates are Other."""
    scalars = "".join(map(chr, (c for c in range(0x110000) if not 0xD800 <= c < 0xE000)))
    result = [0] * 0x110000
    for number, name in enumerate(CLASSES):
        for match in regex.finditer(rf"\p{{WB={name}}}", scalars):
            result[ord(match[0])] = number
    for match in regex.finditer(r"\p{Extended_Pictographic}", scalars):
        result[ord(match[0])] |= 1 << 5
    return result


def main(version: str) -> None:
    byte = values()
    entries = [c << 8 | byte[c] for c in range(0x110000) if c == 0 or byte[c] != byte[c - 1]]
    cells = [f"0x{entry:07X}," for entry in entries]
    lines = ["    " + " ".join(cells[i : i + 10]) for i in range(0, len(cells), 10)]
    TARGET.write_text(f"""\
// swift-format-ignore-file
// Made by scripts/word_break_table.py from Unicode {version}; do not edit.

/// Word_Break (UAX #29) and Extended_Pictographic (UTS #51) of every scalar, as of Unicode {version}.
enum WordBreakTable {{
  /// `first scalar << 8 | pictographic << 5 | class`, ascending; an entry holds up to the next one's scalar.
  static let runs: [UInt32] = [
{chr(10).join(lines)}
  ]
}}
""")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
