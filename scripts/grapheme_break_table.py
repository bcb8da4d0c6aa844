#!/usr/bin/env python3
"""Writes Sources/SeqText/Unicode/GraphemeBreakTable.swift: what the rules of grapheme clusters ask of every scalar.

The data come from the `regex` module (pip install regex), which carries its own Unicode tables. Its README names
their version; pass that as the only argument:

    python3 scripts/grapheme_break_table.py 17.0.0

Each entry is `first scalar << 8 | conjunct << 5 | pictographic << 4 | class` and holds up to the next entry's scalar.
Hangul syllables are left to arithmetic.
"""
import pathlib
import sys

import regex

# The orders are the raw values in GraphemeBreakEntry.swift.
CLASSES = ["Other", "CR", "LF", "Control", "Extend", "ZWJ", "Regional_Indicator", "Prepend", "SpacingMark", "L", "V", "T"]
CONJUNCTS = ["None", "Consonant", "Extend", "Linker"]
TARGET = pathlib.Path(__file__).parent.parent / "Sources/SeqText/Unicode/GraphemeBreakTable.swift"


def values() -> list[int]:
    """The byte of every scalar; surrogates are Control."""
    scalars = "".join(map(chr, (c for c in range(0x110000) if not 0xD800 <= c < 0xE000)))
    result = [CLASSES.index("Control") if 0xD800 <= c < 0xE000 else 0 for c in range(0x110000)]
    for number, name in enumerate(CLASSES):
        for match in regex.finditer(rf"\p{{GCB={name}}}", scalars):
            result[ord(match[0])] = number
    for match in regex.finditer(r"\p{Extended_Pictographic}", scalars):
        result[ord(match[0])] |= 1 << 4
    for number, name in enumerate(CONJUNCTS[1:], 1):
        for match in regex.finditer(rf"\p{{InCB={name}}}", scalars):
            result[ord(match[0])] |= number << 5
    return result


def main(version: str) -> None:
    byte = values()
    entries = [c << 8 | byte[c] for c in range(0x110000) if c == 0 or byte[c] != byte[c - 1]]
    cells = [f"0x{entry:07X}," for entry in entries]
    lines = ["    " + " ".join(cells[i : i + 10]) for i in range(0, len(cells), 10)]
    TARGET.write_text(f"""\
// swift-format-ignore-file
// Made by scripts/grapheme_break_table.py from Unicode {version}; do not edit.

/// Grapheme_Cluster_Break (UAX #29), Extended_Pictographic (UTS #51) and Indic_Conjunct_Break (UAX #44) of every scalar,
/// as of Unicode {version}; Hangul syllables count as Other.
enum GraphemeBreakTable {{
  /// `first scalar << 8 | conjunct << 5 | pictographic << 4 | class`, ascending; an entry holds up to the next one's
  /// scalar.
  static let runs: [UInt32] = [
{chr(10).join(lines)}
  ]
}}
""")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
