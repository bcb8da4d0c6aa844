"""`bench run`: the driver of all measurements."""
import argparse
import contextlib
import json
import os
import pathlib
import tempfile

import footprint
import machine
import scaling
import workloads
from names import Names
from sides import Ours, Peer
from speed import Speed, Turns
from summary import comparisons, short, times

HERE = pathlib.Path(__file__).resolve().parent.parent
PARTS = ["train", "infer", "one", "kernels", "names", "memory", "start", "scaling"]


def options_of(arguments):
    names = [workload.name for workload in workloads.WORKLOADS]
    listed = lambda allowed: lambda text: [checked(part, allowed) for part in text.split(",")]
    parser = argparse.ArgumentParser(prog="bench run", description="Measures seqtool beside PyTorch.")
    parser.add_argument("--seqtool", type=pathlib.Path, required=True, help="the command")
    parser.add_argument("--build", type=pathlib.Path, required=True, help="the folder of seqbench and measure")
    parser.add_argument("--python", help="a Python with PyTorch; without it only our side is measured")
    for flag, what, all_names in (("--only", "workloads", names), ("--parts", "figures", PARTS)):
        parser.add_argument(
            flag, type=listed(all_names), default=all_names, metavar="A,B", help=f"{what}: {', '.join(all_names)}")
    parser.add_argument("--rounds", type=int, default=5, help="times that both sides take turns (default 5)")
    parser.add_argument("--seconds", type=float, default=2, help="length of a measurement of training (default 2)")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--level", help="a CPU level to force on our side: generic, avx2, avx512, amx")
    parser.add_argument("--data", type=pathlib.Path, default=os.environ.get("SEQTOOL_DATA"),
                        help="the folder of names_split (default: SEQTOOL_DATA)")
    parser.add_argument("--quick", action="store_true", help="one short round of everything, to see that it works")
    parser.add_argument("--output", type=pathlib.Path, help="the file of the results (default: by date, in results/)")
    options = parser.parse_args(arguments)
    if options.quick:
        options.rounds, options.seconds = 1, 0.3
    return options


def checked(name, allowed):
    if name not in allowed:
        raise argparse.ArgumentTypeError(f"expected one of {', '.join(allowed)}, found {name}")
    return name


class Run:
    """One run of the benchmark; `result` grows from part to part."""

    def __init__(self, options, arguments, work):
        self.options, self.work = options, work
        self.notes = []
        self.measure = options.build / "measure"
        self.ours = Ours(options.build / "seqbench", options.seqtool, work, options.level)
        self.turns = Turns(options.rounds, self.notes, show)
        about = machine.about(options.seqtool, options.python, arguments)
        if about["load"] > 0.5:
            self.notes.append(f"the machine was busy before the start (load {about['load']}): take no figure for true")
            print("note:", self.notes[0], flush=True)
        self.result = {
            "about": {**about, "threads": options.threads, "rounds": options.rounds, "seconds": options.seconds}}

    def peer(self, folder, threads):
        """PyTorch's process for a workload, or nothing to talk to."""
        if not self.options.python:
            return contextlib.nullcontext()
        return Peer(self.options.python, HERE / "peers" / "throughput.py", folder, threads)

    def everything(self):
        parts = [part for part in PARTS if part in self.options.parts]
        if set(parts) & {"train", "infer", "one"}:
            self.speed()
        for part in parts:
            if hasattr(self, part):
                print(f"{part} …", flush=True)
                self.result[part] = getattr(self, part)()
        self.result["notes"] = self.notes
        print(*(f"note: {note}" for note in self.notes), sep="\n", flush=True)
        return self.result

    def selected(self):
        selected = [workload for workload in workloads.WORKLOADS if workload.name in self.options.only]
        return [workload.small() for workload in selected] if self.options.quick else selected

    def speed(self):
        speed = Speed(self.ours, self.options, self.turns)
        figures = self.result["workloads"] = {}
        for workload in self.selected():
            folder = self.work / workload.name
            workload.write(folder, self.options.threads)
            with self.peer(folder, self.options.threads) as peer:
                figures[workload.name] = speed.measure(workload, folder, peer)

    def kernels(self):
        return self.ours.call("kernels", self.options.rounds, min(0.05, self.options.seconds / 20))

    def names(self):
        data = self.options.data
        if not data or not (data / "names_split").is_dir():
            self.notes.append("names_split is not here: name its folder by --data or SEQTOOL_DATA")
            return None
        return Names(self.ours, self.measure, data, self.work, self.options, self.options.python, HERE / "peers").run()

    def memory(self):
        peer = [self.options.python, HERE / "peers" / "throughput.py"] if self.options.python else None
        return {
            workload.name: footprint.memory(
                self.ours, self.measure, workload, self.work / workload.name, self.options.threads, peer)
            for workload in self.selected()
        }

    def start(self):
        folder = self.work / "start"
        workloads.named("names").write(folder, self.options.threads)
        line = folder / "line.txt"
        line.write_text((folder / "texts.txt").read_text().split("\n")[0] + "\n")
        return footprint.start(self.ours, self.measure, self.ours.model(folder, "float32", []), line)

    def scaling(self):
        return scaling.measure(self.ours, self.options, self.turns, self.peer, self.work)


def show(title, results):
    """A line for each of our variants, as soon as its rounds are done."""
    for name, c in comparisons(results).items():
        line = f"{title}, {name}: {short(c.best)} tokens/s, median {short(c.median)}"
        if c.way:
            line += f"; PyTorch ({c.way}) {short(c.peer_best)}; {times(c.ratio)}, median {times(c.median_ratio)}"
        print(line, flush=True)


def main(arguments):
    options = options_of(arguments)
    if not options.python:
        print("no Python with PyTorch: only our side is measured", flush=True)
    # Not in memory: checkpoints are written as a user's are.
    (HERE / ".work").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=HERE / ".work") as work:
        run = Run(options, kept(arguments), pathlib.Path(work))
        result = run.everything()
    name = result["about"]["date"].removesuffix(" UTC").replace(" ", "T").replace(":", "")
    output = options.output or HERE / "results" / f"{name}.json"
    output.parent.mkdir(exist_ok=True)
    output.write_text(json.dumps(result, indent=1) + "\n")
    print("results:", os.path.relpath(output))


def kept(arguments):
    """The arguments that a reader would give: what the Makefile adds is left out."""
    result, skip = [], False
    for argument in arguments:
        if skip:
            skip = False
        elif argument in ("--seqtool", "--build", "--python", "--output", "--data"):
            skip = True
        else:
            result.append(argument)
    return result
