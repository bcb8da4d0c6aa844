"""PyTorch's side of the speed benchmark: a workload's network, trained and run the way PyTorch offers it.

    python throughput.py FOLDER [--threads N]                 answers commands on standard input
    python throughput.py FOLDER [--threads N] --epochs 2      trains and ends: for the peak of its memory

FOLDER holds workload.json and data.txt, the file that seqtool reads as well. Commands, one a line, and their answers,
one line of JSON each:

    train WAY SECONDS            training tokens/s: forward, loss, backward, clipping, Adam
    infer WAY SECONDS            tokens/s of batches: ids in, most probable labels out
    one WAY SECONDS THREADS      tokens/s and latency of one sequence at a time

Classification has two ways of batching, `packed` sequences and `padded` ones: there the last valid state is picked by
index, and the reverse direction is an LSTM over index-reversed rows. One sequence alone needs neither: `plain`. Tagging
is `padded`; its loss skips the padding, and the reverse direction starts in it, which costs PyTorch less than a correct
start would. All tensors are made beforehand.
"""
import argparse
import json
import pathlib
import random
import sys
import time

import torch
import torch.nn.functional as F
from torch import nn

IGNORED = -100


class Network(nn.Module):
    """Embedding, LSTM and linear layer of a workload, for one way of batching."""

    def __init__(self, workload, way):
        super().__init__()
        self.way, self.bidirectional = way, workload["bidirectional"]
        self.tagging = workload["task"] == "tagging"
        directions = 2 if self.bidirectional else 1
        self.split = self.bidirectional and way == "padded" and not self.tagging
        size, hidden, layers = workload["embedding"], workload["hidden"], workload["layers"]
        self.embedding = nn.Embedding(workload["vocabulary"], size)
        self.rnn = nn.LSTM(size, hidden, layers, bidirectional=self.bidirectional and not self.split)
        if self.split:
            self.reverse = nn.LSTM(size, hidden, layers)
        self.output = nn.Linear(hidden * directions, workload["classes"])

    def forward(self, ids, lengths):
        """ids [T, B], lengths [B] → scores [B, C] of a classifier, [T, B, C] of a tagger."""
        rows = self.embedding(ids)
        if self.tagging:
            return self.output(self.rnn(rows)[0])
        return self.output(self.final_padded(rows, lengths) if self.way == "padded" else self.final(rows, lengths))

    def final(self, rows, lengths):
        if self.way == "packed":
            rows = nn.utils.rnn.pack_padded_sequence(rows, lengths, enforce_sorted=False)
        _, (h, _) = self.rnn(rows)
        return torch.cat([h[-2], h[-1]], 1) if self.bidirectional else h[-1]

    def final_padded(self, rows, lengths):
        column = torch.arange(rows.shape[1])
        last = self.rnn(rows)[0][lengths - 1, column]
        if not self.split:
            return last
        step = torch.arange(rows.shape[0])[:, None]
        reversed_step = torch.where(step < lengths[None], lengths[None] - 1 - step, step)
        first = self.reverse(rows[reversed_step, column[None]])[0][lengths - 1, column]
        return torch.cat([last, first], 1)


def sequences(folder, workload):
    """(ids, labels) of each sequence of data.txt: tokens are t0, t1, …, labels c0, c1, …"""
    number = lambda name: int(name[1:])
    text = (folder / "data.txt").read_text()
    if workload["task"] == "classification":
        for line in text.splitlines():
            label, *tokens = line.split()
            yield [number(token) for token in tokens], [number(label)]
        return
    for block in text.rstrip("\n").split("\n\n"):
        pairs = [line.split("\t") for line in block.split("\n")]
        yield [number(token) for token, _ in pairs], [number(tag) for _, tag in pairs]


def batch(part, tagging):
    """Sequences as padded tensors: ids [T, B], lengths [B], labels [B] or [T, B], and their tokens."""
    pad = lambda rows, value: nn.utils.rnn.pad_sequence([torch.tensor(r) for r in rows], padding_value=value)
    lengths = torch.tensor([len(ids) for ids, _ in part])
    labels = pad([labels for _, labels in part], IGNORED)
    return pad([ids for ids, _ in part], 0), lengths, labels if tagging else labels[0], int(lengths.sum())


class Bench:
    """The measurements of one workload; each way has a network of its own."""

    def __init__(self, folder):
        self.workload = json.loads((folder / "workload.json").read_text())
        self.tagging = self.workload["task"] == "tagging"
        data = list(sequences(folder, self.workload))
        self.ones = [batch([example], self.tagging) for example in data[:1000]]
        data.sort(key=lambda example: len(example[0]))
        size = self.workload["batch"]
        self.batches = [batch(data[i : i + size], self.tagging) for i in range(0, len(data), size)]
        random.Random(1).shuffle(self.batches)
        self.networks, self.next = {}, 0

    def network(self, way):
        if way not in self.networks:
            torch.manual_seed(1)
            network = Network(self.workload, way)
            self.networks[way] = network, torch.optim.Adam(network.parameters(), fused=True)
        return self.networks[way]

    def step(self, way, part):
        network, optimizer = self.network(way)
        network.train()
        ids, lengths, labels, tokens = part
        scores = network(ids, lengths)
        loss = F.cross_entropy(scores.flatten(0, -2), labels.flatten(), ignore_index=IGNORED)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 5.0)
        optimizer.step()
        return tokens

    def predict(self, way, part):
        network = self.network(way)[0]
        network.eval()
        with torch.inference_mode():
            network(part[0], part[1]).argmax(-1)
        return part[3]

    def calls(self, call, way, parts, seconds):
        """Tokens and seconds of each call, after a few that only warm up."""
        for part in parts[:3]:
            call(way, part)
        tokens, times, last = 0, [], time.perf_counter()
        end = last + seconds
        while last < end:
            tokens += call(way, parts[self.next % len(parts)])
            self.next += 1
            now = time.perf_counter()
            times.append(now - last)
            last = now
        return tokens, times

    def rate(self, call, way, seconds):
        tokens, times = self.calls(call, way, self.batches, seconds)
        return {"tokensPerSecond": tokens / sum(times)}

    def one(self, way, seconds, threads):
        before = torch.get_num_threads()
        torch.set_num_threads(threads)
        tokens, times = self.calls(self.predict, way, self.ones, seconds)
        torch.set_num_threads(before)
        times.sort()
        quantile = lambda share: times[int(share * (len(times) - 1))]
        return {"tokensPerSecond": tokens / sum(times), "p50": quantile(0.5), "p99": quantile(0.99)}

    def answer(self, name, way, seconds, *threads):
        if name == "one":
            return self.one(way, float(seconds), int(threads[0]))
        return self.rate({"train": self.step, "infer": self.predict}[name], way, float(seconds))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--epochs", type=int)
    parser.add_argument("--way", default="padded")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    bench = Bench(options.folder)
    if options.epochs:
        for _ in range(options.epochs):
            for part in bench.batches:
                bench.step(options.way, part)
        return
    for line in sys.stdin:
        print(json.dumps(bench.answer(*line.split())), flush=True)


main()
