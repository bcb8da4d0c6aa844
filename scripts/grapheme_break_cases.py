#!/usr/bin/env python3
"""Writes Tests/SeqTextTests/GraphemeBreakCases.swift: strings and their UAX #29 grapheme cluster boundaries.

The rules stand here as the standard prints them: a pattern for what is left of a boundary and one for what is right of
it, tried in order at every place. That is slow and shares nothing with the one-pass segmenter it checks.

The strings are, as in Unicode's own GraphemeBreakTest.txt, all pairs of one sample of each class, bare and with a
diaeresis between, and longer random ones.

    python3 scripts/grapheme_break_cases.py
"""
import regex

from unicode_tables import sample_texts, write_cases

SAMPLES = [
    0x20, 0x0D, 0x0A, 0x01, 0x200C, 0x1F1E6, 0x600, 0xA03, 0x1100, 0x1160, 0x11A8, 0xAC00, 0xAC01, 0x915, 0xA9, 0x300,
    0x94D, 0x200D, 0x378, 0x1F3FB, 0x1039, 0x1F6D1, 0x93C,
]
CONTROL = r"[\p{GCB=Control}\p{GCB=CR}\p{GCB=LF}]"
# What is left, × for no boundary or ÷ for one, what is right: GB3–GB13.
RULES = [
    (r"\p{GCB=CR}", "×", r"\p{GCB=LF}"),
    (CONTROL, "÷", ""),
    ("", "÷", CONTROL),
    (r"\p{GCB=L}", "×", r"[\p{GCB=L}\p{GCB=V}\p{GCB=LV}\p{GCB=LVT}]"),
    (r"[\p{GCB=LV}\p{GCB=V}]", "×", r"[\p{GCB=V}\p{GCB=T}]"),
    (r"[\p{GCB=LVT}\p{GCB=T}]", "×", r"\p{GCB=T}"),
    ("", "×", r"[\p{GCB=Extend}\p{GCB=ZWJ}]"),
    ("", "×", r"\p{GCB=SpacingMark}"),
    (r"\p{GCB=Prepend}", "×", ""),
    (
        r"\p{InCB=Consonant}[\p{InCB=Extend}\p{InCB=Linker}]*\p{InCB=Linker}[\p{InCB=Extend}\p{InCB=Linker}]*", "×",
        r"\p{InCB=Consonant}",
    ),
    (r"\p{Extended_Pictographic}\p{GCB=Extend}*\p{GCB=ZWJ}", "×", r"\p{Extended_Pictographic}"),
    (r"(?:^|[^\p{GCB=Regional_Indicator}])(?:\p{GCB=Regional_Indicator}{2})*\p{GCB=Regional_Indicator}", "×",
     r"\p{GCB=Regional_Indicator}"),
]
RULES = [(regex.compile(f"(?:{left})$", regex.S), sign, regex.compile(right, regex.S)) for left, sign, right in RULES]


def sign(left: str, right: str) -> str:
    """What is between two parts of a text."""
    if not left or not right:
        return "÷"
    return next((sign for before, sign, after in RULES if before.search(left) and after.match(right)), "÷")


if __name__ == "__main__":
    write_cases("grapheme_break_cases.py", "GraphemeBreakCases", "cluster", sample_texts(SAMPLES, longest=10), sign)
