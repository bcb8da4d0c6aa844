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
    return json.loads(result.stdout)["megabytesPerSecond"]


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
    medians = {name: statistics.median(found) for name, found in rates.items() if found}
    for name, found in medians.items():
        against = "".join(f"  {found / medians[p]:6.1f} x {p}" for p in medians if p.startswith("Python"))
        print(f"{name:14}{found:8.1f} MB/s{against if not name.startswith('Python') else ''}")
    return 0
