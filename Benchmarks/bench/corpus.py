"""`bench corpus FILE BYTES`: a corpus of made-up labelled texts, as csv, for a fit of more data than memory holds.

Words are drawn by Zipf's law from as many as a language has; the label follows from which of two halves of them a text
prefers. The same arguments give the same file.
"""
import itertools
import random
import sys


def main(arguments):
    if len(arguments) != 2:
        sys.exit(__doc__)
    write(arguments[0], int(float(arguments[1])))


def write(path, size, words=200_000, seed=1):
    generator = random.Random(seed)
    letters = "etaoinshrdlucmfw"
    vocabulary = sorted({"".join(generator.choices(letters, k=generator.randint(3, 9))) for _ in range(words)})
    generator.shuffle(vocabulary)
    halves = [vocabulary[0::2], vocabulary[1::2]]
    weights = [list(itertools.accumulate(1 / (rank + 2) for rank in range(len(half)))) for half in halves]
    # A pool of words for each half, taken from at random places: far quicker than a draw for each word.
    pools = [generator.choices(half, cum_weights=weight, k=1 << 20) for half, weight in zip(halves, weights)]
    written = 0
    with open(path, "w", encoding="ascii") as file:
        written += file.write("text,label\n")
        while written < size:
            lines = []
            for _ in range(10_000):
                label = generator.getrandbits(1)
                count = 5 + int(generator.random() * 40)
                start = generator.randrange((1 << 20) - count)
                other = generator.randrange((1 << 20) - count)
                text = " ".join(pools[label][start:start + count] + pools[1 - label][other:other + count // 3])
                lines.append(f"{text},{'left' if label else 'right'}\n")
            written += file.write("".join(lines))
