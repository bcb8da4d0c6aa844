"""`bench instructions`: how many instructions a training step takes, a figure without noise.

Callgrind counts a fit that stops after 2 steps and one that stops after 12; a tenth of the difference is a step,
without start-up and reading. All sequences of a workload have one length here, so that it does not matter which are
taken.
"""
import argparse
import json
import os
import pathlib
import platform
import re
import shutil
import subprocess
import sys
import tempfile

import machine
import workloads
from workloads import Lengths

HERE = pathlib.Path(__file__).resolve().parent.parent
RECORD = HERE / "instructions.json"
# Instructions over the recorded ones that are still taken for the same.
TOLERANCE = 0.1
STEPS = (2, 12)


def guarded():
    """The workloads, cut down: valgrind computes fused products in software, a thousand times slower than the CPU."""
    changes = {
        "names": {"lengths": constant(7)},
        "sentiment": {"lengths": constant(3), "vocabulary": 500},
        "tagging": {"lengths": constant(3), "vocabulary": 500},
        "tag256x2": {"lengths": constant(2), "vocabulary": 200, "batch": 8},
        "charlm": {"lengths": constant(3)},
    }
    for name, change in changes.items():
        workload = workloads.named(name).replacing(**{"batch": 16, **change})
        # More batches than steps: no fit comes to the end of its epoch.
        yield workload.replacing(sequences=workload.batch * (STEPS[1] + 2))


def constant(length):
    return Lengths(length, 0, length, length)


def count(command, environment):
    result = subprocess.run(
        ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *map(str, command)], env=environment,
        capture_output=True, text=True)
    found = re.search(r"Collected\s*:\s*(\d+)", result.stderr)
    if result.returncode or not found:
        raise RuntimeError(result.stderr.strip())
    return int(found[1])


def step(workload, build, level, work):
    """Instructions of one training step on one thread."""
    folder = work / workload.name
    workload.write(folder, threads=1)
    environment = dict(os.environ, SEQTOOL_CPU=level, SEQTOOL_STATE=str(work / "state"))
    counts = []
    for steps in STEPS:
        output = folder / f"steps-{steps}"
        command = [build / "seqbench", "steps", folder / "config.json", steps, f"output={output}"]
        counts.append(count(command, environment))
    return (counts[1] - counts[0]) // (STEPS[1] - STEPS[0])


def compared(name, now, recorded):
    """A line about one workload, and whether it passes."""
    if recorded is None:
        return f"{name}: {now:,} instructions a step; none are recorded", False
    change = now / recorded - 1
    line = f"{name}: {now:,} instructions a step, {change:+.1%} of the recorded {recorded:,}"
    if change > TOLERANCE:
        return f"{line}: more than {TOLERANCE:.0%} too many", False
    return line + ("; record the gain with --update" if change < -TOLERANCE else ""), True


def main(arguments):
    names = [workload.name for workload in workloads.WORKLOADS]
    parser = argparse.ArgumentParser(prog="bench instructions", description=__doc__.split("\n")[0])
    parser.add_argument("--build", type=pathlib.Path, required=True, help="the folder of seqbench")
    parser.add_argument("--only", choices=names, nargs="+", default=names)
    # Valgrind knows no AVX-512 up to version 3.19.
    parser.add_argument("--level", default="avx2" if platform.machine() in ("x86_64", "AMD64") else "generic")
    parser.add_argument("--update", action="store_true", help="record the counts instead of checking them")
    options = parser.parse_args(arguments)
    if not shutil.which("valgrind"):
        sys.exit("bench: valgrind is not here; install it to count instructions")

    record = json.loads(RECORD.read_text()) if RECORD.exists() else {}
    level = record.setdefault(options.level, {})
    passed = True
    with tempfile.TemporaryDirectory() as work:
        for workload in guarded():
            if workload.name not in options.only:
                continue
            now = step(workload, options.build, options.level, pathlib.Path(work))
            if options.update:
                level[workload.name] = now
            line, good = compared(workload.name, now, level.get(workload.name))
            passed &= good
            print(line, flush=True)
    if options.update:
        record["compiler"] = machine.said("swift", "--version")
        RECORD.write_text(json.dumps(record, indent=2) + "\n")
    return 0 if passed else 1
