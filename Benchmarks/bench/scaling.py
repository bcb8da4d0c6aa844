"""Training speed over threads, units and sequences of a batch: the network of `tagging`, beside PyTorch's."""
import workloads

# Float operations of an epoch, so that one takes about a second.
EPOCH = 50e9


def points(quick):
    """(axis, value, workload, threads or None)"""
    base = workloads.named("tagging").replacing(vocabulary=1000)
    values = {"threads": [1, 2, 3, 4], "hidden": [64, 128, 256, 512, 1024], "batch": [8, 16, 32, 64, 128, 256]}
    if quick:
        values = {"threads": [1, 2], "hidden": [64], "batch": [128]}
    for axis, all_values in values.items():
        for value in all_values:
            workload = base if axis == "threads" else base.replacing(**{axis: value})
            workload = workload.replacing(name=f"{axis}-{value}", sequences=sequences(workload))
            workload = workload.small() if quick else workload
            yield axis, value, workload, value if axis == "threads" else None


def sequences(workload):
    wanted = EPOCH / (3 * workload.operations * workload.lengths.mean)
    return int(min(6400, max(wanted, 4 * workload.batch, 128)))


def measure(ours, options, turns, peer_of, work):
    """[{axis, value, ours, peer}], with the answers of all rounds."""
    results = []
    for axis, value, workload, threads in points(options.quick):
        threads = threads or options.threads
        folder = work / workload.name
        workload.write(folder, threads)
        seconds = options.seconds / 2
        train = {"float32": lambda: ours.train(folder, seconds, [])}
        with peer_of(folder, threads) as peer:
            peers = {"padded": lambda: peer.ask("train", "padded", seconds)} if peer else {}
            answers = turns.run(f"{axis} {value}", train, peers)
        results.append({"axis": axis, "value": value, **answers})
    return results
