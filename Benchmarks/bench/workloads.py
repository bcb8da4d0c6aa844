"""The workloads: which network learns how many sequences of which lengths, and the files that both sides read."""
import dataclasses
import json
import random


@dataclasses.dataclass(frozen=True)
class Lengths:
    """Normally distributed lengths, cut at both ends."""

    mean: float
    deviation: float
    least: int
    most: int

    def draw(self, generator):
        return min(self.most, max(self.least, int(generator.gauss(self.mean, self.deviation))))


@dataclasses.dataclass(frozen=True)
class Workload:
    name: str
    task: str
    vocabulary: int  # padding and unknown included
    embedding: int
    hidden: int
    layers: int
    bidirectional: bool
    classes: int
    sequences: int
    lengths: Lengths
    batch: int
    # An embedding so large that most of its rows do not occur in a batch.
    lazy: bool = False

    @property
    def ways(self):
        """PyTorch's ways of batching."""
        return ["packed", "padded"] if self.task == "classification" else ["padded"]

    @property
    def ways_of_one(self):
        """PyTorch's ways of reading one sequence."""
        return ["plain"] + self.ways if self.task == "classification" else ["padded"]

    @property
    def operations(self):
        """Float operations a token of a forward pass, as far as they are products; a training step has three times as
        many."""
        directions = 2 if self.bidirectional else 1
        count = 0
        for layer in range(self.layers):
            width = self.embedding if layer == 0 else self.hidden * directions
            count += directions * 2 * 4 * self.hidden * (width + self.hidden)
        return count + (2 * self.hidden * directions * self.classes if self.task == "tagging" else 0)

    def small(self):
        """An eighth of it with a small vocabulary: to see that everything works."""
        return self.replacing(sequences=max(4 * self.batch, self.sequences // 8), vocabulary=min(1000, self.vocabulary))

    def replacing(self, **changes):
        return dataclasses.replace(self, **changes)

    def write(self, folder, threads):
        """Writes data.txt, texts.txt, workload.json and config.json; the same every time."""
        folder.mkdir(parents=True, exist_ok=True)
        data, texts = self._data()
        (folder / "data.txt").write_text(data)
        (folder / "texts.txt").write_text(texts)
        (folder / "workload.json").write_text(json.dumps(dataclasses.asdict(self)))
        (folder / "config.json").write_text(json.dumps(self.config(threads), indent=2))

    def _data(self):
        generator = random.Random(f"{self.name} {self.sequences}")
        lengths = [self.lengths.draw(generator) for _ in range(self.sequences)]
        total, known = sum(lengths), self.vocabulary - 2
        # Uniform tokens, but each at least once: so the vocabularies of both sides have their size.
        tokens = list(range(known)) + [generator.randrange(known) for _ in range(total - known)]
        if total < known:
            raise ValueError(f"{self.name}: {total} tokens cannot show a vocabulary of {known}")
        generator.shuffle(tokens)
        labels = [i % self.classes for i in range(total)]
        generator.shuffle(labels)
        examples, texts, start = [], [], 0
        for i, length in enumerate(lengths):
            words = [f"t{token + 2}" for token in tokens[start : start + length]]
            if self.task == "classification":
                examples.append(f"c{i % self.classes} " + " ".join(words) + "\n")
            else:
                tags = labels[start : start + length]
                examples.append("".join(f"{word}\tc{tag}\n" for word, tag in zip(words, tags)) + "\n")
            texts.append(" ".join(words) + "\n")
            start += length
        return "".join(examples), "".join(texts)

    def config(self, threads):
        """The same network, optimiser and batches for seqtool."""
        model = {
            "embedding": self.embedding, "cell": "lstm", "hidden": self.hidden, "layers": self.layers,
            "bidirectional": self.bidirectional, "dropout": 0,
        }
        if self.task == "classification":
            model["pooling"] = "last"
        return {
            "task": self.task,
            "data": {
                "train": "data.txt", "format": "labelled" if self.task == "classification" else "columns",
                "split": {"dev": 0, "test": 0},
            },
            "tokenizer": {"kind": "whitespace"},
            "model": model,
            "training": {
                # Until the driver stops it.
                "epochs": 1_000_000, "batch": {"sequences": self.batch},
                "optimizer": {"kind": "adam", "learningRate": 0.001}, "clip": 5, "patience": 0, "threads": threads,
            },
            "output": "model",
        }


WORDS = Lengths(16.3, 11, 1, 80)
WORKLOADS = [
    Workload("names", "classification", 58, 32, 128, 1, False, 18, 6400, Lengths(7.1, 2.0, 2, 19), 64),
    Workload("sentiment", "classification", 16000, 100, 128, 1, True, 2, 3200, Lengths(19.3, 9, 2, 52), 32, lazy=True),
    Workload("tagging", "tagging", 10000, 100, 128, 1, True, 17, 3200, WORDS, 32),
    Workload("tag256x2", "tagging", 10000, 100, 256, 2, True, 17, 1600, WORDS, 32),
    Workload("charlm", "tagging", 65, 65, 128, 2, False, 65, 1000, Lengths(50, 0, 50, 50), 50),
]


def named(name):
    return next(workload for workload in WORKLOADS if workload.name == name)
