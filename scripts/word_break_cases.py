#!/usr/bin/env python3
"""Writes Tests/SeqTextTests/WordBreakCases.swift: strings and their UAX #29 word boundaries.

The rules stand here as the standard prints them: a pattern for what is left of a boundary and one for what is right
of it, tried in order at every place. That is slow and shares nothing with the one-pass segmenter it checks. (The
boundaries of the `regex` module, `(?w)\\b`, are no oracle: they break rules WB4, WB6 and WB15 and tailor apostrophes.)

The strings are, as in Unicode's own WordBreakTest.txt, all pairs of one sample of each class, bare and with a
diaeresis between, and longer random ones.

    python3 scripts/word_break_cases.py
"""
import regex

from unicode_tables import sample_texts, write_cases

SAMPLES = [
    0x01, 0x0D, 0x0A, 0x85, 0x300, 0xAD, 0x200D, 0x3031, 0x41, 0x3A, 0x2C, 0x2E, 0x30, 0x5F, 0x1F1E6, 0x5D0, 0x22,
    0x27, 0x20, 0x231A, 0x4E2D, 0xAC00, 0x24C2, 0x1F3FB, 0x202F, 0xA0,
]
SETS = {
    "LineEnd": r"[\p{WB=CR}\p{WB=LF}\p{WB=Newline}]",
    "AHLetter": r"[\p{WB=ALetter}\p{WB=Hebrew_Letter}]",
    "MidNumLetQ": r"[\p{WB=MidNumLet}\p{WB=Single_Quote}]",
    "MidL": r"[\p{WB=MidLetter}\p{WB=MidNumLet}\p{WB=Single_Quote}]",
    "MidN": r"[\p{WB=MidNum}\p{WB=MidNumLet}\p{WB=Single_Quote}]",
    "Joiner": r"[\p{WB=ALetter}\p{WB=Hebrew_Letter}\p{WB=Numeric}\p{WB=Katakana}\p{WB=ExtendNumLet}]",
    "Core": r"[\p{WB=ALetter}\p{WB=Hebrew_Letter}\p{WB=Numeric}\p{WB=Katakana}]",
    "Skip": r"[\p{WB=Extend}\p{WB=Format}\p{WB=ZWJ}]",
    "Pict": r"\p{Extended_Pictographic}",
    "Flag": r"\p{WB=Regional_Indicator}",
}
# What is left, × for no boundary or ÷ for one, what is right; the rules up to WB4 see every scalar.
BEFORE = [
    ("CR", "×", "LF"),
    ("LineEnd", "÷", ""),
    ("", "÷", "LineEnd"),
    ("ZWJ", "×", "Pict"),
    ("WSegSpace", "×", "WSegSpace"),
    ("", "×", "Skip"),
]
AFTER = [
    ("AHLetter", "×", "AHLetter"),
    ("AHLetter", "×", "MidL AHLetter"),
    ("AHLetter MidL", "×", "AHLetter"),
    ("Hebrew_Letter", "×", "Single_Quote"),
    ("Hebrew_Letter", "×", "Double_Quote Hebrew_Letter"),
    ("Hebrew_Letter Double_Quote", "×", "Hebrew_Letter"),
    ("Numeric", "×", "Numeric"),
    ("AHLetter", "×", "Numeric"),
    ("Numeric", "×", "AHLetter"),
    ("Numeric MidN", "×", "Numeric"),
    ("Numeric", "×", "MidN Numeric"),
    ("Katakana", "×", "Katakana"),
    ("Joiner", "×", "ExtendNumLet"),
    ("ExtendNumLet", "×", "Core"),
]


def pattern(names: str) -> str:
    return "".join(SETS.get(name, rf"\p{{WB={name}}}") for name in names.split())


def compiled(rules: list) -> list:
    return [(regex.compile(pattern(left) + "$"), sign, regex.compile(pattern(right))) for left, sign, right in rules]


BEFORE, AFTER = compiled(BEFORE), compiled(AFTER)
# WB4: X (Extend | Format | ZWJ)* is X, but for line ends.
IGNORED = regex.compile(rf"(?!{SETS['LineEnd']})(.){SETS['Skip']}*", regex.DOTALL)
FLAGS = regex.compile(rf"{SETS['Flag']}*$")


def first(rules: list, left: str, right: str) -> str | None:
    return next((sign for before, sign, after in rules if before.search(left) and after.match(right)), None)


def sign(left: str, right: str) -> str:
    """What is between two parts of a text."""
    if not left or not right:
        return "÷"
    if found := first(BEFORE, left, right):
        return found
    left, right = IGNORED.sub(r"\1", left), IGNORED.sub(r"\1", right)
    flags = len(FLAGS.search(left)[0])
    if flags % 2 == 1 and regex.match(SETS["Flag"], right):
        return "×"
    return first(AFTER, left, right) or "÷"


if __name__ == "__main__":
    write_cases("word_break_cases.py", "WordBreakCases", "word", sample_texts(SAMPLES, longest=12), sign)
