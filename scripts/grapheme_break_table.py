#!/usr/bin/env python3
"""Writes Sources/SeqText/Unicode/GraphemeBreakTable.swift: what the rules of grapheme clusters ask of every scalar.

    python3 scripts/grapheme_break_table.py

Each entry is `first scalar << 8 | conjunct << 5 | pictographic << 4 | class` and holds up to the next entry's scalar.
Hangul syllables are left to arithmetic.
"""
from unicode_tables import add, numbered, write_table

# The orders are the raw values in GraphemeBreakEntry.swift.
CLASSES = ["Other", "CR", "LF", "Control", "Extend", "ZWJ", "Regional_Indicator", "Prepend", "SpacingMark", "L", "V", "T"]
CONJUNCTS = ["None", "Consonant", "Extend", "Linker"]


def values() -> list[int]:
    """The byte of every scalar; surrogates are Control."""
    result = numbered("GCB", CLASSES, surrogates="Control")
    add(result, 4, [r"\p{Extended_Pictographic}"])
    add(result, 5, (rf"\p{{InCB={name}}}" for name in CONJUNCTS[1:]))
    return result


if __name__ == "__main__":
    write_table(
        "grapheme_break_table.py", "GraphemeBreakTable",
        "/// Grapheme_Cluster_Break (UAX #29), Extended_Pictographic (UTS #51) and Indic_Conjunct_Break (UAX #44) of every "
        "scalar,\n/// as of Unicode {version}; Hangul syllables count as Other.",
        "  /// `first scalar << 8 | conjunct << 5 | pictographic << 4 | class`, ascending; an entry holds up to the next "
        "one's\n  /// scalar.", values)
