"""The two sides: our measuring program, a process a measurement, and PyTorch's, a process a workload."""
import json
import os
import shutil
import subprocess


class Refused(Exception):
    """Our side cannot do this here, for a reason that the user is shown."""


class Ours:
    """Runs `seqbench` and the command."""

    def __init__(self, seqbench, seqtool, work, level=None):
        self.seqbench, self.seqtool, self.work = seqbench, seqtool, work
        # The note of the latest model stays out of the user's own.
        self.environment = dict(os.environ, SEQTOOL_STATE=str(work / "state"))
        if level:
            self.environment["SEQTOOL_CPU"] = level

    def call(self, *arguments):
        """The JSON that a measurement prints."""
        result = subprocess.run(
            [self.seqbench, *map(str, arguments)], env=self.environment, capture_output=True, text=True)
        self._check(result, f"seqbench {arguments[0]}")
        return json.loads(result.stdout)

    def train(self, folder, seconds, overrides):
        output = folder / "fitted"
        try:
            return self.call("train", folder / "config.json", seconds, f"output={output}", *overrides)
        finally:
            shutil.rmtree(output, ignore_errors=True)

    def model(self, folder, name, overrides):
        """Fits a model of one epoch, to be run."""
        output = folder / name.replace(" ", "-")
        self.fit(folder / "config.json", "training.epochs=1", f"output={output}", *overrides)
        return output

    def fit(self, config, *overrides):
        command = self.fit_command(config, *overrides)
        result = subprocess.run(command, env=self.environment, capture_output=True, text=True)
        self._check(result, "seqtool fit")

    @staticmethod
    def _check(result, what):
        if result.returncode == 65:
            raise Refused(result.stderr.strip().splitlines()[0].removeprefix("error: "))
        if result.returncode:
            raise RuntimeError(f"{what} failed ({result.returncode}): {result.stderr.strip()}")

    def fit_command(self, config, *overrides):
        settings = [part for override in overrides for part in ("--set", override)]
        return [str(self.seqtool), "fit", str(config), "--quiet", "--overwrite", *settings]


class Peer:
    """A process of peers/throughput.py, which keeps its networks from one measurement to the next."""

    def __init__(self, python, script, folder, threads):
        self.threads = threads
        self.process = subprocess.Popen(
            [python, script, str(folder), "--threads", str(threads)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, *words):
        print(*words, file=self.process.stdin, flush=True)
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"the PyTorch script ended at: {' '.join(map(str, words))}")
        return json.loads(line)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()
