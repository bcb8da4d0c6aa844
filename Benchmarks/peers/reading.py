"""The other side of `bench reading`: reads a file as often as it is told and prints the best time as JSON.

    python3 reading.py csv|conllu|pyconll|jsonl FILE ROUNDS
"""
import csv
import json
import sys
import time


def read_csv(path):
    with open(path, encoding="utf-8", newline="") as file:
        return sum(1 for _ in csv.DictReader(file))


def read_csv_rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return sum(1 for _ in csv.reader(file, strict=True)) - 1


def read_jsonl(path):
    with open(path, encoding="utf-8") as file:
        return sum(1 for line in file if json.loads(line))


def read_conllu(path):
    import conllu

    with open(path, encoding="utf-8") as file:
        return sum(1 for _ in conllu.parse_incr(file))


def read_pyconll(path):
    import pyconll

    if hasattr(pyconll, "iter_from_file"):
        return sum(1 for _ in pyconll.iter_from_file(path))
    from pyconll.conllu import conllu as format

    return sum(1 for _ in format.iter_from_file(path))


WAYS = {
    "csv": read_csv_rows, "csv.DictReader": read_csv, "json": read_jsonl, "conllu": read_conllu,
    "pyconll": read_pyconll,
}


def main(way, path, rounds):
    best = float("inf")
    for _ in range(int(rounds)):
        start = time.perf_counter()
        records = WAYS[way](path)
        best = min(best, time.perf_counter() - start)
    print(json.dumps({"seconds": best, "records": records}))


main(*sys.argv[1:])
