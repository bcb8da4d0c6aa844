"""Peak memory of a fit, and how long the command takes to start."""
import json
import subprocess


def measured(measure, command, runs=1, environment=None, input=None, output="/dev/null"):
    """What the small program `measure` says of each run of a command, whose own output goes to a file."""
    result = subprocess.run(
        [str(part) for part in [measure, runs, output, *command]], env=environment, stdin=input or subprocess.DEVNULL,
        capture_output=True, text=True)
    if result.returncode:
        raise RuntimeError(f"{' '.join(map(str, command))}: {result.stderr.strip()}")
    return [json.loads(line) for line in result.stdout.splitlines()]


def memory(ours, measure, workload, folder, threads, peer_command):
    """The peak memory of two epochs, in bytes: of `seqtool fit` and of the PyTorch script."""
    workload.write(folder, threads)
    command = ours.fit_command(folder / "config.json", "training.epochs=2", f"output={folder / 'fitted'}")
    result = {"ours": measured(measure, command, environment=ours.environment)[0]["peakBytes"]}
    if peer_command:
        ways = {}
        for way in workload.ways:
            command = [*peer_command, folder, "--threads", threads, "--epochs", 2, "--way", way]
            ways[way] = measured(measure, command)[0]["peakBytes"]
        result["peer"] = ways
    return result


def start(ours, measure, model, line, runs=20):
    """Seconds of each run of `--version`, and of tagging one line."""
    environment = ours.environment
    version = measured(measure, [ours.seqtool, "--version"], runs, environment)
    with open(line, encoding="utf-8") as file:
        tag = measured(measure, [ours.seqtool, "tag", "--model", model], runs, environment, file)
    return {"version": [run["seconds"] for run in version], "tagOneLine": [run["seconds"] for run in tag]}
