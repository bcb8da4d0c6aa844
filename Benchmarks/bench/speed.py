"""Training and inference of the workloads, ours and PyTorch's in turns."""
from sides import Refused

PRECISIONS = ["bfloat16x3", "bfloat16"]


def training_variants(workload):
    """Our ways of training, with their overrides."""
    variants = {"float32": []}
    precisions = {name: [f"training.precision={name}"] for name in PRECISIONS}
    if workload.lazy:
        lazy = ["training.optimizer.lazy=true"]
        variants["float32 lazy"] = lazy
        precisions = {f"{name} lazy": overrides + lazy for name, overrides in precisions.items()}
    return {**variants, **precisions}


def inference_variants():
    return {"float32": [], **{name: [f"inference.precision={name}"] for name in PRECISIONS}}


class Turns:
    """Measures both sides round by round, so that a slow minute of the machine hits both."""

    def __init__(self, rounds, notes, show):
        self.rounds, self.notes, self.show = rounds, notes, show

    def run(self, title, ours, peers):
        """`ours` and `peers` are functions by name that measure once; those of ours that are refused are left out.

        Returns the answers of each by name, in the order of the rounds.
        """
        results = {"ours": {name: [] for name in ours}, "peer": {name: [] for name in peers}}
        for _ in range(self.rounds):
            for side, functions in (("ours", ours), ("peer", peers)):
                for name in list(results[side]):
                    try:
                        results[side][name].append(functions[name]())
                    except Refused as refusal:
                        self.leave_out(name, refusal)
                        del results[side][name]
        self.show(title, results)
        return results

    def leave_out(self, name, refusal):
        """Notes once why a variant is not measured. Only one that this version or this CPU may lack is left out."""
        if name == "float32":
            raise refusal
        note = f"{name}: not measured: {refusal}"
        if note not in self.notes:
            self.notes.append(note)


class Speed:
    """The three figures of one workload."""

    def __init__(self, ours, options, turns):
        self.ours, self.options, self.turns = ours, options, turns

    def measure(self, workload, folder, peer):
        workload.write(folder, self.options.threads)
        figures = {}
        for part in ("train", "infer", "one"):
            if part in self.options.parts:
                figures[part] = getattr(self, part)(workload, folder, peer)
        return figures

    def train(self, workload, folder, peer):
        seconds = self.options.seconds
        ours = {
            name: lambda overrides=overrides: self.ours.train(folder, seconds, overrides)
            for name, overrides in training_variants(workload).items()
        }
        peers = {way: lambda way=way: peer.ask("train", way, seconds) for way in workload.ways} if peer else {}
        return self.turns.run(f"{workload.name}: training", ours, peers)

    def infer(self, workload, folder, peer):
        seconds = self.options.seconds / 2
        ours = self._models("infer", folder, seconds)
        peers = {way: lambda way=way: peer.ask("infer", way, seconds) for way in workload.ways} if peer else {}
        return self.turns.run(f"{workload.name}: batch inference", ours, peers)

    def one(self, workload, folder, peer):
        seconds = self.options.seconds / 4
        ours = self._models("one", folder, seconds)
        peers = {
            f"{way}, {threads} {'thread' if threads == 1 else 'threads'}": lambda way=way, threads=threads: peer.ask(
                "one", way, seconds, threads)
            for way in workload.ways_of_one
            for threads in sorted({1, self.options.threads})
        } if peer else {}
        return self.turns.run(f"{workload.name}: one sentence at a time", ours, peers)

    def _models(self, command, folder, seconds):
        """A measurement for each precision; the model is fitted when the first one asks for it."""
        fitted = {}

        def measure(name, overrides):
            if name not in fitted:
                fitted[name] = self.ours.model(folder, name, overrides)
            return self.ours.call(command, fitted[name], folder / "texts.txt", seconds, self.options.threads)

        return {
            name: lambda name=name, overrides=overrides: measure(name, overrides)
            for name, overrides in inference_variants().items()
        }
