"""What the scripts that write Unicode tables and test cases have in common.

The data come from the `regex` module, which carries its own Unicode tables. Its releases of 2026 up to May hold Unicode
17, as the other tables do, later ones 18: pip install regex==2026.5.9
"""
import importlib.metadata
import itertools
import pathlib
import random
import re
from collections.abc import Callable, Iterable

import regex

ROOT = pathlib.Path(__file__).parent.parent
HEAD = "// swift-format-ignore-file\n// Made by scripts/{script}{source}; do not edit.\n\n"


def unicode_version() -> str:
    """What the module's description says that it holds, so that no table is labelled wrongly."""
    about = importlib.metadata.metadata("regex")
    found = re.search(
        r"supports Unicode (\d+\.\d+\.\d+)", (about["Description"] or "") + str(about.get_payload() or ""))
    if not found:
        raise SystemExit("the regex module does not say which Unicode it holds")
    return found[1]


def is_surrogate(c: int) -> bool:
    return 0xD800 <= c < 0xE000


SCALARS = "".join(chr(c) for c in range(0x110000) if not is_surrogate(c))


def scalars_with(properties: str) -> Iterable[int]:
    """The scalars that match a pattern of one character, such as `\\p{Lu}`."""
    return (ord(match[0]) for match in regex.finditer(properties, SCALARS))


def numbered(name: str, values: list[str], surrogates: str) -> list[int]:
    """For every scalar the number of its value of a property among `values`; 0 if it is none of them."""
    result = [values.index(surrogates) if is_surrogate(c) else 0 for c in range(0x110000)]
    for number, value in enumerate(values):
        for c in scalars_with(rf"\p{{{name}={value}}}"):
            result[c] = number
    return result


def add(bytes_: list[int], shift: int, properties: Iterable[str]) -> None:
    """Writes 1, 2, … for the scalars of each pattern into the bits from `shift` on."""
    for number, pattern in enumerate(properties, 1):
        for c in scalars_with(pattern):
            bytes_[c] |= number << shift


def runs(bytes_: list[int]) -> list[int]:
    """`first scalar << 8 | byte` of each stretch of scalars that have the same byte."""
    return [c << 8 | bytes_[c] for c in range(0x110000) if c == 0 or bytes_[c] != bytes_[c - 1]]


def cells(numbers: list[int], digits: int, per_line: int) -> str:
    """The lines of an array literal."""
    texts = [f"0x{number:0{digits}X}," for number in numbers]
    return "\n".join("    " + " ".join(texts[i : i + per_line]) for i in range(0, len(texts), per_line))


def write_table(script: str, name: str, doc: str, entry: str, values: Callable[[], list[int]]) -> None:
    """Writes Sources/SeqText/Unicode/NAME.swift.

    The version of Unicode stands for `{version}` in `doc`; `entry` says what the parts of an entry are.
    """
    version = unicode_version()
    text = HEAD.format(script=script, source=f" from Unicode {version}")
    text += f"{doc.format(version=version)}\nenum {name} {{\n{entry}\n  static let runs: [UInt32] = [\n"
    text += f"{cells(runs(values()), 7, 10)}\n  ]\n}}\n"
    (ROOT / f"Sources/SeqText/Unicode/{name}.swift").write_text(text)


def sample_texts(samples: list[int], longest: int) -> list[str]:
    """As in Unicode's own files of tests: all pairs of one sample of each class, bare and with a diaeresis between, and
    longer random ones."""
    characters = [chr(c) for c in samples]
    pairs = list(itertools.product(characters, repeat=2))
    generator = random.Random(29)
    return [a + b for a, b in pairs] + [a + "\u0308" + b for a, b in pairs] + [
        "".join(generator.choices(characters, k=generator.randint(3, longest))) for _ in range(1000)
    ]


def write_cases(script: str, name: str, unit: str, texts: list[str], sign: Callable[[str, str], str]) -> None:
    """Writes Tests/SeqTextTests/NAME.swift: scalars and the signs around them.

    `sign` says what is between two parts of a text, × or ÷.
    """

    def case(text: str) -> str:
        parts = ["÷"]
        for index, character in enumerate(text, 1):
            parts += [f"{ord(character):04X}", sign(text[:index], text[index:])]
        return " ".join(parts)

    variable = name[0].lower() + name[1:]
    text = HEAD.format(script=script, source="")
    text += f"/// Scalars and, between them, ÷ for a {unit} boundary and × for none.\nlet {variable} = \"\"\"\n"
    text += "\n".join(map(case, texts)) + "\n\"\"\"\n"
    (ROOT / f"Tests/SeqTextTests/{name}.swift").write_text(text)
