"""`bench report`: docs/explanation/performance.md and its charts from the JSON of a run."""
import argparse
import json
import pathlib
import statistics

import charts
from instructions import RECORD
from pages import PAGE, table
from summary import comparisons, fastest, short, times

HERE = pathlib.Path(__file__).resolve().parent.parent
DOCS = HERE.parent / "docs" / "explanation"
MIB = 1 << 20


def compared(result, figure, titles, extra):
    """A table of one figure: a row for each workload and variant, with `extra(ours, peer, part)` at its end: the best
    answers of both sides and all of them."""
    rows = []
    for workload, figures in result["workloads"].items():
        part = figures.get(figure, {"ours": {}, "peer": {}})
        for variant, c in comparisons(part).items():
            row = [f"`{workload}`", variant, f"**{short(c.best)}** ({short(c.median)})"]
            if c.way:
                row += [f"{short(c.peer_best)} ({short(c.peer_median)})", c.way]
                row += [f"**{times(c.ratio)}**", times(c.median_ratio)]
            else:
                row += ["–"] * 4
            rows.append(row + extra(fastest(c.ours), fastest(part["peer"][c.way]) if c.way else None, part))
    head = ["workload", "ours", "tokens/s (median)", "PyTorch (median)", "its way", "ratio", "median ratio", *titles]
    return table(head, rows)


def microseconds(answer):
    return f"{answer['p50'] * 1e6:.0f} / {answer['p99'] * 1e6:.0f}" if answer else "–"


def one(result):
    extra = lambda ours, peer, part: [
        microseconds(ours), microseconds(peer), batched(ours, part), short(ours["tokensPerSecondFromText"])]
    return compared(result, "one", ["µs p50 / p99", "PyTorch's", "packed or padded", "from text"], extra)


def batched(ours, part):
    """The ratio to the faster of PyTorch's ways of batching, as if it did not know that there is one sentence."""
    rates = [fastest(answers)["tokensPerSecond"] for way, answers in part["peer"].items() if not way.startswith("plain")]
    return times(ours["tokensPerSecond"] / max(rates) if rates else None)


def kernels(result):
    rows = []
    for level, part in result["kernels"].items():
        for kernel in part["kernels"]:
            size = f"{kernel['rows']:.0f} × {kernel['columns']:.0f} × {kernel['depth']:.0f}"
            share = kernel["rate"] / part["peak"]
            rates = [f"{kernel['rate'] / 1e9:.1f}", f"{part['peak'] / 1e9:.0f}", f"{share:.0%}"]
            rows.append([f"`{level}`", NAMES[kernel["kernel"]], size, *rates])
    return table(["level", "kernel", "m × n × k", "GF/s", "peak", "share"], rows)


NAMES = {
    "product": "A · B", "transposedProduct": "Aᵀ · B", "lstmStep": "LSTM step",
    "lstmBackwardStep": "LSTM step, backward",
}


def names(result):
    """Wall-clock time of the commands on names_split."""
    part = result["names"]
    mean = lambda runs: statistics.mean(run["accuracy"] for run in runs)
    least = lambda runs: min(run["seconds"] for run in runs)
    fit, rows = part["fit"], []
    peers = min(fit["peer"].values(), key=least, default=None)
    what = f"fit, {part['epochs']} epochs; test accuracy {mean(fit['ours']):.3f}"
    if peers:
        what += f", PyTorch's {mean(peers):.3f}"
    rows.append([what, *seconds(least(fit["ours"]), least(peers) if peers else None)])
    for tag in part["tag"].values():
        what = f"tag, {tag['lines']:,} lines"
        if "sameLabels" in tag:
            what += f"; {tag['sameLabels']:.2%} the same labels"
        rows.append([what, *seconds(min(tag["ours"]), min(tag["peer"]) if "peer" in tag else None)])
    return table(["work", "seqtool", "PyTorch", "ratio"], rows)


def seconds(ours, peer):
    return [f"{ours:.2f} s", f"{peer:.2f} s" if peer else "–", times(peer / ours if peer else None)]


def memory(result):
    rows = []
    for workload, part in result["memory"].items():
        peer = min(part["peer"].values()) if "peer" in part else None
        share = f"{part['ours'] / peer:.0%}" if peer else "–"
        rows.append([f"`{workload}`", f"{part['ours'] / MIB:.0f} MiB", f"{peer / MIB:.0f} MiB" if peer else "–", share])
    return table(["workload", "`seqtool fit`", "PyTorch", "share"], rows)


