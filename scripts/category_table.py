#!/usr/bin/env python3
"""Writes Sources/SeqText/Unicode/CategoryTable.swift: general category and script of every scalar.

    python3 scripts/category_table.py

Each entry is `first scalar << 8 | script << 5 | category` and holds up to the next entry's scalar.
"""
from unicode_tables import add, numbered, write_table

# The orders are the raw values in ScalarCategory.swift.
CATEGORIES = [
    "Cn", "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po",
    "Sm", "Sc", "Sk", "So", "Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Co",
]
SCRIPTS = ["Other", "Latin", "Han", "Hiragana", "Katakana", "Hangul", "Cyrillic", "Greek"]


def values() -> list[int]:
    """The byte of every scalar; surrogates are Cs."""
    result = numbered("gc", CATEGORIES, surrogates="Cs")
    add(result, 5, (rf"\p{{sc={name}}}" for name in SCRIPTS[1:]))
    return result


if __name__ == "__main__":
    write_table(
        "category_table.py", "CategoryTable",
        "/// General_Category and Script (UAX #44, UAX #24) of every scalar, as of Unicode {version}.",
        "  /// `first scalar << 8 | script << 5 | category`, ascending; an entry holds up to the next one's scalar.", values)
