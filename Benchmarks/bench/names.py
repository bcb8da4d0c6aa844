"""End to end on names_split: a fit and the labelling of lines, as commands, beside PyTorch scripts that do the same."""
import csv
import json

from footprint import measured

EPOCHS, QUICK_EPOCHS = 25, 1
LARGE = 200_000


class Names:
    def __init__(self, ours, measure, data, work, options, python, peers):
        self.ours, self.measure, self.options = ours, measure, options
        self.data, self.work, self.python, self.peers = data.resolve() / "names_split", work / "names_split", python, peers
        self.work.mkdir(parents=True, exist_ok=True)
        self.epochs = QUICK_EPOCHS if options.quick else EPOCHS
        self.rounds = min(options.rounds, 3)
        # PyTorch's script may be faster on one thread.
        self.peer_threads = [1] if options.quick else sorted({1, options.threads})

    def run(self):
        result = {"epochs": self.epochs, "fit": self.fit()}
        self.write_lines()
        result["tag"] = {name: self.tag(name) for name in ("test", "large")}
        return result

    def config(self):
        """The network of peers/names_fit.py."""
        files = {part: str(self.data / f"{part}.csv") for part in ("train", "dev", "test")}
        return {
            "task": "classification",
            "data": {**files, "columns": {"text": "name", "label": "language"}},
            "tokenizer": {"kind": "character"},
            "model": {"embedding": 32, "cell": "lstm", "hidden": 128, "bidirectional": True, "dropout": 0.3,
                      "forgetBias": 0, "embeddingDeviation": 1},
            "training": {
                "epochs": self.epochs, "batch": {"sequences": 64},
                "optimizer": {"kind": "adam", "learningRate": 0.002}, "clip": 5, "patience": 0,
                "threads": self.options.threads,
            },
            "output": "model",
        }

    def fit(self):
        """Wall-clock seconds and test accuracy of each round; a round is a seed, on both sides."""
        config = self.work / "config.json"
        config.write_text(json.dumps(self.config(), indent=2))
        results = {"ours": [], "peer": {}}
        for seed in range(1, self.rounds + 1):
            command = self.ours.fit_command(config, f"training.seed={seed}")
            run = measured(self.measure, command, environment=self.ours.environment)[0]
            metrics = json.loads((self.work / "model" / "metrics.json").read_text())
            results["ours"].append({"seconds": run["seconds"], "accuracy": metrics["test"]["accuracy"]})
            for threads in self.peer_threads if self.python else []:
                results["peer"].setdefault(f"threads {threads}", []).append(self.fit_peer(seed, threads))
        return results

    def fit_peer(self, seed, threads):
        command = [
            self.python, self.peers / "names_fit.py", self.data, "--threads", threads, "--seed", seed, "--epochs",
            self.epochs]
        result = self.work / "peer.json"
        run = measured(self.measure, command, output=result)[0]
        return {"seconds": run["seconds"], "accuracy": json.loads(result.read_text())["test"]}

    def write_lines(self):
        """The test names, and as many lines as fill some seconds."""
        with open(self.data / "test.csv", encoding="utf-8", newline="") as file:
            names = [row[0] for row in list(csv.reader(file))[1:]]
        count = len(names) * 4 if self.options.quick else LARGE
        (self.work / "test.txt").write_text("".join(name + "\n" for name in names))
        (self.work / "large.txt").write_text("".join(names[i % len(names)] + "\n" for i in range(count)))
        (self.work / "line.txt").write_text(names[0] + "\n")

    def tag(self, name):
        """Wall-clock seconds of labelling a file, and how many labels are the same."""
        lines, model = self.work / f"{name}.txt", self.work / "model"
        commands = {"ours": [self.ours.seqtool, "tag", "--model", model, lines]}
        if self.python:
            commands["peer"] = [
                self.python, self.peers / "names_tag.py", model, lines, "--threads", self.options.threads]
        result = {"lines": lines.read_text().count("\n"), **{side: [] for side in commands}}
        answers = {side: self.work / f"{side}.labels" for side in commands}
        for _ in range(self.rounds):
            for side, command in commands.items():
                run = measured(self.measure, command, environment=self.ours.environment, output=answers[side])[0]
                result[side].append(run["seconds"])
        if self.python:
            ours, peer = (answers[side].read_text().split("\n") for side in ("ours", "peer"))
            result["sameLabels"] = sum(a == b for a, b in zip(ours, peer)) / len(ours)
        return result
