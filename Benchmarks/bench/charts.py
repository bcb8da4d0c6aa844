"""The two charts of docs/performance.md."""
import math

from summary import comparisons, fastest, short, times
from svg import Drawing

FIGURES = [("train", "Training"), ("infer", "Inference, batches"), ("one", "Inference, one sentence")]
# The colour of each of our variants: the precision says it, and lazy rows have their own in single precision.
VARIANTS = {
    "float32": "blue", "float32 lazy": "green", "bfloat16x3": "violet", "bfloat16": "pink",
    "bfloat16x3 lazy": "violet", "bfloat16 lazy": "pink",
}
LEFT, PANEL, GAP, BAR = 92, 250, 34, 15


def ratios(result):
    """How many times as fast as PyTorch: a panel a figure, a group of bars a workload."""
    rows = []  # (workload, variant); the same rows in every panel
    bars = {}  # (figure, workload, variant) → ratio
    for workload, figures in result["workloads"].items():
        for figure, _ in FIGURES:
            for variant, c in comparisons(figures.get(figure, {"ours": {}, "peer": {}})).items():
                if c.ratio is None:
                    continue
                bars[figure, workload, variant] = c.ratio
                if (workload, variant) not in rows:
                    rows.append((workload, variant))
    if not bars:
        return None
    order = list(VARIANTS)
    used = sorted({variant for _, variant in rows}, key=order.index)
    height = 92 + len(rows) * (BAR + 3) + len(result["workloads"]) * 10
    drawing = Drawing(LEFT + 3 * (PANEL + GAP), height, "seqtool's speed as a multiple of PyTorch's")
    drawing.text(16, 26, "Speed as a multiple of PyTorch's (grey line: as fast as PyTorch)", kind="title")
    _legend(drawing, used)
    for i, (figure, title) in enumerate(FIGURES):
        x = LEFT + i * (PANEL + GAP)
        most = max([ratio for (f, _, _), ratio in bars.items() if f == figure], default=1)
        scale = (PANEL - 40) / max(1.2, most)
        drawing.text(x, 74, title)
        y, last = 86, None
        for workload, variant in rows:
            if workload != last:
                y += 10 if last else 0
                if i == 0:
                    drawing.text(LEFT - 10, y + 12, workload, anchor="end")
                last = workload
            if (figure, workload, variant) in bars:
                ratio = bars[figure, workload, variant]
                drawing.rectangle(x, y, ratio * scale, BAR, VARIANTS[variant])
                drawing.text(x + ratio * scale + 5, y + 12, times(ratio), "faint", kind="small")
            y += BAR + 3
        drawing.line([(x + scale, 80), (x + scale, y + 2)], "faint", "hair")
    return str(drawing)


def _legend(drawing, variants):
    x = 16
    for variant in variants:
        if variant.endswith(" lazy") and variant != "float32 lazy":
            continue
        drawing.rectangle(x, 40, 11, 11, VARIANTS[variant])
        drawing.text(x + 16, 50, variant, "faint", kind="small")
        x += 34 + 6.2 * len(variant)


AXES = {"threads": "threads", "hidden": "units of a direction", "batch": "sequences of a batch"}
TOP, DEPTH = 92, 210


def scaling(points):
    """Training tokens/s over threads, units and sequences of a batch; both axes in powers of two."""
    drawing = Drawing(60 + 3 * (PANEL + GAP + 16), TOP + DEPTH + 56, "Training speed over threads, hidden size and batch")
    drawing.text(16, 26, "Training tokens/s (tagging, one LSTM layer in two directions)", kind="title")
    for x, colour, name in ((16, "blue", "seqtool"), (96, "peer", "PyTorch")):
        drawing.rectangle(x, 40, 11, 11, colour)
        drawing.text(x + 16, 50, name, "faint", kind="small")
    for i, (axis, label) in enumerate(AXES.items()):
        lines = {side: [] for side in ("ours", "peer")}
        for point in points:
            if point["axis"] != axis:
                continue
            for side in lines:
                for answers in point[side].values():
                    lines[side].append((point["value"], fastest(answers)["tokensPerSecond"]))
        if lines["ours"]:
            _panel(drawing, 58 + i * (PANEL + GAP + 16), label, lines)
    return str(drawing)


def _panel(drawing, left, label, lines):
    values = sorted({value for points in lines.values() for value, _ in points})
    rates = [rate for points in lines.values() for _, rate in points]
    low, high = _decade(min(rates), math.floor), _decade(max(rates), math.ceil)
    span = max(1e-9, math.log(values[-1] / values[0]))
    place = lambda value: left + math.log(value / values[0]) / span * (PANEL - 16)
    level = lambda rate: TOP + DEPTH - math.log(rate / low) / math.log(high / low) * DEPTH
    rate = low
    while rate <= high * 1.001:
        drawing.line([(left - 6, level(rate)), (left + PANEL - 8, level(rate))], "rule", "hair")
        drawing.text(left - 10, level(rate) + 4, short(rate), "faint", "end", "small")
        rate *= 2
    for value in values:
        drawing.text(place(value), TOP + DEPTH + 18, str(value), "faint", "middle", "small")
    drawing.text(left + PANEL / 2 - 8, TOP + DEPTH + 38, label, anchor="middle")
    for side, colour in (("peer", "peer"), ("ours", "blue")):
        points = [(place(value), level(rate)) for value, rate in lines[side]]
        if points:
            drawing.line(points, colour)
        for point in points:
            drawing.dot(*point, colour)


def _decade(rate, rounding):
    """The power of two, in thousands, beside a rate."""
    return 1000 * 2.0 ** rounding(math.log2(rate / 1000))
