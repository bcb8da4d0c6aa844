"""The two charts of docs/explanation/performance.md."""
import math

from summary import comparisons, fastest, times
from svg import Drawing

TITLES = {
    "ratios": "Speed as a multiple of PyTorch's", "scaling": "Training speed over threads, hidden size and batch",
}
FIGURES = [("train", "Training"), ("infer", "Inference, batches"), ("one", "Inference, one sentence")]
# The colour of each of our variants: the precision says it, and lazy rows have their own in single precision.
VARIANTS = {
    "float32": "blue", "float32 lazy": "green", "bfloat16x3": "violet", "bfloat16": "pink",
    "bfloat16x3 lazy": "violet", "bfloat16 lazy": "pink",
}
LEFT, PANEL, GAP, STEP = 92, 250, 34, 18


def ratios(workloads):
    """How many times as fast as PyTorch: a panel a figure, in it a group of bars a workload; nothing without PyTorch."""
    groups = {
        workload: {figure: _bars(figures.get(figure)) for figure, _ in FIGURES}
        for workload, figures in workloads.items()
    }
    every = [bar for panels in groups.values() for bars in panels.values() for bar in bars]
    if not every:
        return None
    depths = {workload: max(len(bars) for bars in panels.values()) * STEP + 10 for workload, panels in groups.items()}
    drawing = Drawing(LEFT + 3 * (PANEL + GAP), 96 + sum(depths.values()), TITLES["ratios"])
    drawing.text(16, 26, TITLES["ratios"] + " (line: as fast as PyTorch)", kind="title")
    _legend(drawing, sorted({variant for variant, _ in every}, key=list(VARIANTS).index))
    y = 86
    for workload in groups:
        drawing.text(LEFT - 10, y + 12, workload, anchor="end")
        y += depths[workload]
    for i, (figure, title) in enumerate(FIGURES):
        _ratio_panel(drawing, LEFT + i * (PANEL + GAP), title, [(groups[w][figure], depths[w]) for w in groups])
    return str(drawing)


def _bars(figure):
    """(variant, ratio) of what was measured on both sides."""
    found = comparisons(figure) if figure else {}
    return [(variant, c.ratio) for variant, c in found.items() if c.ratio is not None]


def _ratio_panel(drawing, x, title, groups):
    scale = (PANEL - 40) / max([1.2] + [ratio for bars, _ in groups for _, ratio in bars])
    drawing.text(x, 74, title)
    y = 86
    for bars, depth in groups:
        for i, (variant, ratio) in enumerate(bars):
            drawing.rectangle(x, y + i * STEP, ratio * scale, STEP - 3, VARIANTS[variant])
            drawing.text(x + max(1, ratio) * scale + 5, y + i * STEP + 12, times(ratio), "faint", kind="small")
        y += depth
    drawing.line([(x + scale, 80), (x + scale, y - 6)], "faint", "hair")


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
    if not points:
        return None
    drawing = Drawing(60 + 3 * (PANEL + GAP + 16), TOP + DEPTH + 56, TITLES["scaling"])
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
        drawing.text(left - 10, level(rate) + 4, _tick(rate), "faint", "end", "small")
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


def _tick(rate):
    return f"{rate / 1000:g}k" if rate >= 1000 else f"{rate:g}"


def _decade(rate, rounding):
    """The power of two, in thousands, beside a rate."""
    return 1000 * 2.0 ** rounding(math.log2(rate / 1000))