def start(result):
    runs = {"`seqtool --version`": result["start"]["version"], "`seqtool tag`, one line": result["start"]["tagOneLine"]}
    rows = [[name, f"{min(r) * 1e3:.1f} ms", f"{statistics.median(r) * 1e3:.1f} ms"] for name, r in runs.items()]
    return table(["command", "best of 20", "median"], rows)


def scaling(result):
    rows = []
    for point in result["scaling"]:
        for c in comparisons(point).values():
            peer = short(c.peer_best) if c.way else "–"
            rows.append([charts.AXES[point["axis"]], str(point["value"]), short(c.best), peer, times(c.ratio)])
    return table(["", "", "tokens/s", "PyTorch", "ratio"], rows)


def instructions():
    record = json.loads(RECORD.read_text()) if RECORD.exists() else {}
    rows = [
        [f"`{level}`", f"`{workload}`", f"{count:,}"]
        for level, counts in record.items() if isinstance(counts, dict)
        for workload, count in counts.items()
    ]
    return table(["level", "workload", "instructions a step"], rows)


def level(result):
    """The CPU level that our side used."""
    for figures in result.get("workloads", {}).values():
        for answers in figures.get("train", {}).get("ours", {}).values():
            for answer in answers:
                return answer["level"]
    # The levels of the CPU, the best one last.
    return list(result.get("kernels") or ["–"])[-1]


def about(result):
    facts = result["about"]
    peer = facts.get("peer")
    rows = [
        ["date", facts["date"]], ["CPU", f"{facts['cpu']}, {facts['cores']} cores, {facts['system']}"],
        ["level", f"`{level(result)}`"], ["command", f"`{facts['command']}`"],
        ["rounds", f"{facts['rounds']}, {facts['seconds']:g} s of training each, {facts['threads']} threads"],
        ["seqtool", f"{facts['seqtool']} ({facts['commit']}), {facts['swift']}"],
        ["PyTorch", f"{peer['torch']}, {peer['capability']}, Python {peer['python']}" if peer else "not measured"],
    ]
    return table(["", ""], rows)


def page(result, drawn, draft):
    """The page's text; a figure that the run left out is said to be missing."""
    nothing = lambda *_: []
    from_text = lambda ours, *_: [short(ours["tokensPerSecondFromText"])]
    tables = {
        "train": ("workloads", lambda _: compared(result, "train", [], nothing)),
        "infer": ("workloads", lambda _: compared(result, "infer", ["from text"], from_text)),
        "one": ("workloads", one), "names": ("names", names), "kernels": ("kernels", kernels),
        "memory": ("memory", memory), "start": ("start", start), "scaling": ("scaling", scaling),
    }
    parts = {"about": about(result), "instructions": instructions()}
    for name, (source, function) in tables.items():
        parts[name] = function(result) if result.get(source) else "Not measured."
    for name, title in charts.TITLES.items():
        parts[f"{name}Chart"] = f"![{title}](performance-{name}.svg)\n\n" if name in drawn else ""
    notes = "".join(f"- {note}\n" for note in result["notes"])
    parts["notes"] = "Left out of this run:\n\n" + notes.rstrip() if notes else "Nothing was left out of this run."
    parts["draft"] = "\n> A draft: figures of an unfinished version on a busy machine.\n" if draft else ""
    return PAGE.substitute(parts)


def main(arguments):
    parser = argparse.ArgumentParser(prog="bench report", description=__doc__)
    parser.add_argument("result", type=pathlib.Path, nargs="?", default=HERE / "results" / "published.json")
    parser.add_argument("--docs", type=pathlib.Path, default=DOCS, help="the folder of performance.md")
    parser.add_argument("--draft", action="store_true", help="say on the page that it is one")
    options = parser.parse_args(arguments)
    result = json.loads(options.result.read_text())
    drawings = {
        "ratios": charts.ratios(result.get("workloads", {})), "scaling": charts.scaling(result.get("scaling", [])),
    }
    drawn = {name: drawing for name, drawing in drawings.items() if drawing}
    for name, drawing in drawn.items():
        (options.docs / f"performance-{name}.svg").write_text(drawing)
    (options.docs / "performance.md").write_text(page(result, drawn, options.draft))
