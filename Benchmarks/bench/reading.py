"""`bench reading`: how fast files of examples are read, beside Python's readers of the same formats.

Both sides read the same made-up files in turns, three times a turn; the best time counts, and as many records must have been
found.
"""
import argparse
import csv
import datetime
import json
import pathlib
import random
import subprocess
import sys
import tempfile

import machine

HERE = pathlib.Path(__file__).resolve().parent.parent
# Our format, and the ways of Python that read it.
PEERS = {"csv": ["csv", "csv.DictReader"], "jsonl": ["json"], "conllu": ["conllu", "pyconll"]}


def main(arguments):
    parser = argparse.ArgumentParser(prog="bench reading", description=__doc__)
    parser.add_argument("--build", type=pathlib.Path, required=True, help="the folder of seqbench")
    parser.add_argument("--python", default=sys.executable, help="a Python with conllu and pyconll")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--megabytes", type=int, default=20, help="size of each file (conllu: a quarter)")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        files = write_files(pathlib.Path(folder), options.megabytes << 20)
        rows = [measured(options, format, path) for format, path in files.items()]
    print(f"{datetime.date.today()}, {machine.cpu()}, best of {options.rounds} rounds")
    print("| format | file | seqtool | Python | its way | ratio |\n| --- | --- | --- | --- | --- | --- |")
    for row in rows:
        print("| " + " | ".join(row) + " |")


def measured(options, format, path):
    """A row of the table: we and the fastest of Python's ways."""
    size = path.stat().st_size / 1e6
    ours, peers = [], {}
    for _ in range(options.rounds):
        ours.append(call([options.build / "seqbench", "read", path, format, 3]))
        for way in PEERS[format]:
            answer = call([options.python, HERE / "peers" / "reading.py", way, path, 3])
            if answer:
                assert answer["records"] == ours[-1]["records"], f"{way}: {answer} but {ours[-1]}"
                peers.setdefault(way, []).append(answer["seconds"])
    best = min(answer["seconds"] for answer in ours)
    way = min(peers, key=lambda name: min(peers[name]), default=None)
    peer = min(peers[way]) if way else None
    return [
        f"`{format}`", f"{size:.0f} MB", f"{size / best:.0f} MB/s", f"{size / peer:.0f} MB/s" if peer else "–",
        way or "–", f"**{peer / best:.1f}×**" if peer else "–"]


def call(command):
    result = subprocess.run(list(map(str, command)), capture_output=True, text=True)
    if result.returncode and "ModuleNotFoundError" in result.stderr:
        print(f"note: {command[2]} is not installed: left out", file=sys.stderr)
        return None
    if result.returncode:
        raise RuntimeError(f"{command}: {result.stderr.strip()}")
    return json.loads(result.stdout)


def write_files(folder, size):
    """Reviews as csv and jsonl, and a treebank, of made-up words; a tenth of the texts hold commas and quote marks."""
    generator = random.Random(1)
    words = [
        "".join(generator.choice("etaoinshrdlu") for _ in range(generator.randint(2, 9))) for _ in range(20_000)]
    words += ["café", "naïve", "straße", "Größe"]
    paths = {format: folder / f"data.{format}" for format in PEERS}
    with open(paths["csv"], "w", encoding="utf-8", newline="") as table, open(
        paths["jsonl"], "w", encoding="utf-8") as lines:
        writer = csv.writer(table, lineterminator="\n")
        writer.writerow(["text", "label"])
        while table.tell() < size:
            text = " ".join(generator.choices(words, k=generator.randint(3, 40)))
            if generator.random() < 0.1:
                text = f'"{text}", they said, "at least"'
            label = generator.choice(["positive", "negative"])
            writer.writerow([text, label])
            lines.write(json.dumps({"text": text, "label": label}, ensure_ascii=False) + "\n")
    with open(paths["conllu"], "w", encoding="utf-8") as file:
        while file.tell() < size / 4:
            count = generator.randint(3, 40)
            file.write(f"# sent_id = {file.tell()}\n")
            for i in range(1, count + 1):
                word = generator.choice(words)
                file.write(f"{i}\t{word}\t{word}\tNOUN\tNN\tNumber=Sing\t{i - 1}\tdep\t_\t_\n")
            file.write("\n")
    return paths
