"""A drawing of lines, bars and words as SVG, legible on light and dark pages."""
import html

# (light, dark) of each role.
COLOURS = {
    "ground": ("#ffffff", "#0d1117"), "ink": ("#1f2328", "#e6edf3"), "faint": ("#59636e", "#9198a1"),
    "rule": ("#d1d9e0", "#3d444d"), "peer": ("#818b98", "#9198a1"),
    "blue": ("#0969da", "#4493f8"), "green": ("#1a7f37", "#3fb950"), "violet": ("#8250df", "#ab7df8"),
    "pink": ("#bf3989", "#db61a2"), "orange": ("#bc4c00", "#db6d28"), "red": ("#cf222e", "#f85149"),
}


def _style():
    fills = lambda i: "".join(
        f".{name}{{fill:{pair[i]}}}.{name}-line{{stroke:{pair[i]}}}" for name, pair in COLOURS.items())
    return (
        "text{font:13px system-ui,-apple-system,'Segoe UI','DejaVu Sans',sans-serif}.title{font-weight:600}"
        ".small{font-size:11px}.line{fill:none;stroke-width:2}.hair{fill:none;stroke-width:1}"
        + fills(0) + "@media (prefers-color-scheme:dark){" + fills(1) + "}")


class Drawing:
    def __init__(self, width, height, title):
        self.width, self.height, self.title = width, height, title
        self.parts = []

    def rectangle(self, x, y, width, height, colour):
        self.parts.append(f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" class="{colour}"/>')

    def line(self, points, colour, kind="line"):
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        self.parts.append(f'<polyline points="{path}" class="{kind} {colour}-line"/>')

    def dot(self, x, y, colour):
        self.parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" class="{colour}"/>')

    def text(self, x, y, text, colour="ink", anchor="start", kind=""):
        self.parts.append(
            f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" class="{colour} {kind}">{html.escape(text)}</text>')

    def __str__(self):
        return "\n".join([
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.width}" height="{self.height}" '
            f'viewBox="0 0 {self.width} {self.height}" role="img" aria-label="{html.escape(self.title)}">',
            f"<style>{_style()}</style>", f'<rect width="{self.width}" height="{self.height}" class="ground"/>',
            *self.parts, "</svg>", ""])
