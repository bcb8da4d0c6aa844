#!/usr/bin/env python3
"""Writes Sources/SeqText/Unicode/NormalizationTable.swift: what canonical composition (NFC, UAX #15) needs.

The data come from the `unicodedata2` module (pip install unicodedata2), which says which Unicode version it holds:

    python3 scripts/normalization_table.py

Hangul syllables are left out: the code computes them.
"""
import pathlib

import unicodedata2 as unicode

TARGET = pathlib.Path(__file__).parent.parent / "Sources/SeqText/Unicode/NormalizationTable.swift"
HANGUL = range(0xAC00, 0xAC00 + 11172)


def decompositions() -> dict[int, list[int]]:
    """Canonical decompositions, one level deep."""
    result = {}
    for c in range(0x110000):
        fields = unicode.decomposition(chr(c)).split()
        if fields and not fields[0].startswith("<"):
            result[c] = [int(field, 16) for field in fields]
    return result


def composes(c: int) -> bool:
    """Whether NFC makes `c` from its decomposition: no singleton, no composition exclusion."""
    return unicode.normalize("NFC", chr(c)) == chr(c)


def table(name: str, doc: str, kind: str, cells: list[str], per_line: int) -> str:
    lines = ["    " + " ".join(cells[i : i + per_line]) for i in range(0, len(cells), per_line)]
    return f"  /// {doc}\n  static let {name}: [{kind}] = [\n" + "\n".join(lines) + "\n  ]\n"


def main() -> None:
    canonical = decompositions()
    # A scalar may change under NFC if it does not survive itself, or if it may join what is before it.
    unstable = {c for c in canonical if not composes(c)}
    unstable |= {pair[1] for c, pair in canonical.items() if composes(c)}
    unstable |= set(range(0x1161, 0x1176)) | set(range(0x11A8, 0x11C3))
    orders = sorted({unicode.combining(chr(c)) for c in range(0x110000)})
    byte = [(c in canonical) << 7 | orders.index(unicode.combining(chr(c))) << 1 | (c in unstable) for c in range(0x110000)]
    runs = [c << 8 | byte[c] for c in range(0x110000) if c == 0 or byte[c] != byte[c - 1]]
    entries = []
    for c, parts in sorted(canonical.items()):
        first, second = parts if len(parts) == 2 else (parts[0], 0)
        entries.append(c << 43 | first << 22 | second << 1 | composes(c))
    version = unicode.unidata_version
    TARGET.write_text(f"""\
// swift-format-ignore-file
// Made by scripts/normalization_table.py from Unicode {version}; do not edit.

/// Canonical combining classes, decompositions and compositions, as of Unicode {version}; Hangul syllables are computed.
enum NormalizationTable {{
{table("combiningClasses", "The canonical combining classes there are, ascending.", "UInt8",
       [f"{order}," for order in orders], 20)}
{table("runs", "`first scalar << 8 | decomposes << 7 | index of the combining class << 1 | may change under NFC`.",
       "UInt32", [f"0x{run:07X}," for run in runs], 10)}
{table("decompositions",
       "`scalar << 43 | first << 22 | second << 1 | composes`, ascending; no second part is 0.",
       "UInt64", [f"0x{entry:016X}," for entry in entries], 5)}}}
""")


if __name__ == "__main__":
    main()
