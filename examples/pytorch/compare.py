"""Loads a model of seqtool into PyTorch and compares the logits of the two, line by line.

    pip install torch safetensors
    python compare.py MODEL [SEQTOOL] < lines.txt

MODEL is a folder that `seqtool fit` wrote, SEQTOOL the command (default: seqtool). Works for LSTM, GRU and Elman
networks (tanh and ReLU) of any depth and direction, with last, mean, max and attention pooling, and for taggers. Tokens come from
`seqtool tag` for taggers; for classifiers the tokenizer must be `character` or `whitespace` and lines plain NFC.
Exits with 1 if a logit differs by more than 1e-4.
"""
import json
import pathlib
import re
import subprocess
import sys

import torch
from safetensors.torch import load_file


def load(folder):
    config = json.loads((folder / "config.json").read_text())
    weights = load_file(folder / "model.safetensors")
    entries = (folder / "vocabulary" / "tokens.txt").read_text().split("\n")[:-1]
    return config, weights, {unescaped(entry): i for i, entry in enumerate(entries)}


def unescaped(entry):
    """A line of vocabulary/tokens.txt as the token it stands for: \\n, \\t, \\r, \\\\, \\u{…} and, first, \\<."""
    names = {"n": "\n", "t": "\t", "r": "\r", "\\": "\\", "<": "<"}
    code = lambda m: chr(int(m[1], 16)) if m[1] else "" if m[0] == r"\u{}" else names[m[0][1]]
    return re.sub(r"\\(?:u\{([0-9A-Fa-f]*)\}|.)", code, entry)


def tokens(line, settings):
    if settings["lowercase"]:
        line = line.lower()
    if settings["foldDigits"]:
        line = "".join("0" if c.isdecimal() else c for c in line)
    return list(line) if settings["kind"] == "character" else line.split()


class Network(torch.nn.Module):
    """The network of a config, built of PyTorch's own layers, with seqtool's weights under their own names."""

    def __init__(self, config, weights):
        super().__init__()
        model, self.task = config["model"], config["task"]
        self.pooling = model.get("pooling")
        vocabulary, size = weights["embedding.weight"].shape
        self.embedding = torch.nn.Embedding(vocabulary, size)
        if model.get("connections", "none") != "none":
            sys.exit(f"PyTorch has no {model['connections']} connections between layers")
        if model["cell"] not in ("lstm", "lstm-np", "gru", "elman"):
            sys.exit(f"PyTorch has no cell {model['cell']}")
        kinds = {"lstm": torch.nn.LSTM, "lstm-np": torch.nn.LSTM, "gru": torch.nn.GRU, "elman": torch.nn.RNN}
        kind = kinds[model["cell"]]
        options = {"nonlinearity": model["activation"]} if model["cell"] == "elman" else {}
        self.hidden, directions = model["hidden"], 2 if model["bidirectional"] else 1
        self.rnn = kind(size, self.hidden, model["layers"], bidirectional=directions == 2, **options)
        width = directions * self.hidden
        if self.pooling == "attention":
            self.attention = torch.nn.Linear(width, width)
            self.attention.context = torch.nn.Parameter(torch.empty(width))
        self.output = torch.nn.Linear(width, weights["output.bias"].shape[0])
        self.load_state_dict(weights)

    def pooled(self, states):
        if self.pooling == "mean":
            return states.mean(0)
        if self.pooling == "max":
            return states.max(0).values
        if self.pooling == "attention":
            share = torch.softmax(torch.tanh(self.attention(states)) @ self.attention.context, 0)
            return share @ states
        return torch.cat([states[-1, : self.hidden], states[0, self.hidden :]])

    def forward(self, ids):
        states, _ = self.rnn(self.embedding(ids))
        return self.output(states if self.task == "tagging" else self.pooled(states))


def main():
    folder, command = pathlib.Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "seqtool"
    config, weights, vocabulary = load(folder)
    network = Network(config, weights).eval()
    lines = [line.rstrip("\n") for line in sys.stdin]
    text = "".join(line + "\n" for line in lines)
    run = [command, "tag", "--model", str(folder), "--logits"]
    ours = subprocess.run(run, input=text, capture_output=True, text=True, check=True).stdout.splitlines()
    worst = 0.0
    for line, result in zip(lines, ours, strict=True):
        ids = [vocabulary.get(token, 1) for token in tokens(line, config["tokenizer"])]
        if not ids:
            continue
        with torch.no_grad():
            theirs = network(torch.tensor(ids))
        worst = max(worst, (theirs - torch.tensor(json.loads(result)["logits"])).abs().max().item())
    print(f"{len(lines)} lines, greatest difference of a logit {worst:.2e}")
    sys.exit(worst > 1e-4)


main()
