#!/usr/bin/env python3
"""Scores a tagger on raw text: what `seqtool tag` makes of it, compared with the tags of a file by where they stand.

    scripts/raw_text_f1.py SEQTOOL MODEL FILE [--tag COLUMN]

FILE is CoNLL-U, columns of tokens and tags, or a folder with seq.in and seq.out. The raw text of a sentence is that of
its comment `# text = …`; else it is made from its tokens: characters stand next to each other, and there is no blank before
what ends a phrase or a contraction, nor next to Han characters. Places are counted in characters that are no white space. With tags of spans,
the spans are compared, else every token with its tag.
"""

import argparse
import json
import re
import subprocess
from pathlib import Path

CLOSING = re.compile(r"^([.,;:!?%)\]}]+|n't|'(s|d|m|ll|re|ve)?)$", re.IGNORECASE)
OPENING = re.compile(r"^[(\[{$#]$")
HAN = re.compile(r"[\u2e80-\u9fff\uff00-\uffef]")


def joined(tokens):
    text = ""
    for before, token in zip([""] + tokens, tokens):
        is_dense = HAN.match(token) or HAN.search(before[-1:])
        if text and not (CLOSING.match(token) or OPENING.match(before) or is_dense):
            text += " "
        text += token
    return text


def sentences(path, column):
    """(text or None, tokens, tags) of each sentence."""
    if path.is_dir():
        for tokens, tags in zip(open(path / "seq.in"), open(path / "seq.out")):
            yield None, tokens.split(), tags.split()
        return
    text, tokens, tags = None, [], []
    for line in open(path):
        line = line.rstrip("\n")
        if line.startswith("# text = "):
            text = line[9:]
        elif not line.strip():
            if tokens:
                yield text, tokens, tags
            text, tokens, tags = None, [], []
        elif path.suffix == ".conllu":
            fields = line.split("\t")
            if fields[0].isdigit():
                tokens.append(fields[1])
                tags.append(fields[column])
        elif not line.startswith("#"):
            fields = line.split("\t") if "\t" in line else line.split()
            tokens.append(fields[0])
            tags.append(fields[-1])


def spans(tags):
    """(first, last + 1, type) of spans, in the sense of conlleval."""
    found, start, kind = [], None, None
    for i, tag in enumerate(tags + ["O"]):
        prefix, _, name = tag.partition("-")
        starts = prefix in "BSU" or prefix in "IMELW" and (kind != name or start is None)
        if start is not None and (tag == "O" or starts):
            found.append((start, i, kind))
            start = None
        if tag != "O" and starts:
            start, kind = i, name
        if start is not None and prefix in "ESLUW":
            found.append((start, i + 1, kind))
            start = None
    return found


def marks(tokens, tags, is_of_spans):
    places, at = [], 0
    for token in tokens:
        length = len("".join(token.split()))
        places.append((at, at + length))
        at += length
    if not is_of_spans:
        return {(*place, tag) for place, tag in zip(places, tags)}
    return {(places[a][0], places[b - 1][1], kind) for a, b, kind in spans(tags)}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("seqtool")
    parser.add_argument("model")
    parser.add_argument("file", type=Path)
    parser.add_argument("--tag", type=int, default=3, help="the column of CoNLL-U, from 0")
    options = parser.parse_args()
    data = list(sentences(options.file, options.tag))
    is_of_spans = all(tag == "O" or tag[1:2] in ("-", "") for _, _, tags in data for tag in tags)
    lengths = [len(token) for _, tokens, _ in data for token in tokens]
    join = "".join if lengths.count(1) >= 0.95 * len(lengths) else joined
    texts = [text or join(tokens) for text, tokens, _ in data]
    run = subprocess.run(
        [options.seqtool, "tag", "--model", options.model, "--format", "jsonl"],
        input="\n".join(texts) + "\n", capture_output=True, text=True, check=True)
    right = found = wanted = cut = cuts = known = 0
    for line, (_, tokens, tags) in zip(run.stdout.splitlines(), data):
        answer = json.loads(line)
        gold = marks(tokens, tags, is_of_spans)
        mine = marks(answer["tokens"], answer["tags"], is_of_spans)
        right, found, wanted = right + len(gold & mine), found + len(mine), wanted + len(gold)
        gold = marks(tokens, [""] * len(tokens), False)
        mine = marks(answer["tokens"], [""] * len(answer["tokens"]), False)
        cut, cuts, known = cut + len(gold & mine), cuts + len(mine), known + len(gold)
    print(f"tokens f1  {2 * cut / (cuts + known):.4f}")
    print(f"{'spans' if is_of_spans else 'tags'} f1  {2 * right / (found + wanted):.4f}")


main()
