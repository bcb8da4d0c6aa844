"""Fits PyTorch's LSTM on names_split and prints the accuracy: the same network and work as `seqtool fit` is given.

    python names_fit.py FOLDER [--threads N] [--seed N] [--epochs 25]

Characters, embedding 32, LSTM 128 in two directions, dropout 0.3 on both its sides, packed batches of 64, Adam 0.002,
clipping at 5; the epoch with the best dev accuracy scores the test data.
"""
import argparse
import csv
import json
import pathlib
import random

import torch
import torch.nn.functional as F
from torch import nn

PAD, UNKNOWN = 0, 1


class Network(nn.Module):
    def __init__(self, symbols, labels):
        super().__init__()
        self.embedding = nn.Embedding(symbols, 32)
        self.rnn = nn.LSTM(32, 128, bidirectional=True)
        self.dropout = nn.Dropout(0.3)
        self.output = nn.Linear(256, labels)

    def forward(self, names):
        lengths = torch.tensor([len(name) for name in names])
        rows = self.dropout(self.embedding(nn.utils.rnn.pad_sequence(names, padding_value=PAD)))
        _, (h, _) = self.rnn(nn.utils.rnn.pack_padded_sequence(rows, lengths, enforce_sorted=False))
        return self.output(self.dropout(torch.cat([h[0], h[1]], 1)))


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


def accuracy(network, data):
    network.eval()
    correct = 0
    with torch.inference_mode():
        for i in range(0, len(data), 256):
            names, labels = zip(*data[i : i + 256])
            correct += (network(names).argmax(1) == torch.tensor(labels)).sum().item()
    return correct / len(data)


def train(network, optimizer, data):
    network.train()
    random.shuffle(data)
    for i in range(0, len(data), 64):
        names, labels = zip(*data[i : i + 64])
        loss = F.cross_entropy(network(names), torch.tensor(labels))
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 5.0)
        optimizer.step()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=25)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    random.seed(options.seed)

    parts = {name: read(options.folder / f"{name}.csv") for name in ("train", "dev", "test")}
    symbols = {c: i for i, c in enumerate(sorted({c for name, _ in parts["train"] for c in name}), UNKNOWN + 1)}
    labels = {label: i for i, label in enumerate(sorted({label for _, label in parts["train"]}))}
    encoded = {
        part: [(torch.tensor([symbols.get(c, UNKNOWN) for c in name]), labels[label]) for name, label in rows]
        for part, rows in parts.items()
    }
    network = Network(len(symbols) + 2, len(labels))
    optimizer = torch.optim.Adam(network.parameters(), 0.002)
    best = {"dev": 0.0}
    for epoch in range(1, options.epochs + 1):
        train(network, optimizer, encoded["train"])
        dev = accuracy(network, encoded["dev"])
        if dev > best["dev"]:
            best = {"dev": dev, "test": accuracy(network, encoded["test"]), "epoch": epoch}
    print(json.dumps(best))


main()
