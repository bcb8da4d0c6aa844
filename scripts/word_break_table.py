#!/usr/bin/env python3
"""Writes Sources/SeqText/Unicode/WordBreakTable.swift: Word_Break and Extended_Pictographic of every scalar.

    python3 scripts/word_break_table.py

Each entry is `first scalar << 8 | pictographic << 5 | class` and holds up to the next entry's scalar.
"""
from unicode_tables import add, numbered, write_table

# The order is the raw value in WordBreakClass.swift. "Other" is 0.
CLASSES = [
    "Other", "CR", "LF", "Newline", "Extend", "ZWJ", "Format", "Regional_Indicator", "ALetter", "Hebrew_Letter",
    "Numeric", "Katakana", "ExtendNumLet", "MidLetter", "MidNum", "MidNumLet", "Single_Quote", "Double_Quote",
    "WSegSpace",
]


def values() -> list[int]:
    """The byte of every scalar; surrogates are Other."""
    result = numbered("WB", CLASSES, surrogates="Other")
    add(result, 5, [r"\p{Extended_Pictographic}"])
    return result


if __name__ == "__main__":
    write_table(
        "word_break_table.py", "WordBreakTable",
        "/// Word_Break (UAX #29) and Extended_Pictographic (UTS #51) of every scalar, as of Unicode {version}.",
        "  /// `first scalar << 8 | pictographic << 5 | class`, ascending; an entry holds up to the next one's scalar.", values)
