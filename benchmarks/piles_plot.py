"""Draw what pairing costs, and how well it does, as piles grow.

    python -m benchmarks.piles_plot [MEASURED.tsv] [--out PLOT.svg]

MEASURED is what `benchmarks.docpair --append` has written; of several lines of one size the last
counts. Also prints the table.
"""

from __future__ import annotations

import argparse
import csv
import math
from pathlib import Path

HERE = Path(__file__).parent
WIDTH, HEIGHT, EDGE = 760, 300, 56
PANEL = (WIDTH - 3 * EDGE) / 2
INK, FIRST, SECOND = "#333333", "#1b6ca8", "#c0562b"
COST = ("seconds", "parent_s", "children_s", "gigabytes", "load")
COLUMNS = ("articles", *COST, "precision", "recall", "f1")


def read(path: Path) -> list[dict[str, float]]:
    """The last measure of each size, by size."""
    with path.open(encoding="utf-8") as lines:
        rows = [
            {name: float(row[name]) for name in COLUMNS}
            for row in csv.DictReader(lines, delimiter="\t")
        ]
    return sorted({row["articles"]: row for row in rows}.values(), key=lambda row: row["articles"])


def table(rows: list[dict[str, float]]) -> str:
    """For the README."""
    lines = [
        "| articles a side | seconds | load | processor seconds, alone + side by side | GB | "
        "precision | recall | F1 |",
        "| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for row in rows:
        lines.append(
            f"| {row['articles']:,.0f} | {row['seconds']:,.0f} | {row['load']:.1f} | "
            f"{row['parent_s']:,.0f} + {row['children_s']:,.0f} | {row['gigabytes']:.2f} | "
            f"{row['precision']:.3f} | {row['recall']:.3f} | {row['f1']:.3f} |"
        )
    return "\n".join(lines)


def draw(rows: list[dict[str, float]]) -> str:
    """Two panels over the size of the pile: processor seconds and gigabytes; F1."""
    sizes = [row["articles"] for row in rows]
    low, high = math.floor(math.log10(min(sizes))), math.ceil(math.log10(max(sizes)))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'font-family="sans-serif" font-size="12" fill="{INK}">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
    ]

    def across(size: float, panel: int) -> float:
        share = (math.log10(size) - low) / max(1, high - low)
        return EDGE + panel * (PANEL + EDGE) + share * PANEL

    def line(panel: int, up: list[float], colour: str) -> None:
        points = [(across(size, panel), y) for size, y in zip(sizes, up, strict=True)]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts.extend(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in points
        )

    def axis(panel: int, ticks: list[tuple[str, float]]) -> None:
        left = across(10**low, panel)
        for label, y in ticks:
            parts.append(
                f'<path d="M{left:.1f} {y:.1f}h{PANEL:.1f}" stroke="#dddddd"/>'
                f'<text x="{left - 6:.1f}" y="{y + 4:.1f}" text-anchor="end">{label}</text>'
            )
        for power in range(low, high + 1):
            x = across(10**power, panel)
            parts.append(
                f'<text x="{x:.1f}" y="{HEIGHT - EDGE + 18}" text-anchor="middle">'
                f"{10**power:,}</text>"
            )

    def text(x: float, y: float, said: str, colour: str = INK) -> None:
        parts.append(f'<text x="{x:.1f}" y="{y:.1f}" fill="{colour}">{said}</text>')

    bottom, top = HEIGHT - EDGE, EDGE - 14
    seconds = [row["parent_s"] + row["children_s"] for row in rows]
    powers = range(-1, math.ceil(math.log10(max(seconds))) + 1)

    def up(value: float) -> float:
        share = (math.log10(value) - powers[0]) / (powers[-1] - powers[0])
        return bottom - share * (bottom - top)

    axis(0, [(f"{10**power:g}", up(10.0**power)) for power in powers])
    line(0, list(map(up, seconds)), FIRST)
    line(0, [up(row["gigabytes"]) for row in rows], SECOND)
    text(across(10**low, 0), 22, "processor seconds", FIRST)
    text(across(10**low, 0) + 130, 22, "GB at the peak, all processes", SECOND)

    def high_up(f1: float) -> float:
        return bottom - (f1 - 0.9) / 0.1 * (bottom - top)

    axis(1, [(f"{n / 100:.2f}", high_up(n / 100)) for n in range(90, 101, 2)])
    line(1, [high_up(row["f1"]) for row in rows], FIRST)
    text(across(10**low, 1), 22, "F1 of the pairs", FIRST)
    text(WIDTH / 2 - 50, HEIGHT - 12, "articles a side")
    return "\n".join([*parts, "</svg>"]) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("measured", type=Path, nargs="?", default=HERE / "piles.tsv")
    parser.add_argument("--out", type=Path, default=HERE / "piles.svg")
    wanted = parser.parse_args()
    rows = read(wanted.measured)
    wanted.out.write_text(draw(rows), encoding="utf-8")
    print(table(rows))


if __name__ == "__main__":
    main()
