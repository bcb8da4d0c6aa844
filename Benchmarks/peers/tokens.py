"""Lines to ids of a vocabulary in Python: the regex module's words, and ICU's word boundaries where PyICU is.

    python peers/tokens.py regex|icu TEXTS SECONDS
"""
import json
import sys
import time

# Words and signs much as UAX #29 cuts them; the module's own \\b{w} is slower still.
PATTERN = r"\w+(?:['’.]\w+)*|[^\w\s]"


def regex_cutter():
    import regex

    return regex.compile(PATTERN).findall


def icu_cutter():
    import icu

    breaker = icu.BreakIterator.createWordInstance(icu.Locale.getRoot())

    def cut(line):
        text = icu.UnicodeString(line)
        breaker.setText(text)
        tokens, start = [], 0
        for end in breaker:
            token = str(text[start:end])
            if not token.isspace():
                tokens.append(token)
            start = end
        return tokens

    return cut


def main(kind, texts, seconds):
    cut = {"regex": regex_cutter, "icu": icu_cutter}[kind]()
    with open(texts, encoding="utf-8") as file:
        text = file.read()
    lines = text.split("\n")
    if kind == "icu":
        lines = lines[: max(1, len(lines) // 10)]
    size = sum(len(line.encode()) + 1 for line in lines)
    vocabulary = {}
    for line in lines[: len(lines) // 4]:
        for token in cut(line):
            vocabulary.setdefault(token, len(vocabulary) + 2)
    def ids(line):
        return [vocabulary.get(token, 1) for token in cut(line)]

    # Time of the processor, so that other processes count less.
    def rate(work):
        start, passes = time.process_time(), 0
        while time.process_time() - start < float(seconds):
            for line in lines:
                work(line)
            passes += 1
        return size * passes / (time.process_time() - start) / 1e6

    print(json.dumps({"megabytesPerSecond": rate(ids), "cutMegabytesPerSecond": rate(cut)}))


main(*sys.argv[1:])
