"""The tokenisers beside Python's: both sides take turns, and the medians are shown."""
import argparse
import json
import pathlib
import statistics
import subprocess
import sys

import machine

KINDS = ["word", "whitespace", "character", "penn", "chinese", "regex", "byte"]
PEERS = ["regex", "icu"]


def rate(command):
    result = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    if result.returncode:
        print(f"bench: {command[1]} {command[2]}: {result.stderr.strip().splitlines()[-1]}", file=sys.stderr)
        return None
    found = json.loads(result.stdout)
    return found["cutMegabytesPerSecond"], found["megabytesPerSecond"]


def main(arguments):
    parser = argparse.ArgumentParser(prog="run tokens")
    parser.add_argument("texts", help="a file of lines")
    parser.add_argument("--build", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--python", help=argparse.SUPPRESS)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=1)
    parser.add_argument("--pieces", help="a file of seqtool tokenizer train --kind bpe")
    options = parser.parse_args(arguments)
    ours = pathlib.Path(options.build) / "seqbench"
    peer = pathlib.Path(__file__).parent.parent / "peers/tokens.py"
    sides = {kind: [ours, "tokens", kind, options.texts, options.seconds] for kind in KINDS}
    if options.pieces:
        sides["bpe"] = [ours, "tokens", "bpe", options.texts, options.seconds, options.pieces]
    if options.python:
        sides |= {f"Python {kind}": [options.python, peer, kind, options.texts, options.seconds] for kind in PEERS}
    rates = {name: [] for name in sides}
    for _ in range(options.rounds):
        for name, command in sides.items():
            if (found := rate(command)) is not None:
                rates[name].append(found)
    print(f"{machine.cpu()}, load {machine.load()}, {options.texts}, median of {options.rounds}\n")
    medians = {
        name: [statistics.median(values) for values in zip(*found)] for name, found in rates.items() if found
    }
    peers = [name for name in medians if name.startswith("Python")]
    print(f"{'':14}{'cut':>8} {'to ids':>8} MB/s   to ids, beside")
    for name, (cut, ids) in medians.items():
        against = "" if name in peers else "".join(f"  {ids / medians[peer][1]:5.1f} x {peer}" for peer in peers)
        print(f"{name:14}{cut:8.1f} {ids:8.1f}     {against}")
    return 0
